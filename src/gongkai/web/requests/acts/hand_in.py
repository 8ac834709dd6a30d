"""Acts of a requester on his own case: hand in papers, change how to be reached, read a letter.

What is handed in is a message to the desk, which acts on it: only staff say that a correction
has come or that a case ends.  It is acknowledged only once it is durable, and the same form
sent twice is one message.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.core.handling.clock import Account
from gongkai.core.handling.transitions import ActKind, State
from gongkai.web.policies import Forbidden

from .. import clock
from ..keeping import locked, tell
from ..kept_files import KeptFile, file_in
from ..models import (
    Delivery,
    DeliveryWay,
    DisclosureRequest,
    Letter,
    LetterState,
    Message,
    MessageKind,
    PaperKind,
)
from ..service import event_facts
from .submit import REQUESTER

CONTACT_FIELDS = ("phone", "mailbox", "address", "postcode")
_CONTACT_WORDS = {
    "phone": "联系电话", "mailbox": "电子邮箱", "address": "通信地址", "postcode": "邮政编码",
}  # fmt: skip


def may_hand_in(told: Account) -> frozenset[MessageKind]:
    """What a requester may hand in as the case stands."""
    if State.ARCHIVED in told.states:
        return frozenset()
    # How to be reached is asked for until the file is closed.
    found = {MessageKind.CONTACT}
    if told.concluded_on is None:
        found |= {MessageKind.SUPPLEMENT, MessageKind.WITHDRAWAL}
        course = told.course
        if course.waits_on is not None:
            asked = {
                ActKind.ASK_FOR_CORRECTION: MessageKind.CORRECTION,
                ActKind.CHARGE_FEE: MessageKind.PAYMENT,
            }
            found.add(asked[course.waits_on.kind])
        if course.reasons_asked_on and not course.reasons_given_on:
            found.add(MessageKind.REASONS)
    return frozenset(found)


def hand_in(
    case: DisclosureRequest,
    kind: MessageKind,
    submission: uuid.UUID,
    text: str,
    papers: Sequence[tuple[PaperKind, KeptFile]] = (),
) -> Message:
    """Keep what the requester sends; raises Forbidden where the case does not wait for it."""
    try:
        return _handed_in(case, kind, submission, text, papers)
    except IntegrityError:
        # The same form at the same moment; anything else is a fault.
        return Message.objects.get(submission=submission, request=case)


@transaction.atomic
def _handed_in(
    case: DisclosureRequest,
    kind: MessageKind,
    submission: uuid.UUID,
    text: str,
    papers: Sequence[tuple[PaperKind, KeptFile]],
) -> Message:
    case = locked(case)
    earlier = Message.objects.filter(submission=submission, request=case).first()
    if earlier is not None:
        return earlier
    _require(case, kind)
    message = Message.objects.create(request=case, kind=kind, text=text, submission=submission)
    message.papers.set([file_in(case, paper, file) for paper, file in papers])
    tell(
        "request.hand_in",
        case,
        REQUESTER,
        after={"kind": kind.value, "papers": [file.digest for _, file in papers]},
    )
    return message


@transaction.atomic
def change_contact(
    case: DisclosureRequest, submission: uuid.UUID, new: Mapping[str, str]
) -> Message:
    """Change how the requester is reached; ``new`` by the names of ``CONTACT_FIELDS``.

    What is not named or empty stays.  The message and the trail say what changed, never to what.
    """
    case = locked(case)
    earlier = Message.objects.filter(submission=submission, request=case).first()
    if earlier is not None:
        return earlier
    _require(case, MessageKind.CONTACT)
    changed = [name for name in CONTACT_FIELDS if new.get(name)]
    if not changed:
        raise Forbidden("没有写新的联系方式。")
    requester = case.requester
    for name in changed:
        setattr(requester, name, new[name])
    requester.save()
    words = "改了" + "、".join(_CONTACT_WORDS[name] for name in changed)
    # Nothing is left for the desk to do.
    message = Message.objects.create(
        request=case,
        kind=MessageKind.CONTACT,
        text=words,
        submission=submission,
        handled_at=timezone.now(),
    )
    tell("request.change_contact", case, REQUESTER, after={"changed": changed})
    return message


def letters_online(case: DisclosureRequest) -> list[Letter]:
    """The letters that were served through the page of progress, the newest first."""
    served = case.letters.filter(
        state__in=(LetterState.SIGNED, LetterState.SERVED), deliveries__way=DeliveryWay.ONLINE
    )
    return list(served.distinct().order_by("-dated", "-pk"))


@transaction.atomic
def record_reading(letter: Letter) -> None:
    """The requester opened a letter: the first day is the day it came (for remedies, it counts)."""
    case = locked(letter.request)
    unread = Delivery.objects.select_for_update().filter(
        letter=letter, way=DeliveryWay.ONLINE, came_on=None
    )
    first = unread.order_by("pk").first()
    if first is None:
        return
    first.came_on, first.signed_for_by = timezone.localdate(), "申请人（网上打开）"
    first.save()
    # What the core reckons from the arrival is told to the event that is there already.
    for event in letter.events.filter(undone_at=None, act=letter.act):
        event.facts = {**event.facts, **event_facts(letter, first)}
        event.save(update_fields=["facts"])
    clock.settle(case)
    tell("request.read_letter", case, REQUESTER, after={"letter": letter.number})


def _require(case: DisclosureRequest, kind: MessageKind) -> None:
    told = clock.account_of(case)
    if kind not in may_hand_in(told):
        stands = "、".join(state.label for state in told.states)
        raise Forbidden(f"这件申请现在{stands}，不能交{kind.label}。")
