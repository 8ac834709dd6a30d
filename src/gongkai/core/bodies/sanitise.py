"""Pasted html made fit to be a body: what it says is kept, what its program added is not.

``clean`` takes html from Word, WPS, Excel, WeChat or any page and gives the stored form: a few
elements, three classes, no style.  No visible word is lost; what is left behind is said in
``dropped``.  The last step is nh3 with the lists below, whatever came before.  Cleaning twice
changes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import nh3

from .addresses import link_to, picture_from
from .content import CENTRED, FLUSH, HEADINGS, SIGNED
from .markup import render
from .parsing import SCHEMES, parse

TAGS = frozenset({
    "p", *HEADINGS, "strong", "sup", "sub", "u", "s", "br", "ul", "ol", "li", "table", "caption",
    "thead", "tbody", "tfoot", "tr", "th", "td", "a", "img", "figure", "figcaption", "blockquote",
})  # fmt: skip
CLASSES = {"p": {CENTRED, SIGNED, FLUSH}, **{heading: {CENTRED} for heading in HEADINGS}}
ATTRIBUTES = {
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start", "type"},
    "a": {"href"},
    "img": {"src", "alt"},
}
# What is left behind, in the order in which it is said.
_SAID = {
    "deep": "标签嵌套过深，只留文字",
    "hidden": "隐藏的内容 {} 处",
    "column": "隐藏的列 {} 列",
    "deleted": "修订中删除的内容 {} 处",
    "comment": "批注 {} 处",
    "image": "图片 {} 张：没有随文字带来，请另行上传",
    "film": "音频、视频 {} 个",
    "frame": "嵌入的其他页面或对象 {} 个",
    "form": "表单 {} 个",
    "field": "表单的填写框 {} 个：只留其中文字",
    "script": "脚本 {} 段",
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A body in its stored form, and what of the source is not in it, said in Chinese."""

    html: str
    dropped: tuple[str, ...] = ()


def clean(html: str, *, data_images: bool = False) -> Cleaned:
    """The stored form of ``html``.

    Pictures stay where they are attachments of the item (``attachment:ID``); with
    ``data_images`` also where they are part of the html (``data:``), for the caller to make
    attachments of.
    """
    blocks, left = parse(html, data_images)
    return Cleaned(secured(render(blocks), data_images), told(left))


def secured(html: str, data_images: bool = False) -> str:
    """``html`` with nothing but the elements, attributes and addresses of a body."""
    return (_WITH_DATA if data_images else _WITHOUT_DATA).clean(html)


def told(left: Counter[str]) -> tuple[str, ...]:
    """What was left behind, in Chinese."""
    return tuple(said.format(left[kind]) for kind, said in _SAID.items() if left[kind])


def _cleaner(data_images: bool) -> nh3.Cleaner:
    def allowed(tag: str, name: str, value: str) -> str | None:
        if name == "href":
            return link_to(value) or None
        if name == "src":
            return picture_from(value, data_images) or None
        return value

    return nh3.Cleaner(
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        allowed_classes=CLASSES,
        attribute_filter=allowed,
        url_schemes=SCHEMES,
        link_rel=None,
    )


_WITH_DATA, _WITHOUT_DATA = _cleaner(True), _cleaner(False)
