"""The columns of every agency: when each was last updated, how it stands, what that adds up to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone

from gongkai.core.watching.columns import (
    Column,
    ColumnState,
    ColumnVerdict,
    judge_column,
    judge_together,
)
from gongkai.core.watching.rhythms import usual_rhythm
from gongkai.web.agencies.models import Agency
from gongkai.web.public.shell import column_name, has_columns
from gongkai.web.public.tree import day_of, statutory_of_agency
from gongkai.web.publication.models import Publication

from .models import ColumnConfirmation, ColumnPromise
from .terms import Found, Looked, Reach, Terms

# Columns that are pages of the agency's record, or have rules of their own.
_OTHERS = ("guide", "annual_report", "request")
_Key = tuple[int, str, str]


@dataclass(frozen=True)
class Watched:
    """A column of an agency as it stands today."""

    agency: Agency
    column: str
    statutory: str
    facts: Column
    verdict: ColumnVerdict
    promise: ColumnPromise | None
    confirmation: ColumnConfirmation | None

    @property
    def address(self) -> str:
        """The staff page of the column."""
        return reverse("watching:column", args=[self.agency.code, self.statutory or self.column])


def watch_columns(reach: Reach, terms: Terms) -> Looked:
    """The family of rules on columns."""
    found: list[Found] = []
    count = 0
    for agency, watched in columns_of(reach, terms):
        count += len(watched)
        for one in watched:
            if one.verdict.finding is not None:
                name = one.statutory or one.column
                place = f"{agency.short_name}　{one.facts.name}"
                key = f"column:{agency.pk}/{name}"
                lasting = {"newest": one.facts.newest, "rhythm": one.facts.rhythm.label}
                found.append(
                    Found(one.verdict.finding, agency.pk, key, place, one.address, lasting=lasting)
                )
        together = {one.facts.name: one.verdict for one in watched}
        for told in judge_together(together, terms.limits(agency.pk)):
            address = f"{reverse('watching:columns')}?agency={agency.code}"
            which = {"columns": told.values["columns"]}
            key = f"columns:{agency.pk}"
            found.append(Found(told, agency.pk, key, agency.short_name, address, lasting=which))
    return Looked(count, found)


def columns_of(reach: Reach, terms: Terms) -> Iterator[tuple[Agency, list[Watched]]]:
    """Every column of every agency within reach, judged."""
    held = _held(reach)
    promises = {
        (one.agency_id, one.column, one.statutory): one
        for one in ColumnPromise.objects.filter(reach.of_agency())
    }
    confirmations = {
        (one.agency_id, one.column, one.statutory): one
        for one in ColumnConfirmation.objects.filter(
            reach.of_agency(), ended_at=None, until__gte=terms.today
        ).order_by("until")
    }
    codes: dict[int, set[str]] = {}
    for agency_pk, column, code in held:
        if column == "statutory":
            codes.setdefault(agency_pk, set()).add(code)
    judged: dict[int, list[Watched]] = {}
    for agency in terms.agencies.values():
        within = reach.agencies is None or agency.pk in reach.agencies
        if not within or agency.ended_on is not None or not has_columns(agency):
            continue
        items = statutory_of_agency(agency, codes.get(agency.pk, set()))
        names = [("statutory", item.code, item.heading) for item in items]
        judged[agency.pk] = [
            _judged(
                agency,
                (agency.pk, column, code),
                name,
                held,
                promises.get((agency.pk, column, code)),
                confirmations.get((agency.pk, column, code)),
                terms,
            )
            for column, code, name in [*names, ("rules", "", column_name("rules"))]
        ]
    stale = [
        one
        for watched in judged.values()
        for one in watched
        if one.verdict.state is ColumnState.STALE
    ]
    mended = _by_corrections(stale, terms)
    for key, watched in judged.items():
        yield terms.agencies[key], [mended.get(_key(one), one) for one in watched]


def _key(one: Watched) -> _Key:
    return (one.agency.pk, one.column, one.statutory)


def _held(reach: Reach) -> dict[_Key, tuple[int, date | None]]:
    """How many publications each column holds and the day of the newest: one walk of an index."""
    rows = (
        Publication.objects.filter(reach.of_agency())
        .exclude(column__in=_OTHERS)
        .order_by()
        .values_list("agency", "column", "statutory")
        .annotate(count=Count("*"), newest=Max("order_key"))
    )
    return {
        (agency, column, code): (count, day_of(newest))
        for agency, column, code, count, newest in rows
    }


def _judged(
    agency: Agency,
    key: _Key,
    name: str,
    held: dict[_Key, tuple[int, date | None]],
    promise: ColumnPromise | None,
    confirmation: ColumnConfirmation | None,
    terms: Terms,
) -> Watched:
    count, newest = held.get(key, (0, None))
    facts = Column(
        name=name,
        count=count,
        newest=newest,
        rhythm=promise.told if promise else usual_rhythm(key[1], key[2]),
        promised_on=promise.promised_on if promise else None,
        confirmed_until=confirmation.until if confirmation else None,
    )
    verdict = judge_column(facts, terms.limits(agency.pk), terms.today)
    return Watched(agency, key[1], key[2], facts, verdict, promise, confirmation)


def _by_corrections(stale: list[Watched], terms: Terms) -> dict[_Key, Watched]:
    """Those judged anew that were brought up to date by a correction and not by a new item."""
    if not stale:
        return {}
    rows = (
        Publication.objects.filter(
            agency__in={one.agency.pk for one in stale}, updated_at__isnull=False
        )
        .order_by()
        .values_list("agency", "column", "statutory")
        .annotate(updated=Max("updated_at"))
    )
    updated = {(a, column, code): timezone.localdate(at) for a, column, code, at in rows}
    mended: dict[_Key, Watched] = {}
    for one in stale:
        day = updated.get(_key(one))
        if day is not None and one.facts.newest is not None and day > one.facts.newest:
            held: dict[_Key, tuple[int, date | None]] = {_key(one): (one.facts.count, day)}
            mended[_key(one)] = _judged(
                one.agency, _key(one), one.facts.name, held, one.promise, one.confirmation, terms
            )
    return mended


def column_of(agency: Agency, name: str) -> tuple[str, str] | None:
    """(column, statutory item) of what an address calls ``name``; None for no such column."""
    if name == "rules":
        return "rules", ""
    found = Publication.objects.filter(Q(agency=agency, column="statutory", statutory=name))
    codes = {name} if found.exists() else set()
    known = {item.code for item in statutory_of_agency(agency, codes)}
    return ("statutory", name) if name in known else None
