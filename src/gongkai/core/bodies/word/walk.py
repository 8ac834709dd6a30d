"""The blocks of a Word file in reading order, as its reader sees the printed page.

Tracked changes count as accepted; hidden text, comments and the prompts of empty fields are
left out; numbers that Word adds are written out; text boxes stand where they are anchored.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ...errors import UnreadableDocument
from ...readers.document import Budget
from ...readers.docx import names as n
from ...readers.docx.numbering import Numbering
from ...readers.docx.styles import Styles, numbering_of
from ...readers.docx.table import WordCell, WordRow
from ...readers.package import Package
from ..content import Block, Inline, Paragraph, Text, words_of
from ..gathering import gather_bullets, standing
from ..markers import spaced
from ..spacing import FAR_RIGHT, tidy
from ..tables import tidy_table
from .grid import table_of
from .lists import Bullets
from .notes import Notes
from .pictures import Pictures
from .runs import Relations, Runs
from .styles import WordLook, WordStyles, paragraph_look

_MOST_COLUMNS = 1000
_CONTENTS = re.compile(r"toc \d|toc heading|table of figures")
# Word's own styles for deeper bullets have a list each, all of the first level.
_BULLETED = re.compile(r"list bullet ([2-9])")
_HEAD_ROW = n.W + "tblHeader"
_OUTLINES = 9
# A paragraph that is a sentence is none, whatever its outline level says.
_LONGEST_HEADING = 60
_SPACE = "\xa0\xa0"


@dataclass(slots=True)
class Printed(Paragraph):
    """A paragraph as it is printed: the size of its letters (half points), its style's name."""

    size: int = 0
    style: str = ""


