"""Counts in the prose against the cells they mean (P-1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...finding import Finding
from ...forms import Form
from ...report import AnnualReport
from ...rules import find
from .continued import continued
from .figures import Figure, Passage
from .measures import INFLOW, Measure, measure_of
from .scope import elsewhere, is_part, part_meant
from .tables import printed, readings, unread_cells

# What leaves no doubt in lead and section five: 全年共收到政府信息公开申请 9 件.
_PLAIN = re.compile(
    r"(?:20\d\d年度?|全年|本年度?|我[局委办厅市区县镇乡]|本机关|全[市区县局]|共计?|累计|[、和及])*"
    r"(?:收到|新收|受理|接收|办结)(?:的)?(?:各类)?"
    r"(?:政府信息公开申请|依申请公开(?:申请|事项)?)(?:共计?|合计|总计)?"
)


def counts(
    report: AnnualReport, form: Form, told: list[Passage], unread: dict[str, None]
) -> Iterator[Finding]:
    """Findings on every number that is a figure of the tables, in the order of the text.

    A number is right if one reading of its words gives it: 收到 75 件 may be
    新收 75, or 新收 74 and 结转 1.  ``unread`` gathers cells it cannot be held to.
    """
    for passage in told:
        whole: tuple[Figure, Measure] | None = None
        last: tuple[Figure, Measure] | None = None
        for figure in passage.figures:
            measure = measure_of(form, passage, figure)
            if measure is None and last and _same_sentence(last[0], figure):
                measure = continued(form, last[1], figure)
                if measure is not None:
                    yield from _compared(report, form, passage, figure, measure, unread)
                    continue
            if measure is None:
                if whole is not None and _part_of(whole[0], figure):
                    yield from _part(report, form, passage, figure, whole[1])
                    whole = None
                continue
            if _not_of_the_year(report, measure, figure):
                last = None
                continue
            last = figure, measure
            yield from _compared(report, form, passage, figure, measure, unread)
            if measure.name in INFLOW:
                whole = figure, measure


def totals(
    report: AnnualReport, form: Form, told: list[Passage], unread: dict[str, None]
) -> Iterator[Finding]:
    """Findings on the totals of this year that lead and section five tell, said to be so.

    They speak of plans and of other years too: a number counts only where its
    sentence names the year and the requests.
    """
    this_year = re.compile(rf"全年|本年度|{report.year}年")
    for passage in told:
        for figure in passage.figures:
            if not _PLAIN.fullmatch(figure.before) or not this_year.search(figure.lead_in):
                continue
            measure = measure_of(form, passage, figure)
            if measure is None or elsewhere(report, figure):
                continue
            if not part_meant(report, figure):
                yield from _compared(report, form, passage, figure, measure, unread)


def _part_of(whole: Figure, figure: Figure) -> bool:
    """Whether ``figure`` is told of a part, in the sentence that tells the whole."""
    return _same_sentence(whole, figure) and is_part(figure.before)


def _same_sentence(before: Figure, figure: Figure) -> bool:
    return before.start >= figure.start - len(figure.lead_in)


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
        if value == figure.number or (measure.at_most and figure.number < value):
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
