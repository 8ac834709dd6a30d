"""Counts in the prose against the cells they mean (P-1)."""

from __future__ import annotations

from collections.abc import Iterator

from ...finding import Finding
from ...forms import Form
from ...report import AnnualReport
from ...rules import find
from .figures import Figure, Passage
from .measures import Measure, measure_of
from .scope import elsewhere, is_part, part_meant
from .tables import printed, readings, unread_cells

_INFLOW = ("received", "new", "received_and_concluded", "handled")


def counts(
    report: AnnualReport, form: Form, told: list[Passage], unread: dict[str, None]
) -> Iterator[Finding]:
    """Findings on every number that is a figure of the tables, in the order of the text.

    A number is right if one reading of its words gives it: 收到 75 件 may be
    新收 75, or 新收 74 and 结转 1.  ``unread`` gathers cells it cannot be held to.
    """
    for passage in told:
        whole: tuple[Figure, Measure] | None = None
        for figure in passage.figures:
            measure = measure_of(form, passage, figure)
            if measure is None:
                if whole is not None and _part_of(whole[0], figure):
                    yield from _part(report, form, passage, figure, whole[1])
                    whole = None
                continue
            if _not_of_the_year(report, measure, figure):
                continue
            yield from _compared(report, form, passage, figure, measure, unread)
            if measure.name in _INFLOW:
                whole = figure, measure


def _part_of(whole: Figure, figure: Figure) -> bool:
    """Whether ``figure`` is told of a part, in the sentence that tells the whole."""
    return whole.start >= figure.start - len(figure.lead_in) and is_part(figure.before)


def _part(
    report: AnnualReport, form: Form, passage: Passage, figure: Figure, measure: Measure
) -> Iterator[Finding]:
    """The first of a list of parts is said; the others go with it."""
    for cells, value in readings(report, form, measure)[:1]:
        if figure.number < value:
            yield find(
                "narrative.other_scope",
                *cells,
                section=passage.heading,
                quote=figure.quote,
                number=figure.number,
                scope=figure.before.lstrip("、和及"),
                table=printed(report, form, cells),
            )


def _not_of_the_year(report: AnnualReport, measure: Measure, figure: Figure) -> bool:
    # 上年结转, 结转至 2026 年 name another year on purpose.
    return not measure.name.startswith("carried") and elsewhere(report, figure)


def _compared(
    report: AnnualReport,
    form: Form,
    passage: Passage,
    figure: Figure,
    measure: Measure,
    unread: dict[str, None],
) -> Iterator[Finding]:
    known = readings(report, form, measure)
    for cells, value in known:
        if value == figure.number:
            if measure.name == "received" and len(cells) > 1 and report.number(cells[1]):
                yield find(
                    "narrative.received_includes_carried",
                    *cells,
                    section=passage.heading,
                    quote=figure.quote,
                    number=figure.number,
                    table=printed(report, form, cells),
                )
            return
    missing = unread_cells(report, measure)
    if missing:
        unread.update(dict.fromkeys(missing))
        return
    cells, _ = known[0]
    scope = part_meant(report, figure)
    facts = {
        "section": passage.heading,
        "quote": figure.quote,
        "number": figure.number,
        "table": printed(report, form, cells),
    }
    if scope:
        yield find("narrative.other_scope", *cells, scope=scope, **facts)
    else:
        yield find("narrative.count_differs", *cells, **facts)
