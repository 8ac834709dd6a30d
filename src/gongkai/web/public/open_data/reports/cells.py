"""Every cell of every edition of the report form, with its words: the dictionary of the figures.

The addresses are the names that ``core.forms`` gives the cells; they never change.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from gongkai.core.forms import CellSpec, Form, Kind, editions

from ...figures.told import section_of


class Entry(NamedTuple):
    """A cell of an edition, in the order in which the form prints them."""

    section: str
    spec: CellSpec

    @property
    def cell(self) -> str:
        """Its address."""
        return self.spec.address


class Word(NamedTuple):
    """A line of the dictionary."""

    edition: str
    cell: str
    section: str
    section_title: str
    row_label: str
    column_label: str
    kind: str
    unit: str
    # A row of another edition that reports of this one may print instead of their own.
    borrowed: bool


KINDS = {
    Kind.COUNT: "件数",
    Kind.CHANGE: "增减，可以是负数",
    Kind.AMOUNT: "金额",
}


@lru_cache(maxsize=64)
def entries(form: Form) -> tuple[Entry, ...]:
    """The cells of a form."""
    return tuple(Entry(section_of(form, a), spec) for a, spec in form.cells.items())


def forms() -> Iterator[tuple[Form, bool]]:
    """Every form that a report may fill, the newest edition first; whether it borrows rows."""
    for form in sorted(editions().values(), key=lambda f: f.id, reverse=True):
        yield form, False
        yield from ((mixture, True) for mixture in form.mixtures)


@lru_cache(maxsize=1)
def dictionary() -> tuple[Word, ...]:
    """Every cell of every edition, those that mixed reports borrow last."""
    found: dict[tuple[str, str], Word] = {}
    for form, borrows in forms():
        titles = {section.key: section.heading for section in form.sections}
        for section, spec in entries(form):
            word = Word(
                form.id,
                spec.address,
                section,
                titles[section],
                spec.row_label,
                spec.column_label,
                KINDS[spec.kind],
                spec.unit or "",
                borrows,
            )
            found.setdefault((form.id, spec.address), word)
    return tuple(found.values())


@lru_cache(maxsize=1)
def addresses() -> dict[str, Kind]:
    """Every address there is and what it counts, the newest edition's first."""
    found: dict[str, Kind] = {}
    for form, _ in forms():
        for entry in entries(form):
            found.setdefault(entry.cell, entry.spec.kind)
    return found


@lru_cache(maxsize=1)
def labels() -> dict[str, str]:
    """What each address is called; an edition that says it otherwise is named."""
    said: dict[str, dict[str, list[str]]] = {}
    for word in dictionary():
        label = f"{word.row_label}·{word.column_label}"
        said.setdefault(word.cell, {}).setdefault(label, []).append(word.edition)
    return {
        cell: "；".join(
            f"{label}（{'、'.join(f'{e}年版' for e in sorted(found))}）"
            for label, found in by.items()
        )
        for cell, by in said.items()
    }


@lru_cache(maxsize=1)
def sections() -> dict[str, str]:
    """The sections that have tables, by key."""
    return {word.section: word.section_title for word in dictionary()}


def under(cell: str, name: str) -> bool:
    """Whether ``cell`` is ``name`` or in the table or row that ``name`` names."""
    return cell == name or cell.startswith((f"{name}.", f"{name}/"))
