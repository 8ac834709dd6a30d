"""One thing looked at: how it stands, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How it stands."""

    GOOD = "good"
    NOTICE = "notice"
    WRONG = "wrong"

    @property
    def label(self) -> str:
        """The word for the screen."""
        return {"good": "正常", "notice": "留意", "wrong": "不对"}[self.value]


@dataclass(frozen=True, slots=True)
class Condition:
    """``slug`` for programs, ``name`` and ``text`` for people, ``remedy`` what to do."""

    slug: str
    name: str
    level: Level
    text: str
    remedy: str = ""


def good(slug: str, name: str, text: str) -> Condition:
    """All is well."""
    return Condition(slug, name, Level.GOOD, text)


def notice(slug: str, name: str, text: str, remedy: str) -> Condition:
    """It works, but somebody should know."""
    return Condition(slug, name, Level.NOTICE, text, remedy)


def wrong(slug: str, name: str, text: str, remedy: str) -> Condition:
    """It does not work, or not safely."""
    return Condition(slug, name, Level.WRONG, text, remedy)
