"""Where the figures of a year come from: each ledger gives cells, and what stands behind each.

A ledger that holds nothing of the agency says so; it does not give zeros, for an agency may
keep it elsewhere.  Nothing here rounds: fees are entered in yuan and printed in ten thousands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from gongkai.core.finding import Finding
from gongkai.core.forms import Form
from gongkai.core.handling.outcomes import Outcome
from gongkai.core.handling.tally import Tally
from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.disclosure.models import InformationItem
from gongkai.web.disclosure.validity import counts
from gongkai.web.registers.models import CountKind, YearlyCount
from gongkai.web.registers.yearly import sums
from gongkai.web.remedies.models import RemedyCase
from gongkai.web.remedies.tables import tally_of_remedies
from gongkai.web.requests.counting import tally_of_requests
from gongkai.web.requests.models import DisclosureRequest

from .models import Collecting, Level

_YUAN = Decimal(10_000)
# Rules are made by ministries, and by the governments of provinces, cities with districts and
# prefectures (立法法 arts. 91, 93): by none of these agencies, and by no local department.
_MAKES_NO_RULES = (Kind.STREET, Kind.TOWNSHIP, Kind.DISPATCHED_BODY, Kind.COMMUNITY)
_TABLES = {
    CountKind.LICENSING: "licensing/decisions",
    CountKind.PENALTY: "penalties/decisions",
    CountKind.COERCIVE_MEASURE: "coercive_measures/decisions",
    CountKind.FEE: "administrative_fees/amount",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """What a ledger gives for one cell: its figure, or None and why not; what was counted."""

    value: int | Decimal | None
    note: str = ""
    kind: str = ""
    keys: tuple[int, ...] = ()

    @property
    def text(self) -> str | None:
        """As it is printed."""
        return (
            None
            if self.value is None
            else f"{self.value:f}"
            if isinstance(self.value, Decimal)
            else str(self.value)
        )


@dataclass(frozen=True)
class Source:
    """One ledger."""

    slug: str
    label: str
    take: Callable[[Agency, int, Form], Ledger]


@dataclass
class Ledger:
    """The cells of one ledger, and what somebody who counts by hand would ask about."""

    cells: dict[str, Taken] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class RecordKind:
    """A kind of record that stands behind numbers: how to find and show it."""

    slug: str
    label: str
    model: type[Model]
    line: Callable[[Any], tuple[str, str, str]]  # (name, address, note)
    related: tuple[str, ...] = ()


def sources() -> tuple[Source, ...]:
    """Every ledger there is, in the order of the form's tables."""
    return (
        Source("documents", "规范性文件", _documents),
        Source("counts", "许可、处罚、强制、收费年度数量", _decisions),
        Source("requests", "依申请公开台账", _requests),
        Source("remedies", "复议诉讼台账", _remedies),
    )


def owners(agency: Agency) -> list[Agency]:
    """Whose ledgers a report is made of.

    A government's own requests, documents and decisions stand in the report of its office
    (30号二（一）: 以政府及政府办公厅（室）名义), not in the region's, which is a sum.
    """
    return [agency, agency.competent_for] if agency.competent_for else [agency]


def _why_no_rules(agency: Agency) -> str:
    """Why the agency can have made no rules; empty where it may have."""
    if agency.kind in _MAKES_NO_RULES:
        return "这类机关没有规章制定权"
    if agency.kind != Kind.DEPARTMENT:
        return ""
    if agency.competent_for is not None:
        # The office tells of its government, which makes rules from a city with districts on.
        level = Collecting.objects.filter(government=agency.competent_for).values_list("level")
        county = level.first() == (Level.COUNTY,)
        return "县级政府没有规章制定权（立法法第九十三条）" if county else ""
    local = agency.ancestors().filter(kind=Kind.GOVERNMENT).exclude(name="国务院").exists()
    return "地方政府的部门没有规章制定权（立法法第九十一条、第九十三条）" if local else ""


def _documents(agency: Agency, year: int, form: Form) -> Ledger:
    ledger = Ledger()
    why_none = _why_no_rules(agency)
    if why_none:
        for address in _of("government_rules", form):
            ledger.cells[address] = Taken(0, why_none)
    else:
        _unknown(ledger, _of("government_rules", form), "平台不登记规章")
    if "normative_documents/in_force" not in form.cells:
        why = "这一版格式的口径平台没有统计"
        _unknown(ledger, _of("normative_documents", form), why)
        return ledger
    counted = [counts(one, year) for one in owners(agency)]
    lapsed, pending = (
        sum(len(getattr(one, name)) for one in counted) for name in ("lapsed", "pending")
    )
    notes = {
        "repealed": f"另有 {lapsed} 件到期失效，不算废止" if lapsed else "",
        "in_force": f"另有 {pending} 件年底还没有施行" if pending else "",
    }
    for column in ("issued", "repealed", "in_force"):
        keys = [key for one in counted for key in getattr(one, column)]
        note = notes.get(column, "")
        numbers = tuple(int(key) for key in keys)
        ledger.cells[f"normative_documents/{column}"] = Taken(len(keys), note, "item", numbers)
    return ledger


