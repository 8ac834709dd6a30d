"""The data of the region, read from ``region/`` as they are written."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

# A table of a data file; what it may hold says ``region/README.md``.
Facts = dict[str, Any]


@dataclass(frozen=True)
class Region:
    """Everything there is to load; items and drafts name their ``agency`` by its slug."""

    settings: Facts
    agencies: list[Facts]
    people: list[Facts]
    items: list[Facts]
    drafts: list[Facts]
    powers: list[dict[str, str]]
    standards: list[dict[str, str]]
    counts: list[Facts]
    requests: Facts
    remedies: Facts


def read_region() -> Region:
    """The files of the region."""
    folder = files("gongkai.web.demonstration") / "region"
    pages = sorted((folder / "items").iterdir(), key=lambda page: page.name)
    return Region(
        settings=_toml(folder / "region.toml"),
        agencies=_toml(folder / "agencies.toml")["agency"],
        people=_toml(folder / "people.toml")["person"],
        items=[
            {**item, "agency": page.name.removesuffix(".toml")}
            for page in pages
            for item in _toml(page)["item"]
        ],
        drafts=_toml(folder / "drafts.toml")["draft"],
        powers=_csv(folder / "powers.csv"),
        standards=_csv(folder / "standard_catalogue.csv"),
        counts=_toml(folder / "annual_counts.toml")["count"],
        requests=_toml(folder / "requests.toml"),
        remedies=_toml(folder / "remedies.toml"),
    )


def _toml(file: Traversable) -> Facts:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _csv(file: Traversable) -> list[dict[str, str]]:
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    return list(csv.DictReader(lines))
