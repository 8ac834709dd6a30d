"""Any two characters that stand together can be looked for: the ground of the search.

Chinese has no spaces between words, and cutting it into words finds other things than
people typed.  So every overlapping pair of characters is kept (加装电梯: 加装, 装电, 电梯);
a text that holds 加装电 holds its pairs.  The pairs say where to look, the text itself
says whether it is so: what is found is exactly what a plain search for the characters finds.

A text is looked at in its normal form, made character by character, so that whatever
stands in a text also stands in its normal form: full width as half, capitals as small, one
kind of bracket and of dash, no space, no line break, nothing invisible.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

# Brackets, quotes and dashes that people type one for another: 〔2025〕, [2025], (2025).
_SAME = {
    **dict.fromkeys("[{〔【〖﹝﹇〘〚", "("),
    **dict.fromkeys("]}〕】〗﹞﹈〙〛", ")"),
    **dict.fromkeys("“”„‟〝〞「」『』﹁﹂", '"'),
    **dict.fromkeys("‘’‚‛", "'"),
    **dict.fromkeys("‐‑‒–—―−─－", "-"),
    **dict.fromkeys("•・‧∙⋅", "·"),
}
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
# They choose a glyph and are no characters of their own.
_VARIATION = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0), range(0x180B, 0x180E))

# Forms of characters beyond the planes of writing are not remembered: too many to be kept.
_KEPT = 0x30000


class _Forms(dict[int, str]):
    """The normal form of every character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        form = _form(chr(code))
        if code < _KEPT:
            self[code] = form
        return form


class _Letters(dict[str, str]):
    """Every character as small letters: four in the first plane, six beyond it."""

    def __missing__(self, character: str) -> str:
        code = ord(character)
        digits = f"{code:04x}" if code < 0x10000 else f"{code - 0x10000:05x}"
        letters = "".join("abcdefghijklmnop"[int(digit, 16)] for digit in digits)
        written = self[character] = letters if code < 0x10000 else f"q{letters}"
        return written


_forms = _Forms()
_letters = _Letters()


def normal(text: str) -> str:
    """The form in which a text is looked through; that of a part is part of that of the whole."""
    return text.translate(_forms)


def tokens(text: str) -> list[str]:
    """Every pair of neighbours in a text in normal form, each once, as letters only.

    No parser of a database splits or changes them, and two different pairs are never
    written the same.
    """
    return [_letters[left] + _letters[right] for left, right in set(pairwise(text))]


def stretches(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where in a text any of ``words`` (in normal form) stand: (start, end), apart, in order."""
    forms = [_forms[ord(character)] for character in text]
    whole = "".join(forms)
    wanted = bytearray(len(whole))
    for word in filter(None, words):
        start = whole.find(word)
        while start >= 0:
            wanted[start : start + len(word)] = b"\1" * len(word)
            start = whole.find(word, start + 1)
    found: list[tuple[int, int]] = []
    if not any(wanted):
        return found
    place, open_at, last = 0, -1, -1
    for number, form in enumerate(forms):
        if form and any(wanted[place : place + len(form)]):
            open_at = number if open_at < 0 else open_at
            last = number + 1
        elif form and open_at >= 0:
            found.append((open_at, last))
            open_at = -1
        place += len(form)
    if open_at >= 0:
        found.append((open_at, last))
    return found


def _form(character: str) -> str:
    """Taken apart (NFKD) and folded; nothing for what is not seen."""
    if any(ord(character) in variation for variation in _VARIATION):
        return ""
    taken = unicodedata.normalize("NFKD", character).casefold()
    taken = unicodedata.normalize("NFKD", taken)
    return "".join(
        _SAME.get(part, part) for part in taken if unicodedata.category(part) not in _UNSEEN
    )
