"""Tracked changes accepted: what was put in stays, what was struck goes, and who did it goes too."""

from __future__ import annotations

from lxml import etree

from ...readers.docx import names as n

W = n.W
_IN, _OUT = (W + "ins", W + "moveTo"), (W + "del", W + "moveFrom")
# Within these a mark tells of the thing itself: of a paragraph's end, a row, a number.
_PROPERTIES = frozenset((n.R_PR, n.TR_PR, n.NUM_PR, n.P_PR, W + "ctrlPr", n.TC_PR))
_FORMER = tuple(
    W + name
    for name in (
        "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tcPrChange",
        "trPrChange", "tblGridChange", "numberingChange",
    )
)  # fmt: skip
_RANGES = tuple(
    W + name + end
    for name in ("moveFromRange", "moveToRange", "customXmlInsRange", "customXmlDelRange",
                 "customXmlMoveFromRange", "customXmlMoveToRange")
    for end in ("Start", "End")
)  # fmt: skip
_STRUCK_WORDS = (W + "delText", W + "delInstrText")


def accept(root: etree._Element) -> int:
    """Accept every change under ``root``; how many there were."""
    count = sum(1 for _ in root.iter(*_IN, *_OUT, *_FORMER, n.CELL_DELETED, W + "cellIns"))
    for former in list(root.iter(*_FORMER, *_RANGES)):
        remove(former)
    for row in list(root.iter(n.TR)):
        mark = row.find(n.TR_PR)
        if mark is not None and mark.find(n.DEL) is not None:
            _remove_row(row)
    for cell in list(root.iter(n.TC)):
        _accept_cell(cell)
    ends = [paragraph for paragraph in root.iter(n.P) if _end_is_struck(paragraph)]
    for struck in list(root.iter(*_OUT)):
        remove(struck)
    for inserted in list(root.iter(*_IN)):
        if _is_property(inserted):
            remove(inserted)
        else:
            unwrap(inserted)
    for word in list(root.iter(*_STRUCK_WORDS)):
        remove(word)
    for paragraph in reversed(ends):
        _run_on(paragraph)
    return count


def remove(element: etree._Element) -> None:
    """Take ``element`` out with all it holds."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Put what ``element`` holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(at, child)
    parent.remove(element)


def _is_property(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag in _PROPERTIES


def _end_is_struck(paragraph: etree._Element) -> bool:
    mark = paragraph.find(f"{n.P_PR}/{n.R_PR}")
    return mark is not None and any(mark.find(tag) is not None for tag in _OUT)


def _run_on(paragraph: etree._Element) -> None:
    """Join a paragraph whose end was struck to the next, whose looks it takes."""
    following = paragraph.getnext()
    if following is None or following.tag != n.P:
        alone = paragraph.getprevious() is None or paragraph.getnext() is None
        if not alone and all(child.tag == n.P_PR for child in paragraph):
            remove(paragraph)
        return
    at = 1 if len(following) and following[0].tag == n.P_PR else 0
    for child in reversed([child for child in paragraph if child.tag != n.P_PR]):
        following.insert(at, child)
    remove(paragraph)


def _accept_cell(cell: etree._Element) -> None:
    properties = cell.find(n.TC_PR)
    if properties is None:
        return
    if properties.find(n.CELL_DELETED) is not None:
        row = cell.getparent()
        remove(cell)
        if row is not None and row.find(f".//{n.TC}") is None:
            _remove_row(row)
        return
    for mark in list(properties.iterchildren(W + "cellIns", n.CELL_MERGE)):
        if mark.tag == n.CELL_MERGE and properties.find(n.V_MERGE) is None:
            how = "continue" if mark.get(n.CELL_MERGE_DOWN) == "cont" else "restart"
            properties.replace(mark, etree.Element(n.V_MERGE, {n.VAL: how}))
        else:
            remove(mark)


def _remove_row(row: etree._Element) -> None:
    table = next(row.iterancestors(n.TBL), None)
    remove(row)
    if table is not None and table.find(f".//{n.TR}") is None:
        parent = table.getparent()
        remove(table)
        # A cell must hold a paragraph.
        if parent is not None and parent.tag == n.TC and parent.find(n.P) is None:
            etree.SubElement(parent, n.P)
