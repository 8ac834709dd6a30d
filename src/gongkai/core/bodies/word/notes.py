"""Footnotes and endnotes: their marks in the text, and themselves at its end."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from ...readers.docx import names as n
from ...readers.docx.counting import count
from ...readers.package import Package

_REFERENCES = {n.W + "footnoteReference": "footnote", n.W + "endnoteReference": "endnote"}
_USUAL_FORMS = {"footnote": "decimal", "endnote": "lowerRoman"}
_ID, _FORM = n.W + "id", n.W + "numFmt"


@dataclass(frozen=True, slots=True)
class Note:
    """A note that the text refers to; ``mark`` is "" where the author typed a mark of his own."""

    kind: str
    id: str
    mark: str


@dataclass(slots=True)
class Notes:
    """The notes in the order in which the text refers to them."""

    forms: dict[str, str] = field(default_factory=lambda: dict(_USUAL_FORMS))
    referred: list[Note] = field(default_factory=list)

    def refer(self, reference: etree._Element) -> str:
        """The mark that ``reference`` prints; the note is to stand at the end."""
        kind = _REFERENCES[str(reference.tag)]
        typed = n.is_on(reference.get(n.CUSTOM_MARK, "0"))
        number = 1 + sum(note.kind == kind and note.mark != "" for note in self.referred)
        written = count(number, self.forms[kind])
        mark = "" if typed else f"[{written}]" if written.isascii() else written
        self.referred.append(Note(kind, reference.get(_ID, ""), mark))
        return mark


def notes_of(package: Package, body: etree._Element, settings: str | None) -> Notes:
    """No notes yet; their numbers as the last section of ``body`` or the settings ask."""
    notes = Notes()
    settings_root = package.xml(settings) if settings else None
    for kind in _USUAL_FORMS:
        place = f"{n.W}{kind}Pr/{_FORM}"
        found = None if settings_root is None else settings_root.find(place)
        for section in body.iter(n.W + "sectPr"):
            own = section.find(place)
            found = found if own is None else own
        if found is not None:
            notes.forms[kind] = found.get(n.VAL, "decimal")
    return notes


def texts_of(package: Package, part: str | None, kind: str) -> dict[str, etree._Element]:
    """The notes of a part by their id."""
    root = package.xml(part) if part else None
    if root is None:
        return {}
    return {element.get(_ID, ""): element for element in root.iterchildren(n.W + kind)}
