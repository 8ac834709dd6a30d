"""The review page: the report as the official form, every doubtful cell marked and explained.

A marked cell leads to its finding and the finding back to the cell; number,
frame and colour say the same, so that any one of them is enough.  The findings
stand beside the part of the report they concern.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml.etree import _Element

from ..finding import Finding, Severity
from ..forms import LayoutCell
from ..report import AnnualReport, Where, form_of
from ..rules import basis, rule, say
from . import outline as o
from .html import about, add_part
from .page import add, element, facts, page
from .placement import Numbered, cell_label, cell_of, place
from .words import words

_STYLES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.NOTE: "note"}
_TAGS = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.NOTE: "info"}
_GRAVEST = tuple(Severity)
# A finding on more cells names the first ones and folds the rest.
_LONG_SUM = 4
_CELLS_SHOWN = 2


def render(
    report: AnnualReport,
    findings: Sequence[Finding],
    source: Mapping[str, str],
    language: str = "zh",
) -> bytes:
    """``report`` and what was found in it, as the bytes of a page.

    ``source`` names the document it was read from: ``file``, ``format``,
    ``sha256``.  ``language`` is that of the page's own words and of the
    findings; the report's words stay as they are.
    """
    return _Review(report, findings, source, language).page()


class _Review:
    def __init__(
        self,
        report: AnnualReport,
        findings: Sequence[Finding],
        source: Mapping[str, str],
        language: str,
    ) -> None:
        self.report = report
        self.form = form_of(report)
        self.placed = place(report, findings)
        self.source = source
        self.language = language
        self.words = words(language)
        self.title = o.title_of(report)

    def page(self) -> bytes:
        main = element("main", self.head(), class_="gk-main gk-stack gk-stack--5", id="main")
        for part in self.parts():
            main.append(part)
        skip = element("a", self.words["skip"], class_="gk-skip", href="#main")
        wrap = element("div", main, class_="gk-wrap gk-wrap--wide")
        title = self.words["review_of"].format(title=self.title)
        return page(title, skip, wrap, language=self.language, style="gk gk--staff")

    # ── the head: whose report, how it stands, every finding in a line ──

    def head(self) -> _Element:
        w = self.words
        told = about(self.report, self.language)
        read, unread = len(self.report.cells), len(self.report.unread)
        if read or unread:
            told.append((w["cells"], w["cells_read"].format(read=read, unread=unread)))
        told += [
            (w["file"], self.source.get("file", "")),
            (w["kind"], self.source.get("format", "")),
        ]
        told.append((w["sha256"], self.source.get("sha256", "")))
        name = element("h1", self.title, lang=self.their_language)
        head = element(
            "header", element("p", w["review"], class_="gk-note"), name, class_="gk-stack"
        )
        add(head, self.counts(), facts(told))
        if self.placed.findings:
            add(head, self.index(), element("p", w["help"], class_="gk-note gk-noprint"))
        return head

    @property
    def their_language(self) -> str | None:
        return "zh-CN" if self.language == "en" else None

    def counts(self) -> _Element:
        w = self.words
        severities = [n.finding.severity for n in self.placed.findings]
        tiles = element("dl", class_="gk-tiles")
        for severity in Severity:
            count = severities.count(severity)
            style = "gk-bad" if count and severity is Severity.ERROR else None
            number = element("dd", str(count), class_=style)
            tiles.append(element("div", element("dt", w[severity]), number))
        if set(severities) <= {Severity.NOTE}:
            clean = element("p", w["clean"], class_="gk-banner gk-banner--ok")
            return element("div", tiles, clean, class_="gk-stack")
        return tiles

    def index(self) -> _Element:
        w = self.words
        heads = [element("th", w[h], scope="col") for h in ("number", "severity", "what", "where")]
        body = element("tbody")
        for one in self.placed.findings:
            title = rule(one.finding.rule).title.in_language(self.language)
            number = element("a", str(one.number), href=f"#f{one.number}")
            place = element("td", one.heading or w["whole"])
            body.append(
                element(
                    "tr",
                    element("td", number),
                    element("td", self.tag(one)),
                    element("th", element("a", title, href=f"#f{one.number}"), scope="row"),
                    place,
                )
            )
        return element(
            "table",
            element("caption", w["list"]),
            element("thead", element("tr", *heads)),
            body,
            class_="gk-table gk-findings",
            id="list",
        )

    # ── the report, part by part, with the findings beside it ──

    def parts(self) -> list[_Element]:
        found: list[_Element] = []
        heading = ""
        shown: set[str] = set()
        inside = self.part()
        for part in o.outline(self.report):
            if isinstance(part, o.Heading):
                found += self.beside(inside, heading, shown)
                heading = part.text
                inside = self.part(element("h2", heading))
            elif not isinstance(part, o.Title):
                add_part(inside, part, self.fill)
        return found + self.beside(inside, heading, shown)

    def part(self, *content: _Element) -> _Element:
        style = "gk-box gk-stack gk-wide"
        return element("div", *content, class_=style, lang=self.their_language)

    def beside(self, inside: _Element, heading: str, shown: set[str]) -> list[_Element]:
        """A part and its findings in two columns; nothing where both are empty."""
        findings = [] if heading in shown else self.placed.beside(heading)
        shown.add(heading)
        if not len(inside) and not findings:
            return []
        name = heading or self.words["whole"]
        columns = element("section", class_="gk-cols gk-part", aria_label=name)
        if len(inside):
            columns.append(inside)
        if findings:
            title = self.words["findings_of"].format(section=name, count=len(findings))
            cards = element("ol", *map(self.card, findings), class_="gk-stack gk-stack--2")
            side = element("aside", cards, class_="gk-side gk-side--wide", aria_label=title)
            columns.append(side)
        return [columns]

    def fill(self, place: _Element, cell: LayoutCell) -> None:
        """Put a figure into its cell, with the numbers of its findings before it."""
        printed = self.report.cells.get(cell.address)
        found = self.placed.by_cell.get(cell.address, [])
        style = "gk-cell"
        if found:
            style += f" gk-cell--{_STYLES[_gravest(found)]}"
            if all(_is_one_of_many(one.finding, cell.address) for one in found):
                style += " gk-cell--part"
        elif printed is None:
            style += " gk-cell--warn"
        if printed is None:
            figure = element("span", o.UNREAD, class_="gk-unread")
        elif printed.is_blank:
            figure = element("span", self.words["blank"], class_="gk-note")
        else:
            style += " gk-zero" if printed.value == 0 and not found else ""
            figure = element("span", printed.text)
        place.set("class", style)
        place.set("id", _id(cell.address))
        where = self.stood(printed.where if printed else None)
        if where:
            place.set("title", where)
        if found:
            numbers = element("span", *map(self.number, found), class_="gk-cell__nos")
            figure = element("span", numbers, figure, class_="gk-cell__in")
        place.append(figure)

    def number(self, one: Numbered) -> _Element:
        spoken = element("span", self.words["finding_no"], class_="gk-sr")
        style = f"gk-cell__no gk-cell__no--{_STYLES[one.finding.severity]}"
        return element("a", str(one.number), spoken, href=f"#f{one.number}", class_=style)

    # ── one finding ──

    def card(self, one: Numbered) -> _Element:
        finding = one.finding
        style = f"gk-find gk-find--{_STYLES[finding.severity]}"
        title = rule(finding.rule).title.in_language(self.language)
        head = element(
            "p",
            element(
                "a", str(one.number), class_="gk-find__no", href="#list", title=self.words["back"]
            ),
            " ",
            self.tag(one),
            " ",
            element("strong", title),
        )
        card = element("li", head, class_=style, id=f"f{one.number}")
        card.append(element("p", say(finding, self.language)))
        cells = [self.cell(c) for c in dict.fromkeys(finding.cells)]
        if cells:
            card.append(self.cell_list(cells[:_CELLS_SHOWN]))
        if len(cells) > _CELLS_SHOWN:
            rest = cells[_CELLS_SHOWN:]
            more = element("summary", self.words["more_cells"].format(count=len(rest)))
            card.append(element("details", more, self.cell_list(rest)))
        cited = basis(finding, self.report.edition, self.language)
        if cited:
            card.append(element("p", self.words["basis"].format(basis=cited), class_="gk-note"))
        return card

    def cell_list(self, cells: Sequence[_Element]) -> _Element:
        return element("ul", *cells, class_="gk-list", aria_label=self.words["cells_meant"])

    def cell(self, address: str) -> _Element:
        """A cell by its printed name, with a link to it, its figure and where it stood."""
        label: str | _Element = cell_label(self.report, self.form, address)
        if self.form and address in self.form.cells:
            label = element("a", label, href=f"#{_id(address)}")
        cell = cell_of(self.report, address)
        figure = element("strong", (cell.text or self.words["blank"]) if cell else o.UNREAD)
        text = element("span", label, class_="gk-find__cell")
        where = self.stood(cell.where if cell else None)
        if where:
            add(text, element("small", where, class_="gk-find__where"))
        return element("li", text, element("span", figure, class_="gk-list__end"))

    def tag(self, one: Numbered) -> _Element:
        severity = one.finding.severity
        return element("span", self.words[severity], class_=f"gk-tag gk-tag--{_TAGS[severity]}")

    def stood(self, where: Where | None) -> str:
        """Where a cell stood in the document, ``""`` where that is not known."""
        if where is None:
            return ""
        parts = [
            self.words[f"{name}_at"].format(n=value) for name, value in where.as_dict().items()
        ]
        place = (", " if self.language == "en" else " ").join(parts)
        return self.words["stood"].format(place=place) if parts else ""


def _is_one_of_many(finding: Finding, address: str) -> bool:
    """Whether a cell is only a part of the long sum that does not come out."""
    return len(finding.cells) > _LONG_SUM and finding.cells[0] != address


def _gravest(found: Sequence[Numbered]) -> Severity:
    return min((n.finding.severity for n in found), key=_GRAVEST.index)


def _id(address: str) -> str:
    return f"c-{address}"
