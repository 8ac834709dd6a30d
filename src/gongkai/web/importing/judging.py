"""Take or refuse a row: what it must hold, and what each of its values may be.

What cannot be understood is never guessed: the row is refused with its reason, or, where
nothing public is lost by it, taken with a remark for people to look at.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any

from gongkai.core.catalogue import TermList, Validity, columns, genres, statutory_items, themes
from gongkai.core.normative_document import EventKind

from .columns import COLUMNS

_DAY = re.compile(
    r"(?P<y>\d{4})(?:[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?|(?P<md>\d{4}))"
    r"(?:[T\s]*(?P<H>\d{1,2})[:：时](?P<M>\d{1,2})(?:[:：分](?P<S>\d{1,2}))?(?:\.\d+)?[分秒]?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)
_KEYWORDS = re.compile(r"[\s,，;；、|]+")
_LISTED = ("rules", "statutory", "annual_report")
_DOCUMENT = "normative_document"


class Unfit(Exception):
    """A value is not one; the message says which and why."""


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file of a row: where it lies in the folder of files, or its bytes."""

    path: str = ""
    name: str = ""
    data: bytes | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a normative document ended: repealed or declared lapsed, from when, by what."""

    kind: EventKind
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that may be taken. ``remarks``: what people should look at afterwards."""

    line: int
    former_address: str
    title: str
    body_html: str
    published_at: datetime
    kind: str
    column: str
    statutory: str
    facts: Mapping[str, Any]
    files: tuple[GivenFile, ...]
    ending: Ending | None
    remarks: tuple[str, ...]


def judge(
    line: int, values: Mapping[str, Any], now: datetime, kinds: Mapping[str, str]
) -> Candidate:
    """The row as a candidate; Unfit where it cannot be taken.

    ``now`` is the local time with its zone, ``kinds`` the kinds of items with what they are called.
    """
    texts = _texts(values)
    remarks: list[str] = []
    published_at = _moment("published_at", texts, now.tzinfo)
    if published_at is None:
        raise Unfit("没有发布日期")
    if published_at > now:
        raise Unfit(f"发布日期 {published_at:%Y-%m-%d %H:%M} 还没有到")
    made_on = _day("made_on", texts)
    if made_on and made_on > published_at.date():
        raise Unfit(f"成文日期 {made_on} 在发布日期 {published_at:%Y-%m-%d} 之后")
    kind = _choice("kind", texts, kinds) or "plain"
    column, statutory = _place(texts)
    files = _files(values.get("attachments"))
    if not texts["body_html"] and not files:
        raise Unfit("正文和附件都没有")
    if kind == _DOCUMENT:
        _require_document(texts, made_on)
    if kind == "interpretation":
        remarks.append("政策解读：还没有关联被解读的文件")
    facts = {
        "document_number": texts["document_number"],
        "index_number": texts["index_number"],
        "issuer": texts["issuer"],
        "source": texts["source"],
        "summary": texts["summary"],
        "keywords": _keywords(values.get("keywords")),
        "genre": _term("genre", texts, genres(), remarks),
        "theme": _term("theme", texts, themes(), remarks),
        "made_on": made_on,
        "effective_on": _day("effective_on", texts),
        "expires_on": _day("expires_on", texts),
    }
    return Candidate(
        line=line,
        former_address=texts["former_address"],
        title=texts["title"],
        body_html=texts["body_html"],
        published_at=published_at,
        kind=kind,
        column=column,
        statutory=statutory,
        facts=facts,
        files=files,
        ending=_ending(kind, texts, remarks),
        remarks=tuple(remarks),
    )


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    """Every value that is a text; spaces round it, and within all but the body, put right."""
    texts = {}
    for column in COLUMNS:
        value = values.get(column.name)
        if column.name in ("attachments", "keywords"):
            continue
        if value is not None and (isinstance(value, bool) or not isinstance(value, str | int)):
            raise Unfit(f"{column.label}应是文字")
        text = "" if value is None else str(value).replace("\0", "").strip()
        if column.name != "body_html":
            text = " ".join(text.split())
        if column.needed and not text:
            raise Unfit(f"没有{column.label}")
        if column.longest and len(text) > column.longest:
            raise Unfit(f"{column.label}有 {len(text)} 个字，最多 {column.longest} 个")
        texts[column.name] = text
    return texts


def _moment(name: str, texts: Mapping[str, str], here: tzinfo | None = UTC) -> datetime | None:
    """The moment, where no zone is told by the clock of ``here``; midnight where only the day is told."""
    written = texts[name]
    if not written:
        return None
    found = _DAY.fullmatch(written)
    label = _label(name)
    if not found:
        raise Unfit(f"{label}“{written[:40]}”看不懂，应写成 2026-01-31 或者 2026-01-31 09:30")
    month, day = found["m"] or found["md"][:2], found["d"] or found["md"][2:]
    hour, minute, second = (int(found[part] or 0) for part in ("H", "M", "S"))
    zone = _zone(found["zone"]) if found["zone"] else here
    try:
        moment = datetime(int(found["y"]), int(month), int(day), hour, minute, second, tzinfo=zone)
        return moment.astimezone(here)
    except (ValueError, OverflowError) as error:
        raise Unfit(f"{label}“{written}”没有这一天或者这个时刻") from error


