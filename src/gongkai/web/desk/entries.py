"""One thing that waits for somebody: what to do, about what, until when, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.web.disclosure.clock import Clock


@dataclass(frozen=True)
class Waiting:
    """A line of the desk."""

    clock: Clock
    due_on: date
    what: str
    about: str
    note: str
    address: str
    button: str
