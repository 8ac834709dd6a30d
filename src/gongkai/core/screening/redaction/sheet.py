"""One visible sheet with what it shows: hidden cells emptied, formulas settled, words masked."""

from __future__ import annotations

import copy as copying

from lxml import etree

from ...readers.xlsx.values import S
from ..hidden_data.sheet_looks import CellLooks, coloured_areas
from ..hidden_data.workbook import (
    FORMULA,
    INLINE,
    RICH,
    TEXT,
    VALUE,
    PlacedCell,
    Sheet,
    Workbook,
)
from .formulas import Unseen, stays
from .office_copy import OfficeCopy
from .xml_masking import mask_pieces

# What of a worksheet is seen; in the order the format asks for.
_SHEET_PARTS = frozenset(
    S + name
    for name in (
        "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "mergeCells",
        "conditionalFormatting", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
        "headerFooter", "rowBreaks", "colBreaks", "ignoredErrors", "drawing", "picture",
        "tableParts",
    )
)  # fmt: skip
_KINDS = {
    "invisible_cell": "不显示的单元格",
    "white_text": "和底色相同的文字",
    "tiny_text": "小得看不清的文字",
}
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"


class Strings:
    """The shared strings of the copy: only those that a cell of it shows."""

    def __init__(self, book: Workbook, copy: OfficeCopy) -> None:
        parts = book.file.related(book.file.main, "/sharedStrings")
        root = book.file.root(parts[0]) if parts else None
        self._given = [] if root is None else list(root.iterchildren(S + "si"))
        self._copy = copy
        self._new: dict[int, int] = {}
        self._masked: dict[int, int] = {}
        self.root = etree.Element(S + "sst")

    def moved(self, index: str) -> str | None:
        """The new number of a shared string; None where there is none."""
        at = int(index) if index.isdecimal() and len(index) < 10 else -1
        if not 0 <= at < len(self._given):
            return None
        if at not in self._new:
            item = copying.deepcopy(self._given[at])
            self._masked[at] = clean_string(item, self._copy)
            self._new[at] = len(self.root)
            self.root.append(item)
        self._copy.done["遮盖的文字"] += self._masked[at]
        return str(self._new[at])


def clean_string(item: etree._Element, copy: OfficeCopy) -> int:
    """A string without readings over its characters, masked; how many places."""
    for child in list(item):
        if child.tag not in (TEXT, RICH):
            item.remove(child)
    return mask_pieces(((t, t.text or "") for t in item.iter(TEXT)), copy.mask)


def unseen_cells(
    book: Workbook, sheet: Sheet, looks: CellLooks, keep: frozenset[str]
) -> dict[tuple[int, int], str]:
    """The cells of ``sheet`` that hold something unseen, with what it is called in the account."""
    found: dict[tuple[int, int], str] = {}
    areas = coloured_areas(book, sheet)
    for row, column, cell in sheet.cells(book.budget):
        if not len(cell):
            continue
        if sheet.is_unseen(row, column):
            found[row, column] = "隐藏的行" if row in sheet.hidden_rows else "隐藏的列"
            continue
        kind = looks.kind(cell)
        coloured = kind == "white_text" and any(
            a.top <= row <= a.bottom and a.left <= column <= a.right for a in areas
        )
        if kind and not coloured and f"hidden.{kind}" not in keep:
            found[row, column] = _KINDS[kind]
    return found


