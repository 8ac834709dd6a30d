"""What a worker does with one file: read it, check it, and tell it in the form asked for.

Everything that takes time happens here, in the worker, so that the process that
gathers the answers has little to do and two workers are twice as fast as one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..core.finding import Finding, Severity
from ..core.forms import Form
from ..core.readers.document import Limits
from ..core.report import AnnualReport, form_of
from ..core.report.interchange import dumps, to_json
from ..core.rules import basis, say
from .sources import Source, printable
from .tables import Row, row_of

if TYPE_CHECKING:
    from ..core.readers.understanding.reading import Reading


class Shown(NamedTuple):
    """A finding as a person reads it."""

    severity: Severity
    rule: str
    places: tuple[str, ...]
    message: str
    basis: str


class Told(NamedTuple):
    """One report, told: as JSON, as a row of a table or as facts for the screen."""

    errors: int
    line: str = ""
    row: Row | None = None
    format: str = ""
    edition: str | None = None
    year: int | None = None
    agency: str | None = None
    read: int = 0
    unread: int = 0
    findings: tuple[Shown, ...] = ()
    review: str = ""


@dataclass(frozen=True)
class Examine:
    """Read and, with ``check``, check one file.

    ``previous`` are reports of the year before, found again by agency and year
    (a single one given for a single file is taken as it is: ``alone``).
    ``others`` are reports of other agencies, for copied text; ``parts`` those that
    the report adds up.
    """

    limits: Limits
    language: str
    check: bool = False
    as_json: bool = False
    with_row: bool = False
    previous: tuple[AnnualReport, ...] = ()
    alone: bool = False
    others: tuple[AnnualReport, ...] = ()
    parts: tuple[AnnualReport, ...] = ()
    review: Path | None = None

    def __call__(self, source: Source) -> Told:
        from ..core.readers import read

        reading = read(source.path, self.limits)
        report, findings = reading.report, reading.findings
        if self.check:
            from ..core.checks import check

            before = self._year_before(report)
            others = tuple(o for o in self.others if o != report)
            findings += tuple(check(report, before, others, self.parts))
        errors = sum(f.severity is Severity.ERROR for f in findings)
        row = row_of(reading, source.name, findings) if self.with_row else None
        if self.as_json:
            return Told(errors, line=self._json(source, reading, findings), row=row)
        form = form_of(report)
        return Told(
            errors,
            row=row,
            format=reading.format,
            edition=report.edition,
            year=report.year,
            agency=report.agency,
            read=len(report.cells),
            unread=len(report.unread),
            findings=tuple(shown(f, report, form, self.language) for f in findings),
            review=self._review(source, reading, findings),
        )

    def _json(self, source: Source, reading: Reading, findings: tuple[Finding, ...]) -> str:
        data = to_json(
            reading.report,
            file=source.name,
            format=reading.format,
            sha256=reading.sha256,
            findings=findings,
            language=self.language,
        )
        return dumps(data)

    def _review(self, source: Source, reading: Reading, findings: tuple[Finding, ...]) -> str:
        """Write the report with its doubtful cells marked; the path of what was written."""
        if self.review is None:
            return ""
        from ..core.writers import replace_file
        from ..core.writers.review import render

        target = self.review / source.below.with_name(source.below.name + ".html")
        target.parent.mkdir(parents=True, exist_ok=True)
        told = {"file": source.name, "format": reading.format, "sha256": reading.sha256}
        replace_file(target, render(reading.report, findings, told, self.language))
        return printable(os.fspath(target))

    def _year_before(self, report: AnnualReport) -> AnnualReport | None:
        if self.alone and len(self.previous) == 1:
            return self.previous[0]
        return next((p for p in self.previous if _follows(report, p)), None)


def _follows(report: AnnualReport, previous: AnnualReport) -> bool:
    if report.year is None or previous.year is None or not report.agency:
        return False
    return previous.agency == report.agency and previous.year == report.year - 1


def places_of(cells: Sequence[str], report: AnnualReport, form: Form | None) -> Iterator[str]:
    """``cells`` by the words of the form: a row of which most cells are meant by its label alone."""
    specs = form.cells if form else {}
    titles = {t.id: t.title for t in report.local_tables}
    by_row: dict[str, list[str]] = {}
    for cell in cells:
        by_row.setdefault(cell.rpartition("/")[0], []).append(cell)
    for row, inside in by_row.items():
        if row.startswith("local."):
            yield titles.get(row.split(".")[1], "") or row
        elif inside[0] not in specs:
            yield from inside
        elif form and len(inside) > 2 and len(inside) * 2 > len(form.rows[row]):
            yield _short(specs[inside[0]].row_label)
        else:
            for cell in inside:
                yield f"{_short(specs[cell].row_label)}·{_short(specs[cell].column_label)}"


def _short(label: str) -> str:
    """A label without the explanation in brackets behind it."""
    return re.sub(r"(?<=\S)（[^（）]{4,}）$", "", label)


def shown(finding: Finding, report: AnnualReport, form: Form | None, language: str = "zh") -> Shown:
    """``finding`` with its cells called by the words of the form."""
    places = tuple(places_of(finding.cells, report, form))
    return Shown(
        finding.severity,
        finding.rule,
        places,
        say(finding, language),
        basis(finding, report.edition, language),
    )
