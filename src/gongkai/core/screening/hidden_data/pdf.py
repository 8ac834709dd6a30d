"""What a PDF holds and its pages do not show; and whether its words can be read at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ...readers.document import Budget
from .hidden import Hidden, Piece, found, gathered
from .pdf_objects import child, open_pdf, text_at
from .pdf_sight import PageSight, sights
from .pdf_structure import look_into_structure, stuck_on
from .personal import numbers_shown

RULES_OF_UNSEEN = {
    "faint": "white_text","covered": "covered_text", "invisible": "covered_text", "outside": "outside_page", "tiny": "tiny_text"}  # fmt: skip
# A single character that leaves no ink is a fault of its font, not a secret.
_FEWEST = 2


def look_into_pdf(data: bytes, budget: Budget) -> Iterator[Hidden]:
    """Everything found in the PDF ``data``."""
    pages = list(sights(data, budget))
    unseen: dict[str, list[Piece]] = {kind: [] for kind in RULES_OF_UNSEEN.values()}
    scanned: list[Piece] = []
    for page in pages:
        place = f"第 {page.number} 页"
        if page.is_scan_with_text:
            words = "".join(g.char for g in page.glyphs if g.unseen)
            scanned.append(Piece(place, words))
            continue
        for kind, words in unseen_words(page):
            unseen[RULES_OF_UNSEEN[kind]].append(Piece(place, words))
        if page.cut_pictures:
            unseen["outside_page"].append(Piece(place, f"{page.cut_pictures} 张图片"))
    for kind, pieces in unseen.items():
        yield from gathered(f"hidden.{kind}", pieces)
    yield from gathered("hidden.scan_text", scanned)
    yield from _not_told(pages)
    yield from look_into_structure(data, budget)
    yield from numbers_shown([*map(shown, pages), *_beside(data)])


def unseen_words(page: PageSight) -> Iterator[tuple[str, str]]:
    """The pieces of text that the eye does not see, with what hides them."""
    for unseen, run in groupby(page.glyphs, key=lambda glyph: _kind_of_run(glyph.unseen)):
        words = "".join(glyph.char for glyph in run).strip()
        if unseen in RULES_OF_UNSEEN and sum(char.isalnum() for char in words) >= _FEWEST:
            yield unseen, words


def _kind_of_run(unseen: str) -> str:
    return "covered" if unseen == "invisible" else unseen


def shown(page: PageSight) -> Piece:
    """What a reader sees of a page; of a scan the words recognised in it."""
    whole = page.is_scan_with_text
    seen = ("undrawn", "")
    text = "".join(g.char if whole or g.unseen in seen else "\n" for g in page.glyphs)
    return Piece(f"第 {page.number} 页", text)


def _beside(data: bytes) -> list[Piece]:
    """Bookmarks and the addresses of links."""
    pdf = open_pdf(data)
    found_pieces: list[Piece] = []
    try:
        waiting, left = [child(pdf.Root, "/Outlines", "/First")], 20_000
        while waiting and left:
            left -= 1
            mark = waiting.pop()
            title = text_at(mark, "/Title")
            if title:
                found_pieces.append(Piece("书签", title))
            waiting += [at for at in (child(mark, "/First"), child(mark, "/Next")) if at is not None]  # fmt: skip
        for number, page in enumerate(pdf.pages, 1):
            for annotation in stuck_on(page.obj):
                address = text_at(child(annotation, "/A"), "/URI")
                scheme, _, rest = address.partition(":")
                words = rest if scheme.lower() in ("tel", "sms") else address
                found_pieces.append(Piece(f"第 {number} 页的链接", words))
    finally:
        pdf.close()
    return found_pieces


def _not_told(pages: list[PageSight]) -> Iterator[Hidden]:
    """Pages whose words could not be looked through, or not be drawn."""
    for rule, numbers in (
        ("hidden.no_text_layer", [p.number for p in pages if p.is_picture_only]),
        ("hidden.unreadable_text", [p.number for p in pages if p.unreadable]),
        (
            "hidden.font_missing",
            [p.number for p in pages if any(g.unseen == "undrawn" for g in p.glyphs)],
        ),
    ):
        if numbers:
            listed = "、".join(map(str, numbers))
            place = f"第 {listed} 页"
            yield found(rule, place, listed, count=len(numbers), pages=listed)
