"""Read the catalogue's own data files, and say where one is not as it should be.

These files are ours: a mistake in them is an exception, which a test looks for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any, TypeVar

from ..errors import CatalogueError

Data = Mapping[str, Any]
T = TypeVar("T")


def read_data(name: str) -> Data:
    """The data file called ``name``."""
    return tomllib.loads((files(__package__) / name).read_text(encoding="utf-8"))


def made(name: str, entries: list[Data], make: Callable[[Data], T]) -> tuple[T, ...]:
    """Every entry made into a value; CatalogueError names the file and the entry."""
    found = []
    for number, entry in enumerate(entries, 1):
        try:
            found.append(make(entry))
        except (KeyError, TypeError, ValueError) as error:
            raise CatalogueError(f"{name}, entry {number}: {error!r}") from error
    return tuple(found)


def by_name(name: str, values: tuple[T, ...], key: Callable[[T], str]) -> Mapping[str, T]:
    """The values by their names, in their order; CatalogueError where a name comes twice."""
    found: dict[str, T] = {}
    for value in values:
        if key(value) in found:
            raise CatalogueError(f"{name}: {key(value)!r} is declared twice")
        found[key(value)] = value
    return found


def entry(name: str, values: Mapping[str, T], wanted: str) -> T:
    """The value called ``wanted``; CatalogueError where the catalogue has none."""
    try:
        return values[wanted]
    except KeyError:
        raise CatalogueError(f"{name}: there is no {wanted!r}") from None
