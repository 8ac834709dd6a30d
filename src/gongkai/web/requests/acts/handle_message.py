"""Act: take what a requester handed in online for what it is, or put it to the file with a word.

Nothing handed in is lost: it stays in the file whether or not it changes anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.web.policies import Actor, Forbidden

from ..discretion import discreet
from ..keeping import tell
from ..models import Message, MessageKind
from ..steps import held
from .correction import correction_received
from .fee import fee_paid
from .identity import change_contact
from .reasons import reasons_received
from .withdraw import withdraw


@transaction.atomic
def handle_message(
    actor: Actor,
    message: Message,
    *,
    on: date | None = None,
    contact: Mapping[str, str] | None = None,
    corrected_description: str = "",
) -> Message:
    """Accept ``message`` as what it says it is.

    ``on``: the day that counts, else the day it came; of a payment, the day it was paid.
    ``contact``: the new facts, of a change of contact.  ``corrected_description``: what is
    asked for now, of a correction; "" where that stays as it was.
    """
    case, _ = held(actor, message.request, "request.handle")
    message = _held(message)
    day = on or timezone.localdate(message.at)
    match MessageKind(message.kind):
        case MessageKind.CORRECTION:
            correction_received(
                actor, case, day, corrected_description=corrected_description, message=message
            )
        case MessageKind.REASONS:
            reasons_received(actor, case, day, message=message)
        case MessageKind.PAYMENT:
            fee_paid(actor, case, day, proof=message.papers.first(), message=message)
        case MessageKind.WITHDRAWAL:
            withdraw(actor, case, day, "网上提交撤回", message=message)
        case MessageKind.CONTACT:
            if not contact:
                raise Forbidden("照来件填新的联系方式。")
            change_contact(actor, case, contact, "申请人网上提交")
        case MessageKind.SUPPLEMENT:
            pass
    return _handled(actor, message, "")


@transaction.atomic
def put_aside(actor: Actor, message: Message, reason: str) -> Message:
    """Read, and put to the file without effect: a correction nobody asked for, a second payment."""
    message = _held(message)
    if not reason.strip():
        raise Forbidden("写明为什么不作处理。")
    return _handled(actor, message, reason.strip())


def _held(message: Message) -> Message:
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if message.handled_at is not None:
        raise Forbidden("这件来件已经处理过。")
    return message


def _handled(actor: Actor, message: Message, reason: str) -> Message:
    case, who = held(actor, message.request, "request.handle")
    message.handled_at, message.handled_by = timezone.now(), actor.person
    message.save()
    tell(
        "request.handle_message", case, who, reason=discreet(case, reason),
        after={"message_kind": message.kind, "accepted": not reason},
    )  # fmt: skip
    return message
