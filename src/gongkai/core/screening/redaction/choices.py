"""What the reviewer wants of a redacted copy, and the copy with an account of what was done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle to black out: the page (from 1), and its sides as shares of the page's."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Choices:
    """What is to go.

    Everything hidden goes, always.  ``mask`` are words and numbers to black out
    wherever they stand.  ``numbers`` are the fingerprints of those personal numbers
    found by ``look_into`` that are to be black (None: all), so that nobody has to
    keep the numbers themselves; ``spared`` are those answered for, which stay.
    ``areas`` are places on the pages of a pdf or a picture.  ``keep`` names rules
    whose things are to stay because the reviewer sees them or answers for them
    (see :data:`KEEPABLE`).
    """

    mask: tuple[str, ...] = ()
    numbers: frozenset[str] | None = None
    spared: frozenset[str] = frozenset()
    areas: tuple[Area, ...] = ()
    keep: frozenset[str] = frozenset()


KEEPABLE = frozenset(
    (
        "hidden.white_text",
        "hidden.tiny_text",
        "hidden.invisible_cell",
        "hidden.scan_text",
    )
)
"""What may be seen after all (white words on a dark ground) or agrees with what is seen."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that may go public.

    ``done`` says in Chinese what was removed or changed; ``missed`` which of the
    words to mask stand nowhere that could be searched: in a scan they may still
    be seen, and someone has to look.
    """

    data: bytes
    name: str
    done: tuple[str, ...]
    missed: tuple[str, ...] = ()
