"""How far the baking of everything has come: kept beside the folder, so that a killed run goes on.

``site.progress`` lists what a run has written; ``site.made`` says by which state of the
software and its settings the folder was last written whole.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

_PACKAGE = Path(__file__).parents[2]
# What decides how a page looks, apart from the database.
_LOOKS = (
    "web/public",
    "web/templates/public",
    "web/static",
    "core/writers/style",
    "core/catalogue",
)


class Progress:
    """What the present run has written."""

    def __init__(self, folder: Path, looks: str) -> None:
        self._file = folder.with_name(folder.name + ".progress")
        self._made = folder.with_name(folder.name + ".made")
        self._folder, self._looks = folder, looks
        self.done = self._resume()

    def whole(self) -> bool:
        """Whether the folder is written whole, as pages look now."""
        return self._folder.is_dir() and _read(self._made) == self._looks

    def start_over(self) -> None:
        """Forget what was written: everything is to be written again."""
        self._made.unlink(missing_ok=True)
        self._file.unlink(missing_ok=True)
        self.done = set()

    def keep(self, paths: Iterable[str]) -> None:
        """``paths`` are written. They are made durable first, then listed."""
        os.sync()
        new = not self._file.exists()
        with self._file.open("a", encoding="utf-8") as file:
            if new:
                file.write(f"{self._looks}\n")
            for path in paths:
                file.write(f"{path}\n")
                self.done.add(path)

    def finish(self) -> None:
        """The folder is whole."""
        os.sync()
        draft = self._made.with_name(self._made.name + ".draft")
        draft.write_text(self._looks, encoding="utf-8")
        os.replace(draft, self._made)
        self._file.unlink(missing_ok=True)
        self.done = set()

    def _resume(self) -> set[str]:
        written = _read(self._file)
        # What follows the last end of a line was cut off when the run was killed.
        looks, *paths = written.split("\n")[:-1] or [""]
        if looks == self._looks:
            return set(paths)
        self._file.unlink(missing_ok=True)
        return set()


@lru_cache(maxsize=1)
def looks_now() -> str:
    """A digest of what decides how a page looks, apart from the database."""
    seen = hashlib.sha256(
        f"{version('gongkai')} {settings.MOUNT} {settings.ORIGIN}".encode(), usedforsecurity=False
    )
    folders = [_PACKAGE / name for name in _LOOKS]
    folders += [settings.HOST_FILES] if settings.HOST_FILES else []
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                seen.update(file.name.encode())
                seen.update(file.read_bytes())
    return seen.hexdigest()


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
