"""Acts of the secrecy review: answer a finding; make the copy of a file that the public gets.

Some answers change what is published (a number masked, a link taken away): then a copy is
made and published, and the original stays in the file.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.core.errors import NotRedacted
from gongkai.core.rules import rule
from gongkai.core.screening import replace, unlink
from gongkai.core.screening.redaction import KEEPABLE, Choices, redacted_copy
from gongkai.web import filestore
from gongkai.web.apart import NoAnswer, apart
from gongkai.web.audit.record import Who, record
from gongkai.web.policies import Actor, Forbidden

from .. import screening
from ..audited import subject_of
from ..models import Attachment, Finding, InformationItem, ItemVersion, State
from ..separation import require_another
from ..steps import locked, require_state
from .attach import store

# Answers that change what the public gets; the others only say why it may stay.
REDACT, CORRECT, UNLINK, RETURN = "redact", "correct", "unlink", "return_to_author"
MAY_STAY, MISTAKEN = "may_stay", "mistaken"


@transaction.atomic
def answer(actor: Actor, finding: Finding, choice: str, reason: str = "") -> Finding:
    """Answer one finding; what overrules the check asks for a reason."""
    item = locked(finding.version.item)
    who = actor.require("item.review_secrecy", item.agency)
    require_state(item, State.SECRECY_REVIEW)
    require_another(item, actor.person)
    if finding.version_id != item.version.pk:
        raise Forbidden("这一项是以前那一稿的，现在审的是新一稿。")
    if choice not in finding.choices:
        raise Forbidden("选一种处理办法。")
    offered = {c.id: c for c in rule(finding.rule).answers}
    if offered[choice].needs_reason and not reason.strip():
        raise Forbidden(f"第 {finding.number} 项选“{offered[choice].words.zh}”，要写明理由。")
    before = {"answer": finding.answer, "reason": finding.answer_reason}
    finding.answer, finding.answer_reason = choice, reason.strip()
    finding.answered_by, finding.answered_at = actor.person, timezone.now()
    finding.save()
    if finding.attachment is None:
        _apply_answers(finding.version)
    elif choice == REDACT and finding.attachment.redacted is None:
        redact_attachment(actor, finding.attachment)
    record(
        "item.answer_finding",
        subject_of(item),
        who,
        reason=reason,
        before=before,
        after={"finding": f"{finding.number} {finding.rule} {finding.place}", "answer": choice},
    )
    return finding


@transaction.atomic
def redact_attachment(actor: Actor, attachment: Attachment) -> Attachment:
    """Make the copy that the public gets: hidden things removed, personal numbers masked."""
    item = locked(attachment.version.item)
    who = _require_may_redact(actor, item)
    if attachment.version_id != item.version.pk:
        raise Forbidden("这个附件属于以前的稿。")
    data = filestore.read(attachment.original.digest)
    try:
        copy = apart(redacted_copy, data, attachment.name, _choices(attachment))
    except (NoAnswer, NotRedacted) as error:
        raise Forbidden(
            f"“{attachment.name}”做不成打码副本：{error}。请起草人改好原件再传。"
        ) from error
    attachment.redacted, _ = store(copy.name, copy.data)
    attachment.redaction = [*copy.done, *(f"没有找到要打码的“{one}”" for one in copy.missed)]
    attachment.name = copy.name
    attachment.save()
    record(
        "item.redact",
        subject_of(item),
        who,
        before={"digest": attachment.original.digest},
        after={"name": attachment.name, "digest": attachment.redacted.digest, "done": copy.done},
    )
    screening.start(item.version)
    return attachment


@transaction.atomic
def keep_original(actor: Actor, attachment: Attachment) -> Attachment:
    """The undo of ``redact_attachment``: the original is what would be published again."""
    item = locked(attachment.version.item)
    who = _require_may_redact(actor, item)
    before = {"redacted": attachment.redacted.digest if attachment.redacted else ""}
    attachment.redacted, attachment.redaction = None, []
    attachment.save()
    record("item.redact", subject_of(item), who, before=before, after={"redacted": ""})
    screening.start(item.version)
    return attachment


def _choices(attachment: Attachment) -> Choices:
    """Everything hidden goes, but for what the reviewer sees and has answered for."""
    stays = attachment.findings.filter(answer__in=(MAY_STAY, MISTAKEN))
    return Choices(
        keep=frozenset(stays.filter(rule__in=KEEPABLE).values_list("rule", flat=True)),
        spared=frozenset(stays.values_list("fingerprint", flat=True)),
    )


def _apply_answers(version: ItemVersion) -> None:
    """Make the text for the public out of the answers: numbers masked, links taken away."""
    instead: list[tuple[int, int, str]] = []
    unlinked: list[tuple[int, int]] = []
    for finding in version.findings.filter(answer__in=(REDACT, CORRECT, UNLINK)):
        for start, end, words in finding.spans:
            if finding.answer == UNLINK:
                unlinked.append((start, end))
            else:
                instead.append((start, end, words))
    body = unlink(version.body_html, unlinked) if unlinked else version.body_html
    # Taking a link away changes no character, so the places still hold.
    body = replace(body, instead) if instead else body
    version.redacted_body = body if body != version.body_html else ""
    version.save()


def _require_may_redact(actor: Actor, item: InformationItem) -> Who:
    require_state(item, State.DRAFT, State.SECRECY_REVIEW)
    if item.state == State.SECRECY_REVIEW:
        require_another(item, actor.person)
        return actor.require("item.review_secrecy", item.agency)
    return actor.require("item.redact", item.agency)
