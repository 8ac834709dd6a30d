"""经过: everything that happened to a request in the order of its days; what is next, last.

Events, searches, what came from the requester, decisions and what was returned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone

from gongkai.core.handling.clock import Account
from gongkai.core.handling.outcomes import Outcome
from gongkai.core.handling.transitions import ActKind, State
from gongkai.core.letters import letter_kind

from ..models import DisclosureRequest, Event, LetterState, Verdict
from .clocks import day_words, waits_for

_PAUSES = {ActKind.CONSULT_THIRD_PARTY, ActKind.CONSULT_AGENCY, ActKind.CHARGE_FEE}
_STOPS = _PAUSES | {ActKind.ASK_FOR_CORRECTION}
_SHOWN_FACTS = {
    "days": "{} 个工作日",
    "until": "到 {}",
    "received_on": "{} 收到",
    "posted_on": "{} 交邮",
}


@dataclass(frozen=True)
class Happened:
    """One line: what, when, who, what more, and papers of it.  ``style`` is that of gk-time."""

    what: str
    on: date
    at: datetime
    who: str = ""
    note: str = ""
    style: str = ""
    undone: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    undo: str = ""


def course_of(case: DisclosureRequest, may_undo: bool) -> list[Happened]:
    """Everything so far, oldest first."""
    lines = [*_arrival(case), *_events(case, may_undo), *_work(case), *_letters(case)]
    return sorted(lines, key=lambda one: (one.on, one.at))


def _arrival(case: DisclosureRequest) -> Iterator[Happened]:
    online = case.registered_by is None
    what = "申请人网上提交" if online else case.get_channel_display()
    papers = case.papers.filter(from_requester=True).count()
    note = f"材料 {papers} 份" if papers else ""
    yield Happened(what, case.arrived_on, _first(case.arrived_on), note=note)
    if case.registered_by:
        registered = case.split_from.number if case.split_from else ""
        yield Happened(
            f"从 {registered} 拆出" if registered else "登记",
            max(case.arrived_on, _day(case.submitted_at)),
            case.submitted_at,
            case.registered_by.name,
        )


def _events(case: DisclosureRequest, may_undo: bool) -> Iterator[Happened]:
    events = list(case.events.select_related("person", "letter"))
    standing = [one for one in events if one.undone_at is None]
    last = max(standing, key=lambda one: one.pk, default=None)
    for event in events:
        kind = ActKind(event.act)
        letter = event.letter
        links = []
        if letter is not None:
            name = letter.number or letter_kind(letter.kind).label
            links.append((name, reverse("requests:letter", args=[case.pk, letter.pk])))
        undone = ""
        if event.undone_at:
            by = event.undone_by.name if event.undone_by else ""
            undone = f"{by} {_day(event.undone_at)} 撤销：{event.undone_reason}"
        undo = ""
        if may_undo and event is last and event.letter_id is None:
            undo = reverse("requests:undo", args=[case.pk])
        yield Happened(
            _what(kind, event),
            event.on,
            event.recorded_at,
            event.person.name if event.person else "",
            "　".join(filter(None, [event.note, *_facts(event)])),
            "is-stop" if kind in _STOPS and not event.undone_at else "",
            undone,
            links,
            undo,
        )


def _what(kind: ActKind, event: Event) -> str:
    outcome = event.facts.get("outcome")
    return f"{kind.label}：{Outcome(outcome).label}" if outcome else kind.label


def _facts(event: Event) -> Iterator[str]:
    for name, words in _SHOWN_FACTS.items():
        if event.facts.get(name) and not (name == "received_on" and event.act == "confirmed"):
            yield words.format(event.facts[name])


def _work(case: DisclosureRequest) -> Iterator[Happened]:
    for one in case.searches.select_related("person"):
        found = "找到" if one.found else "没有找到"
        words = f"查 {one.places}，检索词“{one.words}”，{found}：{one.result}"
        yield Happened("检索", one.on, one.at, one.person.name, words)
    for message in case.messages.select_related("handled_by"):
        done = "" if message.handled_at else "还没有处理"
        what = f"申请人提交：{message.get_kind_display()}"
        yield Happened(what, _day(message.at), message.at, "", done)


def _letters(case: DisclosureRequest) -> Iterator[Happened]:
    letters = case.letters.prefetch_related("opinions__person", "deliveries")
    for letter in letters:
        link = (
            letter.number or letter_kind(letter.kind).label,
            reverse("requests:letter", args=[case.pk, letter.pk]),
        )
        for opinion in letter.opinions.all():
            if opinion.verdict == Verdict.SUBMITTED and letter.state == LetterState.SERVED:
                continue
            label = letter_kind(letter.kind).label
            step = Verdict(opinion.verdict).label
            what = f"{label}：{_step_words(opinion.step)}{step}"
            yield Happened(
                what, _day(opinion.at), opinion.at, opinion.person.name, opinion.text, links=[link]
            )


def _step_words(step: str) -> str:
    return LetterState(step).label if step in LetterState and step != LetterState.DRAFT else ""


@dataclass(frozen=True)
class Ahead:
    """What is being done now, and what comes after it."""

    now: str
    note: str
    after: list[str]


def ahead_of(case: DisclosureRequest, told: Account) -> Ahead | None:
    """The present step and at most two next ones; None where the file is closed."""
    state = told.state
    if state is State.ARCHIVED:
        return None
    if told.concluded_on:
        return Ahead("归档", "", [])
    who = case.handler.name if case.handler else "还没有分办"
    inner = ""
    if case.internal_due_on:
        inner = f"内部期限 {day_words(case.internal_due_on, told.today)}"
    waiting = waits_for(told)
    if waiting:
        return Ahead(waiting, "", ["定办理结果、写答复", "审查、签发、送达"])
    if state is State.DECIDED:
        return Ahead("答复审查、签发", who, ["送达", "归档"])
    if state is State.SIGNED:
        return Ahead("送达答复", who, ["归档"])
    note = "　".join(filter(None, [who, inner]))
    return Ahead("定办理结果、写答复", note, ["审查、签发", "送达、归档"])


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _first(on: date) -> datetime:
    """The first moment of a day: what came stands before what was done with it."""
    return timezone.make_aware(datetime.combine(on, time.min))
