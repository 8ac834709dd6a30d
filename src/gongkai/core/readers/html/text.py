"""The words of an HTML element as a screen shows them.

White space collapses, ``<br>`` and inner blocks break the line, a break in the
source between two Chinese characters is none, what cannot be seen is gone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.etree import _Element

# Stands for a line break while white space is still to be collapsed.
BREAK = "\x0e"
BLOCK = frozenset({
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "center",
    "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "form", "fieldset", "legend", "h1", "h2",
    "h3", "h4", "h5", "h6", "address", "figure", "figcaption", "hr", "details", "summary", "body",
    "html", "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "hgroup", "search",
})  # fmt: skip
SKIPPED = frozenset({
    "script", "style", "noscript", "template", "head", "title", "meta", "link", "iframe", "frame",
    "frameset", "noframes", "object", "embed", "applet", "svg", "canvas", "video", "audio", "map",
    "area", "math", "img", "input", "select", "textarea", "button", "option", "datalist", "del",
    "col", "colgroup", "base", "xml",
})  # fmt: skip
_INVISIBLE = re.compile(
    "[\x00-\x08\x0f-\x1b\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]"
)
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_SOURCE_BREAK = re.compile(f"(?<=[{_WIDE}])[ \t\r]*\n[ \t\r\n]*(?=[{_WIDE}])")
_NOTE_MARK = re.compile(
    r"\s*(?:[\[(（【〔]?\s*(?:注|\*)?\s*\d{0,2}\s*[\])）】〕]?|[①-⑳]|\*{1,3}|[a-e])\s*"
)


# A number drawn wide: the same unbreakable space between each digit and the next.
_GAP = "[\xa0\u2002-\u200a\u202f\u3000]"
_LETTER_SPACED = re.compile(
    rf"\s*(?:[1-9１-９]|[0０](?={_GAP}+[.．]))({_GAP}+)[\d.．](?:\1[\d.．])*\s*"
)


def finish(raw: str) -> str:
    """Gathered pieces as lines: collapsed, joined by ``\\n``, empty lines left out."""
    if raw.isprintable():
        return raw.strip() if "  " not in raw else " ".join(raw.split())
    raw = _INVISIBLE.sub("", raw)
    if "\n" in raw:
        raw = _SOURCE_BREAK.sub("", raw)
    if BREAK not in raw:
        return " ".join(raw.split())
    lines = (" ".join(line.split()) for line in raw.split(BREAK))
    return "\n".join(line for line in lines if line)


def words(element: _Element) -> str:
    """All the text within ``element``, white space as in the source."""
    return "".join(map(str, element.itertext()))


def cell_text(cell: _Element) -> str:
    """What a table cell says, over several lines where it is."""
    raw = cell.text or ""
    count = len(cell)
    if count:
        only = cell[0]
        if count == 1 and not len(only) and (only.tag == "p" or only.tag == "span"):
            # The usual cell: one paragraph or span, nothing within.
            raw = f"{raw}{only.text or ''}{only.tail or ''}"
        else:
            pieces = [raw]
            _gather(cell, pieces, 0)
            raw = "".join(pieces)
    return _finish_short(raw) if len(raw) < 100 else finish(raw)


# Most cells of most reports say the same few things: labels and small numbers.
@lru_cache(maxsize=4096)
def _finish_short(raw: str) -> str:
    if not raw.isprintable() and _LETTER_SPACED.fullmatch(raw):
        return "".join(raw.split())
    return finish(raw)


def _gather(element: _Element, pieces: list[str], depth: int) -> None:
    for child in element:
        tag = child.tag
        if tag in BLOCK or tag == "table":
            pieces.append(BREAK)
            _inner(child, pieces, depth)
            pieces.append(BREAK)
        elif tag == "br":
            pieces.append(BREAK)
        elif tag in _FIELDS:
            pieces.append(_field(child))
        elif tag not in SKIPPED:
            _inner(child, pieces, depth)
        if child.tail:
            pieces.append(child.tail)


def _inner(element: _Element, pieces: list[str], depth: int) -> None:
    if element.text:
        pieces.append(element.text)
    if depth < 60:
        _gather(element, pieces, depth + 1)
    else:
        pieces.extend(words(child) for child in element)


_FIELDS = frozenset({"input", "textarea", "select"})
_NO_VALUE = frozenset({"hidden", "checkbox", "radio", "button", "submit", "reset", "image", "file"})


def _field(field: _Element) -> str:
    """The value a form field shows: pages that print a fill-in form as it was saved."""
    if field.tag == "input":
        kind = (field.get("type") or "text").lower()
        return "" if kind in _NO_VALUE else field.get("value") or ""
    if field.tag == "textarea":
        return words(field)
    options = list(field.iter("option"))
    chosen = [o for o in options if o.get("selected") is not None] or options[:1]
    return words(chosen[0]) if chosen else ""


def footnote_marks(body: _Element) -> list[_Element]:
    """Marks of notes in table cells (a raised 1, [2], ③; Word's ``_ftn`` links)."""
    marks = [e for e in body.iter("sup") if _in_cell(e) and _NOTE_MARK.fullmatch(words(e))]
    marks += [
        e for e in body.iter("a") if (e.get("href") or "").startswith("#_ftn") and _in_cell(e)
    ]
    return marks


def _in_cell(element: _Element) -> bool:
    return next(element.iterancestors("td", "th"), None) is not None
