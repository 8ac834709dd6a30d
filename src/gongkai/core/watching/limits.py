"""The numbers that the watch judges by: each with its default, its source, and what is not verified.

They are data (``limits.toml``).  A region or an agency may set another number; a finding is then
judged by that one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ..law import cite


@dataclass(frozen=True)
class WatchLimit:
    """One number: what it limits, its default, and what is said of it on the screen."""

    id: str
    label: str
    default: int
    unit: str
    basis: str
    note: str

    @property
    def citation(self) -> str:
        """Where it comes from; "" where the platform chose it."""
        return cite(self.basis) if self.basis else ""

    @property
    def verified(self) -> bool:
        """Whether its source was read."""
        return "未核实" not in self.note


@lru_cache(maxsize=1)
def watch_limits() -> Mapping[str, WatchLimit]:
    """Every number by name."""
    text = (files(__package__) / "limits.toml").read_text(encoding="utf-8")
    return {name: WatchLimit(name, **data) for name, data in tomllib.loads(text).items()}


def default_limits() -> dict[str, int]:
    """The defaults by name."""
    return {name: limit.default for name, limit in watch_limits().items()}
