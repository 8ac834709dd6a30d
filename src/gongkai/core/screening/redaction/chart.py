"""A chart with the figures it shows, and without the sheet it was made of."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from ..hidden_data.word_text import A, C
from .word_revisions import remove

_LITERALS = {C + "numRef": C + "numLit", C + "strRef": C + "strLit"}
_CACHES = (C + "numCache", C + "strCache")


def without_source(root: etree._Element) -> None:
    """Drop the link to the data and what programs keep beside the chart."""
    for element in list(root.iter(C + "externalData", C + "extLst", A + "extLst")):
        remove(element)


def as_shown(root: etree._Element, stays: Callable[[str], bool]) -> int:
    """Turn references to cells into the figures last shown, but those that may stay; how many."""
    without_source(root)
    gone = [
        reference for reference in root.iter(C + "multiLvlStrRef", *_LITERALS)
        if not stays(reference.findtext(C + "f") or "")
    ]  # fmt: skip
    for reference in gone:
        if reference.tag == C + "multiLvlStrRef":
            _first_level(reference)
            continue
        cache = reference.find(_CACHES[0])
        cache = reference.find(_CACHES[1]) if cache is None else cache
        parent = reference.getparent()
        if parent is None:
            continue
        if parent.tag == C + "tx":
            _name(parent, reference, cache)
            continue
        literal = etree.Element(_LITERALS[str(reference.tag)])
        for child in () if cache is None else list(cache):
            if child.tag != C + "extLst":
                literal.append(child)
        parent.replace(reference, literal)
    return len(gone)


def _name(holder: etree._Element, reference: etree._Element, cache: etree._Element | None) -> None:
    """The name of a series is a value, a title is a paragraph."""
    words = "" if cache is None else " ".join(v.text or "" for v in cache.iter(C + "v"))
    above = holder.getparent()
    holder.remove(reference)
    if above is not None and above.tag == C + "ser":
        etree.SubElement(holder, C + "v").text = words
        return
    rich = etree.SubElement(holder, C + "rich")
    etree.SubElement(rich, A + "bodyPr")
    run = etree.SubElement(etree.SubElement(rich, A + "p"), A + "r")
    etree.SubElement(run, A + "t").text = words


def _first_level(reference: etree._Element) -> None:
    cache = reference.find(C + "multiLvlStrCache")
    level = None if cache is None else cache.find(C + "lvl")
    literal = etree.Element(C + "strLit")
    count = None if cache is None else cache.find(C + "ptCount")
    if count is not None:
        literal.append(count)
    for point in () if level is None else list(level.iterchildren(C + "pt")):
        literal.append(point)
    parent = reference.getparent()
    if parent is not None:
        parent.replace(reference, literal)
