"""Everything that is baked, one screen: each source names its paths and renders them.

A source is a module with three functions (see ``Source``).  To have more baked, write such
a module and add it to ``SOURCES``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from gongkai.web.publication.models import Change

from . import bake_files
from .bake_files import Stored
from .rendered import Rendered


class Source(Protocol):
    """What is baked from one hand."""

    def paths(self) -> Iterator[str]:
        """Every path below the mount that there is now."""

    def render(self, path: str) -> Rendered | Stored | None:
        """What stands at ``path``; None where nothing does, or it is another source's."""

    def touched(self, change: Change) -> set[str]:
        """Every path that may look otherwise after ``change``, gone ones among them."""


SOURCES: tuple[Source, ...] = (bake_files,)


def paths() -> Iterator[str]:
    """Every path of every source."""
    for source in SOURCES:
        yield from source.paths()


def render(path: str) -> Rendered | Stored | None:
    """What stands at ``path``; None where nothing does."""
    for source in SOURCES:
        made = source.render(path)
        if made is not None:
            return made
    return None


def touched(change: Change) -> set[str]:
    """Every path that some source has to look at again."""
    return set().union(*(source.touched(change) for source in SOURCES))
