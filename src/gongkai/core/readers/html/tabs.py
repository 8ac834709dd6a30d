"""Tabs of a page whose style sheet is elsewhere: the one marked as chosen, and the others.

Sites show one year's report a tab.  Without their style sheet all tabs look
shown; the class that marks the chosen one (``active``, ``on``) still tells.
"""

from __future__ import annotations

from lxml.etree import _Element

_CHOSEN = frozenset({"active", "on", "cur", "current", "selected", "show", "this"})
_PANES = ("div", "section", "li", "article")


def other_tabs(body: _Element) -> list[_Element]:
    """The tabs beside a chosen one that hold tables as it does."""
    others: list[_Element] = []
    for pane in body.iter(*_PANES):
        names = set((pane.get("class") or "").lower().split())
        plain = names - _CHOSEN
        parent = pane.getparent()
        if not plain or plain == names or parent is None or not _has_table(pane):
            continue
        others += [
            sibling
            for sibling in parent.iterchildren(pane.tag)
            if set((sibling.get("class") or "").lower().split()) == plain and _has_table(sibling)
        ]
    return others


def _has_table(element: _Element) -> bool:
    return element.find(".//table") is not None
