"""Headers and footers that a Word file keeps and prints on no page.

A first page's header is printed only where its section says so, an even page's
only where the whole document does.  What somebody once wrote there stays.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ...readers.docx import names as n
from .hidden import Piece
from .office_file import OfficeFile
from .office_parts import text_of

W = n.W
_REFERENCES = (W + "headerReference", W + "footerReference")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TYPE = W + "type"


def unused_references(file: OfficeFile) -> list[etree._Element]:
    """The references to headers and footers that no page prints."""
    root = file.root(file.main)
    if root is None:
        return []
    even = _has_even_pages(file)
    # For each kind and type: the reference in force, and whether a page of it was printed.
    in_force: dict[tuple[str, str], tuple[etree._Element, bool]] = {}
    unused: list[etree._Element] = []
    for section in root.iter(W + "sectPr"):
        parent = section.getparent()
        if parent is not None and parent.tag == W + "sectPrChange":
            continue
        first = section.find(W + "titlePg")
        shows = {
            "default": True,
            "first": first is not None and n.is_on(first.get(n.VAL)),
            "even": even,
        }
        for reference in section.iterchildren(*_REFERENCES):
            key = (str(reference.tag), reference.get(_TYPE, "default"))
            before = in_force.get(key)
            if before is not None and not before[1]:
                unused.append(before[0])
            in_force[key] = (reference, False)
        for key, (reference, used) in in_force.items():
            in_force[key] = (reference, used or shows.get(key[1], True))
    return unused + [reference for reference, used in in_force.values() if not used]


def unused_headers(file: OfficeFile) -> Iterator[Piece]:
    """What they say."""
    targets = {r.id: r.target for r in file.relations(file.main)}
    for reference in unused_references(file):
        target = targets.get(reference.get(_ID, ""))
        label = "页眉" if reference.tag == _REFERENCES[0] else "页脚"
        which = {"first": "首页", "even": "偶数页"}.get(reference.get(_TYPE, ""), "")
        yield Piece(f"没有用上的{which}{label}", text_of(file.root(target) if target else None))


def _has_even_pages(file: OfficeFile) -> bool:
    for name in file.related(file.main, "/settings"):
        root = file.root(name)
        mark = None if root is None else root.find(W + "evenAndOddHeaders")
        if mark is not None and n.is_on(mark.get(n.VAL)):
            return True
    return False
