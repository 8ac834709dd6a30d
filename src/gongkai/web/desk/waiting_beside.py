"""What waits for a person beside requests: answers in cases, corrections, complaints, chases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from gongkai.core.days import WorkingDays
from gongkai.core.letters import letter_kind
from gongkai.web.disclosure.clock import Clock
from gongkai.web.policies import Actor
from gongkai.web.remedies.acts.statements import APPROVING
from gongkai.web.remedies.models import (
    Complaint,
    RecordCorrection,
    RemedyCase,
    Statement,
    StatementState,
)
from gongkai.web.requests.models import Chase, DisclosureRequest

from .entries import Waiting

MOST = 60
# Without a day of its own a thing stands after those that have one.
_SOMETIME = timedelta(days=365)


def beside_for(actor: Actor, today: date, days: WorkingDays) -> Iterator[Waiting]:
    """What this person has to do."""
    yield from _cases(actor, today, days)
    yield from _statements(actor, today)
    yield from _corrections(actor, today, days)
    yield from _complaints(actor, today, days)
    yield from _chases(actor, today, days)
    yield from _overdue(actor, today)


def _cases(actor: Actor, today: date, days: WorkingDays) -> Iterator[Waiting]:
    found = RemedyCase.objects.filter(
        agency__in=actor.agencies("remedy.record"), closed_on=None, answered_on=None
    )
    for case in found.exclude(answer_due_on=None).select_related("agency")[:MOST]:
        what = "提出答辩状和证据" if case.remedy_kind.litigation else "提出复议答复和证据"
        address = reverse("remedies:case", args=[case.pk])
        yield _dated(what, case.name, case.body, case.answer_due_on, address, today, days)


def _statements(actor: Actor, today: date) -> Iterator[Waiting]:
    """Writings to approve, of others; and those approved, to be sent."""
    drafts = Statement.objects.filter(
        agency__in=actor.agencies(APPROVING), state=StatementState.DRAFT
    ).exclude(written_by=actor.person)
    approved = Statement.objects.filter(
        agency__in=actor.agencies("remedy.record"), state=StatementState.APPROVED
    )
    for found, verb in ((drafts, "签发"), (approved, "发出")):
        for one in found.select_related("case", "correction", "written_by")[:MOST]:
            label = letter_kind(one.kind).label
            yield Waiting(
                Clock("", f"等{verb}", f"起草 {one.written_by.name}"),
                (one.case and one.case.answer_due_on) or today + _SOMETIME,
                f"{verb}{label}",
                str(one.case or one.correction),
                one.number,
                reverse("remedies:statement", args=[one.pk]),
                f"去{verb}",
            )


def _corrections(actor: Actor, today: date, days: WorkingDays) -> Iterator[Waiting]:
    found = RecordCorrection.objects.filter(
        agency__in=actor.agencies("record_correction.handle"), concluded_on=None
    )
    for one in found.select_related("agency")[:MOST]:
        what = "告知更正申请人" if one.result else "核实更正申请"
        address = reverse("remedies:correction", args=[one.pk])
        note = f"{one.agency.short_name}　{one.received_on:%m-%d} 收到"
        yield _dated(what, str(one), note, one.internal_due_on, address, today, days)


def _complaints(actor: Actor, today: date, days: WorkingDays) -> Iterator[Waiting]:
    # Those above read what the offices below received; they have to do only with their own.
    own = {appointment.agency_id for appointment in actor.appointments}
    agencies = [a for a in actor.agencies("complaint.handle") if a.pk in own]
    found = Complaint.objects.filter(agency__in=agencies, answered_on=None)
    for one in found.select_related("about")[:MOST]:
        address = reverse("remedies:complaint", args=[one.pk])
        note = f"{one.about.short_name}　{one.received_on:%m-%d} 收到"
        about = f"办理{one.get_kind_display()}"
        yield _dated(about, str(one), note, one.internal_due_on, address, today, days)


def _chases(actor: Actor, today: date, days: WorkingDays) -> Iterator[Waiting]:
    found = Chase.objects.filter(
        Q(request__agency__in=actor.agencies("request.serve")) | Q(request__handler=actor.person),
        answered_at=None,
        request__concluded_on=None,
    )
    for one in found.select_related("request", "person")[:MOST]:
        address = reverse("requests:answer_chase", args=[one.request_id, one.pk])
        note = f"{one.person.name}：{one.text[:30]}"
        due_on = one.answer_by or today
        yield _dated("回复催办", one.request.number, note, due_on, address, today, days)


def _overdue(actor: Actor, today: date) -> Iterator[Waiting]:
    """Of those above: how many are late below and were not chased."""
    late = DisclosureRequest.objects.filter(
        agency__in=actor.agencies("request.chase"),
        concluded_on=None,
        due_on__lt=today,
        chases=None,
    ).count()
    if late:
        yield Waiting(
            Clock("late", "超期", "主管范围"),
            today,
            "催办超期的申请",
            f"{late} 件没有催过",
            "",
            reverse("requests:overdue"),
            "去催办",
        )


def _dated(
    what: str,
    about: str,
    note: str,
    due_on: date | None,
    address: str,
    today: date,
    days: WorkingDays,
) -> Waiting:
    if due_on is None:
        clock = Clock("", "没有法定期限", "")
    elif due_on < today:
        late = days.count_between(due_on, today).days
        clock = Clock("late", f"超期 {late} 个工作日", f"{due_on.month}月{due_on.day}日前")
    elif due_on == today:
        clock = Clock("late", "今天到期", f"{due_on.month}月{due_on.day}日前")
    else:
        left = days.count_between(today, due_on).days
        clock = Clock("", f"还剩 {left} 个工作日", f"{due_on.month}月{due_on.day}日前")
    return Waiting(clock, due_on or today + _SOMETIME, what, about, note, address, "打开")
