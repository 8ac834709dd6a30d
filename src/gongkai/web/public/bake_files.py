"""The files that go with publications, as baked: bytes of the file store under public names.

Only what ``PublishedFile`` names is here, so an original that was redacted cannot be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.web import filestore
from gongkai.web.publication.models import Change, PublishedFile

_PATH = re.compile(r"files/(?P<number>\d{1,18})/(?P<name>[^/]+)")


@dataclass(frozen=True, slots=True)
class Stored:
    """A page whose bytes are already in a file; ``twin``: the same compressed."""

    file: Path
    twin: Path | None = None


def paths() -> Iterator[str]:
    """Every file that is public."""
    for file in PublishedFile.objects.order_by("pk").iterator():
        yield file.path


def render(path: str) -> Stored | None:
    """The file shown at ``path``; None where there is none, or none any more."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    file = PublishedFile.objects.filter(
        publication_id=int(found["number"]), name=found["name"]
    ).first()
    return Stored(filestore.path_of(file.digest)) if file else None


def touched(change: Change) -> set[str]:
    """The files of the publication before and after."""
    return {*change.before.get("files", ()), *change.after.get("files", ())}
