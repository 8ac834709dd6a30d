"""Many reports into one of the same edition, each sum with its parts kept.

A blank and a dash count as 0, and it is said.  A part that was not read, that
the part's edition does not have, or that is in another unit leaves its sum
unread: a sum is either of all its parts or not given at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from operator import add, itemgetter

from ..finding import Finding
from ..forms import CellSpec, Form, Kind, edition, editions, split
from ..rules import find
from .annual_report import AnnualReport, SectionText, form_of
from .cell import Cell, Number

# The value of a cell, as fast as thousands of reports ask for it.
_VALUE = itemgetter(Cell._fields.index("value"))


class State(StrEnum):
    """Whether a part has a figure, was not read, or has no such cell."""

    READ = "read"
    UNREAD = "unread"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Source:
    """One report to be added, and the file it was read from."""

    report: AnnualReport
    file: str | None = None

    @property
    def name(self) -> str:
        """What to call it in a sentence."""
        named = self.report.agency or self.report.title or ""
        if self.file:
            return f"{named}（{self.file}）" if named else self.file
        return named or "—"


@dataclass(frozen=True, slots=True)
class Part:
    """What one report adds to one sum.  ``unit`` is the printed one or else the form's."""

    file: str | None
    agency: str | None
    value: Number | None
    text: str | None
    state: State = State.READ
    unit: str | None = None

    def as_dict(self) -> dict[str, object]:
        return {
            "file": self.file,
            "agency": self.agency,
            "value": self.value,
            "text": self.text,
            "state": self.state.value,
        }


@dataclass(frozen=True)
class Aggregate:
    """The sums as a report, the parts of every sum by address, and what is to be said."""

    report: AnnualReport
    parts: Mapping[str, tuple[Part, ...]]
    findings: tuple[Finding, ...]

    def parts_as_dicts(self) -> dict[str, list[dict[str, object]]]:
        """``parts`` as :func:`gongkai.core.report.interchange.to_json` takes them."""
        return {a: [p.as_dict() for p in parts] for a, parts in self.parts.items()}


def aggregate(
    sources: Sequence[Source], *, edition_id: str | None = None, agency: str | None = None
) -> Aggregate:
    """Add up ``sources``, in the edition asked for or else the newest among them.

    ``agency`` is whose report the sum is.  Free-form reports have no cells and
    are left out, which is said.  ValueError where there is nothing to add.
    """
    free = [s for s in sources if s.report.edition is None]
    findings = [find("aggregate.free_form", name=s.name) for s in free]
    sources = [s for s in sources if s.report.edition is not None]
    if not sources:
        raise ValueError("no report on the official form")
    forms = [form for s in sources if (form := form_of(s.report))]
    form = _form_of(forms, edition_id)
    added = _added(sources, forms, form)
    findings += _about_sources(sources, form)
    for one in added:
        findings += _about_parts(one, form)
    parts = _Parts(added, form)
    cells: dict[str, Cell] = {}
    counts = _counts(added, form)
    for address, spec in form.cells.items():
        if address in counts:
            cells[address] = counts[address]
            continue
        those = parts[address]
        units = {p.unit for p in those if p.value}
        if spec.kind is Kind.AMOUNT and len(units) > 1:
            said = [f"{p.text}（{p.agency or p.file or '—'}）" for p in those if p.value]
            findings.append(find("aggregate.units_differ", address, cell=spec.label, printed=said))
        elif all(p.state is State.READ for p in those):
            cells[address] = _sum(those, spec, units)
    years = {s.report.year for s in sources}
    year = years.pop() if len(years) == 1 else None
    report = AnnualReport(
        edition=form.id,
        year=year,
        agency=agency,
        title=f"{agency or ''}{f'{year}年' if year else ''}政府信息公开工作年度报告（汇总）",
        sections=tuple(SectionText(s.key, s.heading, "") for s in form.sections),
        cells=cells,
        unread=tuple(a for a in form.cells if a not in cells),
    )
    return Aggregate(report, parts, tuple(findings))


def _form_of(forms: Sequence[Form], edition_id: str | None) -> Form:
    if edition_id is None:
        order = list(editions())
        edition_id = max((f.id for f in forms), key=order.index)
    if all(f.id == edition_id and f.cells.keys() == forms[0].cells.keys() for f in forms):
        return forms[0]  # all mix the editions in the same way
    return edition(edition_id)


@dataclass(frozen=True)
class _Added:
    """A source with its form, and which of its cells say what each cell of the sum says."""

    source: Source
    form: Form
    places: Mapping[str, tuple[str, ...]]
    unread: frozenset[str]
    # Whether it has every cell of the sum, all read: most reports do.
    whole: bool

    def part(self, address: str) -> Part:
        """What it has for ``address``, across editions where the forms allow it."""
        report, file = self.source.report, self.source.file
        own = self.places[address]
        if not own:
            return Part(file, report.agency, None, None, State.MISSING)
        if not self.unread.isdisjoint(own):
            return Part(file, report.agency, None, None, State.UNREAD)
        cells = [report.cells[a] for a in own]
        if len(cells) > 1:
            value = sum((c.value or 0 for c in cells), 0)
            return Part(file, report.agency, value, "+".join(c.text for c in cells))
        (cell,) = cells
        if own[0] != address and cell.value:
            # One row that the sum has in three: only nothing can be split.
            return Part(file, report.agency, None, cell.text, State.MISSING)
        unit = cell.unit or self.form.cells[own[0]].unit
        return Part(file, report.agency, cell.value, cell.text, State.READ, unit)