def _zone(written: str) -> tzinfo:
    if written == "Z":
        return UTC
    minutes = int(written[1:3]) * 60 + int(written[-2:])
    return timezone(timedelta(minutes=minutes if written[0] == "+" else -minutes))


def _day(name: str, texts: Mapping[str, str]) -> date | None:
    moment = _moment(name, texts)
    return moment.date() if moment else None


def _place(texts: Mapping[str, str]) -> tuple[str, str]:
    """(column, statutory item) by their codes or by what they are called."""
    called = {code: item.label for code, item in ((i.code, i) for i in statutory_items())}
    statutory = _choice("statutory", texts, called)
    listed = {c.id: c.name for c in columns() if c.id in _LISTED}
    column = _choice("column", texts, listed) or "statutory"
    if column != "statutory":
        return column, ""
    if not statutory:
        raise Unfit("没有法定项目（第二十条、第二十一条哪一项，如 20-7）")
    return column, statutory


def _choice(name: str, texts: Mapping[str, str], known: Mapping[str, str]) -> str:
    written = texts[name]
    if not written or written in known:
        return written
    for code, label in known.items():
        if label == written:
            return code
    raise Unfit(f"{_label(name)}“{written[:40]}”没有，可以是：{'、'.join(known)}")


def _term(name: str, texts: Mapping[str, str], terms: TermList, remarks: list[str]) -> str:
    """The entry of a list of ours; what it doesn't have is left empty, and said."""
    written = texts[name]
    if not written:
        return ""
    found = next((term for term in terms.terms if term.id == written), terms.labelled(written))
    if found is None:
        remarks.append(f"{_label(name)}“{written[:40]}”不在清单里，没有填")
        return ""
    return found.id


def _keywords(value: object) -> list[str]:
    words = value if isinstance(value, list) else _KEYWORDS.split(str(value or ""))
    return list(dict.fromkeys(str(word).strip()[:40] for word in words if str(word).strip()))


def _require_document(texts: Mapping[str, str], made_on: date | None) -> None:
    if not texts["document_number"]:
        raise Unfit("行政规范性文件没有发文字号")
    if made_on is None:
        raise Unfit("行政规范性文件没有成文日期")


def _ending(kind: str, texts: Mapping[str, str], remarks: list[str]) -> Ending | None:
    ends = {Validity.REPEALED: EventKind.REPEALED, Validity.LAPSED: EventKind.LAPSED}
    said = {v.value: v.label for v in Validity}
    # As sites print it besides.
    written = {"有效": "in_force", "废止": "repealed", "失效": "lapsed", "修改": "amended"}
    validity = written.get(texts["validity"]) or _choice("validity", texts, said)
    if validity == Validity.AMENDED:
        remarks.append("有效性写着已修改：还没有记下修改它的文件")
    if validity not in ends:
        return None
    if kind != _DOCUMENT:
        raise Unfit(f"有效性写着{said[validity]}，种类应是行政规范性文件（{_DOCUMENT}）")
    ended_on = _day("ended_on", texts)
    if ended_on is None and validity == Validity.LAPSED and texts["expires_on"]:
        return None  # it lapses by itself on that day
    if ended_on is None:
        raise Unfit(f"有效性写着{said[validity]}，没有废止日期")
    return Ending(ends[Validity(validity)], ended_on, texts["ended_by"])


def _files(value: object) -> tuple[GivenFile, ...]:
    """The files of a row: paths, one a line or parted by |; or objects, in JSON."""
    if isinstance(value, str) and value.strip().startswith("["):
        try:
            value = json.loads(value)
        except ValueError as error:
            raise Unfit("附件像是 JSON，但不完整") from error
    if isinstance(value, str):
        value = [path.strip() for path in re.split(r"[|\n]", value)]
    if value is None:
        return ()
    if not isinstance(value, list):
        raise Unfit("附件应是路径，或者一列附件")
    return tuple(_file(one) for one in value if one)


def _file(one: object) -> GivenFile:
    if isinstance(one, str):
        return GivenFile(path=one)
    if not isinstance(one, dict) or not all(isinstance(v, str | None) for v in one.values()):
        raise Unfit("附件应写明 path（路径）或者 data（base64）和 name（文件名）")
    path, name, data = (one.get(key) or "" for key in ("path", "name", "data"))
    if not path and not (data and name):
        raise Unfit("附件应写明 path（路径）或者 data（base64）和 name（文件名）")
    try:
        decoded = base64.b64decode(data, validate=True) if data else None
    except binascii.Error as error:
        raise Unfit(f"附件“{name}”的 data 不是完整的 base64") from error
    return GivenFile(path, name, decoded, (one.get("description") or "")[:300])


def _label(name: str) -> str:
    return next(column.label for column in COLUMNS if column.name == name)
