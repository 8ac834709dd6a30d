"""The styles of a Word file, as far as they change what is read.

A style can hide text, strike it out, raise it to a footnote mark, make a paragraph a heading
or number it; it inherits from the style it is based on.
"""

from __future__ import annotations

from functools import cached_property

from lxml import etree

from ..package import Package
from .names import (
    ILVL,
    NUM_ID,
    NUM_PR,
    OUTLINE,
    P_PR,
    R_PR,
    STRIKES,
    VAL,
    VANISH,
    VERT_ALIGN,
    W,
    is_on,
    number,
)  # fmt: skip

_STYLE, _STYLE_ID, _NAME, _BASED_ON = W + "style", W + "styleId", W + "name", W + "basedOn"
_DEEPEST = 20


class Style:
    """One style, what it inherits included.

    ``numbering`` is (numId, level), each None where not given.
    """

    __slots__ = ("heading", "hidden", "name", "numbering", "raised", "struck")

    def __init__(self) -> None:
        self.name = ""
        self.heading = False
        self.hidden = False
        self.raised = False
        self.struck = False
        self.numbering: tuple[str | None, int | None] = (None, None)


class Styles:
    """The styles by id, looked up when first needed: most files need few or none."""

    def __init__(self, package: Package, part: str | None) -> None:
        self._package = package
        self._part = part
        self._known: dict[str, Style] = {}

    def style(self, style_id: str) -> Style:
        """The style of that id; a plain one where there is none."""
        known = self._known.get(style_id)
        if known is None:
            known = self._known[style_id] = self._resolve(style_id)
        return known

    @cached_property
    def _source(self) -> bytes:
        return (self._part and self._package.part(self._part)) or b""

    @cached_property
    def _elements(self) -> dict[str, etree._Element]:
        if not self._source:
            return {}
        root = self._package.parse(self._source)
        return {e.get(_STYLE_ID, ""): e for e in root.iterchildren(_STYLE)}

    def _element(self, style_id: str) -> etree._Element | None:
        """One style, cut out by its usual spelling: style sheets list hundreds that nobody uses."""
        source = self._source
        at = source.find(b'w:styleId="%s"' % style_id.encode())
        start, end = source.rfind(b"<w:style ", 0, max(at, 0)), source.find(b"</w:style>", at)
        root = source.find(b"<w:styles")
        opened = source[root : source.find(b">", root) + 1]
        if at < 0 or start < 0 or end < 0 or root < 0 or source.find(b">", start) < at:
            return self._elements.get(style_id)
        piece = opened + source[start:end] + b"</w:style></w:styles>"
        found: etree._Element = self._package.parse(piece)[0]
        return found

    def _resolve(self, style_id: str) -> Style:
        chain: list[etree._Element] = []
        at: str | None = style_id
        while at is not None and len(chain) < _DEEPEST:
            element = self._element(at)
            if element is None:
                break
            chain.append(element)
            base = element.find(_BASED_ON)
            at = None if base is None else base.get(VAL)
        style = Style()
        for element in reversed(chain):
            _inherit(style, element)
        return style


def _inherit(style: Style, element: etree._Element) -> None:
    """Lay what ``element`` says over ``style``."""
    name = element.find(_NAME)
    style.name = "" if name is None else name.get(VAL, "").lower()
    if style.name.startswith(("heading", "title", "subtitle", "标题")):
        style.heading = True
    for child in element:
        if child.tag == P_PR:
            outline = child.find(OUTLINE)
            if outline is not None:
                style.heading = number(outline.get(VAL), 9) < 9
            numbered = child.find(NUM_PR)
            if numbered is not None:
                num_id, level = numbering_of(numbered)
                style.numbering = (
                    style.numbering[0] if num_id is None else num_id,
                    style.numbering[1] if level is None else level,
                )
        elif child.tag == R_PR:
            hidden = child.find(VANISH)
            if hidden is not None:
                style.hidden = is_on(hidden.get(VAL))
            raised = child.find(VERT_ALIGN)
            if raised is not None:
                style.raised = raised.get(VAL) == "superscript"
            for strike in child.iterchildren(*STRIKES):
                style.struck = is_on(strike.get(VAL))


def numbering_of(element: etree._Element) -> tuple[str | None, int | None]:
    """What a ``numPr`` says: (numId, level), each None where not given."""
    num_id, level = element.find(NUM_ID), element.find(ILVL)
    return (
        None if num_id is None else num_id.get(VAL),
        None if level is None else number(level.get(VAL)),
    )
