"""An annual report as the data write it, in the light text, and as the official form prints it.

In the data each line of a table stands for one row of the form; the page has the form's own
tables, so that it reads back as every report does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from gongkai.core.forms import Form, address, edition_for
from gongkai.core.report import AnnualReport, Cell, Period, SectionText, Signature
from gongkai.web.reports.figures import cell_of
from gongkai.web.reports.papers import body_of

from .light_text import rows_of
from .region import Facts


class NotTheForm(ValueError):
    """The data of a report do not fill the form."""


@dataclass
class _Part:
    """A section: its lines of prose, and the rows of its tables, heads left out."""

    prose: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)

    @property
    def rows(self) -> Iterator[list[str]]:
        for table in self.tables:
            yield from table[1:]


def report_of(item: Facts, text: str, agency: str) -> AnnualReport:
    """The report that an item of the region is; NotTheForm where a row is missing."""
    form = edition_for(item["report_year"])
    parts, signed = _parts(text)
    if len(parts) != len(form.sections):
        raise NotTheForm(f"{item['key']} has {len(parts)} sections")
    sections = dict(zip((one.key for one in form.sections), parts, strict=True))
    cells = {
        a: _cell(form, a, printed)
        for a, printed in (
            *_disclosure(form, sections[form.disclosure.section]),
            *_requests(form, sections[form.requests.section]),
            *_remedies(form, sections[form.remedies.section]),
        )
    }
    if cells.keys() != form.cells.keys():
        raise NotTheForm(f"{item['key']} lacks {sorted(form.cells.keys() - cells.keys())}")
    year = item["report_year"]
    return AnnualReport(
        edition=form.id,
        year=year,
        agency=agency,
        title=item["title"],
        sections=tuple(
            SectionText(one.key, one.heading, "\n".join(sections[one.key].prose))
            for one in form.sections
        ),
        cells=cells,
        signature=Signature(signed, item["made_on"]),
        period=Period(date(year, 1, 1), date(year, 12, 31)),
    )


def official(item: Facts, text: str, agency: str) -> str:
    """The body of the item: the report in the official form."""
    return body_of(report_of(item, text, agency))


def _parts(text: str) -> tuple[list[_Part], str]:
    """The sections in their order, and who signed."""
    parts: list[_Part] = []
    signed: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("## "):
            parts.append(_Part())
        elif line.startswith(">>"):
            signed.append(line.removeprefix(">>").strip())
        elif line.startswith("|="):
            parts[-1].tables.append([])
        elif line.startswith("|"):
            parts[-1].tables[-1] += rows_of(line)
        else:
            parts[-1].prose.append(line)
    return parts, signed[0] if signed else ""


def _disclosure(form: Form, part: _Part) -> Iterator[tuple[str, str]]:
    tables: Mapping[str, list[str]] = {row[0]: row[1:] for row in part.rows}
    for group in form.disclosure.groups:
        for row in group.rows:
            for column, printed in zip(group.columns, tables[row.label], strict=True):
                yield address(row.table, column.id), printed


def _requests(form: Form, part: _Part) -> Iterator[tuple[str, str]]:
    for row, (_, *printed) in zip(form.requests.rows, part.rows, strict=True):
        for column, text in zip(form.requests.columns, printed, strict=True):
            yield address("requests", column.id, row.id), text


def _remedies(form: Form, part: _Part) -> Iterator[tuple[str, str]]:
    for block, (_, *printed) in zip(form.remedies.blocks, part.rows, strict=True):
        for column, text in zip(form.remedies.columns, printed, strict=True):
            yield address(block.table, column.id), text


def _cell(form: Form, place: str, printed: str) -> Cell:
    cell = cell_of(printed, form.cells[place].kind)
    if cell is None:
        raise NotTheForm(f"{place}: {printed!r} is no figure")
    return cell
