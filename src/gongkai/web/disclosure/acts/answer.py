"""Acts of the secrecy review: answer a finding, make a redacted copy of a file or of the text."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.core.rules import rule
from gongkai.core.screening import mask
from gongkai.core.screening.redaction import NotRedacted, redacted_copy
from gongkai.web import filestore
from gongkai.web.apart import NoAnswer, apart
from gongkai.web.audit.record import Who, record
from gongkai.web.policies import Actor, Forbidden

from .. import screening
from ..audited import subject_of
from ..models import Attachment, Finding, InformationItem, State
from ..separation import require_another
from ..steps import locked, require_state
from .attach import store


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
        copy = apart(redacted_copy, data, attachment.name)
    except (NoAnswer, NotRedacted) as error:
        raise Forbidden(
            f"“{attachment.name}”做不成打码副本：{error}。请起草人改好原件再传。"
        ) from error
    attachment.redacted, _ = store(copy.name, copy.data)
    attachment.redaction = list(copy.done)
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


@transaction.atomic
def redact_text(actor: Actor, item: InformationItem) -> InformationItem:
    """Mask the personal numbers found in the text in a copy that the public gets."""
    item = locked(item)
    who = _require_may_redact(actor, item)
    version = item.version
    spots = [
        (finding.start, finding.end)
        for finding in version.findings.filter(attachment=None, rule__startswith="personal")
        if finding.start is not None and finding.end is not None
    ]
    if not spots:
        raise Forbidden("正文里没有要打码的内容。")
    version.redacted_body = mask(version.body_html, spots)
    version.save()
    record("item.redact", subject_of(item), who, after={"text": f"正文打码 {len(spots)} 处"})
    screening.start(version)
    return item


def _require_may_redact(actor: Actor, item: InformationItem) -> Who:
    require_state(item, State.DRAFT, State.SECRECY_REVIEW)
    if item.state == State.SECRECY_REVIEW:
        require_another(item, actor.person)
        return actor.require("item.review_secrecy", item.agency)
    return actor.require("item.redact", item.agency)
