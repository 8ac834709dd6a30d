"""Html of any origin to blocks, in the order in which a browser would show it.

The html is parsed as browsers do (nh3), which also takes scripts, comments and Word's islands
of xml away; what no screen shows is dropped and said; then one walk makes the blocks.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

import nh3
from lxml import etree
from lxml.etree import _Element

from ..readers.html.visibility import hidden
from .content import Block, Paragraph, Text
from .looks import Sheet, sheet_of
from .spacing import addressed
from .walking import Walk

# Elements whose words nobody sees.
_UNSEEN = frozenset({
    "script", "xml", "title", "noscript", "template", "iframe", "object", "embed", "applet",
    "video", "audio", "canvas", "noembed", "noframes", "frameset", "datalist", "map",
})  # fmt: skip
_TAGS = frozenset({
    "a", "address", "article", "aside", "b", "big", "blockquote", "br", "caption", "center",
    "col", "colgroup", "dd", "del", "details", "dir", "div", "dl", "dt", "em", "fieldset",
    "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "i", "img", "input", "ins", "legend", "li", "main", "math", "menu",
    "mfrac", "mi", "mn", "mo", "mrow", "ms", "msqrt", "msub", "msubsup", "msup", "mtext", "nav",
    "ol", "optgroup", "option", "p", "pre", "rp", "rt", "ruby", "s", "search", "section",
    "select", "small", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg",
    "table", "tbody", "td", "text", "tfoot", "th", "thead", "tr", "tspan", "u", "ul",
})  # fmt: skip
_ATTRIBUTES = {
    "*": {"style", "class", "align", "hidden", "id"},
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "type"},
    "li": {"value"},
    "del": {"cite", "datetime"},
    "input": {"type", "value"},
    "option": {"selected"},
    "font": {"face"},
}
SCHEMES = {"http", "https", "mailto", "tel", "attachment", "data"}
_AS_BROWSERS_DO = nh3.Cleaner(
    tags=set(_TAGS),
    attributes=_ATTRIBUTES,
    clean_content_tags=set(_UNSEEN),
    url_schemes=SCHEMES,
    link_rel=None,
)
_TEXT_ALONE = nh3.Cleaner(tags={"br"}, clean_content_tags=set(_UNSEEN) | {"style"}, attributes={})

# Characters that xml, and so lxml, does not know.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# What the clipboard of Windows writes before the html.
_CLIPBOARD = re.compile(r"\s*Version:[\d.]+\s.*?StartHTML:.*?(?=<)", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9:]*)([^>]*)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# Elements that need no end tag: they do not nest by being left open.
_UNCLOSED = frozenset({
    "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dd", "dt", "option", "optgroup", "br",
    "img", "hr", "input", "col", "colgroup", "meta", "link", "html", "head", "body", "base",
    "area", "param", "source", "wbr", "embed", "rp", "rt",
})  # fmt: skip
# Deeper nests nobody who writes a page; parsing them costs the square of their depth.
_DEEPEST = 150
_FORMATTING = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
})  # fmt: skip
_MOST_WORK = 2_000_000
# WeChat keeps an article hidden until its script has run.
_SHOWN_LATER = ("js_content", "img-content")
_NOTED = {
    "script": re.compile(r"<script\b", re.IGNORECASE),
    "frame": re.compile(r"<(?:iframe|object|embed|applet|frameset)\b", re.IGNORECASE),
    "film": re.compile(r"<(?:video|audio)\b", re.IGNORECASE),
    "form": re.compile(r"<form\b", re.IGNORECASE),
}


def parse(html: str, data_images: bool = False) -> tuple[list[Block], Counter[str]]:
    """The blocks of ``html``, and what was left behind, by kind.

    ``data_images`` lets pictures that are part of the html stay.
    """
    left: Counter[str] = Counter()
    html = _readable(html)
    for kind, tag in _NOTED.items():
        if found := len(tag.findall(html)):
            left[kind] = found
    if _nests_deep(html):
        left["deep"] = 1
        return _lines(html), left
    root = _tree(_NO_TEXT.sub("", _AS_BROWSERS_DO.clean(html)))
    if root is None:
        return [], left
    _drop_hidden(root, left)
    styles = [style.text for style in root.iter("style") if style.text]
    walk = Walk(sheet_of(styles), data_images, int(root.find(".//h1") is not None))
    blocks = walk.blocks_of(root)
    left.update(walk.left)
    return addressed(blocks), left


def stored(html: str) -> list[Block]:
    """The blocks of a body in its stored form, as ``clean`` made it."""
    root = _tree(html) if html else None
    return [] if root is None else Walk(Sheet(), data_images=True, lowered=0).blocks_of(root)


def _readable(html: str) -> str:
    """``html`` without halves of characters and the header of the Windows clipboard."""
    if not html.isascii():
        html = html.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    found = _CLIPBOARD.match(html) if html.lstrip().startswith("Version:") else None
    return html[found.end() :] if found else html


def _nests_deep(html: str) -> bool:
    """Whether elements are open within each other deeper than anybody writes."""
    if html.count("<") <= _DEEPEST:
        return False
    depth = 0
    opened: Counter[str] = Counter()
    work = 0
    for end, name, rest in _TAG.findall(_COMMENT.sub("", html)):
        name = name.lower()
        if name in _UNCLOSED or (":" in name and rest.endswith("/")):
            # A browser opens what is open of the formatting again in every paragraph.
            work += sum(opened.values())
            if work > _MOST_WORK:
                return True
            continue
        depth = max(0, depth - 1) if end else depth + 1
        if name in _FORMATTING:
            opened[name] = max(0, opened[name] - 1) if end else opened[name] + 1
        if depth > _DEEPEST:
            return True
    return False


def _lines(html: str) -> list[Block]:
    """The words of ``html`` line by line, for what is no page but a heap of tags."""
    bare = re.sub(r"<(script|style|title|xml)\b.*?(?:</\1\s*>|$)", "", html, flags=re.S | re.I)
    bare = re.sub(r"<!--.*?(?:-->|$)", "", bare, flags=re.DOTALL)
    lines = re.sub(r"</?[a-z!?][^>]*(?:>|$)", "\n", bare, flags=re.IGNORECASE).split("\n")
    said = (unescape(line).strip() for line in lines)
    return [Paragraph([Text(" ".join(line.split()))]) for line in said if line]


def _tree(html: str) -> _Element | None:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    return etree.fromstring(f"<div>{html}</div>".encode(), parser)


def _drop_hidden(root: _Element, left: Counter[str]) -> None:
    """Take out what a screen does not show."""
    for element in root.iter("div"):
        if element.get("id") in _SHOWN_LATER:
            element.set("style", "")
    for element in hidden(root):
        parent = element.getparent()
        if parent is None or element.tag in ("col", "colgroup"):
            continue
        if any(words.strip() for words in map(str, element.itertext())):
            left["hidden"] += 1
        _drop(element, parent)


def _drop(element: _Element, parent: _Element) -> None:
    """Take ``element`` out of ``parent``; the words behind it stay."""
    tail = element.tail
    before = element.getprevious()
    parent.remove(element)
    if not tail:
        return
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
