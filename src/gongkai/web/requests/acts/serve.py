"""Acts: serve a letter, record the day it truly came, record that it came back.

The day that counts for the limit and the day from which reconsideration and suit are reckoned
differ; both are kept.  What the letter does to the case happens on the day that counts.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.core.letters import letter_kind
from gongkai.web.policies import Actor, Forbidden

from .. import clock
from ..discretion import discreet
from ..keeping import add_event, locked, tell
from ..models import Consultation, Delivery, DeliveryWay, Letter, LetterState, Paper
from ..service import HANDED_OVER, day_that_counts, event_facts
from ..steps import held_letter, require_state

_BY_POST = DeliveryWay.POST


@transaction.atomic
def serve(
    actor: Actor,
    letter: Letter,
    way: str,
    sent_on: date,
    *,
    came_on: date | None = None,
    signed_for_by: str = "",
    tracking_number: str = "",
    proof: Paper | None = None,
    note: str = "",
) -> Delivery:
    """The letter went out; a letter that came back may go out again."""
    letter, case = held_letter(letter)
    who = actor.require("request.serve", case.agency)
    again = letter.state == LetterState.SERVED
    if not (again and _came_back(letter)):
        require_state(letter, LetterState.SIGNED)
    delivery = Delivery(
        letter=letter,
        way=DeliveryWay(way),
        sent_on=sent_on,
        came_on=came_on,
        signed_for_by=signed_for_by.strip(),
        tracking_number=tracking_number.strip(),
        proof=proof,
        note=note.strip(),
        person=actor.person,
    )
    _check(letter, delivery)
    delivery.save()
    _tell_consultation(letter, delivery)
    letter.state = LetterState.SERVED
    letter.save()
    on = day_that_counts(delivery)
    if letter.act and not again:
        add_event(case, letter.act, on, actor, facts=event_facts(letter, delivery), letter=letter)
    tell(
        "request.serve", case, who,
        after={
            "letter_kind": letter.kind, "number": letter.number, "way": delivery.way,
            "sent_on": sent_on, "came_on": came_on, "counts_on": on, "state": case.state,
        },
    )  # fmt: skip
    return delivery


@transaction.atomic
def record_arrival(
    actor: Actor, delivery: Delivery, came_on: date, signed_for_by: str = ""
) -> Delivery:
    """The day a posted or sent letter truly came: limits of the other side run from it."""
    case = locked(delivery.letter.request)
    who = actor.require("request.serve", case.agency)
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if delivery.came_on is not None:
        raise Forbidden(f"已经记过 {delivery.came_on} 签收。")
    if delivery.returned_on is not None:
        raise Forbidden(f"这一次已于 {delivery.returned_on} 退回。")
    _check_came(delivery.sent_on, came_on)
    delivery.came_on, delivery.signed_for_by = came_on, signed_for_by.strip()
    delivery.save()
    letter = delivery.letter
    _tell_consultation(letter, delivery)
    # What the core reckons from the arrival is told to the event that is there already.
    for event in letter.events.filter(undone_at=None, act=letter.act):
        event.facts = {**event.facts, **event_facts(letter, delivery)}
        event.save(update_fields=["facts"])
    clock.settle(case)
    tell(
        "request.record_arrival", case, who,
        after={"letter_kind": letter.kind, "number": letter.number, "came_on": came_on},
    )  # fmt: skip
    return delivery


@transaction.atomic
def record_return(actor: Actor, delivery: Delivery, on: date, note: str) -> Delivery:
    """The post brought it back: it may be served anew; the posting day stays."""
    case = locked(delivery.letter.request)
    who = actor.require("request.serve", case.agency)
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if delivery.came_on is not None or delivery.returned_on is not None:
        raise Forbidden("这一次送达已经有结果，不能再记退回。")
    _check_came(delivery.sent_on, on)
    delivery.returned_on, delivery.note = on, discreet(case, note.strip())[:200]
    delivery.save()
    tell(
        "request.record_return", case, who,
        after={"number": delivery.letter.number, "returned_on": on},
    )  # fmt: skip
    return delivery


def _check(letter: Letter, delivery: Delivery) -> None:
    today, dated = timezone.localdate(), letter.dated or timezone.localdate()
    if delivery.sent_on > today:
        raise Forbidden(f"交出日期 {delivery.sent_on} 晚于今天。")
    if delivery.sent_on < dated:
        raise Forbidden(f"交出日期 {delivery.sent_on} 早于签发日期 {dated}。")
    if delivery.came_on is not None:
        _check_came(delivery.sent_on, delivery.came_on)
    if delivery.way in HANDED_OVER and not (delivery.came_on and delivery.signed_for_by):
        raise Forbidden("直接送达、委托送达以签收为准，要写签收日期和签收人。")
    if delivery.way == _BY_POST and not delivery.tracking_number:
        raise Forbidden("邮寄送达交邮政企业，要写邮政单号。")
    if delivery.way == DeliveryWay.PUBLIC_NOTICE and not delivery.note:
        raise Forbidden("公告送达要写公告登在哪里、从哪天到哪天。")
    if delivery.proof is not None and delivery.proof.request_id != letter.request_id:
        raise Forbidden("送达凭证不是这件申请的材料。")
    known = letter_kind(letter.kind)
    online = delivery.way == DeliveryWay.ONLINE
    if online and known.tells_of_remedies and not letter.facts.get("served_online"):
        raise Forbidden(
            "网上送达的，文书里要有提交行政复议申请书的互联网渠道（行政复议法第二十二条），"
            "这一份没有写；换一种方式，或者作废后重新起草。"
        )
    until = letter.facts.get("correction_due_on")
    if (
        letter.act == "ask_for_correction"
        and until
        and until <= day_that_counts(delivery).isoformat()
    ):
        raise Forbidden(f"文书写的补正期限 {until} 不晚于送达之日，作废后重新起草。")


def _check_came(sent_on: date, came_on: date) -> None:
    if came_on < sent_on:
        raise Forbidden(f"{came_on} 早于交出日期 {sent_on}。")
    if came_on > timezone.localdate():
        raise Forbidden(f"{came_on} 晚于今天。")


def _came_back(letter: Letter) -> bool:
    last = letter.deliveries.order_by("pk").last()
    return last is not None and last.returned_on is not None


def _tell_consultation(letter: Letter, delivery: Delivery) -> None:
    for one in Consultation.objects.filter(letter=letter):
        one.sent_on = one.sent_on or delivery.sent_on
        one.came_on = delivery.came_on or one.came_on
        one.save(update_fields=["sent_on", "came_on"])
