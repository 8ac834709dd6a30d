"""Everything that is baked, one screen: each source names its paths and renders them.

To have more baked, write three functions (see ``Source``) and add them to ``SOURCES``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongkai.web.publication.models import Change

from . import assets, bake_files, bake_missing, feeds, pages, sitemap
from .bake_files import Stored
from .open_data import page as open_data
from .open_data.reports import pages as report_data
from .rendered import Rendered


@dataclass(frozen=True)
class Source:
    """What is baked from one hand; every path is below the mount."""

    # Every path that there is now.
    paths: Callable[[], Iterator[str]]
    # What stands at a path; None where nothing does, or it is another source's.
    render: Callable[[str], Rendered | Stored | None]
    # Every path that may look otherwise after a change, gone ones among them.
    touched: Callable[[Change], set[str]]


def _asset(path: str) -> Rendered | None:
    file = assets.source_of(path) if path.startswith(assets.FOLDER) else None
    return Rendered(file.read_bytes(), assets.media_type_of(path)) if file else None


def _nothing(change: Change) -> set[str]:
    """These change with the software and its settings, not with what is published."""
    return set()


SOURCES: tuple[Source, ...] = (
    Source(pages.paths, pages.render, pages.touched),
    Source(feeds.paths, feeds.render, feeds.touched),
    Source(sitemap.paths, sitemap.render, sitemap.touched),
    Source(open_data.paths, open_data.render, open_data.touched),
    Source(report_data.paths, report_data.render, report_data.touched),
    Source(bake_files.paths, bake_files.render, bake_files.touched),
    Source(assets.asset_paths, _asset, _nothing),
    Source(bake_missing.paths, bake_missing.render, _nothing),
)


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
