"""Words and numbers to be blacked out, found however they are printed.

Full-width or half-width, in groups or in one run, with blanks between the two
characters of a name, with characters in between that nobody sees.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from ...errors import NotRedacted
from ...personal_numbers import personal_numbers
from ..hidden_data.hidden import quoted
from ..hidden_data.personal import SHORTEST, fingerprint_of
from .choices import Choices

BLACK = "█"
_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_BETWEEN_DIGITS = rf"[\s{_UNSEEN}\-‐-―−－·.]{{0,4}}"
_BETWEEN_CHARACTERS = rf"[\s{_UNSEEN}]{{0,6}}"
_BETWEEN_LETTERS = rf"[{_UNSEEN}]{{0,2}}"
_NUMBER = re.compile(r"[0-9]+[Xx]?")
_GROUPING = re.compile(r"[\s\-‐-―−－]+")
_FEWEST_DIGITS, _FEWEST_CHARACTERS = 5, 2


class Mask:
    """What is to be black; remembers which of it was ever found."""

    def __init__(self, choices: Choices) -> None:
        self._patterns = {word: _pattern(word) for word in choices.mask}
        self._numbers = choices.numbers
        self._found: set[str] = set()
        # The numbers met under the fingerprints asked for: searched for like words from then on.
        self._digits: dict[str, re.Pattern[str]] = {}

    def __bool__(self) -> bool:
        return bool(self._patterns) or self._numbers is None or bool(self._numbers)

    def learn(self, texts: Iterable[str]) -> None:
        """Find the personal numbers asked for, so that they are known in any other form."""
        if self._numbers is not None and not self._numbers:
            return
        for text in texts:
            for number in personal_numbers(text) if len(text) >= SHORTEST else ():
                if number.digits in self._digits:
                    continue
                mark = fingerprint_of(number)
                if self._numbers is None or mark in self._numbers:
                    self._found.add(mark)
                    self._digits[number.digits] = _pattern(number.digits)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """What of ``text`` is to be black, in order and without overlaps."""
        if not self or not text:
            return []
        self.learn((text,))
        spans: list[tuple[int, int]] = []
        for word, pattern in self._patterns.items():
            found = [match.span() for match in pattern.finditer(text)]
            if found:
                self._found.add(word)
            spans += found
        for pattern in self._digits.values():
            spans += [match.span() for match in pattern.finditer(text)]
        return _joined(spans)

    def covers(self, text: str) -> bool:
        return bool(self.spans(text))

    def over(self, text: str) -> str:
        """``text`` with what is to go in black."""
        for start, end in reversed(self.spans(text)):
            text = text[:start] + BLACK * (end - start) + text[end:]
        return text

    def needles(self) -> list[str]:
        """The bare words and digits, to look for in the bytes of a copy."""
        words = [_bare(word) for word in self._patterns] + list(self._digits)
        return list(dict.fromkeys(words + list(self._patterns)))

    def missed(self) -> tuple[str, ...]:
        """What was asked for and never found; personal numbers not written out."""
        words = [quoted(word) for word in self._patterns if word not in self._found]
        lost = len((self._numbers or frozenset()) - self._found)
        return (*words, f"{lost} 个已登记的号码") if lost else tuple(words)


def _pattern(word: str) -> re.Pattern[str]:
    bare = _bare(word)
    fewest = _FEWEST_DIGITS if bare.isascii() else _FEWEST_CHARACTERS
    if len(bare) < fewest:
        raise NotRedacted(
            f"“{quoted(word)}”太短，会误遮别的文字："
            f"号码至少 {_FEWEST_DIGITS} 位，汉字至少 {_FEWEST_CHARACTERS} 个"
        )
    parts = [_either(bare[0])]
    for before, char in pairwise(bare):
        parts += [_between(before, char), _either(char)]
    return re.compile("".join(parts), re.IGNORECASE)


def _bare(word: str) -> str:
    """The word as one run: a number without its grouping, other words with single blanks."""
    plain = unicodedata.normalize("NFKC", word).strip()
    digits = _GROUPING.sub("", plain)
    if _NUMBER.fullmatch(digits):
        return digits.upper()
    return re.sub(r"\s+", "" if not plain.isascii() else " ", plain)


def _either(char: str) -> str:
    """The character itself or its full-width double."""
    if char == " ":
        return r"\s+"
    wide = chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char
    return f"[{re.escape(char)}{re.escape(wide)}]" if wide != char else re.escape(char)


def _between(before: str, char: str) -> str:
    if " " in (before, char):
        return ""
    if before.isdigit() and (char.isdigit() or char in "Xx"):
        return _BETWEEN_DIGITS
    if not before.isascii() and not char.isascii():
        return _BETWEEN_CHARACTERS
    return _BETWEEN_LETTERS


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return made
