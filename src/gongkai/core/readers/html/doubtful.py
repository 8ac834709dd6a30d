"""Cells whose figures a reader of the page would not run together.

A figure struck out beside the one that replaces it, or one in white on white: to
string the digits together would make a number that nobody printed.  Such a cell
is left unread, with the reason.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.etree import _Element

from ..numerals import is_value
from .text import words

# Why a cell is not read, as ``GridCell.unread`` says it.
STRUCK = "struck"
WHITE = "white"

_STRIKES = frozenset({"s", "strike"})
_LINE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_WHITES = r"(?:#fff(?:fff)?\b|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))"
_WHITE = re.compile(rf"(?:^|[;\s])color\s*:\s*{_WHITES}", re.IGNORECASE)
_GROUND = re.compile(r"background(?:-color|-image)?\s*:\s*([^;]+)", re.IGNORECASE)
_NO_GROUND = re.compile(rf"\s*(?:{_WHITES}|none|transparent|inherit|initial)\s*", re.IGNORECASE)
_BY_TAG = frozenset({"s", "strike", "font"})


def doubtful_cells(body: _Element) -> dict[_Element, str]:
    """The cells of ``body`` whose figures are not certain, and why."""
    found: dict[_Element, str] = {}
    for element in body.iter("s", "strike", "span", "font", "p", "div", "b", "u", "i", "em"):
        style = element.get("style")
        if element.tag not in _BY_TAG and not (style and _is_doubt(style)):
            continue
        why = _why(element)
        cell = next(element.iterancestors("td", "th"), None) if why else None
        # White alone may stand on a ground that only the site's own sheets give it.
        if cell is not None and _is_figure(words(element)) and _is_figure(_others(cell, element)):
            found[cell] = why
    return found


@lru_cache(maxsize=2048)
def _is_doubt(style: str) -> bool:
    return bool(_LINE.search(style) or _WHITE.search(style))


def _why(element: _Element) -> str:
    style = element.get("style") or ""
    if element.tag in _STRIKES or (style and _LINE.search(style)):
        return STRUCK
    color = (element.get("color") or "").lower()
    white = color in {"#fff", "#ffffff", "white"} or (style and _WHITE.search(style))
    return WHITE if white and not _on_ground(element) else ""


def _on_ground(element: _Element) -> bool:
    """Whether ``element`` or anything around it says it has a ground other than white."""
    for part in (element, *element.iterancestors()):
        ground = _GROUND.search(part.get("style") or "")
        color = ground[1] if ground else part.get("bgcolor") or part.get("background")
        if color:
            return _NO_GROUND.fullmatch(color) is None
    return False


def _is_figure(text: str) -> bool:
    return any(c.isdigit() for c in text) and is_value(text)


def _others(cell: _Element, struck: _Element) -> str:
    """What ``cell`` says without ``struck``."""
    inside = set(struck.iter())
    pieces = [cell.text or ""]
    for part in cell.iterdescendants():
        if part not in inside:
            pieces.append(part.text or "")
        if part is struck or part not in inside:
            pieces.append(part.tail or "")
    return "".join(pieces)
