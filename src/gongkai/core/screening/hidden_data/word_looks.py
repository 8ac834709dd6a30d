"""How a run of Word text looks: hidden, white on white, too small to read.

A look is given on the run, by its character style, its paragraph's style or the
document's defaults, in that order.  White words on a dark cell are seen; where
the ground cannot be told (a table style, a filled shape) they count as seen.
"""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from ...readers.docx import names as n
from .office_file import OfficeFile

W = n.W
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_COLOUR, _SIZE, _SHADE, _MARKER = W + "color", W + "sz", W + "shd", W + "highlight"
_STYLE, _BASED_ON = W + "style", W + "basedOn"
# In half points: three points cannot be read on paper.
_SMALLEST = 6
_WHITE = 0xF0
_DEEPEST = 20
_NO_GROUND = frozenset(("", "auto", "none", "white"))


class Look(NamedTuple):
    """What one set of run properties says; None where it says nothing."""

    hidden: bool | None = None
    colour: str | None = None
    size: int | None = None
    ground: str | None = None

    def over(self, under: Look) -> Look:
        """This look where it says something, else ``under``."""
        return Look(
            under.hidden if self.hidden is None else self.hidden,
            under.colour if self.colour is None else self.colour,
            under.size if self.size is None else self.size,
            under.ground if self.ground is None else self.ground,
        )


class Looks:
    """The styles of one Word file, asked for single runs."""

    def __init__(self, file: OfficeFile) -> None:
        parts = file.related(file.main, "/styles")
        root = file.root(parts[0]) if parts else None
        self._styles: dict[str, etree._Element] = {}
        self._resolved: dict[str, Look] = {}
        self._default = Look()
        self._usual = ""
        if root is None:
            return
        self._default = look_of(root.find(f"{W}docDefaults/{W}rPrDefault/{n.R_PR}"))
        for style in root.iterchildren(_STYLE):
            id_ = style.get(W + "styleId", "")
            self._styles[id_] = style
            if style.get(W + "type") == "paragraph" and n.is_on(style.get(W + "default", "0")):
                self._usual = id_

    def of_run(self, run: etree._Element) -> Look:
        """The look of ``run`` with all that it inherits."""
        own = run.find(n.R_PR)
        named = None if own is None else own.find(n.R_STYLE)
        by_character = self._of_style("" if named is None else named.get(n.VAL, ""))
        paragraph = next(run.iterancestors(n.P), None)
        given = None if paragraph is None else paragraph.find(f"{n.P_PR}/{n.P_STYLE}")
        by_paragraph = self._of_style(self._usual if given is None else given.get(n.VAL, ""))
        # A switch set in both styles is off again: the standard calls it a toggle.
        toggled = bool(by_character.hidden) != bool(by_paragraph.hidden)
        inherited = by_character.over(by_paragraph).over(self._default)
        inherited = inherited._replace(hidden=toggled or bool(self._default.hidden))
        return look_of(own).over(inherited)

    def is_too_small(self, look: Look) -> bool:
        return look.size is not None and look.size <= _SMALLEST

    def is_white_on_white(self, run: etree._Element, look: Look) -> bool:
        """Whether the words of ``run`` have the colour of the paper and nothing behind them."""
        if look.colour != "none" and not _is_white(look.colour):
            return False
        return look.colour == "none" or self._ground_is_plain(run, look)

    def _ground_is_plain(self, run: etree._Element, look: Look) -> bool:
        if not _is_plain(look.ground):
            return False
        for above in run.iterancestors():
            tag = above.tag
            if tag == n.TEXT_BOX:
                return False
            properties = {n.P: n.P_PR, n.TC: n.TC_PR, n.TBL: W + "tblPr"}.get(tag)
            own = None if properties is None else above.find(properties)
            if own is not None and not (_is_plain(_shade(own)) and self._style_is_plain(own)):
                return False
            if tag == W + "document" and above.find(W + "background") is not None:
                return False
        return True

    def _style_is_plain(self, properties: etree._Element) -> bool:
        """Whether the style of a paragraph or table puts no colour behind the words."""
        named = properties.find(n.P_STYLE)
        named = properties.find(W + "tblStyle") if named is None else named
        at, depth = "" if named is None else named.get(n.VAL, ""), 0
        while at in self._styles and depth < _DEEPEST:
            style = self._styles[at]
            if any(not _is_plain(_fill(shade)) for shade in style.iter(_SHADE)):
                return False
            base = style.find(_BASED_ON)
            at, depth = "" if base is None else base.get(n.VAL, ""), depth + 1
        return True

    def _of_style(self, id_: str) -> Look:
        if id_ not in self._resolved:
            look, at = Look(), id_
            for _ in range(_DEEPEST):
                style = self._styles.get(at)
                if style is None:
                    break
                look = look.over(look_of(style.find(n.R_PR)))
                base = style.find(_BASED_ON)
                at = "" if base is None else base.get(n.VAL, "")
            self._resolved[id_] = look
        return self._resolved[id_]


def look_of(properties: etree._Element | None) -> Look:
    """What ``rPr`` itself says."""
    if properties is None:
        return Look()
    vanish, colour = properties.find(n.VANISH), properties.find(_COLOUR)
    size = properties.find(_SIZE)
    shade, marker = _shade(properties), properties.find(_MARKER)
    ground = shade if marker is None else marker.get(n.VAL, "")
    return Look(
        None if vanish is None else n.is_on(vanish.get(n.VAL)),
        _colour(properties, colour),
        None if size is None else n.number(size.get(n.VAL), 24),
        ground or None,
    )


def _colour(properties: etree._Element, colour: etree._Element | None) -> str | None:
    fill = properties.find(_W14 + "textFill")
    if fill is not None and fill.find(_W14 + "noFill") is not None:
        return "none"
    return None if colour is None else colour.get(n.VAL, "auto")


def _shade(properties: etree._Element) -> str:
    shade = properties.find(_SHADE)
    return "" if shade is None else _fill(shade)


def _fill(shade: etree._Element) -> str:
    if shade.get(W + "themeFill") or shade.get(n.VAL, "clear") not in ("clear", "nil", "auto"):
        return "other"
    return shade.get(W + "fill", "auto")


def _is_plain(ground: str | None) -> bool:
    return (ground or "") in _NO_GROUND or _is_white(ground)


def _is_white(colour: str | None) -> bool:
    try:
        red, green, blue = bytes.fromhex(colour or "")
    except ValueError:
        return False
    return min(red, green, blue) >= _WHITE
