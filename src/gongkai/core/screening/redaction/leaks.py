"""A copy looked into once more before it is handed out: nothing of what was to go may be in it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pikepdf

from ...errors import NotRedacted
from ...readers.document import Budget
from ...rules import rule
from ..hidden_data.kind import LIMITS, Kind
from ..hidden_data.look import look_into
from ..hidden_data.office_file import OfficeFile
from ..hidden_data.pdf_objects import BROKEN, open_pdf, text_at
from ..hidden_data.pdf_sight import page_texts
from ..hidden_data.sheet_text import shown as shown_in_workbook
from ..hidden_data.word_text import shown as shown_in_word
from ..hidden_data.workbook import Workbook
from .mask import Mask

# What tells of a file that its words could not be looked through; no copy can mend that.
_NOT_REMOVED = frozenset(("hidden.no_text_layer", "hidden.unreadable_text", "hidden.font_missing"))
_HEX = re.compile(rb"<([0-9A-Fa-f\s]{8,})>")


def require_clean(copy: bytes, name: str, kind: Kind, mask: Mask, keep: frozenset[str]) -> None:
    """NotRedacted where something of what was to go is still in ``copy``."""
    left = [
        found.rule for found in look_into(copy, name)
        if found.rule == "attachment.not_examined"
        or (found.rule.startswith("hidden.") and found.rule not in _NOT_REMOVED | keep)
    ]  # fmt: skip
    if left:
        told = "、".join(rule(one).title.zh for one in dict.fromkeys(left))
        raise NotRedacted(f"副本里还留有：{told}")
    if mask and any(mask.covers(text) for text in _texts(copy, kind)):
        raise NotRedacted("副本的文字里还留有要遮盖的内容")
    if any(_holds(data, mask) for data in _inflated(copy, kind)):
        raise NotRedacted("副本的数据里还留有要遮盖的内容")


def pages_that_leak(copy: bytes, mask: Mask) -> set[int]:
    """The pages of a pdf whose own drawing still holds what is to be masked."""
    found: set[int] = set()
    if not mask:
        return found
    with open_pdf(copy) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            try:
                content = page.obj.get("/Contents")
                streams = list(content) if isinstance(content, pikepdf.Array) else [content]
                told = [each for each in streams if isinstance(each, pikepdf.Stream)]
                joined = b"\n".join(each.read_bytes() for each in told)
            except BROKEN:
                continue
            if _holds(joined, mask):
                found.add(number)
    return found


def _texts(copy: bytes, kind: Kind) -> Iterator[str]:
    budget = Budget(LIMITS)
    if kind is Kind.DOCX:
        yield from (piece.text for piece in shown_in_word(OfficeFile(copy, "docx", budget)))
    elif kind is Kind.XLSX:
        yield from (piece.text for piece in shown_in_workbook(Workbook(copy, budget)))
    elif kind is Kind.PDF:
        yield from page_texts(copy, budget)


def _inflated(copy: bytes, kind: Kind) -> Iterator[bytes]:
    """Everything in the copy, unpacked."""
    if kind in (Kind.DOCX, Kind.XLSX):
        with zipfile.ZipFile(io.BytesIO(copy)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)
    elif kind is Kind.PDF:
        with open_pdf(copy) as pdf:
            for each in pdf.objects:
                yield from _unpacked(each)


def _unpacked(each: pikepdf.Object) -> Iterator[bytes]:
    if isinstance(each, pikepdf.Stream):
        if text_at(each, "/Subtype") == "/Image":
            return
        try:
            yield each.read_bytes()
        except BROKEN:
            yield each.read_raw_bytes()
    elif isinstance(each, (pikepdf.Dictionary, pikepdf.Array, pikepdf.String)):
        yield each.unparse(resolved=True)


def _holds(data: bytes, mask: Mask) -> bool:
    """Whether ``data`` holds something of the mask, also in hexadecimal digits."""
    return mask.stands_in(data) or (b"<" in data and mask.stands_in(_unhexed(data)))


def _unhexed(data: bytes) -> bytes:
    """What the strings written in hexadecimal digits say."""
    told = (b"".join(found.split()) for found in _HEX.findall(data))
    return b"\n".join(bytes.fromhex(digits[: len(digits) // 2 * 2].decode()) for digits in told)
