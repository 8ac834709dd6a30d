"""发文字号: the number of an official document, parsed, put in order and printed.

It is made of the issuing organ's code word (机关代字), the year in 〔 〕 and the
running number: 青政规〔2025〕3号.  An order (令) is numbered without a year:
国务院令第711号.  People write other brackets, full-width figures, 第 and leading
zeros; all of them are read, and printed in the one form.

What is no such number stays as it was printed: :func:`problem_with` says why,
and nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import total_ordering

_OPEN = "〔【[(〖{<〈《"
_CLOSE = "〕】])〗}>〉》"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CODE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]{1,20}")
_YEARLY = re.compile(
    rf"(?P<code>[^{re.escape(_OPEN + _CLOSE)}]*)[{re.escape(_OPEN)}](?P<year>[0-9]+)年?[{re.escape(_CLOSE)}]"
    r"第?(?P<serial>[0-9]+)号"
)
_ORDER = re.compile(r"(?P<code>.*令)第?(?P<serial>[0-9]+)号")
_FIRST_YEAR, _LAST_YEAR = 1949, 2099


@total_ordering
@dataclass(frozen=True)
class DocumentNumber:
    """A document number; ``year`` is None for an order, which has none."""

    code: str
    year: int | None
    serial: int

    def __str__(self) -> str:
        if self.year is None:
            return f"{self.code}第{self.serial}号"
        return f"{self.code}〔{self.year}〕{self.serial}号"

    def __lt__(self, other: object) -> bool:
        """By code word, then by year, then by running number; 10号 after 9号."""
        if not isinstance(other, DocumentNumber):
            return NotImplemented
        return self._order < other._order

    @property
    def _order(self) -> tuple[str, int, int]:
        return (self.code, self.year or 0, self.serial)


def parse_document_number(text: str) -> DocumentNumber | None:
    """``text`` as a document number; None where it is not one."""
    found = _read(text)
    return found if isinstance(found, DocumentNumber) else None


def problem_with(text: str) -> str:
    """Why ``text`` is no document number; "" where it is one."""
    found = _read(text)
    return "" if isinstance(found, DocumentNumber) else found


def _read(text: str) -> DocumentNumber | str:
    # Full-width figures and brackets become plain ones; 〔 〕 stay.
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if not plain:
        return "没有填发文字号。"
    order = _ORDER.fullmatch(plain)
    if order:
        return _number(order["code"], None, order["serial"])
    yearly = _YEARLY.fullmatch(plain)
    if yearly:
        return _number(yearly["code"], yearly["year"], yearly["serial"])
    if not plain.endswith("号"):
        return f"“{text}”末尾没有“号”，应如 青政规〔2025〕3号。"
    if not re.search(rf"[{re.escape(_OPEN)}]", plain):
        return f"“{text}”的年份没有加括号，应如 青政规〔2025〕3号。"
    return f"“{text}”不是“机关代字〔年份〕序号号”的写法，应如 青政规〔2025〕3号。"


def _number(code: str, year: str | None, serial: str) -> DocumentNumber | str:
    if not _CODE.fullmatch(code) or not _HAN.search(code):
        return f"“{code}”不是机关代字，应如 青政规〔2025〕3号。" if code else "没有写机关代字。"
    if year is not None and not (len(year) == 4 and _FIRST_YEAR <= int(year) <= _LAST_YEAR):
        return f"年份“{year}”不对，应写四位，如 〔2025〕。"
    if len(serial) > 6 or int(serial) == 0:
        return f"序号“{serial}”不对，应从 1 起。"
    return DocumentNumber(code, int(year) if year else None, int(serial))
