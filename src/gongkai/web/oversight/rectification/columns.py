"""The columns that a self-check goes through, and what is known of each for a month.

They are those that the Regulation asks of the agency (core.catalogue), as the watch looks at them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from gongkai.core.catalogue import columns
from gongkai.core.watching.rhythms import usual_rhythm
from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.watching.models import ColumnConfirmation, ColumnPromise, WatchFinding
from gongkai.web.public.shell import has_columns
from gongkai.web.public.tree import statutory_of_agency
from gongkai.web.publication.models import Publication

# Where findings of no column are answered for.
OTHER = "other"
_COLUMN = "column:"


@dataclass(frozen=True, slots=True)
class CheckColumn:
    """One column: its key (the statutory item's code, or the column's id) and name."""

    key: str
    name: str
    column: str
    statutory: str = ""

    @property
    def holds_items(self) -> bool:
        """Whether it is a list of what was published; the others are pages of the agency."""
        return self.column in ("statutory", "rules", "annual_report")

    @property
    def may_be_empty(self) -> bool:
        """Whether an agency may have nothing of it: what it does, but not who it is."""
        return self.column in ("statutory", "rules")


@dataclass
class Known:
    """What is known of a column in a month."""

    column: CheckColumn
    newest: date | None = None
    rhythm: str = ""
    confirmed_until: date | None = None
    findings: list[WatchFinding] = field(default_factory=list)


def columns_of(agency: Agency) -> list[CheckColumn]:
    """The columns of an agency in their order; none for one that has none of its own."""
    if not has_columns(agency):
        return []
    held = Publication.objects.filter(agency=agency, column="statutory").order_by()
    items = statutory_of_agency(agency, set(held.values_list("statutory", flat=True).distinct()))
    found = []
    for column in columns():
        if column.id == "statutory":
            found += [CheckColumn(one.code, one.heading, column.id, one.code) for one in items]
        else:
            found.append(CheckColumn(column.id, column.name, column.id))
    return [*found, CheckColumn(OTHER, "不属于某一栏目的发现", "")]


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def month_before(month: date) -> date:
    """The month before."""
    return month_of(month - timedelta(days=1))


def month_after(month: date) -> date:
    """The month after."""
    return month_of(month + timedelta(days=31))


def known_of(agency: Agency, month: date) -> list[Known]:
    """What the records and the watch say of each column in a month."""
    begin, end = moment_of(month), moment_of(month_after(month))
    newest = _newest(agency, end)
    promises = {
        (one.column, one.statutory): one.told for one in ColumnPromise.objects.filter(agency=agency)
    }
    confirmed = {
        (one.column, one.statutory): one.until
        for one in ColumnConfirmation.objects.filter(agency=agency, ended_at=None).order_by("pk")
    }
    found = {}
    for column in columns_of(agency):
        place = (column.column, column.statutory)
        promised = promises.get(place)
        usual = usual_rhythm(*place).label if column.may_be_empty else ""
        found[column.key] = Known(
            column,
            newest.get(place),
            promised.label if promised else usual,
            confirmed.get(place),
        )
    findings = list(
        WatchFinding.objects.filter(agency=agency, found_at__lt=end)
        .filter(Q(state="open") | Q(mended_at__gte=begin) | Q(set_aside_at__gte=begin))
        .order_by("pk")
    )
    places = _places(findings)
    for one in findings:
        key = places[one.pk]
        if key not in found:
            key = OTHER
        if key in found:
            found[key].findings.append(one)
    return list(found.values())


def _newest(agency: Agency, end: datetime) -> Mapping[tuple[str, str], date]:
    latest = (
        Publication.objects.filter(agency=agency, published_at__lt=end)
        .values("column", "statutory")
        .annotate(newest=Max(Coalesce("updated_at", "published_at")))
        .order_by()
    )
    return {
        (row["column"], row["statutory"]): timezone.localtime(row["newest"]).date()
        for row in latest
    }


def _places(findings: Iterable[WatchFinding]) -> dict[int, str]:
    """For each finding the key of its column; OTHER where it is of none."""
    numbers = {one.item_number for one in findings if one.item_number is not None}
    items = {
        number: statutory or column
        for number, column, statutory in Publication.objects.filter(number__in=numbers).values_list(
            "number", "column", "statutory"
        )
    }
    found = {}
    for one in findings:
        if one.key.startswith(_COLUMN):
            found[one.pk] = one.key.removeprefix(_COLUMN).partition(" ")[0].rpartition("/")[2]
        else:
            found[one.pk] = items.get(one.item_number or 0, OTHER)
    return found


def moment_of(day: date) -> datetime:
    """The moment at which a day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))
