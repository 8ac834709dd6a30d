"""Acts: erase who asked, when the period is over or because he asks for it; the case stays."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.web import filestore
from gongkai.web.attempts import attempt_each
from gongkai.web.audit.record import SYSTEM, Who
from gongkai.web.policies import Actor, Forbidden

from ...discretion import discreet
from ...keeping import locked, tell
from ...models import DisclosureRequest, Message, MessageKind, Paper, Requester
from ...models.papers import SEALED_KINDS
from ..erasing import due_for_erasure, held

# Every fact of a requester's record that tells who he is.
_FACTS = (
    "name", "document_kind", "document_number", "same_as", "unified_code", "representative",
    "contact", "agent", "phone", "mailbox", "address", "postcode",
)  # fmt: skip
ERASED_NAME = "（已删除）"


class NotErased(Exception):
    """Some could not be erased; the others were. The reasons are in the log."""


def erase_due() -> int:
    """Erase whatever is due today; how many requests."""
    due = list(due_for_erasure(timezone.localdate()))
    failures = attempt_each(_erase_due_one, due)
    if failures:
        raise NotErased("没有删除成的：" + "、".join(case.number for case in failures))
    return len(due)


@transaction.atomic
def erase_now(actor: Actor, case: DisclosureRequest, reason: str) -> DisclosureRequest:
    """Erase before the period is over, as the person may ask (个人信息保护法 art. 47)."""
    case = locked(case)
    who = actor.require("request.erase", case.agency)
    if not reason.strip():
        raise Forbidden("写明为什么现在删除。")
    if case.requester.erased_at is not None:
        raise Forbidden("身份信息已经删除。")
    if held(sharing(case)).exists():
        raise Forbidden("还没有办结，或者复议、诉讼没有审结，现在不能删除。")
    _erase(case, who, discreet(case, reason.strip()))
    return case


def sharing(case: DisclosureRequest) -> QuerySet[DisclosureRequest]:
    """The requests of the same record: the parts of one request."""
    return DisclosureRequest.objects.filter(requester=case.requester_id)


@transaction.atomic
def _erase_due_one(case: DisclosureRequest) -> None:
    case = locked(case)
    if case.requester.erased_at is None:
        _erase(case, SYSTEM, "保存期限已满")


def _erase(case: DisclosureRequest, who: Who, reason: str) -> None:
    """The record, the papers that prove it, the words that tell it; in every part of the request."""
    now = timezone.now()
    stored: list[str] = []
    for one in sharing(case).select_for_update(of=("self",)):
        papers = list(one.papers.filter(kind__in=SEALED_KINDS, erased_at=None))
        for paper in papers:
            paper.erased_at = now
            paper.save(update_fields=["erased_at"])
        stored += [paper.stored for paper in papers]
        messages = list(Message.objects.filter(request=one, kind=MessageKind.CONTACT))
        for message in messages:
            message.text = ERASED_NAME
            message.save(update_fields=["text"])
        one.imported_aside = ""
        one.save(update_fields=["imported_aside"])
        after = {"papers": len(papers), "messages": len(messages)}
        tell("request.erase", one, who, reason=reason, after=after)
    _forget(case.requester)
    transaction.on_commit(lambda: _remove(stored))


def _forget(requester: Requester) -> None:
    for name in _FACTS:
        setattr(requester, name, "")
    requester.masked_name = ERASED_NAME
    requester.erased_at = timezone.now()
    requester.save()


def _remove(stored: list[str]) -> None:
    """The sealed bytes, unless another paper still names them."""
    for digest in stored:
        if not Paper.objects.filter(stored=digest, erased_at=None).exists():
            filestore.path_of(digest).unlink(missing_ok=True)
