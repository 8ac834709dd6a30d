"""One paragraph of a Word file as runs of text, links, breaks and pictures."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from lxml import etree

from ...readers.docx import names as n
from ...readers.docx.styles import Style, Styles
from ...readers.docx.text import RunText, text_boxes
from ..addresses import link_to
from ..content import NO_MARKS, Break, Inline, Text
from .notes import Notes
from .pictures import Pictures
from .styles import PLAIN, WordLook, WordStyles, run_look

_HYPERLINK, _RELATION = (
    n.W + "hyperlink",
    ("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"),
)
_SIMPLE, _INSTRUCTION = n.W + "fldSimple", n.W + "instr"
_CODE, _RUBY, _RT, _RUBY_BASE = (n.W + name for name in ("instrText", "ruby", "rt", "rubyBase"))
_BREAK_KIND = n.W + "type"
_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]*)"', re.IGNORECASE)
_SPACES = re.compile(" {2,}")
# The style of what an empty field shows to be filled in.
_PROMPT = "placeholder text"
_TAB = "\xa0" * 4


@dataclass(slots=True)
class _Field:
    """An open field: whether we are still in its code, and what the code says."""

    in_code: bool = True
    code: str = ""
    href: str = ""


@dataclass(slots=True)
class Relations:
    """What a part relates to: parts by the id of the relation, and addresses outside."""

    parts: dict[str, str]
    addresses: dict[str, str]


class Runs:
    """Gathers one paragraph after another; fields may stay open from one to the next."""

    def __init__(
        self, styles: WordStyles, readers_styles: Styles, pictures: Pictures, notes: Notes,
        left: Counter[str],
    ) -> None:  # fmt: skip
        self.relations = Relations({}, {})
        self._styles = styles
        self._pictures = pictures
        self._notes = notes
        self._left = left
        self._printed = RunText(readers_styles, set())
        self._fields: list[_Field] = []
        self._content: list[Inline] = []
        self._boxes: list[etree._Element] = []
        self._base = PLAIN
        self._placeholder = False
        self.size = 0

    def gather(
        self, paragraph: etree._Element, base: WordLook, placeholder: bool
    ) -> tuple[list[Inline], list[etree._Element]]:
        """The content of ``paragraph`` and its text boxes; ``base`` is what its style says.

        ``size`` is afterwards that of its largest letters.
        """
        self._content, self._boxes, self._base, self.size = [], [], base, 0
        self._placeholder = placeholder
        self._inline(paragraph, "")
        return self._content, self._boxes

    def _inline(self, parent: etree._Element, href: str) -> None:
        for child in parent:
            tag = child.tag
            if tag == n.R:
                self._run(child, href)
            elif tag == _HYPERLINK:
                address = self.relations.addresses.get(child.get(_RELATION, ""), "")
                self._inline(child, link_to(address) or href)
            elif tag == _SIMPLE:
                self._inline(child, _linked(child.get(_INSTRUCTION, "")) or href)
            elif tag == n.SDT:
                shown = self._placeholder
                self._placeholder = shown or n.shows_placeholder(child)
                self._inline(child, href)
                self._placeholder = shown
            elif tag == n.ALTERNATE:
                for alternative in child.iterchildren(n.CHOICE, n.FALLBACK):
                    self._inline(alternative, href)
                    break
            elif tag in n.MATH:
                self._formula(child)
            elif len(child) and (tag in n.WRAPPERS or tag not in n.LEFT_OUT):
                self._inline(child, href)

    def _run(self, run: etree._Element, href: str) -> None:
        look = self._base
        for child in run:
            if child.tag == n.R_PR:
                look = self._look(child)
            else:
                self._piece(child, look, href)

    def _look(self, properties: etree._Element) -> WordLook:
        look = run_look(properties)
        style = properties.find(n.R_STYLE)
        if style is not None:
            named = self._styles.run(style.get(n.VAL, ""))
            look = look.over(named)
            if self._placeholder and named.name == _PROMPT:
                look = replace(look, hidden=True)
        return look.over(self._base)

    def _piece(self, piece: etree._Element, look: WordLook, href: str) -> None:
        tag = piece.tag
        if tag == n.FLD_CHAR:
            self._field(piece)
        elif tag == _CODE:
            if self._fields:
                self._fields[-1].code += piece.text or ""
        elif any(field.in_code for field in self._fields):
            return
        elif look.hidden:
            said = tag == n.T and bool((piece.text or "").strip())
            self._left["hidden"] += said and look.name != _PROMPT
        elif tag == n.T:
            self._say(piece.text or "", look, href)
        elif tag in (n.TAB, n.P_TAB):
            self._say(_TAB, look, href)
        elif tag == n.CR or (tag == n.BR and piece.get(_BREAK_KIND) in (None, "textWrapping")):
            self._content.append(Break())
        elif tag in n.NOTE_REFERENCES:
            mark = self._notes.refer(piece)
            if mark:
                self._content.append(Text(mark, frozenset({"sup"})))
        elif tag in n.DRAWINGS:
            self._drawing(piece, look, href)
        elif tag == _RUBY:
            for part, brackets in ((_RUBY_BASE, ("", "")), (_RT, ("（", "）"))):
                for child in piece.iterchildren(part):
                    self._say(brackets[0], look, href)
                    self._inline(child, href)
                    self._say(brackets[1], look, href)
        elif tag in (n.SYM, n.NO_BREAK_HYPHEN):
            self._say(self._printed_by_readers(piece), look, href)
        elif len(piece) and tag not in n.LEFT_OUT:
            self._inline(piece, href)

    def _say(self, words: str, look: WordLook, href: str) -> None:
        if not words:
            return
        if "  " in words:
            words = _SPACES.sub(lambda spaces: "\xa0" * len(spaces[0]), words)
        href = next((f.href for f in reversed(self._fields) if f.href), "") or href
        if words.strip():
            self.size = max(self.size, look.size or 0)
        self._content.append(Text(words, _marks(look, href), href))

    def _field(self, mark: etree._Element) -> None:
        kind = mark.get(n.FLD_CHAR_TYPE)
        if kind == "begin":
            if mark.find(n.FF_DATA) is not None:
                self._say(self._printed_by_readers(mark), self._base, "")
            self._fields.append(_Field())
        elif self._fields and kind == "separate":
            self._fields[-1].in_code = False
            self._fields[-1].href = _linked(self._fields[-1].code)
        elif self._fields and kind == "end":
            self._fields.pop()

    def _drawing(self, drawing: etree._Element, look: WordLook, href: str) -> None:
        boxes = list(text_boxes(drawing))
        images = self._pictures.of(drawing, self.relations.parts)
        self._boxes.extend(boxes)
        self._content.extend(replace(image, href=href) for image in images)
        if drawing.tag == n.ALTERNATE and not boxes and not images:
            # A sign that older programs do not know, with the one they print instead.
            for fallback in drawing.iterchildren(n.FALLBACK):
                for piece in fallback:
                    if piece.tag not in n.DRAWINGS:
                        self._piece(piece, look, href)

    def _formula(self, formula: etree._Element) -> None:
        self._left["formula"] += 1
        words = "".join(t.text or "" for t in formula.iter(n.MATH_TEXT))
        self._say(words, self._base, "")

    def _printed_by_readers(self, piece: etree._Element) -> str:
        """What the readers know a mark to print: a sign of a font, the value of a form field."""
        paragraph = etree.Element(n.P)
        run = etree.SubElement(paragraph, n.R)
        run.append(_copy(piece))
        return self._printed.gather(paragraph, Style(), False, False)[0]


def _copy(element: etree._Element) -> etree._Element:
    copied: etree._Element = etree.fromstring(etree.tostring(element, with_tail=False))
    return copied


def _linked(code: str) -> str:
    """The address that the code of a field links to; "" where it is another field."""
    found = _LINK.match(code)
    return link_to(found[1]) if found else ""


def _marks(look: WordLook, href: str) -> frozenset[str]:
    if not (look.bold or look.underlined or look.struck or look.raised):
        return NO_MARKS
    marks = {
        "strong" if look.bold else "",
        "u" if look.underlined and not href else "",
        "s" if look.struck else "",
        look.raised or "",
    }
    return frozenset(marks - {""})
