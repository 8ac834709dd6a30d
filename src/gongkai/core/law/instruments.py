"""The instruments themselves: title, document number, since when in force.

Data first: one file for an instrument in ``texts/``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True)
class Instrument:
    """One law, regulation or official form.

    ``places`` name the parts we cite: key (``49``, ``table-three``) to its
    printed name in Chinese and English.
    """

    id: str
    title: str
    title_en: str
    number: str
    made_on: date
    in_force_from: date
    in_force_until: date | None
    places: Mapping[str, tuple[str, str]]


@lru_cache(maxsize=1)
def instruments() -> dict[str, Instrument]:
    """Every instrument by id."""
    found: dict[str, Instrument] = {}
    for item in (files("gongkai.core.law") / "texts").iterdir():
        if item.name.endswith(".toml"):
            data = tomllib.loads(item.read_text(encoding="utf-8"))
            found[data["id"]] = Instrument(
                id=data["id"],
                title=data["title"],
                title_en=data["title_en"],
                number=data["number"],
                made_on=data["made_on"],
                in_force_from=data["in_force_from"],
                in_force_until=data.get("in_force_until"),
                places={k: (v["zh"], v["en"]) for k, v in data.get("places", {}).items()},
            )
    return found