class _Parts(Mapping[str, tuple[Part, ...]]):
    """The parts of every sum, each put together when it is asked for."""

    def __init__(self, added: Sequence[_Added], form: Form) -> None:
        self._added, self._form = added, form

    def __getitem__(self, address: str) -> tuple[Part, ...]:
        if address not in self._form.cells:
            raise KeyError(address)
        return tuple(one.part(address) for one in self._added)

    def __iter__(self) -> Iterator[str]:
        return iter(self._form.cells)

    def __len__(self) -> int:
        return len(self._form.cells)


def _added(sources: Sequence[Source], forms: Sequence[Form], form: Form) -> list[_Added]:
    known: dict[int, Mapping[str, tuple[str, ...]]] = {}
    added = []
    for source, own in zip(sources, forms, strict=True):
        if id(own) not in known:
            known[id(own)] = {a: _places(a, own) for a in form.cells}
        unread = frozenset(source.report.unread)
        whole = not unread and (own is form or own.cells.keys() == form.cells.keys())
        added.append(_Added(source, own, known[id(own)], unread, whole))
    return added


def _counts(added: Sequence[_Added], form: Form) -> dict[str, Cell]:
    """The sums of counts where every report has every cell; money is added unit by unit."""
    addresses = [a for a, spec in form.cells.items() if spec.kind is not Kind.AMOUNT]
    if len(addresses) < 2 or not all(one.whole for one in added):
        return {}
    row = itemgetter(*addresses)
    totals: list[Number] = [0] * len(addresses)
    for one in added:
        values = list(map(_VALUE, row(one.source.report.cells)))
        if None in values:
            values = [value or 0 for value in values]
        totals = list(map(add, totals, values))
    return {a: Cell(sum_, _digits(sum_)) for a, sum_ in zip(addresses, totals, strict=True)}


def _places(address: str, own: Form) -> tuple[str, ...]:
    """The cells of ``own`` that say what ``address`` says."""
    if address in own.cells:
        return (address,)
    table, row, column = split(address)
    group = row.partition(".")[0]
    if "." in row and (whole := f"{table}.{group}/{column}") in own.cells:
        return (whole,)
    cells = [(a, split(a)) for a in own.cells]
    within = [a for a, (t, r, c) in cells if (t, c) == (table, column) and r.startswith(f"{row}.")]
    return tuple(within) if row else ()


def _sum(parts: Sequence[Part], spec: CellSpec, units: set[str | None]) -> Cell:
    start: Number = Decimal(0) if spec.kind is Kind.AMOUNT else 0
    value = sum((p.value or 0 for p in parts), start)
    unit = next(iter(units), None) if spec.kind is Kind.AMOUNT else spec.unit
    printed = unit if unit != spec.unit else None
    return Cell(value, _digits(value) + (printed or ""), printed)


def _digits(value: Number) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _about_sources(sources: Sequence[Source], form: Form) -> Iterator[Finding]:
    """Whether these reports belong together at all."""
    years = sorted({s.report.year for s in sources if s.report.year is not None})
    if len(years) > 1:
        yield find("aggregate.years_differ", years=[str(y) for y in years])
    unnamed = [s.name for s in sources if s.report.agency is None]
    if unnamed:
        yield find("aggregate.agency_unknown", files=unnamed)
    seen: dict[tuple[str, int | None], list[str]] = {}
    for s in sources:
        if s.report.agency:
            seen.setdefault((s.report.agency, s.report.year), []).append(s.name)
    for (named, year), names in seen.items():
        if len(names) > 1:
            yield find(
                "aggregate.duplicate", agency=named, year=year or "—", count=len(names), files=names
            )
    for s in sources:
        if s.report.edition != form.id:
            yield find(
                "aggregate.other_edition", name=s.name, own=s.report.edition, edition=form.id
            )


def _about_parts(one: _Added, form: Form) -> Iterator[Finding]:
    """What one report could not add, and what was taken as 0."""
    report, name = one.source.report, one.source.name
    if one.whole:
        empty: list[str] = []
        if None in map(_VALUE, report.cells.values()):
            empty = [a for a in form.cells if report.cells[a].value is None]
    else:
        parts = {a: one.part(a) for a in form.cells}
        yield from _about_odd_parts(one, parts, form)
        empty = [a for a, p in parts.items() if p.state is State.READ and p.value is None]
    if empty:
        yield find("aggregate.empty_as_zero", *empty, name=name, count=len(empty))
    if not one.whole:
        used = {own for places in one.places.values() for own in places}
        left = [a for a, c in report.cells.items() if a not in used and c.value]
        if left:
            rows = _rows(left, one.form)
            yield find("aggregate.left_out", name=name, edition=form.id, rows=rows)
    if report.local_tables:
        titles = [t.title or t.id for t in report.local_tables]
        yield find("aggregate.local_tables", name=name, tables=titles)


def _about_odd_parts(one: _Added, parts: Mapping[str, Part], form: Form) -> Iterator[Finding]:
    """What was not read, cannot be split, or is not in the edition of the report."""
    name = one.source.name
    unread = [a for a, p in parts.items() if p.state is State.UNREAD]
    if unread:
        rows = _rows(unread, form)
        yield find("aggregate.part_unread", *unread, name=name, count=len(unread), rows=rows)
    whole = [a for a, p in parts.items() if p.state is State.MISSING and p.text is not None]
    if whole:
        rows = _rows(whole, form)
        yield find("aggregate.not_split", *whole, name=name, rows=rows, count=len(whole))
    missing = [a for a, p in parts.items() if p.state is State.MISSING and p.text is None]
    if missing:
        rows = _rows(missing, form)
        yield find("aggregate.not_comparable", *missing, name=name, edition=form.id, rows=rows)


def _rows(addresses: Sequence[str], form: Form) -> list[str]:
    """The rows of ``addresses`` by name, each once."""
    return list(dict.fromkeys(form.cells[a].row_label for a in addresses))
