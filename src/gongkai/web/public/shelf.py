"""One page of a list, as its template shows it: rows, where they stand, the pages beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from gongkai.core.catalogue import Validity
from gongkai.web.publication.models import Publication

from . import links
from .listing import PAGE, Listing
from .validity import Stand, stand_of


@dataclass(frozen=True, slots=True)
class Row:
    """A publication in a list; ``stand`` only where a document doesn't simply hold."""

    item: Publication
    stand: Stand | None


@dataclass(frozen=True, slots=True)
class Step:
    """A link to another page of the list; ``path`` is empty for a gap."""

    label: str
    path: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of a list.

    ``number`` is None for the first page, which alone knows ``total``: an older page must
    not change when something new comes.
    """

    rows: list[Row]
    number: int | None
    total: int
    steps: list[Step]

    @property
    def first(self) -> int:
        """How many items are older than this page, and one."""
        return ((self.number or 1) - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """The place of the newest item of this page, counted from the oldest of all."""
        return self.first + len(self.rows) - 1


def page_of(listing: Listing, number: int | None) -> Shelf | None:
    """The page ``number`` of ``listing``, None where it has no such page."""
    if number is not None and not 1 <= number <= listing.archives:
        return None
    today = timezone.localdate()
    rows = []
    for item in listing.rows(number):
        stand = stand_of(item, today)
        rows.append(Row(item, stand if stand and stand.validity is not Validity.IN_FORCE else None))
    return Shelf(rows, number, listing.total, _steps(listing, number))


def title(name: str, shelf: Shelf) -> str:
    """The title of a page of a list; each page has its own."""
    return name if shelf.number is None else f"{name}（第 {shelf.first}—{shelf.last} 条）"


def _steps(listing: Listing, number: int | None) -> list[Step]:
    archives = listing.archives
    if not archives:
        return []
    if number is None:
        near = range(archives, max(0, archives - 3), -1)
        steps = [Step("最新", listing.index, current=True)]
        steps += [Step(str(n), links.archive_of(listing.folder, n)) for n in near]
        if archives > 4:
            steps.append(Step("…", ""))
        if archives > 3:
            steps.append(Step("1", links.archive_of(listing.folder, 1)))
        return [*steps, Step("较早的一页", links.archive_of(listing.folder, archives))]
    newer = links.archive_of(listing.folder, number + 1) if number < archives else listing.index
    steps = [
        Step("最新", listing.index),
        Step("较新的一页", newer),
        Step(str(number), links.archive_of(listing.folder, number), current=True),
    ]
    if number > 1:
        steps.append(Step("较早的一页", links.archive_of(listing.folder, number - 1)))
        steps.append(Step("最早", links.archive_of(listing.folder, 1)))
    return steps
