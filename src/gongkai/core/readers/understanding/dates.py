"""Days as offices write them: 2024年1月22日, 2024-01-22, 2024.1.22, 二〇二四年一月二十二日."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "○": 0,
    "零": 0,
    "O": 0,
    "o": 0,
    "0": 0,
}
_CHINESE = "〇○零Oo0一二三四五六七八九"
_DATE = re.compile(
    r"(?P<y>20\d\d)(?:年(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]|"
    r"(?P<sep>[-./])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d{1,2})(?!\d))|"
    rf"(?P<cy>二[{_CHINESE}]{{3}})年(?P<cm>[一二三四五六七八九十]{{1,2}})月(?P<cd>[一二三四五六七八九十]{{1,3}})[日号]"
)


class Dated(NamedTuple):
    """A day and where in the text it is written.  ``day`` is None for one no calendar has."""

    day: date | None
    start: int
    end: int


def find_date(text: str) -> Dated | None:
    """The first day written in ``text`` (in one typography, without white space)."""
    found = _DATE.search(text)
    if not found:
        return None
    if found["cy"]:
        year = int("2" + "".join(str(_DIGITS[c]) for c in found["cy"][1:]))
        parts = (year, _number(found["cm"]), _number(found["cd"]))
    else:
        parts = (int(found["y"]), int(found["m"] or found["m2"]), int(found["d"] or found["d2"]))
    try:
        return Dated(date(*parts), found.start(), found.end())
    except ValueError:
        return Dated(None, found.start(), found.end())


def is_only_date(text: str) -> bool:
    """Whether ``text`` is a day and nothing else, in brackets perhaps."""
    bare = text.strip("()")
    found = find_date(bare)
    return found is not None and found.start == 0 and found.end == len(bare)


def chinese_year(text: str) -> int | None:
    """``二〇二三`` → 2023; None where ``text`` is no such year."""
    if len(text) < 4 or text[0] != "二" or any(c not in _DIGITS for c in text[1:4]):
        return None
    return int("2" + "".join(str(_DIGITS[c]) for c in text[1:4]))


def _number(words: str) -> int:
    """``二十二`` → 22, for days and months."""
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return _DIGITS[words] if len(words) == 1 else 0
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
