"""What declarations of CSS hide, one way of hiding apart from another.

A way is a property or several that only together hide: ``display``,
``visibility``, Word's ``mso-hide``, ``opacity``, no font size, no width or height
with the overflow hidden, a place off the screen, an indent off the screen.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lxml.etree import _Element

_TELLS = re.compile(
    r"display|visibility|mso-hide|opacity|font|text-indent|overflow|clip|left|top|position|height",
    re.IGNORECASE,
)
_INLINE = frozenset({
    "span", "a", "b", "i", "u", "s", "em", "strong", "font", "small", "big", "label", "sub", "sup",
    "strike", "ins", "abbr", "cite", "code", "tt",
})  # fmt: skip
_ZERO = re.compile(r"[+-]?0*\.?0*(?:px|pt|em|rem|%|cm|mm|in)?")
_LENGTH = re.compile(r"([+-]?\d*\.?\d+)(px|pt|em|rem|%|cm|mm|in|vw|vh)?")
_FONT_ZERO = re.compile(r"0(?:px|pt|em)?\s*(?:/|\s)")
_FONT_SIZE = re.compile(r"font(?:-size)?\s*:", re.IGNORECASE)
_ABSOLUTE = re.compile(
    r"[\d.]*[1-9][\d.]*(?:px|pt|rem|cm|mm|in|vw|vh)|[a-z-]*(?:small|large|medium)"
)
_CLIPPED = re.compile(r"rect\(\s*([01](?:px)?[\s,]+){3}[01](?:px)?\s*\)")
# In pixels; hanging indents and overlaps are far smaller.
_OFF_SCREEN = -999.0
_PIXELS = {"": 1.0, "px": 1.0, "pt": 1.33, "em": 16.0, "rem": 16.0, "%": 10.0, "cm": 37.8,
           "mm": 3.78, "in": 96.0, "vw": 10.0, "vh": 10.0}  # fmt: skip


class Said(NamedTuple):
    """What a block of declarations says of one way of hiding.

    ``boxed``: the block makes of an inline element one that has a width.
    """

    way: str
    hides: bool
    important: bool = False
    boxed: bool = False


# Pages repeat the same few styles in every cell.
@lru_cache(maxsize=2048)
def declared(style: str) -> tuple[Said, ...]:
    """The ways of hiding that ``style`` says something of; mostly none."""
    if not _TELLS.search(style):
        return ()
    values: dict[str, str] = {}
    weighty: set[str] = set()
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            name, value = name.strip().lower(), value.strip().lower()
            value, bang, _ = value.partition("!")
            values[name] = value.strip()
            weighty.discard(name)
            if bang:
                weighty.add(name)
    return tuple(_said(values, weighty))


@lru_cache(maxsize=2048)
def hides(style: str) -> bool:
    """Whether declarations hide in any way."""
    return any(said.hides for said in declared(style))


def _said(values: dict[str, str], weighty: set[str]) -> list[Said]:
    get = values.get
    found: list[Said] = []

    def say(way: str, hides: bool, *names: str, boxed: bool = False) -> None:
        if any(n in values for n in names):
            found.append(Said(way, hides, any(n in weighty for n in names), boxed))

    say("display", get("display") == "none", "display")
    say("visibility", get("visibility") in {"hidden", "collapse"}, "visibility")
    say("word", get("mso-hide") in {"all", "screen"}, "mso-hide")
    say("opacity", _is_zero(get("opacity")), "opacity")
    no_font = _is_zero(get("font-size")) or _FONT_ZERO.match(get("font", "")) is not None
    say("font", no_font, "font-size", "font")
    say("indent", _pixels(get("text-indent")) <= _OFF_SCREEN, "text-indent")
    out_of_flow = get("position") in {"absolute", "fixed"}
    far = min(_pixels(get("left")), _pixels(get("top"))) <= _OFF_SCREEN
    clipped = _CLIPPED.fullmatch(get("clip", "")) is not None
    say("place", out_of_flow and (far or clipped), "position", "left", "top", "clip")
    flat = any(_is_zero(get(n)) for n in ("width", "height", "max-height", "max-width"))
    cut = get("overflow") == "hidden" and not any(n.startswith("padding") for n in values)
    boxed = out_of_flow or "float" in values or get("display", "inline") not in {"inline", "none"}
    sized = ("height", "max-height", "overflow")
    say("size", flat and cut, *sized, *(("width",) if flat else ()), boxed=boxed)
    return found


def is_inline(tag: str) -> bool:
    """Whether elements called ``tag`` have no width of their own unless told."""
    return tag in _INLINE


def sets_size(element: _Element) -> bool:
    """Whether ``element`` itself gives its words a size that does not depend on its parent's."""
    return sets_size_in(element.get("style") or "") or (
        element.tag == "font" and element.get("size") is not None
    )


def sets_size_in(style: str) -> bool:
    """Whether declarations give words a size that does not depend on the parent's."""
    if not _FONT_SIZE.search(style):
        return False
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() == "font-size" and _ABSOLUTE.match(value.strip()):
            return True
        if name.strip() == "font" and _ABSOLUTE.search(value):
            return True
    return False


def _is_zero(value: str | None) -> bool:
    return bool(value) and _ZERO.fullmatch(value or "") is not None and "0" in (value or "")


def _pixels(value: str | None) -> float:
    found = _LENGTH.fullmatch(value or "")
    return float(found[1]) * _PIXELS[found[2] or ""] if found else 0.0
