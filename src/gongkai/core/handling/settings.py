"""What the law leaves open, settled by a setting: each with its default and a note that is shown.

The notes are data (``clock_settings.toml``).  An agency that is told otherwise by its competent
department changes the setting; the account then says by which rule it was reckoned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from .load import Data, made, read_data

_FILE = "clock_settings.toml"


@dataclass(frozen=True)
class ClockSettings:
    """How the clock reckons where the law is silent."""

    count_first_day: bool = False
    sending_day_counts: bool = True
    answer_day_counts: bool = False
    extension_in_redo: bool = False
    longest_delay: int = 366


@dataclass(frozen=True)
class OpenQuestion:
    """One thing the law leaves open: what is asked, the default, and what is said of it."""

    id: str
    label: str
    default: bool | int
    note: str
    basis: str


@lru_cache(maxsize=1)
def open_questions() -> Mapping[str, OpenQuestion]:
    """Every setting by name, and two (``fee``, ``electronic_service``) that only carry a note."""
    return made(_FILE, read_data(_FILE), _question)


def _question(name: str, data: Data) -> OpenQuestion:
    return OpenQuestion(name, data["label"], data["default"], data["note"], data["basis"])
