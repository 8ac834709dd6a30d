"""The lists from which an item's metadata are chosen: genre, theme, channel, domain.

They are what the platform starts with, and a region may change them: no law
fixes them wholly.  ``verified`` is false for a list whose source was not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from .load import Data, by_name, entry, made, read_data


@dataclass(frozen=True)
class Term:
    """One entry of a list.

    ``variants`` are other spellings that documents use; ``same_as`` the release
    channels that a channel of the standard catalogue stands for.
    """

    id: str
    label: str
    group: str
    group_label: str
    verified: bool
    basis: str = ""
    note: str = ""
    variants: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class TermList:
    """One list, in its order, and where it comes from."""

    name: str
    source: str
    terms: tuple[Term, ...]

    def term(self, wanted: str) -> Term:
        """The entry with the id ``wanted``; CatalogueError where there is none."""
        return entry(self.name, {t.id: t for t in self.terms}, wanted)

    def labelled(self, text: str) -> Term | None:
        """The entry that a document calls ``text``, by its label or a variant of it."""
        plain = "".join(text.split())
        return next((t for t in self.terms if plain in (t.label, *t.variants)), None)

    def groups(self) -> Mapping[str, tuple[Term, ...]]:
        """The entries by their group, in the order of the list."""
        found: dict[str, list[Term]] = {}
        for term in self.terms:
            found.setdefault(term.group, []).append(term)
        return {group: tuple(terms) for group, terms in found.items()}


def genres() -> TermList:
    """体裁: the fifteen kinds of official documents, and the other usual forms."""
    return _list("genres.toml")


def themes() -> TermList:
    """主题分类."""
    return _list("themes.toml")


def channels() -> TermList:
    """公开渠道: where a release went (arts. 23, 25), grouped for the yearly count."""
    return _list("channels.toml")


def standard_channels() -> TermList:
    """公开渠道和载体: the thirteen of the standard catalogue of grassroots disclosure."""
    return _list("standard_channels.toml")


def domains() -> TermList:
    """领域 of the standard catalogue of grassroots disclosure."""
    return _list("domains.toml")


@lru_cache(maxsize=8)
def _list(name: str) -> TermList:
    data = read_data(name)
    terms = tuple(term for group in made(name, data["group"], _group) for term in group)
    by_name(name, terms, lambda t: t.id)
    return TermList(name.removesuffix(".toml"), data["source"], terms)


def _group(data: Data) -> tuple[Term, ...]:
    """The terms of one group, each told which group it is in."""
    return tuple(
        Term(
            id=term["id"],
            label=term["label"],
            group=data["id"],
            group_label=data["label"],
            verified=data["verified"],
            basis=term.get("basis", ""),
            note=term.get("note", ""),
            variants=tuple(term.get("variants", ())),
            same_as=tuple(term.get("same_as", ())),
        )
        for term in data["terms"]
    )
