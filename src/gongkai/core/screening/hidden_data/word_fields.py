"""The fields of a Word file: what is computed on the page, and the code behind it.

A page number's code says nothing; other codes carry data of their own: index
entries, citations with their whole record, paths of linked files, the text that
was not chosen.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from ...readers.docx import names as n

W = n.W
_INSTRUCTION, _SIMPLE, _INSTR = W + "instrText", W + "fldSimple", W + "instr"

# Their code says no more than the page does.
_PLAIN = frozenset((
    "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "TOC", "HYPERLINK", "REF", "PAGEREF",
    "NOTEREF", "SEQ", "STYLEREF", "=", "EQ", "SYMBOL", "FORMTEXT", "FORMCHECKBOX",
    "FORMDROPDOWN", "ADVANCE", "LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "SHAPE",
))  # fmt: skip
# Nor does theirs, but they print what a clean file no longer holds.
_OF_THE_FILE = frozenset((
    "AUTHOR", "TITLE", "SUBJECT", "KEYWORDS", "LASTSAVEDBY", "FILENAME", "FILESIZE", "TEMPLATE",
    "CREATEDATE", "SAVEDATE", "PRINTDATE", "DATE", "TIME", "EDITTIME", "REVNUM", "NUMCHARS",
    "NUMWORDS", "DOCPROPERTY", "INFO", "USERNAME", "USERINITIALS", "USERADDRESS", "STYLEREF",
    "BIBLIOGRAPHY", "CITATION", "INDEX",
))  # fmt: skip


@dataclass(slots=True)
class WordField:
    """One field: its code, the marks around its parts, everything in its code part."""

    place: etree._Element
    code: str = ""
    marks: list[etree._Element] = field(default_factory=list)
    code_parts: list[etree._Element] = field(default_factory=list)

    @property
    def name(self) -> str:
        words = self.code.split()
        if not words:
            return ""
        return "=" if words[0].startswith("=") else words[0].upper()

    @property
    def holds_data(self) -> bool:
        """Whether the code says something that the page does not."""
        return bool(self.name) and self.name not in _PLAIN and self.name not in _OF_THE_FILE

    @property
    def stays(self) -> bool:
        """Whether the field works just as well in a file that knows nothing of its author."""
        return self.name in _PLAIN


def fields(root: etree._Element) -> list[WordField]:
    """Every field under ``root``; one within another's code belongs to that code too."""
    found: list[WordField] = []
    # Open fields, innermost last, and whether each is still in its code.
    open_: list[tuple[WordField, bool]] = []
    for element in root.iter(n.FLD_CHAR, _INSTRUCTION, n.T, _SIMPLE):
        tag = element.tag
        if tag == _SIMPLE:
            found.append(WordField(element, element.get(_INSTR, "")))
            continue
        kind = element.get(n.FLD_CHAR_TYPE) if tag == n.FLD_CHAR else ""
        if kind == "begin":
            open_.append((WordField(element), True))
            found.append(open_[-1][0])
        _note(element, open_)
        if kind == "separate" and open_:
            open_[-1] = (open_[-1][0], False)
        elif kind == "end" and open_:
            open_.pop()
    return found


def _note(element: etree._Element, open_: list[tuple[WordField, bool]]) -> None:
    """Let every open field know of ``element`` as far as it is its own."""
    if not open_:
        return
    innermost, in_code = open_[-1]
    if element.tag == n.FLD_CHAR:
        innermost.marks.append(element)
    elif in_code:
        innermost.code_parts.append(element)
        if element.tag == _INSTRUCTION:
            innermost.code += element.text or ""
    for outer, outer_in_code in open_[:-1]:
        if outer_in_code:
            outer.code_parts.append(element)
