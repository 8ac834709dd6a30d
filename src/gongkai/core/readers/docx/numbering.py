"""The numbers Word puts before paragraphs: they are in no text, yet everyone reads them.

Paragraphs name a list (``numId``) and a level; lists share the counters of
their abstract list unless they start anew.  Bullets print no number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from ..package import Package
from .counting import count
from .names import ILVL, NUM_ID, P_STYLE, VAL, W, is_on, number
from .styles import Styles

_LEVELS = 9
_ABSTRACT, _ABSTRACT_ID = W + "abstractNum", W + "abstractNumId"
_NUM, _LVL, _OVERRIDE = W + "num", W + "lvl", W + "lvlOverride"
_START_OVERRIDE, _STYLE_LINK = W + "startOverride", W + "numStyleLink"
_PLACE = re.compile(r"%([1-9])")


@dataclass
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    gap: str = " "
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass
class _List:
    """A list: whose counters it uses, its levels, where it starts anew."""

    counters: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts as the document is read; ask for each numbered paragraph once, in order."""

    def __init__(self, package: Package, part: str | None, styles: Styles) -> None:
        self._package = package
        self._part = part
        self._styles = styles
        self._lists: dict[str, _List | None] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, num_id: str, level: int | None, style: str = "", usual: int = 0) -> str:
        """The number of the next paragraph of that list and level, with the gap that follows.

        A level of None is the one tied to the paragraph style ``style``, else ``usual``.
        """
        found = self._list(num_id)
        if found is None:
            return ""
        if level is None:
            tied = (at for at, lvl in found.levels.items() if style and lvl.style == style)
            level = next(tied, usual)
        told = found.levels.get(level)
        if told is None:
            return ""
        values = self._counters.setdefault(found.counters, [None] * _LEVELS)
        self._advance(num_id, found, level, values)
        if told.form in ("bullet", "none") and "%" not in told.text:
            return ""

        def written(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            of = found.levels.get(at, _Level())
            value = values[at]
            return count(of.start if value is None else value, "decimal" if told.legal else of.form)

        label = _PLACE.sub(written, told.text)
        return label + told.gap if label else ""

    def _advance(self, num_id: str, found: _List, level: int, values: list[int | None]) -> None:
        current = values[level]
        if level in found.starts and (num_id, level) not in self._begun:
            values[level] = found.starts[level]
        else:
            values[level] = found.levels[level].start if current is None else current + 1
        self._begun.add((num_id, level))
        for deeper in range(level + 1, _LEVELS):
            restart = found.levels.get(deeper, _Level()).restart
            if restart is None or level < restart:
                values[deeper] = None

    @cached_property
    def _root(self) -> etree._Element | None:
        return self._package.xml(self._part) if self._part else None

    @cached_property
    def _nums(self) -> dict[str, etree._Element]:
        return self._by_id(_NUM, NUM_ID)

    @cached_property
    def _abstracts(self) -> dict[str, etree._Element]:
        return self._by_id(_ABSTRACT, _ABSTRACT_ID)

    def _by_id(self, tag: str, name: str) -> dict[str, etree._Element]:
        root = self._root
        return {} if root is None else {e.get(name, ""): e for e in root.iterchildren(tag)}

    def _list(self, num_id: str) -> _List | None:
        if num_id not in self._lists:
            self._lists[num_id] = self._read_list(num_id)
        return self._lists[num_id]

    def _read_list(self, num_id: str) -> _List | None:
        num = self._nums.get(num_id)
        abstract_id = _value(num, _ABSTRACT_ID)
        abstract = self._abstracts.get(abstract_id)
        linked = _value(abstract, _STYLE_LINK)
        if linked:
            through = self._styles.style(linked).numbering[0] or ""
            abstract_id = _value(self._nums.get(through), _ABSTRACT_ID)
            abstract = self._abstracts.get(abstract_id)
        if num is None or abstract is None:
            return None
        found = _List(abstract_id, dict(map(_level, abstract.iterchildren(_LVL))))
        for override in num.iterchildren(_OVERRIDE):
            level = number(override.get(ILVL))
            start = override.find(_START_OVERRIDE)
            if start is not None:
                found.starts[level] = number(start.get(VAL), 1)
            found.levels.update(map(_level, override.iterchildren(_LVL)))
        found.levels = {at: lvl for at, lvl in found.levels.items() if 0 <= at < _LEVELS}
        return found


def _level(element: etree._Element) -> tuple[int, _Level]:
    level = _Level(
        start=number(_value(element, W + "start"), 1),
        form=_value(element, W + "numFmt") or "decimal",
        text=_value(element, W + "lvlText"),
        gap="" if _value(element, W + "suff") == "nothing" else " ",
        style=_value(element, P_STYLE),
    )
    restart, legal = element.find(W + "lvlRestart"), element.find(W + "isLgl")
    if restart is not None:
        level.restart = number(restart.get(VAL))
    if legal is not None:
        level.legal = is_on(legal.get(VAL))
    return number(element.get(ILVL)), level


def _value(element: etree._Element | None, child: str) -> str:
    found = None if element is None else element.find(child)
    return "" if found is None else found.get(VAL, "")
