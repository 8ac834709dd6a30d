"""What the styles of a Word file say of text that is more than looks.

Bold, raised, struck out, the size of the letters (by which a title is known), where a paragraph
stands and whether it is a heading; a style inherits from the one it is based on.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache

from lxml import etree

from ...readers.docx import names as n
from ...readers.package import Package
from ..content import CENTRED, SIGNED

_STYLE, _STYLE_ID, _NAME, _BASED_ON = (
    n.W + name for name in ("style", "styleId", "name", "basedOn")
)
_DEFAULT, _TYPE = n.W + "default", n.W + "type"
_DEFAULTS = f"{n.W}docDefaults/{n.W}rPrDefault/{n.R_PR}"
_BOLD, _UNDERLINE, _SIZE = n.W + "b", n.W + "u", n.W + "sz"
_ALIGNED, _INDENT = n.W + "jc", n.W + "ind"
_PLACES = {"center": CENTRED, "right": SIGNED, "end": SIGNED}
_RAISED = {"superscript": "sup", "subscript": "sub"}
_DEEPEST = 20
# The size taken where nothing says one: that of the body of official documents (三号), half points.
_USUAL_SIZE = 32


@dataclass(frozen=True, slots=True)
class WordLook:
    """What is said of a run or a paragraph; None where nothing is.

    ``size`` is in half points, ``indent`` in characters, ``outline`` the rank of a heading
    from 0, 9 for none.
    """

    name: str | None = None
    bold: bool | None = None
    raised: str | None = None
    underlined: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    size: int | None = None
    place: str | None = None
    outline: int | None = None
    indent: float | None = None

    def over(self, other: WordLook) -> WordLook:
        """What this says, and where it says nothing what ``other`` says."""
        return _over(self, other)


PLAIN = WordLook()


@lru_cache(maxsize=4096)
def _over(look: WordLook, other: WordLook) -> WordLook:
    told = ((f.name, getattr(look, f.name)) for f in fields(look))
    return replace(other, **{name: said for name, said in told if said is not None})


class WordStyles:
    """The styles of a file by their id."""

    def __init__(self, package: Package, part: str | None) -> None:
        root = package.xml(part) if part else None
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, WordLook] = {}
        self._usual = PLAIN
        self._default = ""
        if root is None:
            return
        defaults = root.find(_DEFAULTS)
        self._usual = PLAIN if defaults is None else run_look(defaults)
        for element in root.iterchildren(_STYLE):
            self._elements[element.get(_STYLE_ID, "")] = element
            usual = element.get(_DEFAULT) is not None and n.is_on(element.get(_DEFAULT))
            if usual and element.get(_TYPE) == "paragraph":
                self._default = element.get(_STYLE_ID, "")

    def paragraph(self, style_id: str) -> WordLook:
        """What the style of a paragraph says; "" is the usual one."""
        return self._style(style_id or self._default).over(self._usual)

    def run(self, style_id: str) -> WordLook:
        """What the style of a run says."""
        return self._style(style_id)

    def _style(self, style_id: str) -> WordLook:
        known = self._known.get(style_id)
        if known is None:
            chain: list[etree._Element] = []
            at: str | None = style_id
            while at is not None and len(chain) < _DEEPEST and at in self._elements:
                chain.append(self._elements[at])
                base = chain[-1].find(_BASED_ON)
                at = None if base is None else base.get(n.VAL)
            known = PLAIN
            for element in reversed(chain):
                known = _own(element).over(known)
            self._known[style_id] = known
        return known


def _own(style: etree._Element) -> WordLook:
    name = style.find(_NAME)
    own = WordLook(name="" if name is None else name.get(n.VAL, "").lower())
    for child in style:
        if child.tag == n.R_PR:
            own = own.over(run_look(child))
        elif child.tag == n.P_PR:
            own = own.over(paragraph_look(child))
    return own


def run_look(properties: etree._Element) -> WordLook:
    """What ``rPr`` says."""
    return _run_look(
        tuple(
            (str(child.tag), child.get(n.VAL)) for child in properties if child.tag in _RUN_TELLING
        )
    )


_RUN_TELLING = frozenset(
    (_BOLD, _UNDERLINE, _SIZE, n.VERT_ALIGN, n.VANISH, n.WEB_HIDDEN, *n.STRIKES)
)


# A file says the same few things of most of its runs.
@lru_cache(maxsize=1024)
def _run_look(told: tuple[tuple[str, str | None], ...]) -> WordLook:
    look = PLAIN
    for tag, value in told:
        if tag == _BOLD:
            look = replace(look, bold=n.is_on(value))
        elif tag == _UNDERLINE:
            look = replace(look, underlined=value not in (None, "none"))
        elif tag == _SIZE:
            look = replace(look, size=n.number(value, _USUAL_SIZE))
        elif tag == n.VERT_ALIGN:
            look = replace(look, raised=_RAISED.get(value or "", ""))
        elif tag in n.STRIKES:
            look = replace(look, struck=bool(look.struck) or n.is_on(value))
        else:
            look = replace(look, hidden=bool(look.hidden) or n.is_on(value))
    return look


def paragraph_look(properties: etree._Element) -> WordLook:
    """What ``pPr`` says of the paragraph, its end mark left out."""
    look = PLAIN
    for child in properties:
        tag = child.tag
        if tag == _ALIGNED:
            look = replace(look, place=_PLACES.get(child.get(n.VAL, ""), ""))
        elif tag == n.OUTLINE:
            look = replace(look, outline=n.number(child.get(n.VAL), 9))
        elif tag == _INDENT:
            look = replace(look, indent=_indent(child))
    return look


def _indent(element: etree._Element) -> float:
    """How far the first line begins from the edge, in characters."""
    total = 0.0
    for counted, measured in (("firstLineChars", "firstLine"), ("leftChars", "left")):
        chars = element.get(n.W + counted)
        if chars is not None:
            total += n.number(chars) / 100
        else:
            total += n.number(element.get(n.W + measured)) / (_USUAL_SIZE * 10)
    return total
