"""What a PDF holds and its pages do not show; and whether its words can be read at all."""

from __future__ import annotations

from collections.abc import Iterator

from ...readers.document import Budget
from .hidden import Hidden, Piece, found, gathered
from .pdf_objects import child, open_pdf, text_at
from .pdf_sight import PageSight, sights
from .pdf_structure import fields_of, look_into_structure, stuck_on
from .personal import numbers_shown

RULES_OF_UNSEEN = {
    "faint": "white_text","covered": "covered_text", "invisible": "covered_text", "outside": "outside_page", "tiny": "tiny_text"}  # fmt: skip
_NOT_TOLD = ("hidden.no_text_layer", "hidden.unreadable_text", "hidden.font_missing")
# A single character that leaves no ink is a fault of its font, not a secret.
_FEWEST = 2


def look_into_pdf(data: bytes, budget: Budget) -> Iterator[Hidden]:
    """Everything found in the PDF ``data``."""
    unseen: dict[str, list[Piece]] = {kind: [] for kind in RULES_OF_UNSEEN.values()}
    scanned: list[Piece] = []
    texts: list[Piece] = []
    not_told: dict[str, list[int]] = {rule: [] for rule in _NOT_TOLD}
    # Page by page: the characters of a whole book with their places would fill the memory.
    for page in sights(data, budget):
        place = f"第 {page.number} 页"
        texts.append(shown(page))
        for rule in _NOT_TOLD:
            if _is_not_told(page, rule):
                not_told[rule].append(page.number)
        if page.is_scan_with_text:
            scanned.append(Piece(place, "".join(g.char for g in page.glyphs if g.unseen)))
            continue
        for kind, words in unseen_words(page):
            unseen[RULES_OF_UNSEEN[kind]].append(Piece(place, words))
        if page.cut_pictures:
            unseen["outside_page"].append(Piece(place, f"{page.cut_pictures} 张图片"))
    for kind, pieces in unseen.items():
        yield from gathered(f"hidden.{kind}", pieces)
    yield from gathered("hidden.scan_text", scanned)
    for rule, numbers in not_told.items():
        if numbers:
            listed = "、".join(map(str, numbers))
            yield found(rule, f"第 {listed} 页", listed, count=len(numbers), pages=listed)
    yield from look_into_structure(data, budget)
    yield from numbers_shown([*texts, *_beside(data)])


def unseen_words(page: PageSight) -> Iterator[tuple[str, str]]:
    """The pieces of text that the eye does not see, with what hides them."""
    kind, words = "", ""
    for glyph in page.glyphs:
        # A blank belongs to what stands before it.
        own = _kind_of_run(glyph.unseen) if glyph.char.strip() else kind
        if own != kind:
            yield from _told(kind, words)
            kind, words = own, ""
        words += glyph.char
    yield from _told(kind, words)


def _told(kind: str, words: str) -> Iterator[tuple[str, str]]:
    if kind in RULES_OF_UNSEEN and sum(char.isalnum() for char in words) >= _FEWEST:
        yield kind, words.strip()


def _kind_of_run(unseen: str) -> str:
    return "covered" if unseen == "invisible" else unseen


def shown_in_pdf(data: bytes, budget: Budget) -> Iterator[Piece]:
    """The words that the pages show, then those beside them."""
    yield from map(shown, sights(data, budget))
    yield from _beside(data)


def shown(page: PageSight) -> Piece:
    """What a reader sees of a page; of a scan the words recognised in it."""
    whole = page.is_scan_with_text
    seen = ("undrawn", "")
    text = "".join(g.char if whole or g.unseen in seen else "\n" for g in page.glyphs)
    return Piece(f"第 {page.number} 页", text)


def _beside(data: bytes) -> list[Piece]:
    """Bookmarks, fields filled in and the addresses of links."""
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
        found_pieces += fields_of(pdf)
        for number, page in enumerate(pdf.pages, 1):
            for annotation in stuck_on(page.obj):
                address = text_at(child(annotation, "/A"), "/URI")
                scheme, _, rest = address.partition(":")
                words = rest if scheme.lower() in ("tel", "sms") else address
                found_pieces.append(Piece(f"第 {number} 页的链接", words))
    finally:
        pdf.close()
    return found_pieces


def _is_not_told(page: PageSight, rule: str) -> bool:
    """Whether the words of a page could not be looked through, or not be drawn."""
    if rule == "hidden.no_text_layer":
        return page.is_picture_only
    if rule == "hidden.unreadable_text":
        return page.unreadable > 0
    return any(glyph.unseen == "undrawn" for glyph in page.glyphs)
