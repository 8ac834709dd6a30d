"""Files, folders and globs named on the command line, as one list of files in a stable order."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

# What a folder is searched for.  A file named outright is taken whatever its name.
SUFFIXES = (
    ".doc", ".docm", ".docx", ".dot", ".dotx", ".htm", ".html", ".json", ".markdown", ".md",
    ".pdf", ".rtf", ".shtml", ".text", ".txt", ".wps", ".xhtml", ".xlsm", ".xlsx",
)  # fmt: skip

# The lock files that office programs leave beside an open document; ``*.docx`` finds them too.
_LOCK = "~$"


# Hidden files, and the note that says what a folder holds.
_NOT_REPORTS = (".", "readme.")


class Source(NamedTuple):
    """A file to read, and its place below the folder it was found in, no two alike in one run."""

    path: Path
    below: Path

    @property
    def name(self) -> str:
        """The path as a person can read it."""
        return printable(os.fspath(self.path))


def find_sources(named: Iterable[str], others: set[Path] | None = None) -> list[Source]:
    """The files that ``named`` stand for: a folder's files by name, no file twice.

    Files of a folder that are of no kind we read are left out, and put into ``others``.

    A name that is neither a file, a folder nor a glob is kept, so that it is
    reported as missing and the rest goes on.
    """
    found: dict[Path, Source] = {}
    taken: set[Path] = set()
    for name in named:
        for path, below in _expand(name, set() if others is None else others):
            if path not in found and not path.name.startswith(_LOCK):
                found[path] = Source(path, _untaken(below, taken))
    return list(found.values())


def printable(name: str) -> str:
    """A file name for the screen.  Names packed on Chinese Windows arrive in GBK."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _untaken(below: Path, taken: set[Path]) -> Path:
    candidate, count = below, 1
    while candidate in taken:
        count += 1
        candidate = below.with_stem(f"{below.stem}-{count}")
    taken.add(candidate)
    return candidate


def _expand(name: str, others: set[Path]) -> Iterator[Source]:
    path = Path(name)
    if path.is_dir():
        yield from _walk(path, others)
    elif not path.exists() and glob.has_magic(name):
        matches = sorted(glob.glob(name, recursive=True))
        for match in map(Path, matches):
            if match.is_dir():
                yield from _walk(match, others)
            else:
                yield Source(match, Path(match.name))
        if not matches:
            yield Source(path, Path(path.name))
    else:
        yield Source(path, Path(path.name))


def _walk(folder: Path, others: set[Path]) -> Iterator[Source]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            lower = name.lower()
            if lower.startswith((*_NOT_REPORTS, _LOCK)):
                continue
            path = Path(here, name)
            if lower.endswith(SUFFIXES):
                yield Source(path, path.relative_to(folder))
            else:
                others.add(path)
