"""The figures of a brief: each measure over all agencies of a government, and agency by agency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.assessment.evidence import Counted, Sort, Span, count, measures, plain
from gongkai.web.oversight.watching.families import family_of
from gongkai.web.oversight.watching.models import WatchFinding
from gongkai.web.public.shell import has_columns

# What the table of agencies shows.
COLUMNS = (
    "items_published", "items_in_time", "requests_received", "requests_in_time", "findings_found",
    "tasks_in_time", "self_checks_in_time",
)  # fmt: skip

# Where nothing is known; said below the table.
NOTHING = "—"
ABOUT_TABLE = f"表中“{NOTHING}”是没有数据；按期一类写成“按期的/一共的”。"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: ``text`` as it is printed, empty words where nothing is known; and its list."""

    slug: str
    label: str
    text: str
    known: bool
    address: str
    note: str = ""
    # Of a share: how many are as they should be.
    good: str = ""


def agencies_of(to: Agency) -> list[Agency]:
    """Whom a brief of a government is about."""
    below = Agency.objects.under(to).active().exclude(pk=to.pk).order_by("position", "code")
    return [one for one in below if has_columns(one)]


def figures_of(
    agencies: Sequence[Agency], span: Span, whose: Mapping[str, str]
) -> tuple[list[Figure], list[list[str]]]:
    """The figures of all together, and the table with its head row.

    ``whose`` narrows the lists that they open to (``views.compare.behind``).
    """
    told = {slug: count(one, agencies, span) for slug, one in measures().items()}
    every = [_together(list(counted.values()), span, whose) for counted in told.values()]
    families = _families(told["findings_found"])
    if families:
        at = next(i for i, one in enumerate(every) if one.slug == "findings_found")
        every.insert(at + 1, families)
    heads = (f"{one.label}（{one.unit}）" for one in (measures()[slug] for slug in COLUMNS))
    table = [["机关", *heads]]
    table += [[a.short_name, *(_short(told[slug][a.pk]) for slug in COLUMNS)] for a in agencies]
    return every, table


def kept(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """As a brief keeps them."""
    return [asdict(one) for one in figures]


def figures_kept(brief_figures: Sequence[dict[str, Any]]) -> list[Figure]:
    """The figures of a brief."""
    return [Figure(**one) for one in brief_figures]


def _short(counted: Counted) -> str:
    """A number in a narrow column: a share as its two parts."""
    if counted.value is None:
        return NOTHING
    if counted.measure.sort is Sort.SHARE:
        return f"{len(counted.good)}/{len(counted.lines)}"
    return plain(counted.value)


def _together(counted: Sequence[Counted], span: Span, whose: Mapping[str, str]) -> Figure:
    """All agencies as one; how many of them nothing is known of."""
    measure = counted[0].measure
    lines = tuple(line for one in counted for line in one.lines)
    whole = Counted(measure, lines, any(one.known for one in counted))
    silent = sum(one.value is None for one in counted)
    known = whole.value is not None
    query = urlencode({"span": span.slug, **whose})
    address = f"{reverse('overview:behind', args=[measure.slug])}?{query}"
    note = f"{silent} 个机关没有数据" if known and silent else "" if known else measure.silent
    good = f"{len(whole.good)} {measure.unit}" if measure.sort is Sort.SHARE else ""
    address = address if lines else ""
    return Figure(measure.slug, measure.label, whole.text, known, address, note, good)


def _families(found: dict[int, Counted]) -> Figure | None:
    """What was found, by what it is about."""
    keys = [line.key for counted in found.values() for line in counted.lines]
    rules: Counter[str] = Counter()
    for at in range(0, len(keys), 500):
        some = WatchFinding.objects.filter(pk__in=keys[at : at + 500])
        rules.update(some.values_list("rule", flat=True))
    families: Counter[str] = Counter()
    for rule, number in rules.items():
        if rule in family_of():
            families[family_of()[rule].label] += number
    if not families:
        return None
    text = "、".join(f"{label} {number} 项" for label, number in families.most_common())
    return Figure("findings_by_family", "其中", text, True, "")
