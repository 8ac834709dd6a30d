"""One wrong figure breaks every relation it is in: which figure, and which relations.

A cell is suspect if all its relations are broken and one change of it mends them
all.  Relations so explained are one group; a relation that no such cell explains
is a group of its own, so none is lost and no independent error is hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from ..forms import Equation
from ..report import Number


class Broken(NamedTuple):
    """A relation that does not hold, with the sums of its two sides."""

    equation: Equation
    left: Number
    right: Number

    def mends(self, cell: str) -> Number:
        """What must be added to ``cell`` for this relation to hold."""
        gap = self.right - self.left
        return gap if cell in self.equation.left else -gap


def grouped(broken: Sequence[Broken], kept: Collection[str]) -> list[tuple[str, list[Broken]]]:
    """``broken`` in groups, each with its suspect (``""`` where none is plain).

    ``kept`` are cells that stand in a relation which holds.  The relation that
    has the suspect for its total comes first in its group; groups stand in the
    order of their first relations.
    """
    of: dict[str, list[int]] = {}
    for at, one in enumerate(broken):
        if one.equation.test == "equal":
            for cell in (*one.equation.left, *one.equation.right):
                if cell not in kept:
                    of.setdefault(cell, []).append(at)
    suspects = [
        (cell, places)
        for cell, places in of.items()
        if len(places) > 1 and len({broken[at].mends(cell) for at in places}) == 1
    ]
    groups: list[tuple[int, str, list[Broken]]] = []
    taken: set[int] = set()
    # The cell that explains most comes first: a wrong （七）总计 breaks three relations.
    for cell, places in sorted(suspects, key=lambda s: -len(s[1])):
        if taken.isdisjoint(places):
            taken.update(places)
            as_total = [at for at in places if broken[at].equation.left == (cell,)]
            order = [*as_total, *(at for at in places if at not in as_total)]
            groups.append((min(places), cell, [broken[at] for at in order]))
    groups += [(at, "", [one]) for at, one in enumerate(broken) if at not in taken]
    return [(cell, group) for _, cell, group in sorted(groups, key=lambda g: g[0])]
