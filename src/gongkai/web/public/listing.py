"""A list of publications in pages that stay as they are when something new comes.

The older pages are numbered from the oldest and always full, so that an address goes on
showing the same items; the first page (``index.html``) holds what is newer, between one
pageful and two.  Something new changes the first page; once in a pageful it also starts a
new older page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q, QuerySet

from gongkai.web.publication.models import Publication

from . import links

PAGE = 20
# What a row of a list shows: never the text itself.
SHOWN = (
    "number",
    "order_key",
    "year",
    "title",
    "kind",
    "index_number",
    "document_number",
    "made_on",
    "published_at",
    "effective_on",
    "expires_on",
    "validity",
    "facts",
    "agency__slug",
    "agency__short_name",
)


def archives_of(total: int) -> int:
    """How many older pages a list of ``total`` items has."""
    return max(0, total // PAGE - 1)


@dataclass(frozen=True)
class Listing:
    """The publications that ``which`` names, listed in ``folder``."""

    folder: str
    which: Q = field(hash=False)

    @property
    def items(self) -> QuerySet[Publication]:
        """All of them, the newest first."""
        return Publication.objects.filter(self.which).order_by("-order_key")

    @cached_property
    def total(self) -> int:
        """How many there are."""
        return self.items.count()

    @property
    def archives(self) -> int:
        """How many older pages there are."""
        return archives_of(self.total)

    @property
    def index(self) -> str:
        """The address of the first page."""
        return links.index_of(self.folder)

    def rows(self, number: int | None) -> list[Publication]:
        """What the older page ``number`` shows, or the first page; the newest first."""
        shown = self.items.select_related("agency").only(*SHOWN)
        if number is None:
            return list(shown[: self.total - self.archives * PAGE])
        oldest_first = shown.order_by("order_key")[(number - 1) * PAGE : number * PAGE]
        return list(oldest_first)[::-1]

    def years(self) -> list[int]:
        """The years in which there is something, the newest first."""
        return list(self.items.order_by("-year").values_list("year", flat=True).distinct())

    def pages(self) -> Iterator[str]:
        """The address of every page."""
        yield self.index
        for number in range(1, self.archives + 1):
            yield links.archive_of(self.folder, number)

    def holding(self, order_key: int) -> str:
        """The address of the page that shows the item with ``order_key``."""
        number = self._page_at(order_key)
        return self.index if number > self.archives else links.archive_of(self.folder, number)

    def moved(self, order_key: int | None, spare: int) -> set[str]:
        """The pages that differ when the item with ``order_key`` comes or goes.

        Everything newer moves by one.  ``spare``: how many more items the list may have had
        when its pages were last written; pages that no longer exist are named too.
        """
        first = 1 if order_key is None else max(1, self._page_at(order_key) - 2)
        last = archives_of(self.total + spare) + 1
        return {self.index, *(links.archive_of(self.folder, n) for n in range(first, last + 1))}

    def _page_at(self, order_key: int) -> int:
        older = self.items.filter(order_key__lt=order_key).count()
        return older // PAGE + 1
