"""Word documents (docx, docm): prose and grids, as a reader of the printed page sees them.

Tracked changes count as accepted; hidden text, struck text, field codes, note
marks and comments are left out; automatic numbers are written out; text boxes are read
where they are anchored; tables used for layout dissolve into their content.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from ...errors import UnreadableDocument
from ..document import Budget, Document, Grid, Paragraph
from ..package import Package
from ..struck import is_doubtful, struck_text
from . import names as n
from .numbering import Numbering
from .styles import Style, Styles, numbering_of
from .table import WordCell, WordRow, lay_out
from .text import RunText

_MAIN = "word/document.xml"
# A lone cell with more words than any label has is a frame around prose.
_LONGEST_LABEL = 80
_MOST_COLUMNS = 1000

_Blocks = list[Paragraph | Grid]


def parse(data: bytes, budget: Budget) -> Document:
    """Read a Word document from its bytes."""
    package = Package(data, budget, "docx")
    main = package.main_part(_MAIN)
    root = package.xml(main)
    body = None if root is None else root.find(n.BODY)
    if body is None:
        raise package.damaged()
    document = Document("docx", titles=package.titles())
    reader = _Reader(package, main, budget, _telling(body))
    reader.content(body, document.blocks)
    if reader.struck:
        document.findings.append(struck_text(reader.struck))
    table = 0
    for block in document.blocks:
        if isinstance(block, Grid):
            table += 1
            block.where = block.where._replace(table=table)
    return document


class _Reader:
    def __init__(
        self, package: Package, main: str, budget: Budget, telling: set[etree._Element | None]
    ) -> None:
        self._telling = telling
        self._budget = budget
        self._left = budget.limits.cells
        self._tables = 0
        numbering = _beside(package, main, "numbering")
        self._numbered = numbering is not None
        self._styles = Styles(package, _beside(package, main, "styles"))
        self._numbering = Numbering(package, numbering, self._styles)
        self._text = RunText(self._styles, telling)
        self._plain = Style()
        self._placeholder = False

    @property
    def struck(self) -> list[str]:
        """What is struck out, piece by piece."""
        return self._text.struck

    def content(self, parent: etree._Element, out: _Blocks) -> None:
        """Everything in ``parent``, in reading order, onto ``out``."""
        carried = ""
        self._left -= len(parent)
        if self._left < 0:
            raise self._too_many()
        for child in parent:
            tag = child.tag
            if tag == n.P:
                carried = self._paragraph(child, out, carried)
            elif tag == n.TC_PR:
                continue
            elif tag == n.TBL:
                _add_lines(carried, False, out)
                carried = ""
                self._table(child, out)
            elif tag == n.SDT:
                shown = self._placeholder
                self._placeholder = shown or n.shows_placeholder(child)
                self.content(child, out)
                self._placeholder = shown
            elif tag in n.WRAPPERS:
                self.content(child, out)
            elif tag == n.ALTERNATE:
                for alternative in child.iterchildren(n.CHOICE, n.FALLBACK):
                    self.content(alternative, out)
                    break
            elif len(child) and tag not in n.LEFT_OUT:
                self.content(child, out)
        _add_lines(carried, False, out)

    # -- paragraphs ------------------------------------------------------

    def _paragraph(self, element: etree._Element, out: _Blocks, carried: str) -> str:
        """One paragraph onto ``out``; the text that runs on where its end mark was deleted."""
        style, heading, label, runs_on = self._plain, False, "", False
        if not self._tables:
            self._budget.check()
        if len(element) == 0:
            return carried
        first = element[0]
        if first.tag == n.P_PR:
            if first in self._telling:
                style, heading, label, runs_on = self._properties(first)
            # The number of an empty paragraph counts only where it may be a cell's words.
            if len(element) == 1 and not (label and self._tables):
                return carried
        struck = len(self._text.struck)
        text, boxes = self._text.gather(element, style, self._placeholder, self._tables > 0)
        if not text and len(self._text.struck) > struck:
            label = ""
        text = carried + label + text
        if runs_on and not boxes:
            return text
        _add_lines(text, heading, out)
        for box in boxes:
            self.content(box, out)
        return ""

    def _properties(self, element: etree._Element) -> tuple[Style, bool, str, bool]:
        """What ``pPr`` says: style, whether a heading, automatic number, runs on."""
        style, style_id, heading, runs_on = self._plain, "", None, False
        num_id: str | None = None
        level: int | None = None
        for child in element:
            tag = child.tag
            if tag == n.P_STYLE:
                style_id = child.get(n.VAL, "")
                style = self._styles.style(style_id)
            elif tag == n.NUM_PR:
                num_id, level = numbering_of(child)
            elif tag == n.OUTLINE:
                heading = n.number(child.get(n.VAL), 9) < 9
            elif tag == n.R_PR:
                for mark in child:
                    if mark.tag in n.END_GONE:
                        runs_on = n.is_on(mark.get(n.VAL))
        label = ""
        if num_id is not None:
            label = self._numbering.label(num_id, level or 0)
        elif style.numbering[0] is not None:
            usual = style.numbering[1] or 0
            label = self._numbering.label(style.numbering[0], level, style_id, usual)
        return style, style.heading if heading is None else heading, label, runs_on

    # -- tables ----------------------------------------------------------

    def _table(self, table: etree._Element, out: _Blocks) -> None:
        rows: list[WordRow] = []
        contents: list[_Blocks] = []
        widths: list[int | None] = []
        self._tables += 1
        for child in self._members(table):
            if child.tag == n.TR:
                self._budget.check()
                row = self._row(child, contents)
                if row is not None and row.cells:
                    rows.append(row)
            elif child.tag == n.TBL_GRID:
                widths = [n.width_of(c) for c in child.iterchildren(n.GRID_COL)]
        self._tables -= 1
        if not rows:
            return
        if _is_layout(contents):
            for blocks in contents:
                out.extend(blocks)
            return
        grid = lay_out(rows, widths)
        if grid.columns == 1 and max(len(c.text) for c in grid.cells) > _LONGEST_LABEL:
            for blocks in contents:
                out.extend(blocks)
            return
        out.append(grid)

    def _row(self, element: etree._Element, contents: list[_Blocks]) -> WordRow | None:
        """One row, its cells' content onto ``contents``; None where deleted or hidden."""
        row = WordRow()
        for child in self._members(element):
            tag = child.tag
            if tag == n.TC:
                self._cell(child, row, contents)
            elif tag == n.TR_PR:
                for mark in child:
                    tag = mark.tag
                    if tag == n.DEL or (tag == n.ROW_HIDDEN and n.is_on(mark.get(n.VAL))):
                        return None
                    if tag == n.GRID_BEFORE:
                        row.before = max(0, n.number(mark.get(n.VAL)))
                    elif tag == n.GRID_AFTER:
                        row.after = max(0, n.number(mark.get(n.VAL)))
                    elif tag == n.WIDTH_BEFORE:
                        row.width_before = n.width_of(mark)
        if row.before + row.after + sum(c.span for c in row.cells) > _MOST_COLUMNS:
            raise self._too_many()
        return row

    def _cell(self, element: etree._Element, row: WordRow, contents: list[_Blocks]) -> None:
        cell = WordCell()
        properties = element[0] if len(element) else None
        if properties is not None and properties.tag == n.TC_PR:
            cell.properties = properties
            for mark in properties if properties in self._telling else ():
                tag = mark.tag
                if tag == n.GRID_SPAN:
                    cell.span = max(1, n.number(mark.get(n.VAL)))
                elif tag == n.V_MERGE:
                    cell.merge = "restart" if mark.get(n.VAL) == "restart" else "continue"
                elif tag == n.CELL_MERGE:
                    cell.merge = "continue" if mark.get(n.CELL_MERGE_DOWN) == "cont" else "restart"
                elif tag == n.H_MERGE:
                    if mark.get(n.VAL) != "restart" and row.cells:
                        row.cells[-1].span += cell.span
                        return
                elif tag == n.CELL_DELETED:
                    return
        plain = self._plain_text(element, 0 if cell.properties is None else 1)
        if plain is not None:
            cell.text = plain
            row.cells.append(cell)
            if cell.merge != "continue":
                contents.append([Paragraph(plain)] if plain else [])
            return
        blocks: _Blocks = []
        struck = len(self._text.struck)
        self.content(element, blocks)
        if blocks:
            cell.text = "\n".join([_flat(block) for block in blocks])
        if len(self._text.struck) > struck and is_doubtful(
            "".join(self._text.struck[struck:]), cell.text
        ):
            cell.text, cell.unread = "", "struck"
        row.cells.append(cell)
        if cell.merge != "continue":
            contents.append(blocks)

    def _plain_text(self, cell: etree._Element, first: int) -> str | None:
        """The words of the usual cell: one paragraph of plain runs.  None for any other."""
        if len(cell) - first != 1 or cell[first].tag != n.P:
            return None
        self._left -= 1
        if self._left < 0:
            raise self._too_many()
        parts: list[str] = []
        for child in cell[first]:
            tag = child.tag
            if tag == n.R:
                for piece in child:
                    tag = piece.tag
                    if tag == n.T:
                        parts.append(piece.text or "")
                    elif tag != n.R_PR or piece in self._telling:
                        return None
            elif tag != n.P_PR or (child in self._telling and not self._is_plain(child)):
                return None
        text = "".join(parts)
        return None if "\n" in text else text.strip()

    def _is_plain(self, properties: etree._Element) -> bool:
        """Whether ``pPr`` names no more than a style that changes nothing of what is read."""
        for child in properties:
            tag = child.tag
            if tag == n.P_STYLE:
                style = self._styles.style(child.get(n.VAL, ""))
                if style.hidden or style.heading or style.struck or style.numbering[0] is not None:
                    return False
            elif tag in (n.NUM_PR, n.OUTLINE) or (tag == n.R_PR and child in self._telling):
                return False
        return True

    def _members(self, parent: etree._Element) -> Iterator[etree._Element]:
        """The rows of a table or the cells of a row, out of whatever wraps them."""
        for child in parent:
            tag = child.tag
            if tag == n.SDT:
                shown = self._placeholder
                self._placeholder = shown or n.shows_placeholder(child)
                yield from self._members(child)
                self._placeholder = shown
            elif tag == n.ALTERNATE:
                for alternative in child.iterchildren(n.CHOICE, n.FALLBACK):
                    yield from self._members(alternative)
                    break
            elif tag in n.MEMBERS or tag in n.LEFT_OUT or not len(child):
                yield child
            else:
                yield from self._members(child)

    def _too_many(self) -> UnreadableDocument:
        return UnreadableDocument("input.too_many_cells", limit=self._budget.limits.cells)


