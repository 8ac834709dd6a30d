"""What belongs to the file of a case, in the order of the archive: request, receipt, letters of
the procedure, approvals, reply, proof of delivery, the rest.

With identity everything is there; without, what shows who asked or who was asked is left out
and said to be, and the letters are printed with the name masked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from gongkai.core.letters import LetterDocument, Unready, letter_kind
from gongkai.web.typesetting import typeset

from ...discretion import discreet
from ...letter_text import with_words
from ...letters import file_of, preview
from ...models import DisclosureRequest, Letter, LetterState, Paper, PaperKind
from ...models.papers import NAMING_KINDS
from ...models.requesters import mask_name
from ...papers import bytes_of
from ...steps import is_reply
from . import sheets

PDF = "application/pdf"
_RECEIPTS = ("receipt", "receipt_day_record")
_OUT = (LetterState.SIGNED, LetterState.SERVED)


@dataclass(frozen=True)
class Piece:
    """One piece of the file.  ``data`` is what is bound (a pdf or a picture) or only packed;
    ``beside`` are the same in other forms, by ending, for the zip."""

    part: str
    title: str
    data: bytes
    media_type: str = PDF
    number: str = ""
    on: date | None = None
    name: str = ""
    beside: dict[str, bytes] = field(default_factory=dict)


Words = Callable[[str], str]


def pieces_of(case: DisclosureRequest, *, reveal: bool) -> list[Piece]:
    """Every piece, in order; ``reveal`` with who asked, once the act has asked for it."""
    return list(_pieces(case, reveal))


def _pieces(case: DisclosureRequest, reveal: bool) -> Iterator[Piece]:
    words: Words = str if reveal else lambda text: _unnamed(case, text)
    kept = list(case.papers.all())

    def papers(part: str, *kinds: PaperKind) -> Iterator[Piece]:
        for paper in kept:
            if paper.kind in kinds:
                yield _paper(case, part, paper, reveal, words)

    part = "一、申请"
    yield _sheet(part, sheets.registration(case, reveal, words), case.arrived_on, case.number)
    yield from papers(part, PaperKind.REQUEST, PaperKind.IDENTITY, PaperKind.AUTHORISATION)
    yield from papers(part, PaperKind.CORRECTION)
    letters = list(case.letters.filter(state__in=_OUT).prefetch_related("deliveries"))
    part = "二、回执"
    for letter in letters:
        if letter.kind in _RECEIPTS:
            yield _letter(part, letter, reveal, words)
    part = "三、过程文书"
    for letter in letters:
        if letter.kind not in _RECEIPTS and not is_reply(letter.kind):
            yield _letter(part, letter, reveal, words)
    yield from papers(part, PaperKind.OPINION)
    if case.searches.exists():
        yield _sheet(part, sheets.searches(case, words))
    yield from papers(part, PaperKind.SEARCH)
    if case.fees.exists():
        yield _sheet(part, sheets.fees(case))
    yield from papers(part, PaperKind.PAYMENT)
    if case.messages.exists():
        yield _sheet(part, sheets.messages(case, words, reveal))
    part = "四、审批件"
    if case.decisions.exists():
        yield _sheet(part, sheets.decisions(case, words))
    if case.letters.filter(opinions__isnull=False).exists():
        yield _sheet(part, sheets.opinions(case, words))
    yield from papers(part, PaperKind.ASSESSMENT)
    part = "五、答复"
    for letter in letters:
        if is_reply(letter.kind):
            yield _letter(part, letter, reveal, words)
    yield from papers(part, PaperKind.INFORMATION)
    part = "六、送达凭证"
    if any(letter.deliveries.all() for letter in letters):
        yield _sheet(part, sheets.deliveries(letters, reveal, words))
    yield from papers(part, PaperKind.PROOF)
    part = "七、其他"
    yield from papers(part, PaperKind.OTHER)
    yield _sheet(part, sheets.course(case, words))
    yield _sheet(part, sheets.account_of_days(case))


def _unnamed(case: DisclosureRequest, text: str) -> str:
    """Words without the requester and without those whose opinion was asked."""
    text = discreet(case, text)
    for one in case.consultations.all():
        for secret in filter(None, (one.party.strip(), one.contact.strip())):
            text = text.replace(secret, mask_name(secret))
    return text


def _sheet(part: str, document: LetterDocument, on: date | None = None, number: str = "") -> Piece:
    return Piece(part, document.title, typeset(document), number=number, on=on)


def _letter(part: str, letter: Letter, reveal: bool, words: Words) -> Piece:
    title = letter_kind(letter.kind).title
    if reveal:
        files = {"docx": file_of(letter, "docx")}
        data = file_of(letter, "pdf")
    else:
        files = {}
        made = preview(letter)
        if isinstance(made, Unready):
            missing = f"{title}没有打码的副本：{'；'.join(made.sentences)}"
            made = sheets.left_out(title, words(missing))
        data = typeset(with_words(made, words))
    return Piece(part, title, data, number=letter.number, on=letter.dated, beside=files)


def _paper(case: DisclosureRequest, part: str, paper: Paper, reveal: bool, words: Words) -> Piece:
    on = timezone.localdate(paper.added_at)
    label = paper.get_kind_display()
    if paper.erased_at is not None:
        why = f"已于 {timezone.localdate(paper.erased_at)} 按保存期限删除。"
        return _sheet(part, sheets.left_out(label, why), on)
    if not reveal and (paper.kind in NAMING_KINDS or paper.from_requester or paper.sealed):
        why = "写着申请人或者被征求意见的人是谁，这一卷不附。"
        return _sheet(part, sheets.left_out(label, why), on)
    return Piece(
        part,
        label,
        bytes_of(paper),
        media_type=paper.media_type,
        on=on,
        name=words(paper.name),
    )
