"""The words of one Word paragraph: its runs joined, what is not printed left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from . import names as n
from .styles import Style, Styles

# A footnote mark typed by hand: raised digits, stars, circled or bracketed numbers.
_NOTE_MARK = re.compile(r"[\s\d*＊※①-⑳⑴-⒇\[\]［］〔〕()（）注]*")
_WINGDINGS = {
    0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0xA8: "□", 0xFB: "☒", 0xFC: "√", 0xFD: "☒",
    0xFE: "☑", 0x6C: "●", 0x6E: "■",
    **{0x80 + i: "⓪①②③④⑤⑥⑦⑧⑨⑩"[i] for i in range(11)},
    **{0x8B + i: "⓿❶❷❸❹❺❻❼❽❾❿"[i] for i in range(11)},
}  # fmt: skip
_WINGDINGS_2 = {0x50: "√", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x2A: "□"}


class RunText:
    """Gathers one paragraph after another; ``telling`` are the properties worth a look."""

    def __init__(self, styles: Styles, telling: set[etree._Element | None]) -> None:
        self._styles = styles
        self._telling = telling
        # Words struck out by hand: nobody means them any more, so they are not part of the text.
        self.struck: list[str] = []
        self._style = Style()
        self._placeholder = self._in_cell = False
        self._parts: list[str] = []
        self._boxes: list[etree._Element] = []
        self._raised: list[str] = []
        # One entry for each open field: whether we are still in its code.
        self._fields: list[bool] = []

    def gather(
        self, paragraph: etree._Element, style: Style, placeholder: bool, in_cell: bool
    ) -> tuple[str, list[etree._Element]]:
        """The text of ``paragraph`` and its text boxes.

        A raised mark in a cell counts only where it is all there is.
        """
        self._style, self._placeholder, self._in_cell = style, placeholder, in_cell
        self._parts, self._boxes, self._raised, self._fields = [], [], [], []
        self._inline(paragraph)
        text = "".join(self._parts)
        if self._raised and not text.strip():
            text = "".join(self._raised)
        return text, self._boxes

    def _inline(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == n.R:
                self._run(child)
            elif tag in n.WRAPPERS:
                self._inline(child)
            elif tag == n.SDT:
                shown = self._placeholder
                self._placeholder = shown or n.shows_placeholder(child)
                self._inline(child)
                self._placeholder = shown
            elif tag == n.ALTERNATE:
                for alternative in child.iterchildren(n.CHOICE, n.FALLBACK):
                    self._inline(alternative)
                    break
            elif tag in n.MATH:
                self._parts.extend(t.text or "" for t in child.iter(n.MATH_TEXT))
            elif len(child) and tag not in n.LEFT_OUT:
                self._inline(child)

    def _run(self, run: etree._Element) -> None:
        printed, raised, struck = not self._style.hidden, False, self._style.struck
        for child in run:
            tag = child.tag
            if tag == n.R_PR:
                if child in self._telling:
                    printed, raised, struck = self._look(child)
            elif tag == n.FLD_CHAR:
                self._field(child, printed)
            elif not printed or (self._fields and any(self._fields)):
                continue
            elif tag == n.T:
                text = child.text or ""
                mark = raised and _NOTE_MARK.fullmatch(text)
                into = self.struck if struck else self._raised if mark else self._parts
                if not struck or text.strip():
                    into.append(text)
            elif tag in n.DRAWINGS:
                self._boxes.extend(text_boxes(child))
            elif tag in n.NOTE_REFERENCES:
                # A mark of the author's own choice follows as ordinary text of the same run.
                printed = not n.is_on(child.get(n.CUSTOM_MARK, "0"))
            elif len(child) and tag not in n.LEFT_OUT:
                self._inline(child)
            else:
                self._parts.append(_mark(child))

    def _look(self, properties: etree._Element) -> tuple[bool, bool, bool]:
        """Whether a run is printed, whether it is raised in a cell, whether it is struck out."""
        printed, raised, struck = not self._style.hidden, False, self._style.struck
        for child in properties:
            tag = child.tag
            if tag == n.VANISH:
                printed = not n.is_on(child.get(n.VAL))
            elif tag == n.WEB_HIDDEN:
                printed = printed and not n.is_on(child.get(n.VAL))
            elif tag == n.VERT_ALIGN:
                raised = child.get(n.VAL) == "superscript"
            elif tag in n.STRIKES:
                struck = n.is_on(child.get(n.VAL))
            elif tag == n.R_STYLE:
                style = self._styles.style(child.get(n.VAL, ""))
                raised, struck = style.raised, struck or style.struck
                if style.hidden or (self._placeholder and style.name == "placeholder text"):
                    printed = False
        return printed, raised and self._in_cell, struck

    def _field(self, mark: etree._Element, printed: bool) -> None:
        kind = mark.get(n.FLD_CHAR_TYPE)
        if kind == "begin":
            self._fields.append(True)
            form = mark.find(n.FF_DATA)
            if form is not None and printed:
                self._parts.append(_form_value(form))
        elif self._fields:
            if kind == "separate":
                self._fields[-1] = False
            elif kind == "end":
                self._fields.pop()


def text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The outermost text boxes in a drawing; of alternatives the first that has any."""
    for child in [element] if element.tag == n.ALTERNATE else element:
        if child.tag == n.TEXT_BOX:
            yield child
        elif child.tag == n.ALTERNATE:
            for alternative in child.iterchildren(n.CHOICE, n.FALLBACK):
                found = list(text_boxes(alternative))
                if found:
                    yield from found
                    break
        elif len(child):
            yield from text_boxes(child)


def _mark(element: etree._Element) -> str:
    """What a mark within a run prints; "" where it prints nothing."""
    tag = element.tag
    if tag in (n.TAB, n.P_TAB):
        return "\t"
    if tag in (n.BR, n.CR):
        return "\n"
    if tag == n.NO_BREAK_HYPHEN:
        return "-"
    return _symbol(element) if tag == n.SYM else ""


def _symbol(element: etree._Element) -> str:
    """A sign given by font and code: mapped where the font's signs are known."""
    try:
        code = int(element.get(n.SYM_CHAR, ""), 16)
    except ValueError:
        return ""
    font = element.get(n.SYM_FONT, "").lower()
    private = 0xF000 <= code <= 0xF0FF
    if font == "wingdings":
        return _WINGDINGS.get(code & 0xFF, "")
    if font == "wingdings 2":
        return _WINGDINGS_2.get(code & 0xFF, "")
    if private:
        # Symbol and its like keep digits and punctuation at their ASCII places.
        sign = chr(code & 0xFF)
        return sign if font == "symbol" and not sign.isalpha() and sign.isprintable() else ""
    return chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code <= 0x10FFFF else ""


def _form_value(form: etree._Element) -> str:
    """What an old form field shows: the entry chosen from a list, a box ticked or not."""
    chosen = form.find(n.W + "ddList")
    if chosen is not None:
        entries = [e.get(n.VAL, "") for e in chosen.iterchildren(n.W + "listEntry")]
        result = chosen.find(n.W + "result")
        at = 0 if result is None else n.number(result.get(n.VAL))
        return entries[at] if 0 <= at < len(entries) else ""
    box = form.find(n.W + "checkBox")
    if box is None:
        return ""
    ticked = box.find(n.W + "checked")
    if ticked is None:
        ticked = box.find(n.W + "default")
    return "☑" if ticked is not None and n.is_on(ticked.get(n.VAL)) else "☐"