def _telling(body: etree._Element) -> set[etree._Element | None]:
    """The properties worth opening: found in one pass, they spare a look into all the others."""
    found: set[etree._Element | None] = set()
    for element in body.iter(*n.TELLING):
        parent = element.getparent()
        found.add(parent)
        if parent is not None and element.tag in n.END_GONE:
            # An end mark's own properties lie within the paragraph's.
            found.add(parent.getparent())
    return found


def _beside(package: Package, main: str, name: str) -> str | None:
    """The part ``name`` of the main part: at its usual place, or where the main part says."""
    usual = posixpath.join(posixpath.dirname(main), f"{name}.xml")
    if usual in package:
        return usual
    return package.related(main, f"/{name}") if package.has_like(name) else None


def _add_lines(text: str, heading: bool, out: _Blocks) -> None:
    """Each printed line of ``text`` as a paragraph of its own; blank ones are nothing."""
    if "\n" not in text:
        line = text.strip()
        if line:
            out.append(Paragraph(line, heading=heading))
        return
    for line in text.split("\n"):
        _add_lines(line, heading, out)


def _is_layout(contents: list[_Blocks]) -> bool:
    """Whether a table only arranges others: it holds a real table, or nothing but one."""
    inner = [b for blocks in contents for b in blocks if isinstance(b, Grid)]
    if len(contents) == 1 and inner:
        return True
    return any(grid.rows > 1 and grid.columns > 1 for grid in inner)


def _flat(block: Paragraph | Grid) -> str:
    """A block of a cell as plain text; a small table within as lines of its cells."""
    if isinstance(block, Paragraph):
        return block.text
    lines: list[list[str]] = [[] for _ in range(block.rows)]
    for cell in block.cells:
        lines[cell.row].append(cell.text)
    return "\n".join("\t".join(line).strip() for line in lines)
