"""The rules and mechanisms an agency is asked to have (art. 52), each with the article that asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..handling.load import Data, made, read_data
from ..law import cite

_FILE = "systems.toml"


@dataclass(frozen=True)
class System:
    """One system (制度).  ``of_governments``: the article asks it of governments alone."""

    id: str
    label: str
    basis: str
    of_governments: bool
    note: str

    @property
    def citation(self) -> str:
        return cite(self.basis)


@lru_cache(maxsize=1)
def systems() -> Mapping[str, System]:
    """Every usual system by id."""
    return made(_FILE, read_data(_FILE, __package__), _system)


def _system(name: str, data: Data) -> System:
    asked_of = data.get("asked_of", "all")
    if asked_of not in ("all", "government"):
        raise ValueError(f"asked_of {asked_of!r}")
    cite(data["basis"])
    return System(
        id=name,
        label=data["label"],
        basis=data["basis"],
        of_governments=asked_of == "government",
        note=data.get("note", ""),
    )
