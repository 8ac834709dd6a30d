"""Whether an item says what an item already published says.

The measure is that of :mod:`gongkai.core.shared_runs`.  To measure against every
published item would take too long, so each keeps a fingerprint: of all runs of
eight characters, hashed, the smallest in every window of twenty-four (winnowing,
Schleimer and others, 2003).  Two texts that share a run of thirty-one characters
share a number.  The platform looks the numbers up, hands in the items that share
enough of them (:func:`worth_comparing`), and the exact share is measured here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..shared_runs import LEAST, RUN, bare, share
from .spotted import Part, Spotted, spot

_WINDOW = 24
_ALIKE = 70
_THE_SAME = 90
_BASE = 1_000_003
# A prime below the largest number that every database holds in eight bytes.
_MODULUS = (1 << 61) - 1


@dataclass(frozen=True, slots=True)
class Published:
    """An item already published: its address, its title, its text."""

    address: str
    title: str
    text: str


def fingerprint(text: str) -> tuple[int, ...]:
    """The numbers by which a text is looked up, sorted; none for a short text."""
    words = bare(text)
    if len(words) < LEAST:
        return ()
    hashes = _hashes(words)
    chosen: set[int] = set()
    least = -1
    for last in range(_WINDOW - 1, len(hashes)):
        first = last - _WINDOW + 1
        if least < first:
            least = min(range(first, last + 1), key=hashes.__getitem__)
            chosen.add(hashes[least])
        elif hashes[last] <= hashes[least]:
            least = last
            chosen.add(hashes[least])
    return tuple(sorted(chosen))


def worth_comparing(shared: int, own: int) -> bool:
    """Whether ``shared`` of a text's ``own`` numbers are enough to measure exactly."""
    return own > 0 and shared * 4 >= own


def likeness(text: str, published: Iterable[Published]) -> Iterator[Spotted]:
    """Published items with most of this wording, the most alike first.

    With the figures counted too, it is the same item again; without them, perhaps
    only the next of a series.
    """
    here, here_with_digits = bare(text), bare(text, digits=True)
    found = []
    for other in published:
        alike = share(here, bare(other.text))
        if alike >= _ALIKE:
            same = share(here_with_digits, bare(other.text, digits=True))
            found.append((same, alike, other))
    for same, alike, other in sorted(found, key=lambda f: (-f[0], -f[1], f[2].address)):
        rule = "published_already" if same >= _THE_SAME else "similar_published"
        yield spot(
            f"screening.{rule}",
            Part.ITEM,
            "全文",
            other.title,
            (other.address,),
            values={
                "share": same if same >= _THE_SAME else alike,
                "title": other.title,
                "address": other.address,
            },
        )


def _hashes(words: str) -> list[int]:
    """The hash of every run, each from the one before it."""
    codes = [ord(c) for c in words]
    gone = pow(_BASE, RUN - 1, _MODULUS)
    rolling = 0
    for code in codes[:RUN]:
        rolling = (rolling * _BASE + code) % _MODULUS
    hashes = [rolling]
    for old, new in zip(codes, codes[RUN:], strict=False):
        rolling = ((rolling - old * gone) * _BASE + new) % _MODULUS
        hashes.append(rolling)
    return hashes
