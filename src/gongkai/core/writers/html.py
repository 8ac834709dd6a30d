"""The report as a page: the official form, complete in itself, for people and screen readers.

Headings, captions and the reach of every table heading are marked; figures
stand as they were printed.  Reading the page back gives the same report: a cell
that could not be read says 未读 and is marked ``data-unread``, never left blank.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html
from lxml.etree import _Element

from ..forms import LayoutCell
from ..report import AnnualReport, form_of
from . import outline as o
from .page import Fill, add, element, facts, official_table, other_table, own, page
from .words import words


def render(report: AnnualReport, language: str = "zh") -> bytes:
    """``report`` as the bytes of a page.  ``language`` is that of the page's own words."""
    title = o.title_of(report)
    say = words(language)
    article = element("article", class_="gk-report gk-stack gk-stack--5", lang="zh-CN")
    for part in _article(report):
        article.append(part)
    main = element("main", article, class_="gk-main", id="main")
    head = own("header", facts(about(report, language)), class_="gk-report gk-noprint")
    skip = own("a", say["skip"], class_="gk-skip", href="#main")
    wrap = element("div", head, main, class_="gk-wrap gk-stack gk-stack--5")
    metas = [("ArticleTitle", title)]
    if report.agency:
        metas.append(("ContentSource", report.agency))
    return page(title, skip, wrap, language=language, metas=metas)


def about(report: AnnualReport, language: str) -> list[tuple[str, str]]:
    """Who, which year, which days, which form: the facts above a report."""
    say = words(language)
    form = form_of(report)
    period = report.period
    edition = say["free_form"]
    if form is not None:
        edition = say["edition"].format(edition=form.id)
        if form.mixed:
            edition += say["mixed"]
    return [
        (say["agency"], report.agency or say["not_told"]),
        (say["year"], str(report.year) if report.year else say["not_told"]),
        (say["period"], f"{period.start} {say['until']} {period.end}" if period else ""),
        (say["form"], edition),
    ]


def _article(report: AnnualReport) -> Iterator[_Element]:
    """The report's parts, a ``section`` for each of its own."""
    inside = element("div", class_="gk-stack")
    sections = 0
    for part in o.outline(report):
        if isinstance(part, o.Title):
            yield element("h1", part.text, class_="gk-doc-title")
        elif isinstance(part, o.Heading):
            if len(inside):
                yield inside
            sections += 1
            name = f"s{sections}"
            heading = element("h2", part.text, id=name)
            inside = element("section", heading, class_="gk-stack", aria_labelledby=name)
        else:
            add_part(inside, part, figures_of(report))
    if len(inside):
        yield inside


def add_part(inside: _Element, part: o.Part, fill: Fill) -> None:
    """Put a table or a line of prose behind what ``inside`` holds."""
    if isinstance(part, o.OfficialTable):
        inside.append(official_table(part, fill, part.layout.caption))
    elif isinstance(part, o.OtherTable):
        inside.append(other_table(part.table, part.table.title or part.table.id))
    else:
        last = inside[-1] if len(inside) else None
        if last is None or last.get("class") != "gk-prose":
            last = element("div", class_="gk-prose")
            inside.append(last)
        last.append(line_of(part))


def line_of(part: o.Part) -> _Element:
    """A line of prose: paragraph, name of a part, contact, signature."""
    if isinstance(part, o.TitledOn):
        return element("p", part.text, class_="gk-flat gk-titled")
    if isinstance(part, o.SignatureLine):
        return element("p", part.text, class_="gk-flat gk-sign")
    if isinstance(part, o.Prose) and part.sub_heading:
        return element("h3", part.text)
    if isinstance(part, o.Prose | o.Contact):
        return element("p", part.text)
    raise TypeError(f"no line of prose: {part!r}")


def figures_of(report: AnnualReport) -> Fill:
    """Puts each figure into its cell as printed; what is unread says so."""

    def fill(place: _Element, cell: LayoutCell) -> None:
        printed = report.cells.get(cell.address)
        if printed is None:
            place.set("data-unread", "")
            add(place, element("span", o.UNREAD, class_="gk-unread"))
            return
        if printed.value == 0:
            place.set("class", "gk-cell gk-zero")
        add(place, printed.text)

    return fill


def article(report: AnnualReport) -> str:
    """The report without its title, as markup for a page of somebody else's."""
    _, *parts = _article(report)
    return "".join(html.tostring(part, encoding="unicode") for part in parts)
