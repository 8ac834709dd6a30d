"""What somebody asks of the search, as the address says it: words, filters, order, page.

The address is the filter: it can be kept, sent, subscribed to (feeds) and read by programs
(the open data), and means the same everywhere.  What it says wrongly is told, never passed
over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from gongkai.core.catalogue import columns
from gongkai.web.agencies.models import Agency
from gongkai.web.publication.models import Validity
from gongkai.web.publication.search import Filters, Order, problem_with, words_of

from .words import KINDS, statutory_labels, theme_ids

# The names in the address.  Those of ``CHOICES`` may come more than once.
CHOICES = ("agency", "column", "kind", "validity", "year", "theme")
NAMES = ("q", *CHOICES, "below", "from", "to", "order", "page")


@dataclass(frozen=True)
class Question:
    """One question; ``chosen`` holds the values of ``CHOICES`` as the address has them.

    ``refusal``: why these words cannot be looked for; ``problems``: what else of the address
    was not understood.  Both in words.
    """

    query: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    below: bool = False
    since: date | None = None
    until: date | None = None
    order: Order = Order.BEST
    page: int = 1
    refusal: str = ""
    problems: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The words looked for, in normal form."""
        return words_of(self.query)

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked besides words."""
        return any(self.chosen.values()) or self.since is not None or self.until is not None

    def filters(self, agencies: Sequence[Agency]) -> Filters:
        """The filters as search takes them."""
        chosen = {name: frozenset(self.chosen.get(name, ())) for name in CHOICES}
        asked = [agency for agency in agencies if agency.slug in chosen["agency"]]
        if self.below:
            asked = [a for a in agencies if any(a.is_under(top) for top in asked)]
        return Filters(
            agency=frozenset(agency.pk for agency in asked),
            column=chosen["column"],
            kind=chosen["kind"],
            validity=chosen["validity"],
            year=frozenset(map(int, chosen["year"])),
            theme=chosen["theme"],
            since=self.since,
            until=self.until,
        )

    def address(self, **changed: str) -> str:
        """The question as the query of an address, without its page; ``changed`` replaces."""
        said: list[tuple[str, str]] = [("q", self.query)]
        said += [(name, value) for name in CHOICES for value in self.chosen.get(name, ())]
        said += [
            ("below", "1" if self.below else ""),
            ("from", self.since.isoformat() if self.since else ""),
            ("to", self.until.isoformat() if self.until else ""),
            ("order", "" if self.order is Order.BEST else self.order.value),
        ]
        kept = [(name, value) for name, value in said if name not in changed and value]
        return urlencode(kept + [(name, value) for name, value in changed.items() if value])


def read_question(asked: QueryDict, agencies: Iterable[Agency]) -> Question:
    """The question that the query of an address asks; ``agencies`` are all there are."""
    problems: list[str] = []
    query = " ".join(asked.get("q", "").split())
    known: dict[str, Iterable[str] | None] = {
        "agency": {agency.slug for agency in agencies},
        "column": {*(column.id for column in columns()), *statutory_labels()},
        "kind": KINDS,
        "validity": {value for value in Validity.values if value},
        "year": None,
        "theme": theme_ids(),
    }
    chosen = {}
    for name, values in known.items():
        given = list(dict.fromkeys(filter(None, asked.getlist(name))))
        good = [v for v in given if (_is_year(v) if values is None else v in values)]
        problems += [
            f"{_SAID[name]}“{value}”没有，这个条件没有用上。"
            for value in given
            if value not in good
        ]
        chosen[name] = tuple(good)
    return Question(
        query=query,
        chosen=chosen,
        below=asked.get("below", "") == "1",
        since=_day(asked, "from", problems),
        until=_day(asked, "to", problems),
        order=_order(asked, problems),
        page=_page(asked, problems),
        refusal=problem_with(query),
        problems=tuple(problems),
    )


_SAID = {
    "agency": "机关",
    "column": "栏目",
    "kind": "种类",
    "validity": "有效性",
    "year": "年份",
    "theme": "主题",
    "from": "起始日期",
    "to": "截止日期",
}


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isascii() and value.isdigit()


def _day(asked: QueryDict, name: str, problems: list[str]) -> date | None:
    written = asked.get(name, "").strip()
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        problems.append(f"{_SAID[name]}应写成 2026-01-31 这样，现在是“{written}”。")
        return None


def _order(asked: QueryDict, problems: list[str]) -> Order:
    written = asked.get("order", "")
    if written and written not in set(Order):
        problems.append("排序只有相关度（best）和最新（newest）。")
    return Order.NEWEST if written == Order.NEWEST else Order.BEST


def _page(asked: QueryDict, problems: list[str]) -> int:
    written = asked.get("page", "")
    if not written:
        return 1
    if not (written.isascii() and written.isdigit() and len(written) <= 6 and int(written) > 0):
        problems.append(f"没有第“{written[:20]}”页，这里是第 1 页。")
        return 1
    return int(written)
