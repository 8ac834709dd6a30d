"""Act: hand a person everything that is held of him (个人信息保护法 art. 45), as a zip.

Found by the number of his document or his organisation's code, never by name.  The disclosure
office makes sure first who asks; that, and the handing over, are kept.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.core.letters import letter_kind
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Subject, record
from gongkai.web.file_names import clean_name
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.requests.acts.identity import identity_of
from gongkai.web.requests.around.case_file import sheets
from gongkai.web.requests.letters import file_of
from gongkai.web.requests.models import DisclosureRequest, IdentityView, LetterState
from gongkai.web.requests.papers import bytes_of
from gongkai.web.sealed import fingerprint
from gongkai.web.typesetting import typeset

from ..models import RecordCorrection, RemedyCase

_OUT = (LetterState.SIGNED, LetterState.SERVED)
_TO_REQUESTER = "requester"


@dataclass(frozen=True)
class Held:
    """What an agency holds of one person."""

    requests: list[DisclosureRequest]
    corrections: list[RecordCorrection]

    def __bool__(self) -> bool:
        return bool(self.requests or self.corrections)


@transaction.atomic
def export_person(actor: Actor, agency: Agency, number: str, reason: str) -> bytes:
    """The zip; Forbidden where nothing is held under this number."""
    who = actor.require("request.export_file", agency)
    if not number.strip():
        raise Forbidden("填证件号码或者统一社会信用代码。")
    if not reason.strip():
        raise Forbidden("写明怎样核实了是本人。")
    if "".join(number.split()) in "".join(reason.split()):
        raise Forbidden("说明里不写证件号码。")
    held = held_of(agency, number)
    if not held:
        raise Forbidden("没有按这个号码登记的申请；身份信息删除以后也查不到。")
    for case in held.requests:
        IdentityView.objects.create(
            request=case, person=actor.person, what="导出本人的信息", reason=reason.strip()[:200]
        )
    data = _zip(held, timezone.localtime())
    subject = Subject("requester", str(agency.pk), f"{agency.short_name}：一人的全部信息")
    after = {
        "requests": [case.number for case in held.requests],
        "corrections": [one.pk for one in held.corrections],
    }
    record("request.export_person", subject, who, reason=reason.strip(), after=after)
    return data


def held_of(agency: Agency, number: str) -> Held:
    """Everything under this number, as long as it is not erased."""
    same = fingerprint(number)
    requests = DisclosureRequest.objects.filter(agency=agency, requester__same_as=same)
    plain = "".join(number.split()).upper()
    corrections = [
        one
        for one in RecordCorrection.objects.filter(agency=agency, erased_at=None)
        if plain and "".join(one.document_number.split()).upper() == plain
    ]
    return Held(list(requests.select_related("agency", "requester", "handler")), corrections)


def _zip(held: Held, at: datetime) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        told: list[dict[str, Any]] = []
        for case in held.requests:
            folder = clean_name(case.number)
            told.append(_request(case))
            for name, data in _files(case):
                archive.writestr(f"{folder}/{clean_name(name)}", data)
        about = {
            "made_at": at.isoformat(timespec="seconds"),
            "requests": told,
            "corrections": [_correction(one) for one in held.corrections],
        }
        archive.writestr("data.json", json.dumps(about, ensure_ascii=False, indent=1))
    return buffer.getvalue()


def _files(case: DisclosureRequest) -> Iterator[tuple[str, bytes]]:
    """What he handed in, and what was written to him."""
    yield "申请登记表.pdf", typeset(sheets.registration(case, True, str))
    for paper in case.papers.filter(from_requester=True, erased_at=None):
        yield f"{paper.pk}-{paper.name}", bytes_of(paper)
    for letter in case.letters.filter(state__in=_OUT):
        if letter_kind(letter.kind).addressee == _TO_REQUESTER:
            yield f"{letter_kind(letter.kind).title}{letter.number}.pdf", file_of(letter, "pdf")


def _request(case: DisclosureRequest) -> dict[str, Any]:
    """The facts held of him with one request, and who looked at them."""
    return {
        "number": case.number,
        "received_on": _day(case.received_on),
        "channel": case.get_channel_display(),
        "description": case.description,
        "help_needed": case.help_needed,
        "requester": dict(vars(identity_of(case.requester))),
        "messages": [
            {"at": one.at.isoformat(), "kind": one.get_kind_display(), "text": one.text}
            for one in case.messages.all()
        ],
        "other_columns_of_the_old_ledger": json.loads(case.imported_aside or "{}"),
        "remedies": [
            {"kind": one.get_kind_display(), "number": one.number, "body": one.body}
            for one in RemedyCase.objects.filter(request=case, applicant_is="requester")
        ],
        "looked_at": [
            {"at": one.at.isoformat(), "by": one.person.name, "what": one.what, "why": one.reason}
            for one in case.identity_views.select_related("person")
        ],
    }


def _correction(one: RecordCorrection) -> dict[str, Any]:
    names = (
        "name", "document_number", "phone", "mailbox", "address", "record_concerned", "claimed",
        "evidence", "findings",
    )  # fmt: skip
    return {
        "received_on": _day(one.received_on),
        "result": one.get_result_display() if one.result else "",
        "concluded_on": _day(one.concluded_on),
        **{name: getattr(one, name) for name in names},
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
