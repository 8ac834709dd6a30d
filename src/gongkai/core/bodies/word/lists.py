"""Which lists of a Word file have bullets: what counts itself is told by the readers."""

from __future__ import annotations

from lxml import etree

from ...readers.docx import names as n
from ...readers.package import Package

_NUM, _ABSTRACT, _ABSTRACT_ID = n.W + "num", n.W + "abstractNum", n.W + "abstractNumId"
_LEVEL, _FORM = n.W + "lvl", n.W + "numFmt"


class Bullets:
    """The levels that have bullets, by list."""

    def __init__(self, package: Package, part: str | None) -> None:
        root = package.xml(part) if part else None
        self._levels: dict[str, set[int]] = {}
        if root is None:
            return
        bulleted = {
            element.get(_ABSTRACT_ID, ""): set(_bulleted(element))
            for element in root.iterchildren(_ABSTRACT)
        }
        for element in root.iterchildren(_NUM):
            abstract = element.find(_ABSTRACT_ID)
            key = "" if abstract is None else abstract.get(n.VAL, "")
            self._levels[element.get(n.NUM_ID, "")] = bulleted.get(key, set())

    def level(self, num_id: str, level: int) -> int:
        """The level from 1 of an item with a bullet; 0 where it has none."""
        return min(level, 8) + 1 if level in self._levels.get(num_id, ()) else 0


def _bulleted(abstract: etree._Element) -> list[int]:
    found = []
    for level in abstract.iterchildren(_LEVEL):
        form = level.find(_FORM)
        if form is not None and form.get(n.VAL) == "bullet":
            found.append(n.number(level.get(n.ILVL)))
    return found
