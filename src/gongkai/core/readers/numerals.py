"""What is printed in a cell to what it holds: a number, a blank, a dash, or no reading.

``１２件`` is 12, white space of any kind is a blank, ``—`` is a dash, and whatever
is none of these is left unread: ``约20``, ``一`` (a dash or a one?), ``12/3``, and
``4 0``, which may be two cells run into one.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from ..forms import Kind
from ..report import Cell, Where

_SPACE = re.compile(r"[\s\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad\u180e\u3164]+")
_BOOKMARK = re.compile(r"\[bookmark:[^\[\]]*\]")
# Digits apart from one another: one number only if they are groups of three.
_APART = re.compile(r"\d[\s,]*\s[\s,]*\d")
_THOUSANDS = re.compile(r"^\D*\d{1,3}(?:[\s,]+\d{3})+(?!\d)")
# A footnote mark behind a figure; NFKC would turn it into one more digit.
_NOTE_MARK = re.compile(r"(?<=\d)(?:[¹²³⁰-⁹①-⑳⑴-⒇㉑-㉟]+|\[\d+\]|〔\d+〕|\*+)$")
_MARKED_DIGIT = re.compile(r"[¹²³⁰-₉①-⒛㉑-㊿Ⅰ-ↈ½-¾]")
_DASH = re.compile(
    r"^(?:[-‐‑‒–—―─━−－﹣~〜一]{2,}|[-‐‑‒–—―─━−－﹣/／\\、~～]|无|/{2,}|N/?A)$", re.IGNORECASE
)
_NUMBER = re.compile(
    r"^(?P<sign>[+-]|增加?|减少?)?[￥¥]?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?"
    r"\(?(?P<unit>亿元|百万元|万元|千元|元|件次?|条|个|项|次|份|宗|起|部|人次|余?)\)?[.。;；,，、]?$"
)
# No agency counts so far; Python would not print such numbers either.
_LONGEST = 30
_MONEY = frozenset({"元", "千元", "万元", "百万元", "亿元"})
_MINUS = str.maketrans("−–﹣－‐", "-----")


def parse_cell(text: str, kind: Kind = Kind.COUNT, where: Where | None = None) -> Cell | None:
    """The cell that ``text`` prints, or None where it cannot be read for certain.

    Counts become int, money Decimal.  ``Cell.unit`` is set only for a unit of
    money that was printed.
    """
    cell = _parse(text, kind)
    if cell is None or where is None:
        return cell
    return Cell(cell.value, cell.text, cell.unit, where)


@lru_cache(maxsize=8192)
def _parse(text: str, kind: Kind) -> Cell | None:
    printed = _SPACE.sub("", _BOOKMARK.sub("", text) if "[bookmark" in text else text)
    if not printed:
        return Cell(None, "")
    if _APART.search(text) and not _THOUSANDS.match(text.strip()):
        return None
    if _DASH.match(printed):
        return Cell(None, printed)
    bare = _NOTE_MARK.sub("", printed)
    if _MARKED_DIGIT.search(bare):
        return None
    bare = unicodedata.normalize("NFKC", bare).translate(_MINUS)
    if bare in {"零", "〇"}:
        return Cell(_number("0", kind), printed)
    found = _NUMBER.match(bare)
    if not found or found["unit"] == "余":
        return None
    sign = found["sign"] or ""
    if sign[:1] in "增减" and sign and kind is not Kind.CHANGE:
        return None
    digits = found["digits"].replace(",", "") + (found["fraction"] or "")
    if len(digits) > _LONGEST:
        return None
    value = _number(("-" if sign[:1] in ("-", "减") else "") + digits, kind)
    unit = found["unit"] if found["unit"] in _MONEY else None
    if unit is None and bare.lstrip("+-")[:1] in ("¥", "￥"):
        unit = "元"
    return Cell(value, printed, unit)


def _number(digits: str, kind: Kind) -> int | Decimal:
    number = Decimal(digits)
    if kind is not Kind.AMOUNT and number == number.to_integral_value():
        return int(number)
    return number


def join_wrapped(text: str) -> str:
    """``text`` of a narrow column with the digits of one number put together again.

    Only for formats where a line break is where the column ended, not a key pressed.
    """
    return re.sub(r"(?<=[\d.,，])\s*\n\s*(?=[\d.,，])", "", text)


def is_value(text: str) -> bool:
    """Whether ``text`` could stand in a cell of figures: a number, a dash, or nothing."""
    return _parse(text, Kind.CHANGE) is not None
