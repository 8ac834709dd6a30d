"""Words and numbers to be blacked out, found however they are printed.

Full-width or half-width, in groups or in one run, with blanks between the two
characters of a name, with characters in between that nobody sees.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ...errors import NotRedacted
from ...personal_numbers import personal_numbers
from ..hidden_data.hidden import quoted
from ..hidden_data.personal import SHORTEST

BLACK = "█"
_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_BETWEEN_DIGITS = rf"[\s{_UNSEEN}\-‐-―−－·.]{{0,4}}"
_BETWEEN_CHARACTERS = rf"[\s{_UNSEEN}]{{0,6}}"
_BETWEEN_LETTERS = rf"[{_UNSEEN}]{{0,2}}"
_GAP = re.compile(_BETWEEN_DIGITS)
_NUMBER = re.compile(r"[0-9]+[Xx]?")
_GROUPING = re.compile(r"[\s\-‐-―−－]+")
_DIGITS = re.compile(rb"[0-9]{10,}[0-9Xx]")
_CODINGS = ("utf-8", "utf-16-le", "utf-16-be")
# How many digits a personal number has: telephone, old identity number, cards, identity number.
_SIZES = range(11, 20)
_FEWEST_DIGITS, _FEWEST_CHARACTERS = 5, 2


class Mask:
    """What is to be black; remembers which of it was ever found.

    ``words`` are given, ``digits`` are numbers known by their findings;
    ``every_number`` adds each personal number that is met, but those ``spared``.
    """

    def __init__(
        self,
        words: Iterable[str],
        digits: Iterable[str] = (),
        spared: Iterable[str] = (),
        every_number: bool = False,
    ) -> None:
        self._words = {word: _pattern(word) for word in words}
        self._spared = frozenset(spared)
        self._digits = set(digits) - self._spared
        self._every_number = every_number
        self._found: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._words or self._digits or self._every_number)

    def learn(self, texts: Iterable[str]) -> None:
        """Meet the personal numbers of ``texts``, so that they are known in any other form."""
        if not self._every_number:
            return
        for text in texts:
            for number in personal_numbers(text) if len(text) >= SHORTEST else ():
                if number.digits not in self._spared:
                    self._digits.add(number.digits)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """What of ``text`` is to be black, in order and without overlaps."""
        if not self or not text:
            return []
        self.learn((text,))
        spans: list[tuple[int, int]] = []
        for word, pattern in self._words.items():
            found = [match.span() for match in pattern.finditer(text)]
            if found:
                self._found.add(word)
            spans += found
        if self._digits and len(text) >= SHORTEST:
            spans += self._numbers_in(text)
        return _joined(spans)

    def _numbers_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Where numbers stand; a list can hold thousands, so each stretch is looked up, not each number."""
        bare = [(at, plain) for at, char in enumerate(text) if (plain := _digit(char))]
        digits = "".join(plain for _, plain in bare)
        for at, size in _windows(digits, self._digits):
            places = [place for place, _ in bare[at : at + size]]
            if all(_GAP.fullmatch(text, one + 1, two) for one, two in pairwise(places)):
                yield places[0], places[-1] + 1

    def covers(self, text: str) -> bool:
        return bool(self.spans(text))

    def over(self, text: str) -> str:
        """``text`` with what is to go in black."""
        for start, end in reversed(self.spans(text)):
            text = text[:start] + BLACK * (end - start) + text[end:]
        return text

    def stands_in(self, data: bytes) -> bool:
        """Whether any of it stands in bytes, in whatever coding."""
        needles = dict.fromkeys([*map(_bare, self._words), *self._words])
        if any(needle.encode(coding) in data for needle in needles for coding in _CODINGS):
            return True
        # Digits in two bytes are the same digits with nothing in between.
        runs = _DIGITS.findall(data.replace(b"\0", b"")) if self._digits else ()
        return any(True for run in runs for _ in _windows(run.decode().upper(), self._digits))

    def missed(self) -> tuple[str, ...]:
        """Which of the words given were never found; personal numbers not written out."""
        return tuple(quoted(word) for word in self._words if word not in self._found)


def _windows(digits: str, known: set[str]) -> Iterator[tuple[int, int]]:
    """Where the ``known`` numbers stand in a run of digits, and how long they are."""
    for size in _SIZES:
        for at in range(len(digits) - size + 1):
            if digits[at : at + size] in known:
                yield at, size


def _digit(char: str) -> str:
    """A digit (or the X at the end of an identity number) as the plain one; else ""."""
    if char.isascii():
        return char.upper() if char.isdigit() or char in "Xx" else ""
    plain = unicodedata.normalize("NFKC", char)
    return plain.upper() if len(plain) == 1 and (plain.isdecimal() or plain in "Xx") else ""


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
