"""A web page's furniture: what stands around a document, and where the document is.

Nothing here knows what the document says.  A site's own names for its parts
(``TRS_Editor``, ``breadcrumb``) and the share of text that is links decide.  No
part is dropped that holds a table of any size or much of the page's words.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.etree import _Element

# Article bodies as the usual publishing systems name them (class or id).
_BODIES = frozenset({
    "trs_editor", "trs_ueditor", "trs_editor_view", "trs_paper_default", "trs_web", "ucap-content",
    "pages_content", "article-content", "article_content", "articlecontent", "article-con",
    "article_con", "article-body", "article_body", "articlebody", "zoom", "zoomcon", "zoomcontent",
    "j-fontcontent", "xxgk_content", "content_txt", "txt_txt", "news_content", "newscontent",
    "view-content", "wp_articlecontent", "v_news_content", "con_text", "artibody", "info_content",
    "info-content", "detail-content", "detail_content", "detailcontent", "text_content",
})  # fmt: skip
_FURNITURE = frozenset({
    "nav", "navbar", "navigation", "topnav", "mainnav", "subnav", "menu", "menubar", "breadcrumb",
    "breadcrumbs", "crumb", "crumbs", "position", "location", "dqwz", "wz", "weizhi", "share",
    "bdsharebuttonbox", "bdshare", "jiathis", "jiathis_style", "social", "social-share", "footer",
    "foot", "footers", "bottom", "copyright", "sidebar", "sidenav", "leftnav", "rightnav",
    "search", "searchbox", "pagination", "pager", "pages", "toolbar", "tools", "fontsize",
    "print-btn", "qrcode", "ewm", "related", "relation", "xgxx", "prevnext", "friendlink", "links",
    "float", "gotop", "backtop",
})  # fmt: skip
_TAGS = frozenset({"nav", "footer", "aside"})
_PARTS = ("nav", "footer", "aside", "div", "ul", "ol", "dl", "section", "header", "form")
_LISTS = ("ul", "ol", "dl", "div", "p", "td", "section")
_LINE = re.compile(
    r"(?:当前位置|[您你](?:当前|现在|所在)*的?位置|首页\s*[>＞»]|"
    r"[【\[]?(?:打印|关闭|字体|字号)[打印关闭字体本此页窗口大中小默认【】\[\]:：|/\s]*$|"
    r"分享到|扫一扫|上一[篇条页]|下一[篇条页]|版权所有|主办单位?\s*[:：]|承办单位?\s*[:：]|网站标识码|"
    r"返回顶部|浏览(?:次数|量)|阅读次数|责任编辑\s*[:：]|.{0,6}ICP备|.{0,6}公网安备)"
)
# A table of so many cells is content wherever it stands.
_TABLE_CELLS = 12


def is_furniture_line(text: str) -> bool:
    """Whether a short line is a site's own, not the document's (当前位置, 打印, 版权所有)."""
    return len(text) < 80 and _LINE.match(text) is not None


def clear(body: _Element) -> None:
    """Drop navigation, breadcrumbs, share bars, footers and lists of links under ``body``."""
    whole = 0
    for element in _suspects(body):
        whole = whole or _length(body)
        if not _is_content(element, whole):
            drop(element)


def article(body: _Element) -> list[_Element]:
    """The parts of ``body`` that hold the document, in order; ``[body]`` where none is marked."""
    marked = [e for e in body.iter("div", "section", "article") if _names(e) & _BODIES]
    marked = marked or [e for e in body.iter("td") if e.get("id") and _names(e) & _BODIES]
    for parts in (marked, list(body.iter("article")), list(body.iter("main"))):
        outer = _outermost(parts)
        if outer and (_is_alone(outer[0], body) or _holds_the_document(outer, body)):
            return outer
    return [body]


def drop(element: _Element) -> None:
    """Take ``element`` out of its tree, the text behind it kept."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and not element.tail.isspace():
        # Emptied, not moved: text of a page may hold what cannot be set again.
        for child in list(element):
            element.remove(child)
        element.attrib.clear()
        element.text = None
        element.tag = "span"
    else:
        parent.remove(element)


def _suspects(body: _Element) -> list[_Element]:
    found = [
        e
        for e in body.iter(*_PARTS)
        if e.tag in _TAGS
        or e.get("role") in {"navigation", "search", "contentinfo"}
        or _names(e) & _FURNITURE
    ]
    links: dict[_Element, list[int]] = {}
    for link in body.iter("a"):
        size = _length(link) if len(link) else len((link.text or "").strip())
        for part in link.iterancestors(*_LISTS):
            if part is body:
                break
            links.setdefault(part, []).append(size)
    found += [p for p, sizes in links.items() if len(sizes) > 1 and sum(sizes) > 0.6 * _length(p)]
    return found


def _is_content(element: _Element, whole: int) -> bool:
    return _length(element) * 3 > whole or any(
        _cells(table) >= _TABLE_CELLS for table in element.iter("table")
    )


def _holds_the_document(parts: list[_Element], body: _Element) -> bool:
    def tables(element: _Element) -> int:
        return sum(
            _cells(t) >= _TABLE_CELLS and t.find(".//table") is None for t in element.iter("table")
        )

    whole = tables(body)
    if sum(map(tables, parts)) != whole:
        return False
    held = sum(map(_length, parts))
    return held > 200 and (whole > 0 or held * 3 > _length(body))


def _is_alone(part: _Element, body: _Element) -> bool:
    """Whether nothing at all stands around ``part``, as in a saved article body."""
    while part is not body:
        parent = part.getparent()
        if parent is None or len(parent) > 1 or (parent.text or "").strip() or part.tail:
            return False
        part = parent
    return True


def _outermost(elements: list[_Element]) -> list[_Element]:
    chosen = set(elements)
    return [e for e in elements if not any(a in chosen for a in e.iterancestors())]


def _names(element: _Element) -> set[str]:
    name, key = element.get("class"), element.get("id")
    return set(f"{name or ''} {key or ''}".lower().split()) if name or key else set()


def _cells(table: _Element) -> int:
    return sum(1 for _ in table.iter("td", "th"))


def _length(element: _Element) -> int:
    measured = _measure(element)
    return int(measured) if isinstance(measured, float) else 0


_measure = etree.XPath("string-length(normalize-space())")
