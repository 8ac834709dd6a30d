"""What a cell of a spreadsheet says, as text: the value stored, not its dress.

Numbers keep the decimal digits stored (at most the 15 the format vouches for),
``12.0`` is ``12``; only dates and percentages follow their number format, since
the bare number would say something else.  A formula without a stored result,
a stored error and a figure struck out are unread; other words struck out are
left out.
"""

from __future__ import annotations

import datetime
import re
from decimal import Context, Decimal, InvalidOperation

from lxml import etree

from ..package import Package
from ..struck import is_doubtful

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_V, _F, _IS, _T, _R, _SI = S + "v", S + "f", S + "is", S + "t", S + "r", S + "si"
_SIDES = frozenset(S + side for side in ("left", "right", "top", "bottom"))
_FIFTEEN_DIGITS = Context(prec=15)
_LONGEST_EXPONENT = 30
_PERCENT_IDS = {9, 10}
_DATE_IDS = {14: "ymd", 15: "ymd", 16: "md", 17: "ym", 22: "ymdh", 30: "ymd"} | dict.fromkeys(
    (27, 28, 29, 31, 36, 50, 51, 52, 53, 54, 57, 58), "ymd"
)
_TIME_IDS = frozenset((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56))
_NOT_A_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|AM/PM|A/P|General', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000))
_QUOTED_NUMBER = re.compile(r"'[-+]?[\d.,]+")
_R_PR, _STRIKE, _VAL = S + "rPr", S + "strike", "val"
_LAST_SERIAL = 2958466