def _decisions(agency: Agency, year: int, form: Form) -> Ledger:
    ledger = Ledger()
    of_kind = {
        one.kind: one
        for one in sums(
            YearlyCount.objects.filter(agency__in=owners(agency), year=year).order_by("pk")
        )
    }
    for kind, address in _TABLES.items():
        if address not in form.cells:
            continue
        counted = of_kind.get(kind)
        if counted is None:
            ledger.cells[address] = Taken(None, f"{kind.label}这一年没有记数")
            continue
        keys = tuple(one.line.pk for one in counted.matters)
        if counted.unknown:
            # A sum of some matters is not the sum: it is told, and not put in.
            note = f"已统计的事项共 {counted.text}，{counted.missing or '都没有统计'}"
            ledger.cells[address] = Taken(None, note, "count", keys)
            continue
        total = counted.total or 0
        value = Decimal(total) / _YUAN if kind is CountKind.FEE else total
        ledger.cells[address] = Taken(value, "", "count", keys)
    for address in form.cells:
        table, _, column = address.partition("/")
        known = table in {"normative_documents", "government_rules"} or address in ledger.cells
        if not known and "." not in table and column in _UNCOUNTED:
            ledger.cells[address] = Taken(None, "平台没有统计这一项")
    return ledger


# Columns of the edition of 2019 that no ledger of the platform holds.
_UNCOUNTED = frozenset({"items_last_year", "change_this_year", "decisions", "projects", "amount"})


def _requests(agency: Agency, year: int, form: Form) -> Ledger:
    if not DisclosureRequest.objects.filter(agency__in=owners(agency)).exists():
        ledger = Ledger()
        addresses = [a for a in form.cells if a.startswith("requests.")]
        _unknown(ledger, addresses, "依申请公开台账里没有本机关的申请；确实没有收到的，填 0")
        return ledger
    return _tallied(tally_of_requests(owners(agency), year, form.id), "request")


def _remedies(agency: Agency, year: int, form: Form) -> Ledger:
    whose = owners(agency)
    of_agency = RemedyCase.objects.filter(agency__in=whose).exists()
    if not of_agency and not DisclosureRequest.objects.filter(agency__in=whose).exists():
        ledger = Ledger()
        tables = tuple(f"{block.table}/" for block in form.remedies.blocks)
        addresses = [a for a in form.cells if a.startswith(tables)]
        _unknown(ledger, addresses, "没有登记复议诉讼案件；确实没有的，填 0")
        return ledger
    return _tallied(tally_of_remedies(whose, year, form.id), "remedy")


def _tallied(tally: Tally[int], kind: str) -> Ledger:
    cells = {address: Taken(len(keys), "", kind, keys) for address, keys in tally.trace.items()}
    return Ledger(cells, tally.findings)


def _unknown(ledger: Ledger, addresses: Iterable[str], why: str) -> None:
    ledger.cells.update((address, Taken(None, why)) for address in addresses)


def _of(table: str, form: Form) -> list[str]:
    return [address for address in form.cells if address.startswith(f"{table}/")]


# ── what stands behind a number ───────────────────────────────────


def _item_line(item: InformationItem) -> tuple[str, str, str]:
    version = item.live or item.version
    made = f"{version.made_on}成文" if version.made_on else ""
    note = "　".join(filter(None, (version.document_number, made)))
    return version.title, reverse("disclosure:item", args=[item.pk]), note


def _count_line(line: YearlyCount) -> tuple[str, str, str]:
    query = urlencode({"agency": line.agency.code, "q": line.matter})
    if line.kind == CountKind.FEE:
        note = "没有统计" if line.amount_yuan is None else f"{line.amount_yuan:,} 元"
    else:
        note = "没有统计" if line.count is None else f"{line.count:,} 件"
    return line.matter, f"{reverse('registers:lines', args=['counts'])}?{query}", note


def _request_line(case: DisclosureRequest) -> tuple[str, str, str]:
    outcome = case.redone_outcome or case.first_outcome
    note = Outcome(outcome).label if outcome else "没有办结"
    if case.concluded_on:
        note += f"　{case.concluded_on:%Y-%m-%d}"
    return case.number, _address("requests:case", case.pk), note


def _remedy_line(case: RemedyCase) -> tuple[str, str, str]:
    note = f"{case.closed_on:%Y-%m-%d} 审结" if case.closed_on else "尚未审结"
    return str(case), _address("remedies:case", case.pk), note


def _address(name: str, key: int) -> str:
    """The page of a record; empty where the platform has none for this kind."""
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""


def kinds() -> Mapping[str, RecordKind]:
    """The kinds of records by slug."""
    every = (
        RecordKind("item", "文件", InformationItem, _item_line, ("live", "current")),
        RecordKind("count", "事项", YearlyCount, _count_line, ("agency",)),
        RecordKind("request", "申请", DisclosureRequest, _request_line),
        RecordKind("remedy", "案件", RemedyCase, _remedy_line, ("agency",)),
    )  # fmt: skip
    return {one.slug: one for one in every}
