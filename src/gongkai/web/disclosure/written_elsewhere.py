"""Items that are written in screens of their own, not in the general editor.

An annual report is made of figures and prose, and its item carries five papers of one report:
changed by hand they would disagree.  Whoever writes such items appends here a function that
gives the address of the screen, or an empty text for an item that is none of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from .models import InformationItem

places: list[Callable[[InformationItem], str]] = []


def place_of(item: InformationItem) -> str:
    """Where the item is written; empty for what the general editor writes."""
    return next((address for place in places if (address := place(item))), "")
