"""Acts on notices: issue the 督办单 of a task, issue a circular, record that one was sent and read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from gongkai.core.letters import Unready
from gongkai.core.writers import letter_docx
from gongkai.web import filestore
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Who, record
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.requests.numbers import next_number
from gongkai.web.typesetting import typeset

from ..audited import subject_of
from ..letters import Circular, circular_facts, document, order_facts, shown_of
from ..models import OPEN, Notice, NoticeCopy, NoticeKind, RectificationTask
from ..settled import settings_for
from .moving import held

_SERIES = "supervision"


@transaction.atomic
def issue_order(actor: Actor, task: RectificationTask) -> Notice:
    """The 督办单 of a task that the competent department set."""
    task = held(task, *OPEN)
    who = actor.require("oversight.order", task.agency)
    if not task.from_above:
        raise Forbidden("督办单由主管部门发给其他机关；本机关自己列的整改不用督办单。")
    return _issue(
        actor, who, NoticeKind.ORDER, task.ordering_agency, order_facts(task), [task.agency], task
    )


@transaction.atomic
def issue_circular(actor: Actor, told: Circular) -> Notice:
    """A circular over many agencies for a time."""
    if not told.agencies:
        raise Forbidden("选通报哪些机关。")
    if told.until < told.since:
        raise Forbidden(f"止日 {told.until} 早于起日 {told.since}。")
    for agency in told.agencies:
        who = actor.require("oversight.order", agency)
    above = actor.appointment_for("oversight.order", told.agencies[0])
    assert above is not None, "it was required"
    facts = circular_facts(told)
    return _issue(actor, who, NoticeKind.CIRCULAR, above.agency, facts, told.agencies)


@transaction.atomic
def mark_sent(actor: Actor, copy: NoticeCopy, on: date) -> NoticeCopy:
    """It went out to the agency on that day."""
    copy = NoticeCopy.objects.select_for_update(of=("self",)).get(pk=copy.pk)
    who = actor.require("oversight.order", copy.agency)
    if copy.sent_on is not None:
        raise Forbidden(f"已经记过 {copy.sent_on} 送出。")
    if on < copy.notice.dated or on > timezone.localdate():
        raise Forbidden(f"送出日期不早于成文日期（{copy.notice.dated}），也不晚于今天。")
    copy.sent_on, copy.sent_by = on, actor.person
    copy.save(update_fields=["sent_on", "sent_by"])
    after = {"agency": copy.agency.name, "sent_on": on}
    record("rectification.send", subject_of(copy.notice), who, after=after)
    return copy


def mark_read(actor: Actor, copy: NoticeCopy) -> None:
    """The agency opened it: the first reader and the time are kept."""
    if copy.read_at is None and actor.may("oversight.rectify", copy.agency):
        NoticeCopy.objects.filter(pk=copy.pk, read_at=None).update(
            read_by=actor.person, read_at=timezone.now()
        )


def _issue(
    actor: Actor,
    who: Who,
    kind: NoticeKind,
    agency: Agency,
    facts: Mapping[str, Any],
    to: Iterable[Agency],
    task: RectificationTask | None = None,
) -> Notice:
    """Numbered, dated, made into its files; Forbidden with what the letter lacks."""
    today = timezone.localdate()
    mark = settings_for(agency).notice_mark or f"{agency.short_name}公开督"
    # What fails gives its number back with the transaction.
    number = next_number(agency, _SERIES, today, mark)
    made = document(kind, agency, facts, number, today)
    if isinstance(made, Unready):
        raise Forbidden(f"{kind.label}还不能印发：" + "".join(made.sentences))
    notice = Notice.objects.create(
        agency=agency,
        kind=kind,
        task=task,
        number=number,
        dated=today,
        facts=json.loads(json.dumps(facts, cls=DjangoJSONEncoder)),
        shown=shown_of(made),
        docx=filestore.put(letter_docx.render(made)),
        pdf=filestore.put(typeset(made)),
        issued_by=actor.person,
    )
    NoticeCopy.objects.bulk_create(NoticeCopy(notice=notice, agency=one) for one in to)
    record("rectification.issue", subject_of(notice), who, after={"number": number})
    return notice
