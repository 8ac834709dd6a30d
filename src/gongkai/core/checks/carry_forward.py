"""Last year's report against this year's."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding
from ..forms import Form, address, edition
from ..report import AnnualReport
from ..rules import find
from .agencies import same
from .terms import cell_name, figure, listed, row_name, short

_IN, _OUT = "carried_from_last_year", "carried_to_next_year"


def not_last_years(report: AnnualReport, previous: AnnualReport) -> Finding | None:
    """Why ``previous`` is not what this agency reported last year; None where it may be.

    Such a report is compared in nothing.
    """
    if report.agency and previous.agency and not same(report.agency, previous.agency):
        return find(
            "carry_forward.other_agency",
            agency=report.agency,
            year=_year(report),
            other=previous.agency,
            other_year=_year(previous),
        )
    if report.year and previous.year and report.year != previous.year + 1:
        return find(
            "carry_forward.not_the_year_before",
            agency=report.agency or "",
            year=report.year,
            other=previous.agency or "",
            found=previous.year,
        )
    return None


def _year(report: AnnualReport) -> str:
    return f"（{report.year} 年度）" if report.year else ""


def carry_forward(report: AnnualReport, previous: AnnualReport, form: Form) -> Iterator[Finding]:
    """Findings on what ``previous`` handed over; X-1 to X-4 of the reference tables."""
    if previous.edition is None:
        yield find("carry_forward.no_edition")
        return
    unread: list[tuple[str, str]] = []
    yield from _requests(report, previous, form, unread)
    yield from _in_force(report, previous, form, unread)
    yield from _items(report, previous, form, unread)
    yield from _pending(report, previous, form, unread)
    if unread:
        yield find(
            "carry_forward.undecidable",
            *dict.fromkeys(name for _, name in unread),
            count=len(dict.fromkeys(unread)),
            places=listed(_name(form, previous, which, name) for which, name in unread),
        )


def _requests(
    report: AnnualReport, previous: AnnualReport, form: Form, unread: list[tuple[str, str]]
) -> Iterator[Finding]:
    """X-1: carried to next year there, carried from last year here, column by column."""
    for column in form.requests.columns:
        there, here = (address("requests", column.id, row) for row in (_OUT, _IN))
        if _read(report, previous, [there], [here], unread):
            handed, taken = figure(previous, form, there), figure(report, form, here)
            if handed != taken:
                yield find(
                    "carry_forward.requests",
                    here,
                    place=short(column.label),
                    handed=handed,
                    taken=taken,
                    difference=abs(handed - taken),
                )


def _in_force(
    report: AnnualReport, previous: AnnualReport, form: Form, unread: list[tuple[str, str]]
) -> Iterator[Finding]:
    """X-2: in force last year + issued − repealed = in force this year."""
    for table in ("government_rules", "normative_documents"):
        there = f"{table}/in_force"
        here = [f"{table}/{c}" for c in ("issued", "repealed", "in_force")]
        if there not in edition(previous.edition or "").cells or here[0] not in form.cells:
            continue
        if not _read(report, previous, [there], here, unread):
            continue
        before = previous.number(there)
        issued, repealed, in_force = (report.number(c) for c in here)
        if before + issued - repealed != in_force:
            yield find(
                "carry_forward.in_force",
                *here,
                place=row_name(form, here[0]),
                before=before,
                issued=issued,
                repealed=repealed,
                expected=before + issued - repealed,
                in_force=in_force,
            )


def _items(
    report: AnnualReport, previous: AnnualReport, form: Form, unread: list[tuple[str, str]]
) -> Iterator[Finding]:
    """X-3: items of the year before + their change = items of last year (edition 2019)."""
    for here in form.cells:
        table, _, column = here.partition("/")
        there = [here, f"{table}/change_this_year"]
        if column != "items_last_year" or here not in edition(previous.edition or "").cells:
            continue
        if not _read(report, previous, there, [here], unread):
            continue
        items, change = (previous.number(c) for c in there)
        if items + change != report.number(here):
            yield find(
                "carry_forward.items",
                here,
                place=row_name(form, here),
                items=items,
                change=change,
                expected=items + change,
                found=report.number(here),
            )


def _pending(
    report: AnnualReport, previous: AnnualReport, form: Form, unread: list[tuple[str, str]]
) -> Iterator[Finding]:
    """X-4: what was pending last year must turn up this year."""
    for block in form.remedies.blocks:
        there, here = f"{block.table}/pending", f"{block.table}/total"
        if not _read(report, previous, [there], [here], unread):
            continue
        total = figure(report, form, here)
        if total < previous.number(there):
            yield find(
                "carry_forward.pending",
                here,
                place=row_name(form, here),
                pending=previous.number(there),
                total=total,
            )


def _read(
    report: AnnualReport,
    previous: AnnualReport,
    there: list[str],
    here: list[str],
    unread: list[tuple[str, str]],
) -> bool:
    missing = [("there", c) for c in there if c not in previous.cells]
    missing += [("here", c) for c in here if c not in report.cells]
    unread += missing
    return not missing


def _name(form: Form, previous: AnnualReport, which: str, name: str) -> str:
    if which == "here":
        return cell_name(form, name)
    return f"{cell_name(edition(previous.edition or ''), name)}（上年）"
