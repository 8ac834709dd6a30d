"""Look into one attachment, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from ...errors import UnreadableDocument
from ...finding import Finding
from ...readers.document import Budget, Limits
from ...rules import say
from .hidden import Hidden, Piece, found
from .kind import LIMITS, Kind, attachment_kind, refusal
from .office_file import OfficeFile
from .pdf import look_into_pdf, shown_in_pdf
from .personal import numbers_shown
from .picture import look_into_picture
from .sheet_text import shown as shown_in_workbook
from .spreadsheet import look_into_workbook
from .word import look_into_word
from .word_text import shown as shown_in_word
from .workbook import Workbook


def look_into(data: bytes, name: str, limits: Limits = LIMITS) -> tuple[Hidden, ...]:
    """Every hidden thing in ``data`` and every personal number that it or its ``name`` shows.

    A file that cannot be looked into is a finding too, never an exception: what
    was not examined is not clean.
    """
    kind = attachment_kind(data, name, limits)
    if isinstance(kind, Finding):
        return (_not_examined(kind),)
    in_name = numbers_shown(name_of_file(name))
    try:
        inside = tuple(_inside(kind, data, Budget(limits)))
    except UnreadableDocument as refused:
        inside = (_not_examined(refusal(refused, name)),)
    wrong = () if kind.fits(name) or not PurePath(name).suffix else (_misnamed(kind, name),)
    return (*inside, *in_name, *wrong)


def shown_in(kind: Kind, data: bytes, budget: Budget) -> Iterator[Piece]:
    """The words that an attachment shows; none are read in pictures."""
    if kind is Kind.DOCX:
        yield from shown_in_word(OfficeFile(data, "docx", budget))
    elif kind is Kind.XLSX:
        yield from shown_in_workbook(Workbook(data, budget))
    elif kind is Kind.PDF:
        yield from shown_in_pdf(data, budget)


def name_of_file(name: str) -> list[Piece]:
    """A name is published too."""
    return [Piece("文件名", PurePath(name).stem)]


def _inside(kind: Kind, data: bytes, budget: Budget) -> Iterator[Hidden]:
    if kind is Kind.DOCX:
        yield from look_into_word(data, budget)
    elif kind is Kind.XLSX:
        yield from look_into_workbook(data, budget)
    elif kind is Kind.PDF:
        yield from look_into_pdf(data, budget)
    else:
        yield from look_into_picture(data, "图片")


def _not_examined(reason: Finding) -> Hidden:
    said = say(reason)
    return found("attachment.not_examined", "整个附件", f"{reason.rule}", said, reason=said)


def _misnamed(kind: Kind, name: str) -> Hidden:
    extension = PurePath(name).suffix.lstrip(".").lower()
    return found(
        "attachment.extension_differs", "文件名", extension, extension=extension, kind=kind.value
    )
