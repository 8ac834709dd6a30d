"""The names of WordprocessingML, written once."""

from __future__ import annotations

import re

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

VAL = W + "val"

# Blocks and their wrappers.
BODY, P, TBL, TR, TC = W + "body", W + "p", W + "tbl", W + "tr", W + "tc"
SDT, SDT_PR = W + "sdt", W + "sdtPr"
PLACEHOLDER_SHOWN = W + "showingPlcHdr"
ALTERNATE, CHOICE, FALLBACK = _MC + "AlternateContent", _MC + "Choice", _MC + "Fallback"
TEXT_BOX = W + "txbxContent"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
MATH = frozenset(
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}" + name
    for name in ("oMath", "oMathPara")
)
# Wrappers that change nothing of what is read: insertions count as accepted.
WRAPPERS = frozenset(
    W + name
    for name in (
        "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple",
        "dir", "bdo", "rubyBase",
    )
)  # fmt: skip

# Wrappers of what is no longer there, or was never part of the text: all they hold is left out.
# Any other wrapper, known or not, is looked into.
LEFT_OUT = frozenset(
    W + name
    for name in (
        "del", "moveFrom", "rt", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblPrEx", "trPr",
        "tcPr", "sectPr", "rubyPr", "customXmlPr", "smartTagPr",
    )
)  # fmt: skip

# Properties.
P_PR, R_PR, TC_PR, TR_PR = W + "pPr", W + "rPr", W + "tcPr", W + "trPr"
P_STYLE, R_STYLE = W + "pStyle", W + "rStyle"
NUM_PR, NUM_ID, ILVL = W + "numPr", W + "numId", W + "ilvl"
OUTLINE = W + "outlineLvl"
VANISH, WEB_HIDDEN, VERT_ALIGN = W + "vanish", W + "webHidden", W + "vertAlign"
STRIKES = frozenset((W + "strike", W + "dstrike"))
DEL = W + "del"
# What in a paragraph's end mark says that the mark is not there: the next paragraph runs on.
END_GONE = frozenset((DEL, W + "moveFrom", VANISH))
# The properties that bear on what is read; the rest, by far the most, is looks.
TELLING = (
    P_STYLE, NUM_PR, OUTLINE, R_STYLE, VANISH, WEB_HIDDEN, VERT_ALIGN, DEL, W + "moveFrom",
    *STRIKES,
    W + "gridSpan", W + "vMerge", W + "hMerge", W + "cellDel", W + "cellMerge",
)  # fmt: skip

# Runs.
R, T, TAB, P_TAB, BR, CR = W + "r", W + "t", W + "tab", W + "ptab", W + "br", W + "cr"
NO_BREAK_HYPHEN = W + "noBreakHyphen"
SYM, SYM_CHAR, SYM_FONT = W + "sym", W + "char", W + "font"
FLD_CHAR, FLD_CHAR_TYPE, FF_DATA = W + "fldChar", W + "fldCharType", W + "ffData"
NOTE_REFERENCES = frozenset((W + "footnoteReference", W + "endnoteReference"))
CUSTOM_MARK = W + "customMarkFollows"
DRAWINGS = frozenset((W + "drawing", W + "pict", W + "object", ALTERNATE))

# Tables.
TBL_GRID, GRID_COL, WIDTH, WIDTH_TYPE = W + "tblGrid", W + "gridCol", W + "w", W + "type"
GRID_SPAN, V_MERGE, H_MERGE, TC_W = W + "gridSpan", W + "vMerge", W + "hMerge", W + "tcW"
# What stands in a table or a row without a wrapper.
MEMBERS = frozenset((TBL_GRID, TR, TC))
CELL_DELETED, CELL_MERGE, CELL_MERGE_DOWN = W + "cellDel", W + "cellMerge", W + "vMerge"
GRID_BEFORE, GRID_AFTER, WIDTH_BEFORE = W + "gridBefore", W + "gridAfter", W + "wBefore"
ROW_HIDDEN = W + "hidden"

_OFF = frozenset(("0", "false", "off"))


def is_on(value: str | None) -> bool:
    """A switch of WordprocessingML: on unless it says otherwise."""
    return value not in _OFF


def number(value: str | None, default: int = 0) -> int:
    """A whole number of an attribute; ``default`` where it is missing or broken."""
    if value and len(value) < 10:
        try:
            return int(value)
        except ValueError:
            return default
    return default


_MEASURE = re.compile(r"(-?\d+(?:\.\d+)?)(mm|cm|in|pt|pc|pi)?")
_TWIPS = {None: 1.0, "pt": 20, "pc": 240, "pi": 240, "in": 1440, "cm": 567, "mm": 56.7}


def shows_placeholder(control: etree._Element) -> bool:
    """Whether a content control still shows its prompt instead of something filled in."""
    properties = control.find(SDT_PR)
    return properties is not None and properties.find(PLACEHOLDER_SHOWN) is not None


def width_of(element: etree._Element | None) -> int | None:
    """A width in twips; None where it is a share of the page, automatic, or missing."""
    if element is None or element.get(WIDTH_TYPE, "dxa") != "dxa":
        return None
    return _twips(element.get(WIDTH))


def _twips(value: str | None) -> int | None:
    """A length in twentieths of a point; strict files write it with a unit (``4.5pt``)."""
    found = _MEASURE.fullmatch(value) if value and len(value) < 16 else None
    return round(float(found[1]) * _TWIPS[found[2]]) if found else None
