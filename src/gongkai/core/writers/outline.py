"""What a report consists of, in the order it is printed: the same for every writer.

Title, the day under it, the opening words, the sections in the report's own
order and with its own prose, each table in its section, tables of no edition
behind the table they followed, contact and signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..forms import Form, Layout, LayoutCell, layouts
from ..forms.label import normalise
from ..report import AnnualReport, LocalTable, SectionText, Where, form_of
from ..report.working_paper import UNREAD

_SUB_HEADING = re.compile(r"^（[一二三四五六七八九十]{1,3}）[^。；！？]{1,30}$")
_DATED = re.compile(r"\d{4}\D{1,2}\d{1,2}\D{1,2}\d{1,2}|年.{1,3}月")
# Characters of 22 points on a line of 156 mm.
_TITLE_ROOM = 20
_YEAR = re.compile(r"(\d{4}年)")
_NAME = re.compile(r"(?:(?!关于)[^\W\d_])+")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Title:
    text: str


@dataclass(frozen=True)
class TitledOn:
    """The day under the title."""

    text: str


@dataclass(frozen=True)
class Heading:
    """The heading of a section."""

    text: str


@dataclass(frozen=True)
class Prose:
    """One paragraph; ``sub_heading`` where it is the name of a part, （一）…."""

    text: str
    sub_heading: bool = False


@dataclass(frozen=True)
class OfficialTable:
    """One of the three tables with the words of each of its cells."""

    layout: Layout
    report: AnnualReport

    def words(self, cell: LayoutCell) -> str:
        """What is printed in ``cell``: a label, a figure, nothing, or that it is unread."""
        return words_of(self.report, cell.address) if cell.address else cell.text

    def stands_left(self, cell: LayoutCell) -> bool:
        """Labels of rows stand left, everything else in the middle."""
        across = cell.scope == "rowgroup" and cell.column_span == self.layout.columns
        return across or (cell.scope == "row" and self.layout.head_rows > 0)


@dataclass(frozen=True)
class OtherTable:
    """A table of no edition."""

    table: LocalTable


@dataclass(frozen=True)
class Contact:
    text: str


@dataclass(frozen=True)
class SignatureLine:
    """One line of the signature: the name, or the day."""

    text: str


Part = Title | TitledOn | Heading | Prose | OfficialTable | OtherTable | Contact | SignatureLine


def outline(report: AnnualReport) -> tuple[Part, ...]:
    """``report`` as printed, part by part."""
    return tuple(_parts(report))


def words_of(report: AnnualReport, address: str) -> str:
    """What is printed in a cell; ``UNREAD`` where it could not be read."""
    cell = report.cells.get(address)
    return printable(cell.text) if cell else UNREAD


def title_of(report: AnnualReport) -> str:
    """The title printed, or, where none was, one made of agency and year."""
    if report.title:
        return printable(report.title)
    year = f"{report.year}年" if report.year else ""
    return printable(f"{report.agency or ''}{year}政府信息公开工作年度报告")


def title_lines(title: str) -> tuple[str, ...]:
    """A long title on two lines, the agency above the year, as agencies set it."""
    agency, year, rest = _YEAR.split(title, maxsplit=1) if _YEAR.search(title) else (title, "", "")
    # Split before other words than a bare name, the first line would be no agency any more.
    if len(title) <= _TITLE_ROOM or not rest or not _NAME.fullmatch(agency):
        return (title,)
    return (agency, year + rest)


def printable(text: str) -> str:
    """``text`` without the control characters that no XML may hold."""
    return _NOT_XML.sub("", text)


def printed_day(day: date) -> str:
    """A day as it stands in a document: 2026年1月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _parts(report: AnnualReport) -> Iterator[Part]:
    yield Title(title_of(report))
    if report.titled_on:
        yield TitledOn(f"（{printed_day(report.titled_on)}）")
    yield from _prose(report.lead)
    form = form_of(report)
    others = _others_by_section(report, form)
    tables = layouts(form) if form else ()
    for section in _sections(report, form):
        if section.title:
            yield Heading(printable(section.title))
        yield from _prose(section.text)
        if section.key:
            for layout in tables:
                if layout.section == section.key:
                    yield OfficialTable(layout, report)
            for table in others.pop(section.key, ()):
                yield OtherTable(table)
    for left in others.values():
        for table in left:
            yield OtherTable(table)
    if report.contact and not _stands_in_prose(report.contact, report):
        yield from (Contact(line) for line in _lines(report.contact))
    if report.signature:
        lines = _lines(report.signature.text)
        yield from (SignatureLine(line) for line in lines)
        day = report.signature.signed_on
        if day and not any(_DATED.search(normalise(line)) for line in lines):
            yield SignatureLine(printed_day(day))


def _prose(text: str) -> Iterator[Prose]:
    for line in _lines(text):
        yield Prose(line, bool(_SUB_HEADING.match(line)))


def _stands_in_prose(words: str, report: AnnualReport) -> bool:
    """Whether ``words`` are printed with the lead or a section already."""
    prose = "".join([report.lead, *(s.text for s in report.sections)])
    return normalise(words) in normalise(prose)


def _lines(text: str) -> list[str]:
    return [line for raw in printable(text).splitlines() if (line := raw.strip())]


def _sections(report: AnnualReport, form: Form | None) -> Iterator[SectionText]:
    """The report's sections; a table whose heading is missing gets the official one."""
    if form is None:
        yield from report.sections
        return
    order = {s.key: i for i, s in enumerate(form.sections)}
    present = {s.key for s in report.sections}
    tables = (form.disclosure, form.requests, form.remedies)
    missing = [t.section for t in tables if t.section not in present]
    seen: set[str] = set()
    for section in report.sections:
        while missing and order.get(section.key, -1) > order[missing[0]]:
            key = missing.pop(0)
            yield SectionText(key, form.section(key).heading, "")
        # A section whose heading is printed twice has its tables once.
        yield section if section.key not in seen else SectionText("", section.title, section.text)
        seen.add(section.key)
    for key in missing:
        yield SectionText(key, form.section(key).heading, "")


def _others_by_section(report: AnnualReport, form: Form | None) -> dict[str, list[LocalTable]]:
    """The tables of no edition by the section whose table they stood in or followed."""
    starts: list[tuple[tuple[int, int, int], str]] = []
    for layout in layouts(form) if form else ():
        places = [
            _order(where)
            for c in layout.cells
            if (cell := report.cells.get(c.address)) and (where := cell.where)
        ]
        if places:
            starts.append((min(places), layout.section))
    starts.sort()
    found: dict[str, list[LocalTable]] = {}
    for table in report.local_tables:
        key = _section_of(table, form, starts)
        found.setdefault(key, []).append(table)
    return found


def _section_of(
    table: LocalTable, form: Form | None, starts: list[tuple[tuple[int, int, int], str]]
) -> str:
    if form is None:
        return ""
    place = table.where or next((c.where for c in table.cells.values() if c.where), None)
    if place is None or not starts:
        return form.disclosure.section
    before = [section for start, section in starts if start <= _order(place)]
    return before[-1] if before else form.sections[0].key


def _order(where: Where) -> tuple[int, int, int]:
    return where.page or 0, where.table or 0, where.row or where.line or 0


__all__ = [
    "UNREAD",
    "Contact",
    "Heading",
    "OfficialTable",
    "OtherTable",
    "Part",
    "Prose",
    "SignatureLine",
    "Title",
    "TitledOn",
    "outline",
    "printable",
    "printed_day",
    "title_lines",
    "title_of",
    "words_of",
]
