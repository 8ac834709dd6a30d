"""How a cell of a spreadsheet looks: a format that shows nothing, white on white, too small."""

from __future__ import annotations

from lxml import etree

from ...readers.xlsx.values import S
from .cell_reference import Area, area_of
from .workbook import Sheet, Workbook

_WHITE = 0xF0
_SMALLEST = 3.0
# More ranges than this on one sheet are taken as one that covers everything.
_MOST_AREAS = 500


class CellLooks:
    """The cell formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        parts = book.file.related(book.file.main, "/styles")
        root = book.file.root(parts[0]) if parts else None
        self._kinds: list[str] = []
        if root is None:
            return
        codes = {e.get("numFmtId", ""): e.get("formatCode", "") for e in root.iter(S + "numFmt")}
        fonts, fills = _children(root, "fonts"), _children(root, "fills")
        for form in _children(root, "cellXfs"):
            font, fill = _at(fonts, form, "fontId"), _at(fills, form, "fillId")
            self._kinds.append(_kind(codes.get(form.get("numFmtId", ""), ""), font, fill))

    @property
    def all_seen(self) -> bool:
        """Whether no format of the workbook makes anything unseen."""
        return not any(self._kinds)

    def kind(self, cell: etree._Element) -> str:
        """``invisible_cell``, ``white_text`` or ``tiny_text``; "" where the eye sees the cell."""
        index = cell.get("s", "0")
        at = int(index) if index.isdecimal() and len(index) < 10 else 0
        return self._kinds[at] if at < len(self._kinds) else ""


def coloured_areas(book: Workbook, sheet: Sheet) -> list[Area]:
    """Where a table style or a conditional format may put colour behind the words."""
    references = [e.get("sqref", "") for e in sheet.root.iter(S + "conditionalFormatting")]
    for part in book.file.related(sheet.part, "/table"):
        root = book.file.root(part)
        references.append("" if root is None else root.get("ref", ""))
    split = [one for reference in references for one in reference.split()]
    areas = [area for area in map(area_of, split) if area is not None]
    return areas if len(areas) <= _MOST_AREAS else [Area(1, 1, 1_048_576, 16_384)]


def _children(root: etree._Element, name: str) -> list[etree._Element]:
    parent = root.find(S + name)
    return [] if parent is None else list(parent)


def _at(known: list[etree._Element], form: etree._Element, attribute: str) -> etree._Element | None:
    index = form.get(attribute, "0")
    at = int(index) if index.isdecimal() and len(index) < 10 else 0
    return known[at] if at < len(known) else None


def _kind(code: str, font: etree._Element | None, fill: etree._Element | None) -> str:
    if code.replace(" ", "") in (";;;", ";;", ";;;;"):
        return "invisible_cell"
    if font is None:
        return ""
    size = font.find(S + "sz")
    if size is not None and _number(size.get("val", "11")) <= _SMALLEST:
        return "tiny_text"
    return "white_text" if _is_white(font.find(S + "color")) and _is_plain(fill) else ""


def _is_plain(fill: etree._Element | None) -> bool:
    pattern = None if fill is None else fill.find(S + "patternFill")
    if pattern is None:
        return fill is None or len(fill) == 0
    if pattern.get("patternType", "none") == "none":
        return True
    return pattern.get("patternType") == "solid" and _is_white(pattern.find(S + "fgColor"))


def _is_white(colour: etree._Element | None) -> bool:
    if colour is None:
        return False
    if "theme" in colour.attrib:
        # The first colour of a theme is that of the paper.
        return colour.get("theme") == "0" and abs(_number(colour.get("tint", "0"))) < 0.05
    if "indexed" in colour.attrib:
        return colour.get("indexed") in ("1", "9", "65")
    try:
        red, green, blue = bytes.fromhex(colour.get("rgb", "")[-6:])
    except ValueError:
        return False
    return min(red, green, blue) >= _WHITE


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 11.0
