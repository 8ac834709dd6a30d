"""Make a row ready to be entered: its text cleaned, its files looked at and kept.

Done in a process beside, without the database: texts and files come from elsewhere and are
read by libraries written in C.  Files of the former site that the text itself shows or links
to are brought along where the folder of files has them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from html import escape, unescape
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from cryptography.hazmat.primitives import hashes
from django.conf import settings

from gongkai.core.bodies import clean, plain_text, with_attachments
from gongkai.core.bodies.references import images, links, take_embedded
from gongkai.core.finding import Finding
from gongkai.core.personal_numbers import NumberKind, personal_numbers
from gongkai.core.rules import say
from gongkai.core.screening import fingerprint
from gongkai.core.screening.hidden_data import attachment_kind
from gongkai.web import filestore, virus_scan
from gongkai.web.file_names import clean_name, free_name

from .judging import Candidate, GivenFile, Unfit

_REFERENCE = re.compile(
    r"""(?P<head>\s(?:src|href)\s*=\s*)(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s>"']+))""",
    re.IGNORECASE,
)
# What a link leads to when it leads to a file and not to a page.
_FILE_ENDINGS = frozenset(
    [
        ".pdf",
        ".doc",
        ".docx",
        ".wps",
        ".xls",
        ".xlsx",
        ".et",
        ".ppt",
        ".pptx",
        ".ofd",
        ".zip",
        ".rar",
        ".7z",
        ".txt",
        ".csv",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".webp",
        ".bmp",
    ]
)
_NUMBERS = {
    NumberKind.IDENTITY: "身份证号码",
    NumberKind.OLD_IDENTITY: "疑似 15 位身份证号码",
    NumberKind.BANK_CARD: "银行卡号",
    NumberKind.MOBILE: "手机号码",
}


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was let in and is in the store."""

    reference: int
    name: str
    digest: str
    sm3: str
    size: int
    media_type: str
    virus_scan: str
    description: str
    inline: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A candidate ready to be entered; ``remarks`` are all that people should look at."""

    candidate: Candidate
    body_html: str
    plain: str
    fingerprint: tuple[int, ...]
    files: tuple[KeptFile, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be taken, and why."""

    line: int
    why: str


@dataclass
class _Files:
    """The files of one row as they are found; each is numbered as the text names it."""

    folder: Path | None
    found: list[GivenFile] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def add(self, file: GivenFile) -> int:
        """The number of ``file``, which the row names."""
        self.found.append(file)
        number = len(self.found)
        if file.path:
            self.numbers.setdefault(_bare(file.path), number)
        return number

    def named(self, address: str) -> int | None:
        """The number of the file that stood at ``address``, if the row or the folder has it."""
        path = _bare(unquote(urlsplit(address).path))
        if path in self.numbers:
            return self.numbers[path]
        if path and PurePosixPath(path).suffix.lower() in _FILE_ENDINGS:
            file = self.within(path)
            if file is not None and file.is_file():
                return self.add(GivenFile(path=path))
        return None

    def within(self, path: str) -> Path | None:
        """The file at ``path`` in the folder; None where that leads out of it."""
        if self.folder is None or "\0" in path:
            return None
        folder = self.folder.resolve()
        file = (folder / _bare(path)).resolve()
        return file if file.is_relative_to(folder) else None


def prepare(
    candidates: list[Candidate], folder: Path | None, today: date
) -> list[Prepared | Refused]:
    """Each candidate prepared or refused."""
    return [_prepared(candidate, folder, today) for candidate in candidates]


def _prepared(candidate: Candidate, folder: Path | None, today: date) -> Prepared | Refused:
    files = _Files(folder)
    for file in candidate.files:
        files.add(file)
    try:
        written, former = _with_references(candidate, files)
        cleaned = clean(written, data_images=True)
        body = _with_embedded(cleaned.html, files)
        # To read a body again for what isn't in it would double the time of a whole site.
        shown = {image.src: image.alt for image in images(body)} if "<img" in body else {}
        kept = _kept(files, shown)
        plain = plain_text(body)
        if not plain.strip() and not kept:
            raise Unfit("正文去掉标签后是空的，也没有附件")
    except Unfit as reason:
        return Refused(candidate.line, str(reason))
    remarks = [*candidate.remarks, *_personal(f"{candidate.title}\n{plain}", today)]
    remarks += [f"正文里没有带来：{dropped}" for dropped in cleaned.dropped]
    there = links(body) if former and former in body else ()
    left = sum(urlsplit(link.href).hostname == former for link in there)
    if left:
        remarks.append(f"正文有 {left} 处链接指向原网站")
    untold = sum(not alt for alt in shown.values())
    if untold:
        remarks.append(f"图片 {untold} 张没有文字说明")
    return Prepared(candidate, body, plain, fingerprint(plain), kept, tuple(remarks))


def _with_embedded(body: str, files: _Files) -> str:
    """The body with the pictures that were part of it among the files."""
    if "data:" not in body:
        return body
    body, embedded = take_embedded(body)
    numbers = {}
    for image in embedded:
        numbers[image.name] = str(files.add(GivenFile("", image.name, image.data, image.alt)))
    return with_attachments(body, numbers)


def _with_references(candidate: Candidate, files: _Files) -> tuple[str, str]:
    """The text with its files named by number and other addresses whole; the former host."""
    base = candidate.former_address
    former = urlsplit(base).hostname if base.startswith(("http://", "https://")) else None

    def named(match: re.Match[str]) -> str:
        address = unescape(match["a"] or match["b"] or match["c"] or "").strip()
        if not address or address.startswith(("#", "data:", "mailto:", "tel:", "javascript:")):
            return match[0]
        whole = urljoin(base, address) if former else address
        if former is None or urlsplit(whole).hostname == former:
            number = files.named(whole)
            if number is not None:
                return f'{match["head"]}"attachment:{number}"'
        return f'{match["head"]}"{escape(whole)}"'

    return _REFERENCE.sub(named, candidate.body_html), former or ""


def _kept(files: _Files, shown: dict[str, str]) -> tuple[KeptFile, ...]:
    taken: set[str] = set()
    kept = []
    for number, file in enumerate(files.found, start=1):
        reference = f"attachment:{number}"
        name = free_name(clean_name(file.name or file.path), taken)
        taken.add(name)
        inline = reference in shown
        kept.append(
            _let_in(
                number,
                name,
                _bytes(file, files),
                file.description or shown.get(reference, ""),
                inline,
            )
        )
    return tuple(kept)


def _bytes(file: GivenFile, files: _Files) -> bytes:
    if file.data is not None:
        return file.data
    if files.folder is None:
        raise Unfit(f"附件“{file.path}”要从文件夹里取，没有用 --files 写明文件夹")
    path = files.within(file.path)
    if path is None:
        raise Unfit(f"附件“{file.path}”不在 --files 的文件夹里")
    try:
        if path.stat().st_size > settings.ATTACHMENT_MAX_BYTES:
            raise Unfit(_too_large(file.path, path.stat().st_size))
        return path.read_bytes()
    except OSError as error:
        raise Unfit(f"附件“{file.path}”读不到：{error.strerror}") from error


def _let_in(number: int, name: str, data: bytes, description: str, inline: bool) -> KeptFile:
    """The rules of ``disclosure.acts.attach`` for one file; Unfit where it may not come in."""
    if len(data) > settings.ATTACHMENT_MAX_BYTES:
        raise Unfit(_too_large(name, len(data)))
    kind = attachment_kind(data, name)
    if isinstance(kind, Finding):
        raise Unfit(f"附件“{name}”不能收：{say(kind)}")
    try:
        scanned = virus_scan.scan(data)
    except virus_scan.Infected as error:
        raise Unfit(f"附件“{name}”不能收：{error}") from error
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(data)
    return KeptFile(
        reference=number,
        name=name,
        digest=filestore.put(data),
        sm3=sm3.finalize().hex(),
        size=len(data),
        media_type=kind.media_type,
        virus_scan=scanned,
        description=description[:300],
        inline=inline,
    )


def _personal(text: str, today: date) -> list[str]:
    found = Counter(number.kind for number in personal_numbers(text, today))
    return [f"文中有{_NUMBERS[kind]} {count} 个" for kind, count in found.items()]


def _bare(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").removeprefix("./")


def _too_large(name: str, size: int) -> str:
    most = settings.ATTACHMENT_MAX_BYTES // 2**20
    return f"附件“{name}”有 {size / 2**20:.1f} MB，一个附件最多 {most} MB"
