"""The grounds for withholding (arts. 14-16), how firm each is, and what it obliges to show.

The grounds are those of the disclosure classes (:mod:`gongkai.core.catalogue`):
what is withheld from publication and what is withheld from a requester rest on the
same articles.  Here is added what a reply needs: what lifts the ground, and what
the agency must prove (法释〔2025〕8号 arts. 5, 6).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..catalogue import DisclosureClass, Ground, Strength, grounds_for
from ..errors import HandlingError
from ..law import cite
from .load import Data, entry, made, read_data
from .outcomes import Outcome

_FILE = "grounds.toml"


@dataclass(frozen=True)
class WithholdingGround:
    """One ground for withholding from a requester.

    ``must``: the article says 不予公开 (arts. 14, 15) and not 可以不予公开 (art. 16).
    ``lifted_by`` are the cases in which the information is disclosed all the same.
    """

    outcome: Outcome
    ground: Ground
    must: bool
    lifted_by: tuple[str, ...]
    proof: str
    proof_basis: tuple[str, ...]
    note: str = ""

    @property
    def label(self) -> str:
        return self.ground.label

    @property
    def text(self) -> str:
        """The article's own words, for a reply."""
        return self.ground.text

    @property
    def basis(self) -> str:
        return self.ground.basis

    @property
    def citation(self) -> str:
        return self.ground.citation

    @property
    def proof_citations(self) -> tuple[str, ...]:
        return tuple(cite(reference) for reference in self.proof_basis)

    @property
    def strength(self) -> Strength:
        assert self.ground.strength is not None
        return self.ground.strength


def withholding_grounds() -> tuple[WithholdingGround, ...]:
    """The seven grounds in the order of the articles."""
    return tuple(_grounds().values())


def withholding_ground(wanted: Outcome | str) -> WithholdingGround:
    """The ground of one outcome; HandlingError where it is not one of articles 14-16."""
    return entry(_FILE, _grounds(), str(wanted))


@lru_cache(maxsize=1)
def _grounds() -> Mapping[str, WithholdingGround]:
    known = {ground.id: ground for ground in grounds_for(DisclosureClass.WITHHELD)}
    data = read_data(_FILE)
    if set(known) != set(data):
        raise HandlingError(f"{_FILE} and the catalogue differ: {sorted(set(known) ^ set(data))}")
    # In the order of the catalogue, which is that of the articles.
    return made(_FILE, {name: {**data[name], "ground": known[name]} for name in known}, _ground)


def _ground(name: str, data: Data) -> WithholdingGround:
    return WithholdingGround(
        outcome=Outcome(name),
        ground=data["ground"],
        must=data["must"],
        lifted_by=tuple(data["lifted_by"]),
        proof=data["proof"],
        proof_basis=tuple(data["proof_basis"]),
        note=data.get("note", ""),
    )
