"""The folder of baked files: every file whole, old or new, at any moment.

Beside a page of text stands the same page compressed (``.gz``), which a web server sends as
it is.  An address that was taken back keeps a page that says so, and an empty file beside it
(``.gone``) by which the web server knows to answer 410.

Only the holder of the lock writes here, so one draft is enough.  A page changes in this
order: its compressed twin goes, the page is replaced, the new twin comes; whoever finds a
twin therefore finds that of the page.
"""

from __future__ import annotations

import filecmp
import gzip
import mmap
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from gongkai.web.locks import hold

COMPRESSED, GONE = ".gz", ".gone"
# What people attached stands here, under names of their own: nothing of ours beside it.
FILES = "files/"
_TEXTS = frozenset({"application/json", "application/xml", "application/javascript"})
# The longest name of a file that common file systems take.
_NAME_BYTES = 255


@dataclass(frozen=True)
class Site:
    """The folder; its draft, lock and lists are kept beside it, never in it."""

    folder: Path
    # False while everything is rebuilt: the whole is made durable at once then.
    durable: bool = True
    # Write also what is already there.
    anew: bool = False

    @classmethod
    def current(cls) -> Site:
        """The folder of this installation."""
        return cls(Path(settings.SITE))

    def lock(self, *, wait: bool = False) -> AbstractContextManager[bool]:
        """Whether this process may write here."""
        return hold(self._beside(".lock"), wait=wait)

    def put(self, path: str, body: bytes, media_type: str, *, gone: bool = False) -> bool:
        """Write the page of ``path``; False where it already stood so."""
        target = self._target(path)
        text = is_text(media_type)
        twin, mark = _beside(target, COMPRESSED), _beside(target, GONE)
        same = not self.anew and _holds(target, body) and twin.exists() is text
        if not same:
            twin.unlink(missing_ok=True)
            self._write(target, body)
            if text:
                self._write(twin, gzip.compress(body, 6, mtime=0))
        if gone and not mark.exists():
            self._write(mark, b"")
        elif not gone:
            mark.unlink(missing_ok=True)
        return not same

    def put_stored(self, path: str, stored: Path, packed: Path | None = None) -> bool:
        """Show a file of ours under ``path``, with its compressed twin: second names for the bytes.

        Copies where it is on another disk.  The bytes may then be read by the web server; the
        folder they are kept in stays closed by its rights.
        """
        target = self._target(path)
        twin = _beside(target, COMPRESSED)
        if self._shows_file(target, stored):
            if packed is not None and not self._shows_file(twin, packed):
                self._link(packed, twin)
            return False
        if packed is not None:
            twin.unlink(missing_ok=True)
        self._link(stored, target)
        if packed is not None:
            self._link(packed, twin)
        return True

    def remove(self, path: str) -> bool:
        """Take ``path`` away with all that stands beside it; False where nothing was."""
        target = self._target(path)
        was = target.exists()
        for ending in () if path.startswith(FILES) else (COMPRESSED, GONE):
            _beside(target, ending).unlink(missing_ok=True)
        target.unlink(missing_ok=True)
        self._close_empty(target.parent)
        return was

    def shows(self, path: str, words: bytes) -> bool:
        """Whether the page of ``path`` stands and says ``words``."""
        try:
            file = self._target(path).open("rb")
        except (FileNotFoundError, NotADirectoryError):
            return False
        with file:
            if not os.fstat(file.fileno()).st_size:
                return False
            # Files of open data are larger than the memory.
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as seen:
                return seen.find(words) >= 0

    def files(self) -> Iterator[str]:
        """Every file in the folder, below it."""
        for parent, folders, names in os.walk(self.folder):
            folders.sort()
            for name in names:
                yield str(Path(parent, name).relative_to(self.folder))

    def remove_strays(self, expected: set[str]) -> int:
        """Take away every file that belongs to none of ``expected``; how many there were."""
        strays = [name for name in self.files() if page_of(name, expected) is None]
        for name in strays:
            stray = self.folder / name
            stray.unlink()
            self._close_empty(stray.parent)
        return len(strays)

    def _target(self, path: str) -> Path:
        parts = path.split("/")
        for part in parts:
            if part in ("", ".", "..") or "\0" in part or "\n" in part:
                raise ValueError(f"not a path of a page: {path!r}")
            if len(part.encode()) > _NAME_BYTES:
                raise ValueError(f"a name of more than {_NAME_BYTES} bytes: {path!r}")
        return self.folder.joinpath(*parts)

    def _beside(self, ending: str) -> Path:
        return self.folder.with_name(self.folder.name + ending)

    def _write(self, target: Path, body: bytes) -> None:
        draft = self._beside(".draft")
        with draft.open("wb") as file:
            os.fchmod(file.fileno(), 0o644)
            file.write(body)
        self._settle(draft)
        self._replace(draft, target)

    def _shows_file(self, target: Path, stored: Path) -> bool:
        return target.exists() and (
            target.samefile(stored)
            or (not self.anew and filecmp.cmp(target, stored, shallow=False))
        )

    def _link(self, stored: Path, target: Path) -> None:
        draft = self._beside(".draft")
        draft.unlink(missing_ok=True)
        try:
            os.link(stored, draft)
        except OSError:
            shutil.copyfile(stored, draft)
            self._settle(draft)
        draft.chmod(0o644)
        self._replace(draft, target)

    def _settle(self, draft: Path) -> None:
        """What is written is on the disk before it takes its place."""
        if self.durable:
            _make_durable(draft)

    def _replace(self, draft: Path, target: Path) -> None:
        self._open_folder(target.parent)
        os.replace(draft, target)
        self._settle(target.parent)

    def _open_folder(self, folder: Path) -> None:
        """A folder that the web server can read, whatever the umask of this process."""
        if folder.is_dir():
            return
        if folder != self.folder:
            self._open_folder(folder.parent)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
        self._settle(folder.parent)

    def _close_empty(self, folder: Path) -> None:
        while folder != self.folder and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def is_text(media_type: str) -> bool:
    """Whether a page of this type is worth compressing."""
    bare = media_type.partition(";")[0].strip()
    return bare.startswith("text/") or bare in _TEXTS or bare.endswith(("+xml", "+json"))


def page_of(name: str, expected: set[str]) -> str | None:
    """The page among ``expected`` that the file ``name`` is or stands beside; None if none."""
    if name in expected:
        return name
    for ending in () if name.startswith(FILES) else (COMPRESSED, GONE):
        page = name.removesuffix(ending)
        if page != name and page in expected:
            return page
    return None


def _beside(target: Path, ending: str) -> Path:
    return target.with_name(target.name + ending)


def _holds(target: Path, body: bytes) -> bool:
    try:
        return target.stat().st_size == len(body) and target.read_bytes() == body
    except FileNotFoundError:
        return False


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
