"""Which finding stands where: in what part of the report, and in which cells.

Findings are numbered in the order a reader of the report meets them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..finding import Finding
from ..forms import Form, layouts
from ..forms.label import normalise
from ..report import AnnualReport, Cell, form_of
from .outline import Heading, outline, printable

# Rules about one section by their family; the others say their section or their cells.
_FAMILIES = {
    "overview": "overview",
    "problems": "problems_and_improvements",
    "other_matters": "other_matters",
}


@dataclass(frozen=True)
class Numbered:
    """A finding with its number on the page and the heading it stands beside (``""``: the head)."""

    number: int
    finding: Finding
    heading: str


@dataclass(frozen=True)
class Placement:
    """Every finding, in the order of the page."""

    findings: tuple[Numbered, ...] = ()
    by_cell: dict[str, list[Numbered]] = field(default_factory=dict)

    def beside(self, heading: str) -> list[Numbered]:
        """The findings that stand beside the section headed ``heading``."""
        return [n for n in self.findings if n.heading == heading]


def place(report: AnnualReport, findings: Sequence[Finding]) -> Placement:
    """Number ``findings`` by the part of ``report`` they concern."""
    headings = list(dict.fromkeys(p.text for p in outline(report) if isinstance(p, Heading)))
    form = form_of(report)
    by_key = _headings_by_key(report, form)
    tables = _sections_of_cells(form)

    def heading_of(finding: Finding) -> str:
        for name in ("section", "place"):
            said = normalise(str(finding.values.get(name, "")))
            for heading in headings:
                if normalise(heading) in said:
                    return heading
        family = _FAMILIES.get(finding.rule.partition(".")[0], "")
        for cell in finding.cells:
            family = family or tables.get(cell, "")
        heading = by_key.get(family, "")
        return heading if heading in headings else ""

    order = {heading: i for i, heading in enumerate(["", *headings])}
    placed = sorted(((heading_of(f), f) for f in findings), key=lambda pair: order[pair[0]])
    numbered = tuple(Numbered(i, f, h) for i, (h, f) in enumerate(placed, start=1))
    by_cell: dict[str, list[Numbered]] = {}
    for one in numbered:
        for cell in dict.fromkeys(one.finding.cells):
            by_cell.setdefault(cell, []).append(one)
    return Placement(numbered, by_cell)


def cell_label(report: AnnualReport, form: Form | None, cell: str) -> str:
    """The printed name of a cell: row and column in the form's words."""
    if form and cell in form.cells:
        return form.cells[cell].label
    for table in report.local_tables:
        if cell in table.cells:
            return f"{table.title or table.id}·{cell.rpartition('/')[2]}"
    return cell


def cell_of(report: AnnualReport, cell: str) -> Cell | None:
    """The cell of that address, of the form or of a table of no edition."""
    found = report.cells.get(cell)
    for table in report.local_tables:
        found = found or table.cells.get(cell)
    return found


def _headings_by_key(report: AnnualReport, form: Form | None) -> dict[str, str]:
    official = {s.key: s.heading for s in form.sections} if form else {}
    printed = {s.key: printable(s.title) for s in reversed(report.sections) if s.key and s.title}
    return {**official, **printed}


def _sections_of_cells(form: Form | None) -> dict[str, str]:
    """For every cell of the form the key of the section its table stands in."""
    if form is None:
        return {}
    return {c.address: table.section for table in layouts(form) for c in table.cells if c.address}
