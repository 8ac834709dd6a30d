"""Two reports side by side, cell by cell and section by section: two years, or two versions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..forms import CellSpec
from ..forms.label import normalise
from .annual_report import AnnualReport, form_of
from .cell import Cell, Number
from .interchange import cell_to_json

_RUN = 3


class Status(StrEnum):
    """How a cell stands in two reports.  ``unread`` wins: nothing is said of it."""

    SAME = "same"
    CHANGED = "changed"
    ONLY_LEFT = "only_left"
    ONLY_RIGHT = "only_right"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """``difference`` is right less left; None where either has no figure or units differ."""

    address: str
    label: str
    left: Cell | None
    right: Cell | None
    status: Status
    difference: Number | None = None


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """``similarity`` runs from 0 (nothing in common) to 1 (the same words); None: one is empty."""

    key: str
    title: str
    left: str
    right: str
    similarity: float | None


@dataclass(frozen=True)
class Comparison:
    left: AnnualReport
    right: AnnualReport
    cells: tuple[ComparedCell, ...]
    sections: tuple[ComparedSection, ...]

    @property
    def changes(self) -> tuple[ComparedCell, ...]:
        """The cells that are not the same."""
        return tuple(c for c in self.cells if c.status is not Status.SAME)

    def count(self, status: Status) -> int:
        return sum(c.status is status for c in self.cells)


def compare(left: AnnualReport, right: AnnualReport) -> Comparison:
    """``left`` (the earlier) against ``right`` (the later), in the order of the form."""
    specs = _specs(left)
    later = _specs(right)
    addresses = [*specs, *(a for a in later if a not in specs)]
    cells = tuple(
        _cell(address, (later.get(address) or specs[address]).label, left, right)
        for address in addresses
    )
    return Comparison(left, right, cells, tuple(_sections(left, right)))


def to_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as one JSON object; give it to :func:`interchange.dumps`."""
    return {
        "schema": "gongkai-comparison-1",
        "left": _heading(comparison.left),
        "right": _heading(comparison.right),
        "counts": {status.value: comparison.count(status) for status in Status},
        "cells": {
            c.address: {
                "label": c.label,
                "status": c.status.value,
                "left": cell_to_json(c.left) if c.left else None,
                "right": cell_to_json(c.right) if c.right else None,
                "difference": c.difference,
            }
            for c in comparison.cells
        },
        "sections": [
            {
                "key": s.key,
                "title": s.title,
                "left": s.left,
                "right": s.right,
                "similarity": s.similarity,
            }
            for s in comparison.sections
        ],
    }


def similarity(left: str, right: str) -> float | None:
    """How much of two texts is the same runs of three characters; None where one is empty."""
    one, two = _runs(left), _runs(right)
    if not one or not two:
        return None
    shared = sum((one & two).values())
    return round(2 * shared / (sum(one.values()) + sum(two.values())), 3)


def _specs(report: AnnualReport) -> dict[str, CellSpec]:
    form = form_of(report)
    return form.cells if form else {}


def _cell(address: str, label: str, left: AnnualReport, right: AnnualReport) -> ComparedCell:
    one, two = left.cells.get(address), right.cells.get(address)
    if address in left.unread or address in right.unread:
        return ComparedCell(address, label, one, two, Status.UNREAD)
    if one is None or two is None:
        status = Status.ONLY_RIGHT if one is None else Status.ONLY_LEFT
        return ComparedCell(address, label, one, two, status)
    if one.value is None or two.value is None or one.unit != two.unit:
        # Blank is not a dash, neither is 0, and 1 万元 is not 1 元.
        alike = (one.value, one.is_blank, one.unit) == (two.value, two.is_blank, two.unit)
        return ComparedCell(address, label, one, two, Status.SAME if alike else Status.CHANGED)
    difference = two.value - one.value
    return ComparedCell(
        address, label, one, two, Status.CHANGED if difference else Status.SAME, difference
    )


def _sections(left: AnnualReport, right: AnnualReport) -> list[ComparedSection]:
    """Sections by key; those of no edition by their title."""

    def named(report: AnnualReport) -> dict[str, tuple[str, str, str]]:
        found: dict[str, tuple[str, str, str]] = {}
        for s in report.sections:
            name = s.key or normalise(s.title)
            before = found[name][2] + "\n" if name in found else ""
            found[name] = (s.key, s.title, before + s.text)
        return found

    one, two = named(left), named(right)
    sections = []
    for name in [*one, *(n for n in two if n not in one)]:
        key, title, _ = two.get(name) or one[name]
        texts = [side[name][2] if name in side else "" for side in (one, two)]
        sections.append(ComparedSection(key, title, texts[0], texts[1], similarity(*texts)))
    return sections


def _runs(text: str) -> Counter[str]:
    words = normalise(text)
    return Counter(words[i : i + _RUN] for i in range(max(len(words) - _RUN + 1, bool(words))))


def _heading(report: AnnualReport) -> dict[str, object]:
    return {
        "edition": report.edition,
        "year": report.year,
        "agency": report.agency,
        "title": report.title,
    }
