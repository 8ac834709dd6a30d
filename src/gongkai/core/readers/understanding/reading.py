"""A document as it was read: the report, where it came from, and what is doubtful.

``understand`` is where prose and grids of any format become one report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...errors import UnknownEdition, UnreadableDocument
from ...finding import Finding
from ...forms import Form, edition, edition_for, editions, split
from ...report import AnnualReport, Cell, LocalTable, Period
from ...rules import find
from ..document import Budget, Document, Paragraph
from .bind import Bound, bind, grouped
from .identity import agency_of, period_of, year_of
from .lines import Flow, Sorted, Unplaced
from .local_tables import is_table, keep_table
from .prose import Prose, read_prose
from .rows import sort_rows
from .run_together import separate
from .runs import choose_runs

_FIRST_YEAR_OF_FORMS = 2019


@dataclass(frozen=True, slots=True)
class Reading:
    """One file, read.

    ``format`` is the kind of file by its bytes, ``sha256`` of the file as it
    was.  ``findings`` are those of reading; checks come after and apart.
    """

    report: AnnualReport
    findings: tuple[Finding, ...]
    file: str
    format: str
    sha256: str


def understand(document: Document, budget: Budget) -> tuple[AnnualReport, tuple[Finding, ...]]:
    """What ``document`` says as an annual report.

    UnreadableDocument (``input.not_a_report``) where it is none.
    """
    rows = sort_rows(document, budget)
    repeated = choose_runs(rows)
    rows.flow, separated = separate(rows)
    plain = not (rows.disclosure or rows.requests or rows.remedies or separated.cells)
    rows.flow = _boxed_prose(rows.flow)
    prose = read_prose(rows.flow, document.titles, plain, budget)
    period = period_of(prose)
    year = year_of(prose, period)
    form = _form_of(rows, separated.edition, prose, year, plain)
    if form is None and not _is_report(prose, document):
        raise UnreadableDocument("input.not_a_report")
    findings = list(document.findings)
    if prose.second:
        findings.append(find("report.second_in_file", title=prose.second))
    if form is None:
        findings.append(find("edition.free_form"))
        tables = _local_tables(rows.flow, None)
        return _report(None, year, prose, period, {}, (), tables), tuple(findings)
    bound = bind(rows, form)
    for place, cell in separated.cells.items():
        if place in form.cells:
            bound.cells.setdefault(place, cell)
    findings += repeated
    findings += bound.findings
    findings += [f for f in separated.findings if any(c in form.cells for c in f.cells)]
    bound.explained.update(c for f in separated.findings for c in f.cells)
    findings += _about_edition(form, year, plain)
    findings += _about_unread(bound)
    tables = _local_tables(rows.flow, form)
    report = _report(form, year, prose, period, bound.cells, bound.unread, tables)
    return report, tuple(findings)


def _report(
    form: Form | None,
    year: int | None,
    prose: Prose,
    period: Period | None,
    cells: Mapping[str, Cell],
    unread: tuple[str, ...],
    tables: tuple[LocalTable, ...],
) -> AnnualReport:
    in_order = {a: cells[a] for a in form.cells if a in cells} if form else {}
    return AnnualReport(
        edition=form.id if form else None,
        year=year,
        agency=agency_of(prose),
        title=prose.title,
        titled_on=prose.titled_on,
        period=period,
        lead=prose.lead,
        sections=tuple(prose.sections),
        cells=in_order,
        unread=unread,
        local_tables=tables,
        contact=prose.contact,
        signature=prose.signature,
    )


# ── which edition ─────────────────────────────────────────────────


def _form_of(
    rows: Sorted, separated: str, prose: Prose, year: int | None, plain: bool
) -> Form | None:
    """The form the report follows: by its tables, then by what it cites, then by its year."""
    name = _by_marks(rows) or separated
    if not name and not plain:
        name = _by_rows(rows) or _by_citation(prose) or _by_year(year) or max(editions())
    if not name and plain:
        cited = _by_citation(prose)
        later = year is not None and year >= _FIRST_YEAR_OF_FORMS
        name = (cited or _by_year(year)) if later or (year is None and cited) else ""
    if not name:
        return None
    return _mixture(edition(name), rows)


def _by_marks(rows: Sorted) -> str:
    marks = sorted(rows.marks.items(), key=lambda item: -item[1])
    if not marks or (len(marks) > 1 and marks[0][1] == marks[1][1]):
        return ""
    return marks[0][0]


def _by_rows(rows: Sorted) -> str:
    """The edition whose rows of table three are all there."""
    met = {r.row for r in rows.requests}
    fits = [
        name
        for name, form in editions().items()
        if sum(r.id in met for r in form.requests.rows if _is_own_row(name, r.id)) > 0
    ]
    return fits[0] if len(fits) == 1 else ""


def _is_own_row(name: str, row: str) -> bool:
    return not any(
        row in {r.id for r in form.requests.rows} for n, form in editions().items() if n != name
    )


def _by_citation(prose: Prose) -> str:
    text = prose.plain_lead + "".join(prose.plain_sections)
    for name, number in (("2021", r"2021\D?30号"), ("2019", r"2019\D?60号")):
        if re.search(number, text):
            return name
    return ""


def _by_year(year: int | None) -> str:
    try:
        return edition_for(year).id if year else ""
    except UnknownEdition:
        return ""


def _mixture(form: Form, rows: Sorted) -> Form:
    met = {r.row for r in rows.requests}
    for mixture in form.mixtures:
        (alternative,) = mixture.requests.alternatives
        if not met.intersection(alternative.instead_of) and met.intersection(
            r.id for r in alternative.rows
        ):
            return mixture
    return form


def _about_edition(form: Form, year: int | None, plain: bool) -> list[Finding]:
    found = []
    if form.mixed:
        (alternative,) = form.requests.alternatives
        places = [
            a
            for a in form.cells
            if a.split("/")[0] in {f"requests.{r.id}" for r in alternative.rows}
        ]
        found.append(
            find(
                "edition.mixed", *places, edition=form.id, rows=[r.label for r in alternative.rows]
            )
        )
    if plain:
        found.append(find("edition.not_told", edition=form.id))
    expected = _by_year(year)
    if year and expected != form.id:
        found.append(
            find("edition.differs_from_year", year=year, expected=expected or "—", edition=form.id)
        )
    return found


# ── what was not read ─────────────────────────────────────────────


def _about_unread(bound: Bound) -> list[Finding]:
    """Say every unread cell once: by table, by row, or by itself."""
    form = bound.form
    unread = [a for a in bound.unread if a not in bound.explained]
    if not unread:
        return []
    found: list[Finding] = []
    tables = (
        (form.disclosure.caption, {r.table for g in form.disclosure.groups for r in g.rows}),
        (form.requests.caption, {"requests"}),
        (form.remedies.caption, {b.table for b in form.remedies.blocks}),
    )
    for caption, names in tables:
        places = [a for a in form.cells if split(a)[0] in names]
        missing = [a for a in unread if split(a)[0] in names]
        if missing and len(missing) == len(places):
            found.append(find("table.not_found", *missing, table=caption, count=len(missing)))
            continue
        rows = grouped(missing, form)
        whole = {
            label: cells
            for label, cells in rows.items()
            if len(cells) == sum(form.cells[a].row_label == label for a in places)
        }
        if whole:
            cells = [a for row in whole.values() for a in row]
            found.append(find("row.not_found", *cells, rows=list(whole)))
        loose = [a for label, row in rows.items() if label not in whole for a in row]
        if loose:
            found.append(
                find("cell.not_found", *loose, labels=[form.cells[a].label for a in loose])
            )
    return found


# ── the rest ──────────────────────────────────────────────────────


def _boxed_prose(flow: Sequence[Flow]) -> list[Flow]:
    """``flow`` with prose that only stood in boxes as prose again."""
    out: list[Flow] = []
    for part in flow:
        if isinstance(part, Unplaced) and not is_table(part):
            for line in part.lines:
                words = " ".join(c.text.strip() for c in line.printed)
                out.append(Paragraph(words, part.grid.place(line.cells[0])))
        else:
            out.append(part)
    return out


def _local_tables(flow: Sequence[Flow], form: Form | None) -> tuple[LocalTable, ...]:
    kept: list[LocalTable] = []
    for part in flow:
        if isinstance(part, Unplaced):
            kept.append(keep_table(part, len(kept) + 1, form))
    return tuple(kept)


def _is_report(prose: Prose, document: Document) -> bool:
    """Whether prose without any table of a form is an annual report all the same."""
    return prose.title is not None and sum(len(s.text) for s in prose.sections) > 0
