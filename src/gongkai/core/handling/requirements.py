"""What the file must hold before an outcome may be chosen: the agency bears the proof.

The Regulation asks for reasons (arts. 35-39); the court asks for evidence
(法释〔2025〕8号 arts. 5, 6).  ``requirements.toml`` says each in one sentence with
its basis.  Whether what the file holds is good enough is for people to judge.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..law import cite
from .load import Data, entry, made, read_data

_FILE = "requirements.toml"


@dataclass(frozen=True)
class Evidence:
    """Something a file may hold, as the screens name it."""

    id: str
    label: str


@dataclass(frozen=True)
class Requirement:
    """One thing the file must hold.

    Of ``any_of`` one suffices; mostly there is one only, of the requirement's own id.  ``note`` says what of the basis
    is not verified or not settled.
    """

    id: str
    label: str
    says: str
    basis: tuple[str, ...]
    any_of: tuple[Evidence, ...]
    note: str = ""

    @property
    def citations(self) -> tuple[str, ...]:
        return tuple(cite(reference) for reference in self.basis)

    def met(self, held: Collection[str]) -> bool:
        """Whether a file that holds ``held`` has it."""
        return any(evidence.id in held for evidence in self.any_of)


@dataclass(frozen=True)
class Circumstance:
    """A circumstance of a case on which what the file must hold, or the remedy, depends."""

    id: str
    label: str


def requirement(wanted: str) -> Requirement:
    """The requirement called ``wanted``; HandlingError where there is none."""
    return entry(_FILE, requirements(), wanted)


def circumstance(wanted: str) -> Circumstance:
    """The circumstance called ``wanted``; HandlingError where there is none."""
    return entry(_FILE, circumstances(), wanted)


@lru_cache(maxsize=1)
def requirements() -> Mapping[str, Requirement]:
    """Every requirement by id, in the order of the file."""
    data = {k: v for k, v in read_data(_FILE).items() if k != "circumstance"}
    return made(_FILE, data, _requirement)


@lru_cache(maxsize=1)
def circumstances() -> Mapping[str, Circumstance]:
    """Every circumstance by id."""
    return made(
        _FILE, read_data(_FILE)["circumstance"], lambda name, d: Circumstance(name, d["label"])
    )


def _requirement(name: str, data: Data) -> Requirement:
    return Requirement(
        id=name,
        label=data["label"],
        says=data["says"],
        basis=tuple(data["basis"]),
        any_of=tuple(
            Evidence(slug, label)
            for slug, label in data.get("any_of", {name: data["label"]}).items()
        ),
        note=data.get("note", ""),
    )
