"""A pdf as its pages show it, and no more.

Every page is carried over into a new file by a short list of what a page may
hold.  A page with words to mask, or with words that the eye does not see,
becomes an image.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

import pikepdf

from ...errors import NotRedacted
from ...readers.document import Budget
from ..hidden_data.office_parts import LOCAL_PATH
from ..hidden_data.pdf import RULES_OF_UNSEEN as _KINDS
from ..hidden_data.pdf import unseen_words
from ..hidden_data.pdf_glyphs import Box
from ..hidden_data.pdf_objects import (  # fmt: skip
    BROKEN,
    child,
    dictionaries,
    members,
    open_pdf,
    text_at,
)
from ..hidden_data.pdf_sight import PageSight, opened, page_of, page_texts, sights
from ..hidden_data.pdf_structure import REMARKS, layers_off, stuck_on, subtype
from .choices import Area
from .mask import Mask
from .pdf_pages import add_image_page, drawn_page, lines_of
from .pdf_stripping import flatten, saved, strip_beside, strip_page

# What is stuck on a page and seen as part of it: fields filled in, seals.
_FLATTENED = frozenset(("/Widget", "/Stamp"))
_SAFE_LINKS = ("http://", "https://", "mailto:", "tel:")
_TELLING = {
    "faint": "和底色相同的文字","covered": "遮住的文字", "invisible": "遮住的文字", "outside": "页面外的内容", "tiny": "小得看不清的文字"}  # fmt: skip


class _Link(NamedTuple):
    rectangle: list[float]
    address: str


class PdfCopy:
    """The copy of one pdf while it is made."""

    def __init__(self, data: bytes, mask: Mask, areas: tuple[Area, ...], keep: frozenset[str], budget: Budget) -> None:  # fmt: skip
        self._data, self._mask, self._keep, self._budget = data, mask, keep, budget
        self._areas: dict[int, list[Area]] = defaultdict(list)
        for area in areas:
            self._areas[area.page].append(area)
        self.done: Counter[str] = Counter()
        self.images: list[int] = []
        self._links: dict[int, list[_Link]] = defaultdict(list)

    def made(self, also_images: Iterable[int] = ()) -> bytes:
        """The copy; ``also_images`` are pages that have to become images whatever they show."""
        self.done.clear()
        self.images = []
        self._links.clear()
        before = sights(self._data, self._budget) if self._has_remarks() else ()
        covered = {page.number: _covered(page) for page in before}
        flat = self._flattened()
        self._mask.learn(page_texts(flat, self._budget))
        source, drawn = open_pdf(flat), opened(flat, self._budget)
        try:
            pages = sights(flat, self._budget, annotations=False)
            out = self._put_together(source, drawn, pages, covered, set(also_images))
        finally:
            drawn.close()
            source.close()
        return out

    def _put_together(
        self,
        source: pikepdf.Pdf,
        drawn: Any,
        pages: Iterable[PageSight],
        covered: dict[int, set[tuple[str, Box]]],
        also_images: set[int],
    ) -> bytes:
        layered = self._pages_with_layers_off(source)
        source.remove_unreferenced_resources()
        with pikepdf.new() as out:
            for page, given in zip(pages, source.pages, strict=True):
                self._budget.check()
                uncovered = [
                    g.box for g in page.glyphs
                    if not g.unseen and (g.char, _rounded(g.box)) in covered.get(page.number, ())
                ]  # fmt: skip
                masked = self._masked(page)
                why = self._why_image(page, bool(uncovered), bool(masked))
                if why or page.number in layered or page.number in also_images:
                    self._add_image(out, drawn, page, [*masked, *uncovered])
                else:
                    strip_page(given.obj)
                    out.pages.append(given)
                self._add_links(out, page.number)
            self.done["图片的拍摄信息"] += strip_beside(out, self._budget)
            return saved(out)

    def _why_image(self, page: PageSight, uncovered: bool, masked: bool) -> bool:
        """Whether a page has to become an image; what it is for goes into the account."""
        why = masked or uncovered or bool(self._areas.get(page.number)) or page.cut_pictures > 0
        if masked:
            self.done["遮盖的文字"] += 1
        if uncovered:
            self.done["遮住的文字"] += 1
        if page.cut_pictures:
            self.done["页面外的内容"] += 1
        if page.is_scan_with_text:
            if "hidden.scan_text" not in self._keep:
                self.done["扫描页的文字层"] += 1
                why = True
            return why
        for unseen, _ in unseen_words(page):
            if f"hidden.{_KINDS[unseen]}" in self._keep:
                continue
            self.done[_TELLING[unseen]] += 1
            why = True
        return why

    def _masked(self, page: PageSight) -> list[Box]:
        """The boxes of what is to be black, seen or not."""
        places = [at for at, glyph in enumerate(page.glyphs) for _ in glyph.char]
        boxes: list[Box] = []
        for start, end in self._mask.spans(page.text):
            told = [page.glyphs[at] for at in sorted(set(places[start:end]))]
            boxes += lines_of([glyph.box for glyph in told if glyph.char.strip()])
        return boxes

    def _add_image(self, out: pikepdf.Pdf, drawn: Any, page: PageSight, boxes: list[Box]) -> None:
        if any(glyph.unseen == "undrawn" for glyph in page.glyphs):
            raise NotRedacted(f"第 {page.number} 页的字体没有嵌入，本机也没有，画不出来")
        at = page_of(drawn, page.number - 1)
        try:
            wiped = [] if page.is_scan_with_text else self._traces(page)
            image = drawn_page(at, boxes, self._areas.get(page.number, []), wiped)
            add_image_page(out, image, at.get_size())
        finally:
            at.close()
        self.images.append(page.number)

    def _traces(self, page: PageSight) -> list[Box]:
        """Characters that the eye does not see and a program could still make out."""
        wiped: list[Box] = []
        for unseen, run in groupby(page.glyphs, key=lambda glyph: glyph.unseen):
            told = list(run)
            goes = unseen in _KINDS and f"hidden.{_KINDS[unseen]}" not in self._keep
            if goes and any(glyph.ink for glyph in told):
                wiped += lines_of([glyph.box for glyph in told if glyph.char.strip()])
        return wiped

    def _has_remarks(self) -> bool:
        with open_pdf(self._data) as pdf:
            return any(subtype(a) in REMARKS for page in pdf.pages for a in stuck_on(page.obj))

    def _flattened(self) -> bytes:
        """The file with fields and seals as part of their pages and nothing else stuck on them."""
        with open_pdf(self._data) as pdf:
            for number, page in enumerate(pdf.pages, 1):
                kept = []
                for annotation in stuck_on(page.obj):
                    kind = subtype(annotation)
                    if kind in _FLATTENED:
                        kept.append(annotation)
                    elif kind == "/Link":
                        self._note_link(number, annotation)
                    elif kind in REMARKS:
                        self.done["批注"] += 1
                if "/Annots" in page.obj:
                    del page.obj["/Annots"]
                if kept:
                    page.obj["/Annots"] = pikepdf.Array(kept)
                    self.done["表单和签章变成页面的一部分"] += len(kept)
            flatten(pdf)
            return saved(pdf)

    def _note_link(self, number: int, annotation: Any) -> None:
        address = text_at(child(annotation, "/A"), "/URI")
        safe = address.lower().startswith(_SAFE_LINKS) and not LOCAL_PATH.search(address)
        sides = members(child(annotation, "/Rect"))
        if safe and len(sides) == 4 and not self._mask.covers(address.partition(":")[2]):
            try:
                self._links[number].append(_Link([float(side) for side in sides], address))
            except BROKEN:
                return

    def _add_links(self, out: pikepdf.Pdf, number: int) -> None:
        # On a page turned into an image the places of its links no longer hold.
        links = [] if number in self.images else self._links.get(number, [])
        made = [
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Link,
                Rect=link.rectangle,
                Border=[0, 0, 0],
                A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(link.address)),
            )
            for link in links
        ]
        if made:
            out.pages[-1].obj["/Annots"] = pikepdf.Array(map(out.make_indirect, made))

    def _pages_with_layers_off(self, source: pikepdf.Pdf) -> set[int]:
        """Where layers are shut, every page that uses a layer."""
        if not layers_off(source):
            return set()
        found = set()
        for number, page in enumerate(source.pages, 1):
            reached = dictionaries(page.obj.get("/Resources"), self._budget)
            if any(text_at(each, "/Type") in ("/OCG", "/OCMD") for each in reached):
                found.add(number)
        self.done["关掉的图层"] += 1
        return found


def _covered(page: PageSight) -> set[tuple[str, Box]]:
    return {(g.char, _rounded(g.box)) for g in page.glyphs if g.unseen == "covered"}


def _rounded(box: Box) -> Box:
    return Box(*(round(side, 1) for side in box))
