"""The counting basis (填报口径): what the report form leaves open, and how it is settled here.

The form says what a row is, hardly ever in which year a request belongs.  What is
usual practice stands in ``counting_basis.toml`` with its note; where an agency may be
told otherwise there is a setting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from .load import Data, made, read_data

_FILE = "counting_basis.toml"


@dataclass(frozen=True)
class CountingBasis:
    """The settings; their notes are those of the points of the same name."""

    redo_replaces_within_year: bool = True
    earlier_cases_counted: bool = True


@dataclass(frozen=True)
class CountingPoint:
    """One point: ``default`` is None where it is no setting."""

    id: str
    table: str
    label: str
    note: str
    default: bool | None


def counting_points(table: str) -> tuple[CountingPoint, ...]:
    """The points of one table, ``requests`` or ``remedies``."""
    return tuple(point for point in _points().values() if point.table == table)


@lru_cache(maxsize=1)
def _points() -> Mapping[str, CountingPoint]:
    return made(_FILE, read_data(_FILE), _point)


def _point(name: str, data: Data) -> CountingPoint:
    return CountingPoint(name, data["table"], data["label"], data["note"], data.get("default"))
