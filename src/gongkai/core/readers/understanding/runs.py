"""Tables that look alike: which one is the report's, which only stand beside it.

A report may also print last year's table, a comparison of a few rows, or the
reconsideration cases of the whole city.  The fullest run of rows of this year
is the report's, and runs that only add rows it lacks are pieces of it.  Every
other run is kept as a local table, heads and all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ...finding import Finding
from ...forms import editions
from ...forms.label import normalise
from ...rules import find
from ..document import Grid, Paragraph
from .lines import Flow, Line, Run, Sorted, TableMark, Unplaced

_YEAR = re.compile(r"(20\d\d)年")
_LAST_YEAR = re.compile(r"上年|上一年|去年|往年")
_TITLE = re.compile(r"(20\d\d)年度?.{0,30}(?:信息公开|政务公开).{0,16}(?:报告|年报)")
# A run with fewer of its table's rows than this share is a comparison, not the table.
_FULL = 0.6


def choose_runs(rows: Sorted) -> tuple[Finding, ...]:
    """Leave in ``rows`` only what belongs to the report's own tables.

    What does not is in the flow as rows of no edition.
    """
    year = _year_of(rows.flow)
    findings: list[Finding] = []
    dropped: list[Run] = []
    for table in dict.fromkeys(run.table for run in rows.runs):
        runs = [run for run in rows.runs if run.table == table]
        if len(runs) > 1:
            own = _own(runs, year)
            others = [run for run in runs if run not in own and not _repeats(run, own)]
            copies = [run for run in runs if run not in own and run not in others]
            dropped += others
            rows.flow = [f for f in rows.flow if not (isinstance(f, TableMark) and f.run in copies)]
            _forget(rows, copies)
            most = max(len(run.rows) for run in own or runs)
            if any(len(run.rows) >= _FULL * most for run in others):
                findings.append(find("table.repeated", table=_caption(table)))
    if dropped:
        _forget(rows, dropped)
        rows.flow = _beside(rows.flow, dropped)
    return tuple(findings)


def _own(runs: Sequence[Run], year: int | None) -> list[Run]:
    """The report's table, and the pieces that add to it."""
    most = max(len(run.rows) for run in runs)
    full = [run for run in runs if len(run.rows) >= _FULL * most]
    main = max(
        [run for run in full if not _is_of_another_year(run, year)] or full,
        key=lambda run: len(run.rows),
    )
    rivals = [run for run in full if run.lines[-1].grid is main.lines[-1].grid]
    if len(rivals) > 1:
        # A row for each unit under one head: only their total is the report's.
        totals = [run for run in rivals if _is_total(run.lines[-1])]
        if len(totals) != 1:
            return []
        main = totals[0]
    own, rows = [main], set(main.rows)
    for run in runs:
        if not run.rows & rows and not _is_of_another_year(run, year):
            own.append(run)
            rows |= run.rows
    return own


def _is_total(line: Line) -> bool:
    return line.keys[0] in {"合计", "总计", "共计", "全部"}


def _is_of_another_year(run: Run, year: int | None) -> bool:
    words = normalise(run.caption)
    named = {int(y) for y in _YEAR.findall(words)}
    return bool(_LAST_YEAR.search(words)) or bool(named and year and year not in named)


def _repeats(run: Run, own: Iterable[Run]) -> bool:
    """Whether ``run`` only prints again what the report's table prints: a copy for printing."""
    printed = [_figures(line) for other in own for line in other.lines]
    return all(_figures(line) in printed for line in run.lines)


def _figures(line: Line) -> list[str]:
    return [c.text.strip() for c in line.cells if c.text.strip()]


def _forget(rows: Sorted, runs: Sequence[Run]) -> None:
    rows.disclosure = [r for r in rows.disclosure if r.run not in runs]
    rows.requests = [r for r in rows.requests if r.run not in runs]
    rows.remedies = [r for r in rows.remedies if r.run not in runs]
    rows.runs = [r for r in rows.runs if r not in runs]


def _beside(flow: Sequence[Flow], runs: Sequence[Run]) -> list[Flow]:
    """``flow`` with each of ``runs`` as rows of no edition, together with the rest of its grid."""
    owners = {id(line.grid) for item in flow if isinstance(item, TableMark) and item.run
              and item.run not in runs for line in item.run.lines}  # fmt: skip
    lines: dict[int, list[Line]] = {}
    for run in runs:
        for line in run.lines:
            lines.setdefault(id(line.grid), []).append(line)
    out: list[Flow] = []
    placed: set[int] = set()

    def place(grid: Grid) -> None:
        if id(grid) not in placed:
            placed.add(id(grid))
            kept = sorted(lines[id(grid)], key=lambda line: line.cells[0].row)
            out.append(Unplaced(grid, list({id(line): line for line in kept}.values())))

    for item in flow:
        if isinstance(item, Unplaced) and id(item.grid) in lines and id(item.grid) not in owners:
            lines[id(item.grid)] += item.lines
    for item in flow:
        if isinstance(item, TableMark) and item.run in runs:
            for line in item.run.lines if item.run else ():
                place(line.grid)
        elif isinstance(item, Unplaced) and id(item.grid) in lines and id(item.grid) not in owners:
            place(item.grid)
        else:
            out.append(item)
    return out


def _year_of(flow: Sequence[Flow]) -> int | None:
    """The year in what looks like the report's title."""
    for item in flow[:80]:
        if isinstance(item, Paragraph) and len(item.text) <= 60:
            found = _TITLE.search(normalise(item.text))
            if found:
                return int(found.group(1))
    return None


def _caption(table: str) -> str:
    form = list(editions().values())[-1]
    return {
        "disclosure": form.disclosure.caption,
        "requests": form.requests.caption,
    }.get(table, form.remedies.caption)
