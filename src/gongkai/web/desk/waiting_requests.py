"""What waits for a person in disclosure on request, and what he waits for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from gongkai.core.days import WorkingDays
from gongkai.core.letters import letter_kind
from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.clock import Clock
from gongkai.web.policies import Actor
from gongkai.web.requests.models import DisclosureRequest, Letter, LetterState, Message
from gongkai.web.requests.views.board import Row, rows_of, with_events
from gongkai.web.requests.views.next_acts import may_review

from .entries import Waiting

MOST = 60
NOBODYS = 5
_UNDER_REVIEW = (LetterState.SECTION_REVIEW, LetterState.SECRECY_REVIEW, LetterState.SIGNING)
_STEPS = ("request.review_section", "request.review_secrecy", "request.sign")
_WORDS = {
    "awaiting_confirmation": ("与申请人确认收到", "confirm", "去确认"),
    "decided": ("答复送审", "case", "打开"),
    "signed": ("送达答复", "case", "打开"),
}


def requests_for(actor: Actor, today: date, days: WorkingDays) -> Iterator[Waiting]:
    """What this person has to do: letters to read, messages, cases in hand, cases of nobody."""
    yield from _letters(actor, today, days)
    office = actor.agencies("request.serve")
    for letter in _of(office).filter(state=LetterState.SIGNED)[:MOST]:
        yield _of_letter(letter, "送达", "requests:deliver", today, days)
    for message in Message.objects.filter(
        Q(request__agency__in=office) | Q(request__handler=actor.person), handled_at=None
    ).select_related("request__agency")[:MOST]:
        yield Waiting(
            Clock("", "申请人来件", f"{message.at:%m-%d} 提交"),
            today,
            f"看{message.get_kind_display()}",
            _about(message.request),
            message.request.number,
            reverse("requests:message", args=[message.request_id, message.pk]),
            "打开",
        )
    yield from _nobodys(actor, today, days)
    for row in _rows(_open(handler=actor.person), today, days):
        if not row.waits_for or row.told.state == "awaiting_confirmation":
            what, name, button = _WORDS.get(row.told.state, ("定结果、写答复", "case", "打开"))
            yield _of_case(row, what, name, button, today)


def requests_with_others(actor: Actor, today: date, days: WorkingDays) -> Iterator[Waiting]:
    """Cases in hand that wait for the requester, a third party, another agency, a reviewer."""
    for row in _rows(_open(handler=actor.person), today, days):
        if row.waits_for and row.told.state != "awaiting_confirmation":
            yield _of_case(row, row.waits_for, "case", "打开", today)
    mine = Letter.objects.filter(written_by=actor.person, state__in=_UNDER_REVIEW)
    for letter in mine.select_related("request__agency", "agency")[:MOST]:
        words = f"等{letter.get_state_display()}"
        yield _of_letter(letter, words, "requests:letter", today, days)


def _nobodys(actor: Actor, today: date, days: WorkingDays) -> Iterator[Waiting]:
    """Requests that nobody has: the first few, and how many more."""
    cases = _open(agency__in=actor.agencies("request.assign"), handler=None)
    for row in rows_of(with_events(cases[:NOBODYS]), today, days):
        yield _of_case(row, "分办", "assign", "分办", today)
    more = cases.count() - NOBODYS
    if more > 0:
        yield Waiting(
            Clock("", "没有分办", "按期限排"),
            _far(today),
            "分办",
            f"还有 {more} 件",
            "到列表里一起分",
            reverse("requests:board") + "?handler=nobody",
            "去分办",
        )


def _letters(actor: Actor, today: date, days: WorkingDays) -> Iterator[Waiting]:
    agencies = {
        a.pk: a for act in (*_STEPS, "request.approve_process") for a in actor.agencies(act)
    }
    waiting = _of(list(agencies.values())).filter(state__in=_UNDER_REVIEW)
    for letter in waiting[:MOST]:
        if may_review(actor, letter):
            words = f"{LetterState(letter.state).label}"
            yield _of_letter(letter, words, "requests:letter", today, days)


def _of(agencies: list[Agency]) -> QuerySet[Letter]:
    return (
        Letter.objects.filter(agency__in=agencies)
        .select_related("request__agency", "agency", "decision")
        .order_by(F("request__due_on").asc(nulls_last=True), "pk")
    )


def _open(**facts: object) -> QuerySet[DisclosureRequest]:
    found = DisclosureRequest.objects.filter(concluded_on=None, **facts)
    return found.order_by(F("due_on").asc(nulls_last=True), "pk")


def _rows(cases: QuerySet[DisclosureRequest], today: date, days: WorkingDays) -> Iterator[Row]:
    return rows_of(with_events(cases[:MOST]), today, days)


def _of_case(row: Row, what: str, name: str, button: str, today: date) -> Waiting:
    case = row.case
    # Not yet confirmed: it is for the day it came (art. 31).
    due_on = row.told.due_on or (today if row.told.received_on is None else _far(today))
    inner = f"　内部期限 {case.internal_due_on:%m-%d}" if case.internal_due_on else ""
    return Waiting(
        row.clock,
        due_on,
        what,
        _about(case),
        f"{case.number}　{case.requester.masked_name}{inner}",
        reverse(f"requests:{name}", args=[case.pk]),
        button,
    )


def _of_letter(letter: Letter, what: str, address: str, today: date, days: WorkingDays) -> Waiting:
    case = letter.request
    row = next(rows_of([case], today, days))
    return Waiting(
        row.clock,
        row.told.due_on or _far(today),
        f"{what}：{letter_kind(letter.kind).label}",
        _about(case),
        case.number,
        reverse(address, args=[case.pk, letter.pk]),
        "打开",
    )


def _about(case: DisclosureRequest) -> str:
    text = case.title or case.description
    return text if len(text) <= 40 else f"{text[:40]}…"


def _far(today: date) -> date:
    return today + timedelta(days=365)
