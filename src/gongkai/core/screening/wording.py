"""Words that should not go public as they stand, from the lists the region keeps.

Thousands of words are looked for in one pass: by the first two characters, then
the longest word that stands there.  Full-width letters and capitals make no
difference.  Where two lists hold the same word, the first list given decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from .placed_text import PlacedText
from .spotted import Sighting
from .word_list import Word, WordKind, WordList

_RULES = {
    WordKind.FORBIDDEN: "screening.word_forbidden",
    WordKind.MISSPELT: "screening.word_misspelt",
    WordKind.SENSITIVE: "screening.word_sensitive",
    WordKind.OUTDATED: "screening.word_outdated",
}
_HALF = {0xFF01 + i: 0x21 + i for i in range(94)} | {
    ord(c): ord(c) + 32 for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
}
_HALF |= {0xFF21 + i: 0x61 + i for i in range(26)}
_ANY = r"[^。!?;\n\t]{0,60}?"
_LATIN = re.compile(r"[a-z0-9]")


@dataclass(frozen=True, slots=True)
class _Sought:
    """A word as it is looked for; ``unless`` with where in the phrase the word stands."""

    folded: str
    word: Word
    list_name: str
    unless: tuple[tuple[int, re.Pattern[str]], ...]


def wording(placed: PlacedText, lists: Sequence[WordList]) -> Iterator[Sighting]:
    """Every word of the lists in the text, the longest where several stand at one place."""
    for sought, start, end in _found(placed.text, _index(tuple(lists))):
        word = sought.word
        yield Sighting(
            _RULES[word.kind],
            start,
            end,
            placed.text[start:end],
            word.word,
            word.replacement,
            values={
                "replacement": word.replacement or "另选说法",
                "reason": word.reason or f"见“{sought.list_name}”",
                "list": sought.list_name,
            },
        )


def _found(text: str, index: dict[str, tuple[_Sought, ...]]) -> Iterator[tuple[_Sought, int, int]]:
    folded = _folded(text)
    free = 0
    for start, pair in enumerate(map(add, folded, folded[1:] + "\n")):
        if (pair not in index and pair[0] not in index) or start < free:
            continue
        for sought in (*index.get(pair, ()), *index.get(pair[0], ())):
            end = start + len(sought.folded)
            if folded.startswith(sought.folded, start) and _stands(folded, sought, start, end):
                yield sought, start, end
                free = end
                break


def _stands(folded: str, sought: _Sought, start: int, end: int) -> bool:
    """Whether it is this word: not part of a longer Latin one, not in an excepted phrase."""
    for inner, outer in ((start, start - 1), (end - 1, end)):
        if 0 <= outer < len(folded) and _LATIN.match(folded[inner]) and _LATIN.match(folded[outer]):
            return False
    return not any(
        start >= before and phrase.match(folded, start - before) for before, phrase in sought.unless
    )


@lru_cache(maxsize=32)
def _index(lists: tuple[WordList, ...]) -> dict[str, tuple[_Sought, ...]]:
    """The words by their first two characters, or by the only one; the longest first."""
    sought: dict[str, _Sought] = {}
    for word_list in lists:
        for word in word_list.words:
            folded = _folded(word.word)
            unless = tuple(_phrase(_folded(phrase), folded) for phrase in word.unless)
            sought.setdefault(folded, _Sought(folded, word, word_list.name, unless))
    index: dict[str, list[_Sought]] = {}
    for folded in sorted(sought, key=len, reverse=True):
        index.setdefault(folded[:2], []).append(sought[folded])
    return {head: tuple(words) for head, words in index.items()}


def _phrase(phrase: str, word: str) -> tuple[int, re.Pattern[str]]:
    return phrase.index(word), re.compile(_ANY.join(map(re.escape, phrase.split("…"))))


def _folded(text: str) -> str:
    """The text without the difference of width and case, each character in its place."""
    return text.translate(_HALF)
