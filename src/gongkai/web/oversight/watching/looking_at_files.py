"""Looks into public files: whether they are there, are what they were, open, and what they show.

Files are read in processes apart, some at a time; where one hangs or crashes its process, they
are halved until it stands alone.  What could not be looked into is not called anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from gongkai.web import filestore
from gongkai.web.apart import NoAnswer, apart
from gongkai.web.disclosure.screening import MADE_HERE
from gongkai.web.publication.models import PublishedFile

from .looking import mark_of
from .models import FileLook
from .opening import Told, open_all
from .terms import Reach, Terms

LOST, CHANGED = "lost", "changed"
_TOGETHER = 40
_BYTES = 32 * 2**20


def look_at_files(reach: Reach, terms: Terms) -> int:
    """Look into every public file not yet looked into, or no longer as it was; how many."""
    mark = mark_of(())
    stale = terms.today - timedelta(days=terms.region["file_days"])
    known = {one.digest: one for one in FileLook.objects.defer("found")}
    waiting: dict[str, tuple[str, int, int]] = {}
    rows = PublishedFile.objects.filter(reach.of_item("publication", "publication__agency"))
    for digest, name, media_type in (
        rows.order_by().values_list("digest", "name", "media_type").distinct()
    ):
        size, modified = _state_of(digest)
        was = known.get(digest)
        if (
            was is None
            or (was.size, was.modified, was.mark) != (size, modified, mark)
            or was.looked_on < stale
        ):
            waiting[digest] = ("" if media_type in MADE_HERE else name, size, modified)
    left = list(waiting.items())
    while left:
        terms.tell(f"附件 {len(waiting) - len(left):,} / {len(waiting):,}")
        group = _group(left)
        told = _read([(digest, name) for digest, (name, _, _) in group])
        FileLook.objects.bulk_create(
            [
                FileLook(
                    digest=digest,
                    size=size,
                    modified=modified,
                    looked_on=terms.today,
                    mark=mark,
                    trouble=one.trouble,
                    why=one.why[:300],
                    found=one.found,
                    found_count=len(one.found),
                )
                for (digest, (_, size, modified)), one in zip(group, told, strict=True)
            ],
            update_conflicts=True,
            unique_fields=["digest"],
            update_fields=[
                "size", "modified", "looked_on", "mark", "trouble", "why", "found", "found_count",
            ],
        )  # fmt: skip
        del left[: len(group)]
    return len(waiting)


def _state_of(digest: str) -> tuple[int, int]:
    """Size and time of the bytes; (-1, 0) where there are none."""
    try:
        stat = filestore.path_of(digest).stat()
    except FileNotFoundError:
        return -1, 0
    return stat.st_size, stat.st_mtime_ns


def _group(left: Sequence[tuple[str, tuple[str, int, int]]]) -> list[Any]:
    """The next files, as many as are read together."""
    size = 0
    group: list[Any] = []
    for one in left[:_TOGETHER]:
        size += max(one[1][1], 0)
        if group and size > _BYTES:
            break
        group.append(one)
    return group


def _read(files: Sequence[tuple[str, str]]) -> list[Told]:
    """What each says, whatever one of them does to its process."""
    found: dict[str, Told] = {}
    opened: list[tuple[str, str, bytes]] = []
    for digest, name in files:
        try:
            data = filestore.read(digest)
        except FileNotFoundError:
            found[digest] = Told(LOST)
            continue
        if hashlib.sha256(data).hexdigest() != digest:
            found[digest] = Told(CHANGED)
        elif name:
            opened.append((digest, name, data))
    found.update(_opened(opened))
    return [found.get(digest, Told()) for digest, _ in files]


def _opened(files: Sequence[tuple[str, str, bytes]]) -> dict[str, Told]:
    if not files:
        return {}
    try:
        told = apart(open_all, [(data, name) for _, name, data in files])
    except NoAnswer:
        if len(files) == 1:
            return {files[0][0]: Told()}
        half = len(files) // 2
        return {**_opened(files[:half]), **_opened(files[half:])}
    return {digest: one for (digest, _, _), one in zip(files, told, strict=True)}