class Values:
    """Texts and formats shared by the sheets of one workbook."""

    def __init__(self, package: Package, main: str, from_1904: bool) -> None:
        self._from_1904 = from_1904
        self._strings: list[tuple[str, str]] = []
        # By format index: "", "percent", or which of y m d h a date shows; whether ruled; struck.
        self._formats: list[tuple[str, bool, bool]] = []
        self.struck: list[str] = []
        strings = package.related(main, "/sharedStrings")
        root = package.xml(strings) if strings else None
        if root is not None:
            self._strings = [_rich_text(item) for item in root.iterchildren(_SI)]
        styles = package.related(main, "/styles")
        root = package.xml(styles) if styles else None
        if root is not None:
            self._formats = _read_formats(root)

    def ruled(self, cell: etree._Element) -> bool:
        """Whether the cell has lines around it."""
        return self._format(cell)[1]

    def read(self, cell: etree._Element) -> tuple[str, str]:
        """The cell's text, and why it could not be had.

        The reason is ``""``, ``formula``, ``error`` or ``struck``.
        """
        if len(cell) == 0:
            return "", ""
        text, struck, unread = self._stored(cell)
        if self._format(cell)[2]:
            text, struck = "", text + struck
        if struck.strip():
            self.struck.append(struck)
            if is_doubtful(struck, text):
                return "", "struck"
        return _unquoted(text), unread

    def _stored(self, cell: etree._Element) -> tuple[str, str, str]:
        """The cell's text, the part of it that is struck out, and why it could not be had."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(_IS)
            return ("", "", "") if inline is None else (*_rich_text(inline), "")
        stored = cell.find(_V)
        text = (stored.text or "") if stored is not None else ""
        if not text:
            worked_out = stored is not None and kind == "str"
            return "", "", "formula" if cell.find(_F) is not None and not worked_out else ""
        if kind == "e":
            return "", "", "error"
        if kind == "s":
            index = int(text) if text.isdecimal() and len(text) < 10 else -1
            known = 0 <= index < len(self._strings)
            return (*self._strings[index], "") if known else ("", "", "error")
        if kind == "b":
            text = "FALSE" if text == "0" else "TRUE"
        elif kind == "str":
            text = _unescaped(text)
        elif kind != "d":
            text = self._number(text, self._format(cell)[0])
        return text, "", ""

    def _format(self, cell: etree._Element) -> tuple[str, bool, bool]:
        index = cell.get("s", "0")
        at = int(index) if index.isdecimal() and len(index) < 10 else 0
        return self._formats[at] if at < len(self._formats) else ("", False, False)

    def _number(self, text: str, form: str) -> str:
        try:
            value = _FIFTEEN_DIGITS.create_decimal(text.strip())
        except InvalidOperation:
            return text
        if not value.is_finite() or abs(value.adjusted()) > _LONGEST_EXPONENT:
            return text
        if form == "percent":
            return _plain(value * 100) + "%"
        if form and 0 <= value < _LAST_SERIAL:
            return _moment(value, form, self._from_1904)
        return _plain(value)


def _plain(value: Decimal) -> str:
    written = f"{value:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written in ("-0", "") else written


def _moment(serial: Decimal, form: str, from_1904: bool) -> str:
    """A day and time counted from 1900 (with its leap day that never was) or 1904."""
    days = int(serial)
    minutes = round((serial - days) * 1440)
    time = f"{minutes // 60:02d}:{minutes % 60:02d}"
    if "y" not in form and "d" not in form:
        return time
    if from_1904:
        days += 1462
    first = datetime.date(1899, 12, 30) if days >= 60 else datetime.date(1899, 12, 31)
    day = first + datetime.timedelta(days=days)
    if "d" not in form and "m" in form:
        return f"{day.year}年{day.month}月"
    written = f"{day.year}年{day.month}月{day.day}日"
    return f"{written} {time}" if "h" in form and minutes else written


def _rich_text(item: etree._Element) -> tuple[str, str]:
    """The text of a string in pieces, and what of it is struck out.

    Readings over the characters (rPh) are left out.
    """
    parts: list[str] = []
    struck: list[str] = []
    for child in item:
        if child.tag == _T:
            parts.append(child.text or "")
        elif child.tag == _R:
            into = struck if _is_struck(child.find(_R_PR)) else parts
            into += [t.text or "" for t in child.iterchildren(_T)]
    return _unescaped("".join(parts)), _unescaped("".join(struck))


def _is_struck(look: etree._Element | None) -> bool:
    strike = None if look is None else look.find(_STRIKE)
    return strike is not None and strike.get(_VAL) not in ("0", "false")


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).translate(_SURROGATES)


def _unquoted(text: str) -> str:
    """Without the apostrophe that only says: keep this number as text."""
    return text[1:] if _QUOTED_NUMBER.fullmatch(text) else text


def _read_formats(root: etree._Element) -> list[tuple[str, bool, bool]]:
    custom = {e.get("numFmtId", ""): e.get("formatCode", "") for e in root.iter(S + "numFmt")}
    borders = root.find(S + "borders")
    ruled = [] if borders is None else [_is_ruled(border) for border in borders]
    fonts = root.find(S + "fonts")
    struck = [] if fonts is None else [_is_struck(font) for font in fonts]
    formats = root.find(S + "cellXfs")
    found: list[tuple[str, bool, bool]] = []
    for form in formats if formats is not None else ():
        kind = _form(form.get("numFmtId", "0"), custom)
        found.append((kind, _at(ruled, form, "borderId"), _at(struck, form, "fontId")))
    return found


def _at(known: list[bool], form: etree._Element, attribute: str) -> bool:
    """What is ``known`` of the border or font that a cell format names by its number."""
    index = form.get(attribute, "0")
    at = int(index) if index.isdecimal() and len(index) < 10 else 0
    return at < len(known) and known[at]


def _is_ruled(border: etree._Element) -> bool:
    lines = [side for side in border if side.tag in _SIDES]
    return sum(side.get("style", "none") != "none" for side in lines) > 1


def _form(format_id: str, custom: dict[str, str]) -> str:
    """What of a number format matters: "", "percent", or which of y m d h a date shows."""
    if format_id not in custom:
        at = int(format_id) if format_id.isdecimal() else 0
        if at in _PERCENT_IDS:
            return "percent"
        return "h" if at in _TIME_IDS else _DATE_IDS.get(at, "")
    code = _NOT_A_CODE.sub("", custom[format_id].split(";")[0]).lower()
    if "%" in code:
        return "percent"
    if any(sign in code for sign in "0#?"):
        return ""
    return "".join(sign for sign in "ymdh" if sign in code)
