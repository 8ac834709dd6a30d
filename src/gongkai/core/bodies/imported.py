"""A whole document taken in: its body, and what it says of itself for the author to confirm."""

from __future__ import annotations

from dataclasses import dataclass

from .facts import Fact, FactKind, answer
from .references import ImageFile


@dataclass(frozen=True, slots=True)
class Imported:
    """A document taken in.

    ``images`` are named in ``html`` as ``attachment:NAME``.  ``facts`` are found, not known:
    the author confirms them; ``fact`` gives the one of a kind, if there is just one.
    ``dropped`` says in Chinese what of the file is not in the body.
    """

    title: str | None
    html: str
    images: tuple[ImageFile, ...] = ()
    facts: tuple[Fact, ...] = ()
    dropped: tuple[str, ...] = ()

    def fact(self, kind: FactKind) -> Fact | None:
        """The fact of that kind; None where none was found, or several that differ."""
        return answer(self.facts, kind)
