"""Two sequences side by side: what is the same, what has gone, what has come.

difflib finds the changes in short stretches.  Its cost grows with the square of the length and
worse where much repeats, so long stretches are first cut at elements that occur once in each
(as "patience" comparison does); a long stretch without any counts as replaced.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# So many pairs of elements difflib may look at in one stretch.
_SMALL = 160_000
# So many pairs of blocks are looked at for likeness; of more, each is held against its neighbour.
_FEW = 900
# Less alike than this, two texts are two texts.
ALIKE = 0.4


class Stretch(NamedTuple):
    """A stretch of both sequences: the same in both, or replaced (either may be empty)."""

    same: bool
    old: slice
    new: slice


def align(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Stretch]:
    """The stretches of ``old`` and ``new`` in order; neighbours differ in ``same``."""
    found: list[Stretch] = []
    for stretch in _stretches(old, new):
        if stretch.old.start == stretch.old.stop and stretch.new.start == stretch.new.stop:
            continue
        last = found[-1] if found else None
        if last is not None and last.same == stretch.same:
            found[-1] = Stretch(
                last.same,
                slice(last.old.start, stretch.old.stop),
                slice(last.new.start, stretch.new.stop),
            )
        else:
            found.append(stretch)
    return found


def _stretches(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Stretch]:
    """The same, not yet joined.  A stack of stretches still to cut stands for recursion."""
    todo = [(0, len(old), 0, len(new))]
    while todo:
        a, a_end, b, b_end = todo.pop()
        start_a, start_b = a, b
        while a < a_end and b < b_end and old[a] == new[b]:
            a, b = a + 1, b + 1
        yield Stretch(True, slice(start_a, a), slice(start_b, b))
        if a == a_end or b == b_end:
            yield Stretch(False, slice(a, a_end), slice(b, b_end))
        elif (a_end - a) * (b_end - b) <= _SMALL:
            matcher = SequenceMatcher(None, old[a:a_end], new[b:b_end], autojunk=False)
            for tag, i, i_end, j, j_end in matcher.get_opcodes():
                yield Stretch(tag == "equal", slice(a + i, a + i_end), slice(b + j, b + j_end))
        else:
            anchors = _anchors(old[a:a_end], new[b:b_end])
            if not anchors:
                yield Stretch(False, slice(a, a_end), slice(b, b_end))
                continue
            ends = [*((a + i, b + j) for i, j in anchors), (a_end, b_end)]
            pieces, at = [], (a, b)
            for end in ends:
                pieces.append((at[0], end[0], at[1], end[1]))
                at = end
            todo.extend(reversed(pieces))


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Where elements stand that occur once in each, as many as are in the same order."""
    once_old, once_new = _once(old), _once(new)
    pairs = [(i, once_new[key]) for key, i in once_old.items() if key in once_new]
    # The longest increasing run of the places in ``new``; ``pairs`` are in the order of ``old``.
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        if place == len(tails):
            tails.append(j)
            ends.append(at)
        else:
            tails[place] = j
            ends[place] = at
        before.append(ends[place - 1] if place else -1)
    chain: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _once(sequence: Sequence[Hashable]) -> dict[Hashable, int]:
    counts = Counter(sequence)
    return {key: at for at, key in enumerate(sequence) if counts[key] == 1}


def pair(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """What of ``new`` each text of ``old`` became: pairs in order, None for gone and for come."""
    if len(old) * len(new) > _FEW:
        return _in_order(old, new)
    letters = [Counter(text) for text in new]
    alike = [[likeness(Counter(text), other) for other in letters] for text in old]
    # best[i][j]: the most likeness that old[i:] and new[j:] can be paired with.
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            met = best[i + 1][j + 1] + alike[i][j] if alike[i][j] >= ALIKE else 0.0
            best[i][j] = max(met, best[i + 1][j], best[i][j + 1])
    pairs: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if alike[i][j] >= ALIKE and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    pairs.extend((at, None) for at in range(i, len(old)))
    pairs.extend((None, at) for at in range(j, len(new)))
    return pairs


def _in_order(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    pairs: list[tuple[int | None, int | None]] = []
    for at in range(max(len(old), len(new))):
        both = at < len(old) and at < len(new)
        if both and likeness(Counter(old[at]), Counter(new[at])) >= ALIKE:
            pairs.append((at, at))
            continue
        if at < len(old):
            pairs.append((at, None))
        if at < len(new):
            pairs.append((None, at))
    return pairs


def likeness(old: Counter[str], new: Counter[str]) -> float:
    """How much two texts have in common by their letters, 0 to 1; two empty ones are the same."""
    whole = old.total() + new.total()
    return 2 * (old & new).total() / whole if whole else 1.0
