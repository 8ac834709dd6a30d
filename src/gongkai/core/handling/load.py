"""Read the data files of handling and of remedies, and say where one is not as it should be.

These files are ours: a mistake in them is an exception, which a test looks for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any, TypeVar

from ..errors import HandlingError

Data = Mapping[str, Any]
T = TypeVar("T")


def read_data(name: str, package: str = __package__) -> Data:
    """The data file called ``name`` of ``package``."""
    return tomllib.loads((files(package) / name).read_text(encoding="utf-8"))


def made(source: str, data: Data, make: Callable[[str, Data], T]) -> Mapping[str, T]:
    """Every table of ``data`` made into a value; HandlingError names the file and the entry."""
    found: dict[str, T] = {}
    for name, fields in data.items():
        try:
            found[name] = make(name, fields)
        except (KeyError, TypeError, ValueError) as error:
            raise HandlingError(f"{source}, {name}: {error!r}") from error
    return found


def entry(source: str, values: Mapping[str, T], wanted: str) -> T:
    """The value called ``wanted``; HandlingError where there is none."""
    try:
        return values[wanted]
    except KeyError:
        raise HandlingError(f"{source}: there is no {wanted!r}") from None
