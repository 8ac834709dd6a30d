"""A tree of pasted html to blocks: every word in some paragraph, nothing kept of the looks.

One walk.  What a browser shows as a line of its own is a paragraph; marks come from elements
and styles alike; tables, lists and figures stay what they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from lxml.etree import _Element

from ..readers.docx.counting import count
from .addresses import alternative, picture_from
from .around import Around, looking, marking
from .content import (
    CENTRED,
    PLACES,
    SIGNED,
    Block,
    Break,
    Figure,
    Image,
    Inline,
    Listing,
    Paragraph,
    Quote,
    Text,
    words_of,
)
from .gathering import gather_bullets, numbered, standing
from .grid import GridOfHtml, whole
from .looks import PLAIN, Look, Sheet, in_signs
from .markers import take_marker
from .spacing import FAR_RIGHT, LONGEST_SIGNATURE, tidy
from .tables import tidy_table

_PARAGRAPHS = frozenset({
    "p", "div", "section", "article", "center", "main", "header", "footer", "aside", "nav",
    "address", "hgroup", "dl", "dt", "dd", "form", "fieldset", "legend", "details", "summary",
    "hr", "body", "html", "li", "caption", "figcaption", "tr", "td", "th", "tbody", "thead",
    "tfoot", "optgroup", "search", "menu", "dir", "pre",
})  # fmt: skip
_RANKS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_STRUCTURES = frozenset({"table", "ul", "ol", "blockquote", "figure"})
_SKIPPED = frozenset({"style", "script", "head", "meta", "link", "rp", "col", "colgroup"})
_ALIGNED = {"center": CENTRED, "middle": CENTRED, "right": SIGNED, "left": "", "justify": ""}
_NO_VALUE = frozenset({"hidden", "checkbox", "radio", "image", "file", "password"})
_COUNTS = frozenset({"a", "A", "i", "I"})
_COUNTED = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A",
            "lower-roman": "i", "upper-roman": "I"}  # fmt: skip
_CHINESE_COUNTS = frozenset({
    "cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal",
})  # fmt: skip
# Classes of Word's comments.
_COMMENT_MARKS = frozenset({"msocomanchor"})
_COMMENTS = frozenset({"msocomtxt", "MsoCommentText"}) | _COMMENT_MARKS
_LONGEST_OUTLINE = 60


class Walk:
    """Gathers the blocks of a tree; ``left`` counts what was left behind, by kind."""

    def __init__(self, sheet: Sheet, data_images: bool, lowered: int) -> None:
        self.left: Counter[str] = Counter()
        self._sheet = sheet
        self._data_images = data_images
        # By how much headings go down: a body has none of the first rank, which is the page's.
        self._lowered = lowered
        self._blocks: list[Block] = []
        self._content: list[Inline] = []
        self._around = Around()

    def blocks_of(self, element: _Element) -> list[Block]:
        """The blocks of all that ``element`` holds."""
        return self._apart(Around(), partial(self._children, element))

    def _apart(self, around: Around, walk: Callable[[Around], None]) -> list[Block]:
        """The blocks that ``walk`` comes upon, apart from those gathered so far."""
        outer = self._blocks, self._content, self._around
        self._blocks, self._content, self._around = [], [], around
        walk(around)
        self._flush()
        made = gather_bullets(self._blocks)
        self._blocks, self._content, self._around = outer
        return made

    # -- one element -----------------------------------------------------

    def _children(self, element: _Element, around: Around) -> None:
        if element.text:
            self._say(element.text, around)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, child.tag, around)
            if child.tail:
                self._say(child.tail, around)

    def _element(self, element: _Element, tag: str, around: Around) -> None:
        if tag in _SKIPPED:
            return
        look = self._sheet.look(element, tag)
        if self._is_gone(element, tag, look):
            return
        if look is not PLAIN:
            around = looking(around, look)
        if tag in _STRUCTURES:
            self._flush()
            self._structure(element, tag, look, replace(around, bullet=0, indent=0.0))
        elif tag in _PARAGRAPHS or tag in _RANKS:
            self._paragraph(element, self._opening(element, tag, look, around))
        elif look.block:
            self._paragraph(element, marking(element, tag, look, around))
        else:
            self._inline(element, tag, look, around)

    def _paragraph(self, element: _Element, around: Around) -> None:
        self._flush()
        outer, self._around = self._around, around
        self._children(element, around)
        self._flush()
        self._around = outer

    def _is_gone(self, element: _Element, tag: str, look: Look) -> bool:
        """Whether an element is no part of the text: a comment, or what was deleted."""
        classes = set(element.get("class", "").split())
        if "comment" in look.word_part or classes & _COMMENTS:
            # A comment has its mark in the text and its words at the end.
            marks = classes & _COMMENT_MARKS
            self.left["comment"] = max(1, self.left["comment"] + len(marks))
            return True
        if tag == "del" and (element.get("datetime") or element.get("cite")):
            self.left["deleted"] += 1
            return True
        return False

    def _opening(self, element: _Element, tag: str, look: Look, around: Around) -> Around:
        """What holds within a block: its kind, its place, its indent, its bullet."""
        bullet = take_marker(element, look, self._sheet) if look.list_level else 0
        own = next((c for c in element.get("class", "").split() if c in PLACES), None)
        aligned = _ALIGNED.get(element.get("align", "").lower()) if look.place is None else None
        place = own or (around.place if aligned is None else aligned)
        if tag == "center" and not own:
            place = CENTRED
        rank = _RANKS.get(tag, 0)
        if (
            not rank
            and tag == "p"
            and 0 < look.outline < 7
            and _length(element) <= _LONGEST_OUTLINE
        ):
            rank = look.outline + 1 - self._lowered
        if rank:
            rank = min(4, max(2, rank + self._lowered))
            return replace(around, tag=f"h{rank}", place=place if place == CENTRED else "")
        preserved = around.preserved or tag == "pre"
        return replace(around, place=place, indent=look.indent, preserved=preserved, bullet=bullet)

    def _inline(self, element: _Element, tag: str, look: Look, around: Around) -> None:
        if tag == "br":
            self._content.append(Break())
        elif tag == "img":
            self._image(element, around)
        elif tag in ("input", "select"):
            self._field(element, tag, around)
        elif tag == "rt":
            self._say("（", around)
            self._children(element, around)
            self._say("）", around)
        else:
            self._children(element, marking(element, tag, look, around))

    def _field(self, element: _Element, tag: str, around: Around) -> None:
        """What a form field shows: saved pages print figures in them."""
        if tag == "input":
            kind = (element.get("type") or "text").lower()
            words = "" if kind in _NO_VALUE else element.get("value") or ""
        else:
            options = list(element.iter("option"))
            chosen = [o for o in options if o.get("selected") is not None] or options[:1]
            words = " ".join("".join(map(str, option.itertext())) for option in chosen)
        self.left["field"] += 1
        if words.strip():
            self._say(words, around)

    def _image(self, element: _Element, around: Around) -> None:
        src = picture_from(element.get("src"), self._data_images)
        if src:
            self._content.append(Image(src, alternative(element.get("alt")), around.href))
        else:
            self.left["image"] += 1

    def _say(self, words: str, around: Around) -> None:
        if around.signs:
            words = in_signs(words, around.signs)
        if around.preserved and "\n" in words:
            for at, line in enumerate(words.split("\n")):
                if at:
                    self._content.append(Break())
                self._content.append(Text(line, around.marks, around.href))
        elif self._content or not words.isspace() or words.strip(" \t\r\n\f"):
            self._content.append(Text(words, around.marks, around.href))

    # -- blocks ----------------------------------------------------------

    def _flush(self) -> None:
        """End the paragraph gathered so far."""
        if not self._content:
            return
        around = self._around
        content, self._content = self._content, []
        for paragraph in tidy(Paragraph(content, around.tag, around.place, around.bullet)):
            if around.inner:
                paragraph.place = ""
            elif (
                around.indent >= FAR_RIGHT
                and not paragraph.place
                and paragraph.tag == "p"
                and len(words_of(paragraph.content)) <= LONGEST_SIGNATURE
            ):
                paragraph.place = SIGNED
            self._blocks.append(paragraph if around.inner else standing(paragraph))

    def _structure(self, element: _Element, tag: str, look: Look, around: Around) -> None:
        """A table, a list, a quotation or a figure."""
        apart = replace(around, tag="p", place="")
        if tag == "table":
            self._table(element, apart)
        elif tag == "blockquote":
            content = self._apart(apart, partial(self._children, element))
            if content:
                self._blocks.append(Quote(content))
        elif tag == "figure":
            self._figure(element, apart)
        else:
            self._listing(element, tag, look, apart)

    def _table(self, element: _Element, around: Around) -> None:
        within = replace(around, inner=True)

        def read_cell(cell: _Element, row: _Element, alone: bool) -> list[Block]:
            # A cell alone is a frame, which will dissolve.
            inner = looking(around if alone else within, self._sheet.look(row, "tr"))
            inner = replace(looking(inner, self._sheet.look(cell, str(cell.tag))), place="")
            return self._apart(inner, partial(self._children, cell))

        grid = GridOfHtml(element, read_cell)
        for caption in grid.captions:
            for block in self._apart(around, partial(self._children, caption)):
                if isinstance(block, Paragraph):
                    gap: list[Inline] = [Break()] if grid.table.caption else []
                    grid.table.caption += gap + block.content
                else:
                    self._blocks.append(block)
        for stray in grid.strays:
            self._element(stray, str(stray.tag), around)
            self._flush()
        self.left["column"] += grid.hidden_columns
        self._blocks.extend(tidy_table(grid.table))

    def _figure(self, element: _Element, around: Around) -> None:
        """Pictures with a caption; whatever else is called a figure is what it holds."""
        blocks = self._apart(around, partial(self._children, element))
        bare = [b for b in blocks if isinstance(b, Figure) and not b.caption]
        images = [image for figure in bare for image in figure.images]
        rest = [block for block in blocks if not isinstance(block, Figure) or block.caption]
        captioned = element.find("figcaption") is not None
        if images and not rest:
            self._blocks.append(Figure(images))
        elif images and captioned and len(rest) == 1 and isinstance(rest[0], Paragraph):
            self._blocks.append(Figure(images, rest[0].content))
        else:
            self._blocks.extend(blocks)

    def _listing(self, element: _Element, tag: str, look: Look, around: Around) -> None:
        counted = look.counted.split()[0] if look.counted else ""
        kind = element.get("type", "")
        kind = kind if kind in _COUNTS else _COUNTED.get(counted, "")
        # Without numbers, or with Chinese ones, items are paragraphs.
        released = counted == "none" or (tag == "ol" and counted in _CHINESE_COUNTS)
        inner = around if released else replace(around, inner=True)
        at = whole(element.get("start"), 1)
        listings = [Listing([], tag == "ol", at, kind if tag == "ol" else "")]
        loose = self._apart(inner, partial(self._say, element.text or ""))
        if loose:
            listings[0].items.append(loose)
        for child in element:
            item = self._apart(inner, partial(self._item, child))
            if not item:
                continue
            last = listings[-1]
            if child.tag != "li" and last.items:
                last.items[-1].extend(item)
                continue
            value = whole(child.get("value"), at)
            if last.ordered and value != at:
                last = Listing([], True, value, last.count)
                listings.append(last)
            last.items.append(item)
            at = value + 1
        for made in listings:
            if not released and made.items:
                self._blocks.append(made)
            elif released:
                for number, item in enumerate(made.items, made.start):
                    sign = "" if counted == "none" else count(number, "chineseCounting") + "、"
                    self._blocks.extend(numbered(item, sign))

    def _item(self, child: _Element, around: Around) -> None:
        if isinstance(child.tag, str):
            self._element(child, child.tag, around)
        if child.tail:
            self._say(child.tail, around)


def _length(element: _Element) -> int:
    return sum(len(words.strip()) for words in map(str, element.itertext()))
