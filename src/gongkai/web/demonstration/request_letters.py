"""The letters of the region's requests: written, read by those who must, signed, served.

Each hand is another person's, as ``requests/separation.py`` has it; numbers are given in the
order of signing before anything is written, since a letter may name one that came before.
All are printed together at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone

from gongkai.core.letters import Addressee, LetterDocument, Unready, letter_kind
from gongkai.web import filestore
from gongkai.web.apart import apart
from gongkai.web.people.models import Person
from gongkai.web.requests.letters import digest_of, facts_of, final, lacks_of, stored_facts
from gongkai.web.requests.models import (
    Decision,
    Delivery,
    DeliveryWay,
    DisclosureRequest,
    Letter,
    LetterState,
    Opinion,
    Paper,
    Verdict,
)
from gongkai.web.requests.steps import read_in_full, steps_of
from gongkai.web.sealed import seal

from .letter_files import letter_files
from .staff import Office

# Given a document as docx and as pdf.
Keep = Callable[[bytes, bytes], None]
_SAID = {
    LetterState.SECTION_REVIEW: "内容属实，同意。",
    LetterState.SECRECY_REVIEW: "不涉及国家秘密，同意答复。",
    LetterState.SIGNING: "同意。",
}


class NotSuchLetter(ValueError):
    """The data tell of a letter that could not have gone out."""


@dataclass(frozen=True)
class Writing:
    """What a letter is begun with."""

    kind: str
    given: Mapping[str, Any]
    act: str = ""
    decision: Decision | None = None
    enclosures: Sequence[Paper] = ()
    # Of a letter that tells a third party what was decided: the opinion it was asked for.
    consultation: int | None = None


@dataclass(frozen=True)
class Signing:
    """When a letter was written, read and signed, and how far it came."""

    written_at: datetime
    read_at: datetime
    signed_at: datetime
    stands: LetterState
    number: str = ""
    # By whom it was returned to its writer, and why; it is a draft again then.
    returned: str = ""


class Press:
    """Letters and papers that are to be printed, each with who keeps the files that come of it."""

    def __init__(self) -> None:
        self._waiting: list[tuple[LetterDocument, Keep]] = []

    def take(self, document: LetterDocument, keep: Keep) -> None:
        """``keep`` is given ``document`` as docx and as pdf."""
        self._waiting.append((document, keep))

    def run(self) -> None:
        """Print everything taken; in a process apart, as ``attachments.Files`` says."""
        documents = [document for document, _ in self._waiting]
        files = apart(letter_files, documents) if documents else []
        for (_, keep), (docx, pdf) in zip(self._waiting, files, strict=True):
            keep(docx, pdf)
        self._waiting.clear()


def begin(case: DisclosureRequest, writer: Person, writing: Writing, at: datetime) -> Letter:
    """A draft, as the acts begin one."""
    letter = Letter.objects.create(
        request=case,
        agency=case.agency,
        kind=writing.kind,
        addressee=_addressee(case, writing),
        facts=stored_facts(writing.kind, writing.given),
        decision=writing.decision,
        act=writing.act,
        act_facts={"consultation": writing.consultation} if writing.consultation else {},
        written_by=writer,
        written_at=at,
    )
    letter.enclosures.set(writing.enclosures)
    return letter


def pass_through(letter: Letter, office: Office, way: Signing, press: Press) -> Letter:
    """Take a draft as far as the data say: returned, waiting to be read, or signed."""
    # What is signed is looked at when it is printed.
    lacks = () if way.number else lacks_of(letter)
    if lacks:
        raise NotSuchLetter(f"{letter.request.number} {letter.kind}: {lacks}")
    if way.stands == LetterState.DRAFT and not way.returned:
        return letter
    letter.writers.add(letter.written_by)
    read = digest_of(letter)
    _say(letter, LetterState.DRAFT, Verdict.SUBMITTED, letter.written_by, way.written_at, read)
    for step in steps_of(letter):
        reader = _reader(letter, office, step)
        if way.returned and step == LetterState.SECRECY_REVIEW:
            said = (letter, step, Verdict.RETURNED, reader, way.read_at, read, way.returned)
            _say(*said)
            return letter
        if step == way.stands:
            break
        at = way.signed_at if step == LetterState.SIGNING else way.read_at
        if step == LetterState.SIGNING:
            letter = _signed(letter, reader, way, press)
        _say(letter, step, Verdict.PASSED, reader, at, read, _SAID[step])
    if way.stands != LetterState.SERVED:
        Letter.objects.filter(pk=letter.pk).update(state=way.stands)
    return letter


def serve(letter: Letter, delivery: Delivery) -> None:
    """It went out."""
    delivery.save()
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.SERVED)
    letter.refresh_from_db()


def usual_way(case: DisclosureRequest, kind: str) -> DeliveryWay:
    """How a letter goes where the data do not say."""
    if letter_kind(kind).addressee is Addressee.AGENCY:
        return DeliveryWay.DIRECT
    if letter_kind(kind).addressee is Addressee.THIRD_PARTY:
        return DeliveryWay.POST
    ways = {"online": DeliveryWay.ONLINE, "email": DeliveryWay.EMAIL, "post": DeliveryWay.POST}
    return ways.get(case.way_of_delivery, DeliveryWay.DIRECT)


def _signed(letter: Letter, signer: Person, way: Signing, press: Press) -> Letter:
    facts, dated = facts_of(letter), timezone.localdate(way.signed_at)
    Letter.objects.filter(pk=letter.pk).update(
        state=LetterState.SIGNED,
        facts=facts,
        signed_by=signer,
        signed_at=way.signed_at,
        dated=dated,
        number=way.number,
    )
    letter.refresh_from_db()
    document = final(letter, way.number, dated)
    if isinstance(document, Unready):
        raise NotSuchLetter(f"{letter.request.number} {letter.kind}: {document.sentences}")
    press.take(document, partial(_keep, letter))
    return letter


def _keep(letter: Letter, docx: bytes, pdf: bytes) -> None:
    """Sealed, since they name who asked."""
    letter.docx, letter.pdf = filestore.put(seal(docx)), filestore.put(seal(pdf))
    letter.save(update_fields=["docx", "pdf"])


def _reader(letter: Letter, office: Office, step: LetterState) -> Person:
    if step == LetterState.SECTION_REVIEW:
        if office.section is None:
            raise NotSuchLetter(f"{letter.agency} has nobody for {step}")
        return office.section
    if step == LetterState.SECRECY_REVIEW:
        return office.secrecy
    return office.approver if read_in_full(letter.kind) else office.keeper


def _say(
    letter: Letter,
    step: LetterState,
    verdict: Verdict,
    person: Person,
    at: datetime,
    read: str,
    text: str = "",
) -> None:
    Opinion.objects.create(
        letter=letter, step=step, verdict=verdict, person=person, at=at, read=read, text=text
    )


def _addressee(case: DisclosureRequest, writing: Writing) -> str:
    """For lists: the requester masked, a third party not named."""
    whom = letter_kind(writing.kind).addressee
    if whom is Addressee.REQUESTER:
        return case.requester.masked_name
    if whom is Addressee.THIRD_PARTY:
        return "第三方"
    return str(writing.given.get("other_agency") or writing.given.get("assisting_body") or "")
