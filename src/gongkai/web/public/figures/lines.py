"""What the pages on figures tell, in which order: the lines of each section.

A line is a number of the report (one cell, or a sum of some) or a rate.  The lines of the
tables are those of the forms themselves, so that a new edition brings its own; where editions
differ, a line says nothing for a year whose form does not have it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from gongkai.core.forms import CellSpec, Form, edition, editions
from gongkai.core.forms.model import RequestRow
from gongkai.core.report.measures import Measure, Rate, measures, rates

OUTCOMES = (
    "disclosed",
    "partly_disclosed",
    "withheld",
    "unable_to_provide",
    "not_processed",
    "otherwise_concluded",
)
# The outcomes that the form divides by ground.
_DIVIDED = OUTCOMES[2:]


@dataclass(frozen=True)
class Line:
    """One line: a measure or a rate; ``level`` 1 is a part of the line above it."""

    label: str
    what: Measure | Rate
    level: int = 0
    # A total, or the sum of the lines below it.
    total: bool = False


@dataclass(frozen=True)
class Section:
    """Lines that belong to one table."""

    id: str
    title: str
    lines: tuple[Line, ...]


@lru_cache(maxsize=1)
def sections() -> dict[str, Section]:
    """Every section by its id, in the order of the form."""
    every = (
        Section("disclosure", "主动公开", tuple(_disclosure())),
        Section("requests", "申请和办理结果", tuple(_requests())),
        Section("grounds", "不公开、不处理的理由", tuple(_grounds())),
        Section("remedies", "行政复议、行政诉讼", tuple(_remedies())),
        Section("rates", "比率", tuple(Line(rate.label, rate) for rate in rates().values())),
    )
    return {section.id: section for section in every}


def forms() -> tuple[Form, ...]:
    """The editions, the newest first: its words and its order go before."""
    return tuple(edition(name) for name in reversed(editions()))


def _disclosure() -> Iterator[Line]:
    seen: set[str] = set()
    for form in forms():
        for group in form.disclosure.groups:
            for row in group.rows:
                for spec in form.rows[row.table]:
                    if spec.address not in seen:
                        seen.add(spec.address)
                        yield Line(spec.label, _cell(spec, spec.label))


def _requests() -> Iterator[Line]:
    known = measures()
    for name in ("received", "carried_in"):
        yield Line(known[name].label, known[name])
    for name in OUTCOMES:
        yield Line(known[name].label, known[name], level=1)
    yield Line(known["concluded"].label, known["concluded"], total=True)
    yield Line(known["carried_out"].label, known["carried_out"])


def _grounds() -> Iterator[Line]:
    known = measures()
    for name in _DIVIDED:
        yield Line(known[name].label, known[name], total=True)
        for row in _rows_below(name):
            spec = _spec(f"requests.{row.id}/total")
            yield Line(row.label, _cell(spec, spec.row_label), level=1)


def in_full() -> list[Line]:
    """Everything told of requests, the outcomes with their grounds, in the order of the form."""
    divided = {measures()[name].label for name in _DIVIDED}
    grounds = sections()["grounds"].lines
    found: list[Line] = []
    for line in sections()["requests"].lines:
        if line.label not in divided:
            found.append(line)
            continue
        start = next(at for at, one in enumerate(grounds) if one.label == line.label)
        found.append(line)
        for below in grounds[start + 1 :]:
            if below.level == 0:
                break
            found.append(replace(below, level=2))
    return found


def _remedies() -> Iterator[Line]:
    newest = forms()[0]
    for block in newest.remedies.blocks:
        *specs, total = newest.rows[block.table]
        heading = f"行政诉讼（{block.label}）" if block.litigation else "行政复议"
        yield Line(heading, _cell(total, heading), total=True)
        for spec in specs:
            yield Line(spec.column_label, _cell(spec, f"{heading}{spec.column_label}"), level=1)


def _rows_below(outcome: str) -> list[RequestRow]:
    """The grounds of an outcome in the newest edition that divides it."""
    return next(
        [row for row in form.requests.rows if row.group == outcome]
        for form in forms()
        if any(row.group == outcome for row in form.requests.rows)
    )


def _spec(address: str) -> CellSpec:
    return next(form.cells[address] for form in forms() if address in form.cells)


def _cell(spec: CellSpec, label: str) -> Measure:
    return Measure(spec.address, label, spec.unit or "件", (spec.address,))