class SheetCopy:
    """The sheet while its cells are settled, one by one."""

    def __init__(
        self, book: Workbook, sheet: Sheet, copy: OfficeCopy, strings: Strings, unseen: Unseen
    ) -> None:
        self._book, self._sheet, self._copy = book, sheet, copy
        self._strings, self._unseen = strings, unseen

    def settle(self, gone: dict[tuple[int, int], str]) -> None:
        """Empty the cells in ``gone``; settle and mask all others."""
        lines: set[tuple[str, int]] = set()
        for placed in self._sheet.cells(self._book.budget):
            why = gone.get((placed.row, placed.column))
            for attribute in ("cm", "vm", "ph"):
                forget(placed.element, attribute)
            if why is None:
                self._settle_cell(placed)
                continue
            lines.add((why, placed.column if why == "隐藏的列" else placed.row))
            _empty(placed.element)
        for why in {why for why, _ in lines}:
            self._copy.done[why] += sum(name == why for name, _ in lines)
        self._tidy()

    def _settle_cell(self, placed: PlacedCell) -> None:
        cell = placed.element
        text = self._book.says(cell)
        formula = cell.find(FORMULA)
        masked = self._copy.mask.covers(text)
        if formula is not None and (masked or not self._formula_stays(formula)):
            cell.remove(formula)
            self._copy.done["改成结果的公式"] += 1
            if not text.strip():
                self._copy.done["没有存下结果的公式，副本里是空格"] += 1
        kind = cell.get("t", "n")
        if kind == "s":
            value = cell.find(VALUE)
            moved = self._strings.moved("" if value is None else value.text or "")
            if value is None or moved is None:
                _empty(cell)
            else:
                value.text = moved
        elif kind == "inlineStr":
            inline = cell.find(INLINE)
            if inline is not None:
                self._copy.done["遮盖的文字"] += clean_string(inline, self._copy)
        elif masked:
            self._copy.done["遮盖的文字"] += 1
            _empty(cell)
            cell.set("t", "inlineStr")
            words = etree.SubElement(etree.SubElement(cell, INLINE), TEXT)
            words.text = self._copy.mask.over(text)
            words.set(_PRESERVE, "preserve")
        for child in list(cell):
            if child.tag not in (FORMULA, VALUE, INLINE):
                cell.remove(child)

    def _formula_stays(self, formula: etree._Element) -> bool:
        # A formula shared over many cells moves its references along: only a single one is told.
        if formula.get("t", "normal") != "normal":
            return False
        text = formula.text or ""
        return not self._copy.mask.covers(text) and stays(text, self._sheet.name, self._unseen)

    def _tidy(self) -> None:
        """Leave of the sheet's own settings those that bear on what is seen."""
        root = self._sheet.root
        for child in list(root):
            if child.tag not in _SHEET_PARTS:
                if child.tag == S + "dataValidations":
                    self._copy.done["输入限制"] += 1
                elif child.tag == S + "autoFilter":
                    self._copy.done["筛选"] += 1
                root.remove(child)
        for element in root.iter(S + "sheetPr", S + "pageSetup"):
            for name in [str(name) for name in element.attrib]:
                if name in ("codeName", "filterMode") or name.endswith("}id"):
                    del element.attrib[name]
        for view in root.iter(S + "sheetView"):
            forget(view, "tabSelected")
            for child in list(view):
                if child.tag == S + "pivotSelection":
                    view.remove(child)
        for heading in list(root.iter(S + "legacyDrawingHF")):
            root.remove(heading)
        self._tidy_formats()

    def _tidy_formats(self) -> None:
        root = self._sheet.root
        for extension in list(root.iter(S + "extLst")):
            parent = extension.getparent()
            if parent is not None:
                parent.remove(extension)
        for condition in list(root.iterchildren(S + "conditionalFormatting")):
            formulas = [f.text or "" for f in condition.iter(S + "formula")]
            if not all(stays(f, self._sheet.name, self._unseen) for f in formulas):
                root.remove(condition)
                self._copy.done["用到隐藏内容的条件格式"] += 1
        visible = self._unseen.sheets
        for links in list(root.iterchildren(S + "hyperlinks")):
            for link in list(links):
                location = link.get("location", "")
                sheet = location.rpartition("!")[0].strip("'").replace("''", "'")
                if location and sheet and sheet not in visible:
                    links.remove(link)
            if not len(links):
                root.remove(links)


def _empty(cell: etree._Element) -> None:
    """Leave of a cell its place and its looks."""
    for child in list(cell):
        cell.remove(child)
    forget(cell, "t")


def forget(element: etree._Element, attribute: str) -> None:
    """Drop an attribute where there is one."""
    if attribute in element.attrib:
        del element.attrib[attribute]