class WordWalk:
    """Goes through the parts of one file; ``left`` counts what is left behind, by kind."""

    def __init__(self, package: Package, main: str, budget: Budget, notes: Notes) -> None:
        self.left: Counter[str] = Counter()
        self.pictures = Pictures(package, self.left)
        self._budget = budget
        self._cells_left = budget.limits.cells
        styles, numbering = _beside(package, main, "styles"), _beside(package, main, "numbering")
        readers_styles = Styles(package, styles)
        self._readers_styles = readers_styles
        self._styles = WordStyles(package, styles)
        self._numbering = Numbering(package, numbering, readers_styles)
        self._bullets = Bullets(package, numbering)
        self._runs = Runs(self._styles, readers_styles, self.pictures, notes, self.left)
        self._placeholder = False
        self._in_table = 0

    def blocks(self, parent: etree._Element, relations: Relations) -> list[Block]:
        """Everything in ``parent``, a part's body; paragraphs as printed, not yet tidied."""
        self._runs.relations = relations
        out: list[Block] = []
        self._content(parent, out)
        return out

    def _content(self, parent: etree._Element, out: list[Block]) -> None:
        carried: list[Inline] = []
        self._spend(len(parent))
        for child in parent:
            tag = child.tag
            if tag == n.P:
                carried = self._paragraph(child, out, carried)
            elif tag == n.TBL:
                self._table(child, out)
            elif tag == n.SDT:
                shown = self._placeholder
                self._placeholder = shown or n.shows_placeholder(child)
                self._content(child, out)
                self._placeholder = shown
            elif tag == n.ALTERNATE:
                for alternative in child.iterchildren(n.CHOICE, n.FALLBACK):
                    self._content(alternative, out)
                    break
            elif len(child) and tag not in n.LEFT_OUT:
                self._content(child, out)
        if carried:
            out.append(Printed(carried))

    # -- paragraphs ------------------------------------------------------

    def _paragraph(
        self, element: etree._Element, out: list[Block], carried: list[Inline]
    ) -> list[Inline]:
        """One paragraph onto ``out``; what runs on where its end mark was deleted."""
        if not self._in_table:
            self._budget.check()
        properties = element.find(n.P_PR)
        style_id = ""
        own = WordLook()
        if properties is not None:
            style = properties.find(n.P_STYLE)
            style_id = "" if style is None else style.get(n.VAL, "")
            own = paragraph_look(properties)
        look = own.over(self._styles.paragraph(style_id))
        content, boxes = self._runs.gather(element, look, self._placeholder)
        label, bullet = "", 0
        if content and properties is not None:
            label, bullet = self._label(properties, style_id)
            deeper = _BULLETED.fullmatch(look.name or "")
            bullet = int(deeper[1]) if bullet and deeper else bullet
        if label:
            content.insert(0, Text(spaced(label.strip())))
        content = carried + content
        if properties is not None and not boxes and _runs_on(properties):
            return content
        if content and _CONTENTS.fullmatch(look.name or ""):
            self.left["contents"] = 1
        elif content:
            out.append(self._printed(content, look, bullet))
        for box in boxes:
            self._content(box, out)
        return []

    def _printed(self, content: list[Inline], look: WordLook, bullet: int) -> Printed:
        outline = _OUTLINES if look.outline is None else look.outline
        words = words_of(content).strip()
        tag = "p"
        if outline < _OUTLINES and len(words) <= _LONGEST_HEADING and not words.endswith("。"):
            tag, bullet = f"h{min(4, outline + 2)}", 0
        ems = round(look.indent or 0.0)
        if ems >= FAR_RIGHT and not look.place:
            content = [Text(_SPACE * ems), *content]
        size = self._runs.size or look.size or 0
        return Printed(content, tag, look.place or "", bullet, size, look.name or "")

    def _label(self, properties: etree._Element, style_id: str) -> tuple[str, int]:
        """The number that Word prints before the paragraph, and the level of its bullet."""
        direct = properties.find(n.NUM_PR)
        num_id, level = (None, None) if direct is None else numbering_of(direct)
        usual = self._readers_styles.style(style_id).numbering if style_id else (None, None)
        if num_id is not None:
            at = level or 0
            label = self._numbering.label(num_id, at)
        elif usual[0] is not None:
            num_id = usual[0]
            at = usual[1] or 0 if level is None else level
            label = self._numbering.label(num_id, level, style_id, usual[1] or 0)
        else:
            return "", 0
        return label, 0 if label else self._bullets.level(num_id, at)

    # -- tables ----------------------------------------------------------

    def _table(self, table: etree._Element, out: list[Block]) -> None:
        rows: list[WordRow] = []
        contents: list[list[Block]] = []
        widths: list[int | None] = []
        heads, counting = 0, True
        self._in_table += 1
        for child in self._members(table):
            if child.tag == n.TR:
                self._budget.check()
                row = self._row(child, contents)
                if row is None or not row.cells:
                    continue
                rows.append(row)
                counting = counting and _is_head(child)
                heads += counting
            elif child.tag == n.TBL_GRID:
                widths = [n.width_of(c) for c in child.iterchildren(n.GRID_COL)]
        self._in_table -= 1
        if not rows:
            return
        if len(contents) == 1:
            # A frame: what it holds stands in the text.
            out.extend(contents[0])
            return
        for blocks in contents:
            blocks[:] = tidied(blocks, inner=True)
        out.extend(tidy_table(table_of(rows, widths, contents, heads)))

    def _row(self, element: etree._Element, contents: list[list[Block]]) -> WordRow | None:
        """One row, its cells' content onto ``contents``; None where deleted or hidden."""
        row = WordRow()
        for child in self._members(element):
            if child.tag == n.TC:
                self._cell(child, row, contents)
            elif child.tag == n.TR_PR:
                for mark in child:
                    tag = mark.tag
                    if tag == n.DEL:
                        return None
                    if tag == n.ROW_HIDDEN and n.is_on(mark.get(n.VAL)):
                        self.left["hidden"] += 1
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

    def _cell(self, element: etree._Element, row: WordRow, contents: list[list[Block]]) -> None:
        cell = WordCell()
        properties = element.find(n.TC_PR)
        cell.properties = properties
        for mark in () if properties is None else properties:
            tag = mark.tag
            if tag == n.GRID_SPAN:
                cell.span = max(1, n.number(mark.get(n.VAL)))
            elif tag == n.V_MERGE:
                cell.merge = "restart" if mark.get(n.VAL) == "restart" else "continue"
            elif tag == n.CELL_MERGE:
                cell.merge = "continue" if mark.get(n.CELL_MERGE_DOWN) == "cont" else "restart"
            elif tag == n.H_MERGE and mark.get(n.VAL) != "restart" and row.cells:
                row.cells[-1].span += cell.span
                return
            elif tag == n.CELL_DELETED:
                return
        row.cells.append(cell)
        blocks: list[Block] = []
        self._content(element, blocks)
        if cell.merge != "continue" or any(isinstance(b, Paragraph) for b in blocks):
            cell.text = str(len(contents))
            contents.append(blocks)

    def _members(self, parent: etree._Element) -> Iterator[etree._Element]:
        """The rows of a table or the cells of a row, out of whatever wraps them."""
        for child in parent:
            tag = child.tag
            if tag == n.SDT:
                shown = self._placeholder
                self._placeholder = shown or n.shows_placeholder(child)
                yield from self._members(child)
                self._placeholder = shown
            elif tag in n.MEMBERS or tag in n.LEFT_OUT or not len(child):
                yield child
            else:
                yield from self._members(child)

    def _spend(self, more: int) -> None:
        self._cells_left -= more
        if self._cells_left < 0:
            raise self._too_many()

    def _too_many(self) -> UnreadableDocument:
        return UnreadableDocument("input.too_many_cells", limit=self._budget.limits.cells)


def tidied(blocks: list[Block], inner: bool = False) -> list[Block]:
    """``blocks`` with paragraphs tidied and bullets gathered; ``inner`` is within a cell."""
    made: list[Block] = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            made.append(block)
            continue
        for paragraph in tidy(block):
            if inner:
                paragraph.place = ""
            made.append(paragraph if inner else standing(paragraph))
    return gather_bullets(made)


def _beside(package: Package, main: str, name: str) -> str | None:
    """The part ``name`` of the main part: at its usual place, or where the main part says."""
    usual = posixpath.join(posixpath.dirname(main), f"{name}.xml")
    return usual if usual in package else package.related(main, f"/{name}")


def _runs_on(properties: etree._Element) -> bool:
    """Whether the end mark of a paragraph was deleted or hidden: the next one runs on."""
    mark = properties.find(n.R_PR)
    return mark is not None and any(
        child.tag in n.END_GONE and n.is_on(child.get(n.VAL)) for child in mark
    )


def _is_head(row: etree._Element) -> bool:
    properties = row.find(n.TR_PR)
    mark = None if properties is None else properties.find(_HEAD_ROW)
    return mark is not None and n.is_on(mark.get(n.VAL))
