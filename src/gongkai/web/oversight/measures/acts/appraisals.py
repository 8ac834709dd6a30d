"""Acts of public appraisal: prepare, open, take an answer, close, read comments, publish.

An answer is the act of somebody who is nobody to us: it leaves no entry in the trail, so that the
day in the trail does not tell the hour at which it came.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.core.personal_numbers import personal_numbers
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Subject, record
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.registers.acts import facts_of, subject_of

from ..models import (
    Appraisal,
    AppraisalAnswer,
    AppraisalComment,
    AppraisalState,
    CommentStanding,
)
from ..questionnaire import SCALE

POLICY = "oversight.appraise"
# Longer ones are told to be shortened by the form.
MOST_CHARACTERS = 1000


@transaction.atomic
def put(actor: Actor, appraisal: Appraisal, facts: Mapping[str, Any]) -> Appraisal:
    """Prepare an appraisal or change it; once it has begun only its last day moves."""
    who = actor.require(POLICY, facts["agency"])
    before = {} if appraisal.pk is None else facts_of(appraisal)
    if before:
        actor.require(POLICY, Agency.objects.get(pk=before["agency_id"]))
    changed = {name for name, value in facts.items() if getattr(appraisal, name, None) != value}
    if appraisal.state != AppraisalState.DRAFT and changed - {"closes_on"}:
        raise Forbidden("评议已经开始，题目和说明不能再改，只能改结束日期。")
    if appraisal.state not in (AppraisalState.DRAFT, AppraisalState.OPEN):
        raise Forbidden("评议已经结束，不能再改。")
    for name, value in facts.items():
        setattr(appraisal, name, value)
    if appraisal.pk is None:
        appraisal.recorded_by = actor.person
    appraisal.full_clean()
    appraisal.save()
    record(POLICY, subject_of(appraisal), who, before=before, after=facts_of(appraisal))
    return appraisal


@transaction.atomic
def open_(actor: Actor, appraisal: Appraisal) -> None:
    """Let the public answer from its first day on."""
    if appraisal.closes_on < timezone.localdate():
        raise Forbidden("结束日期已经过了，先改结束日期。")
    _move(actor, appraisal, AppraisalState.DRAFT, AppraisalState.OPEN, "open")


@transaction.atomic
def close(actor: Actor, appraisal: Appraisal) -> None:
    """No answer comes any more."""
    _move(actor, appraisal, AppraisalState.OPEN, AppraisalState.CLOSED, "close")


@transaction.atomic
def publish(actor: Actor, appraisal: Appraisal) -> None:
    """Show the result to the public; comments that nobody read are not shown."""
    _move(actor, appraisal, AppraisalState.CLOSED, AppraisalState.PUBLISHED, "publish")


@transaction.atomic
def withdraw(actor: Actor, appraisal: Appraisal) -> None:
    """Take the published result back."""
    _move(actor, appraisal, AppraisalState.PUBLISHED, AppraisalState.CLOSED, "withdraw")


@transaction.atomic
def take(
    appraisal: Appraisal,
    agency: Agency,
    token: uuid.UUID,
    ratings: Mapping[str, str],
    comment: str,
) -> AppraisalAnswer:
    """Keep an answer; the same page sent again changes nothing and counts once."""
    held = Appraisal.objects.select_for_update().get(pk=appraisal.pk)
    known = AppraisalAnswer.objects.filter(token=token).first()
    if known is not None:
        return known
    if not held.takes_answers(timezone.localdate()):
        raise Forbidden("现在不收评议。")
    keys = {question["key"] for question in held.questions}
    if not ratings or not ratings.keys() <= keys or not set(ratings.values()) <= set(SCALE):
        raise Forbidden("至少选一题。")
    answer = AppraisalAnswer.objects.create(
        appraisal=held,
        agency=agency,
        token=token,
        ratings=dict(ratings),
        answered_on=timezone.localdate(),
    )
    if comment.strip() and held.free_question:
        AppraisalComment.objects.create(answer=answer, text=comment.strip()[:MOST_CHARACTERS])
    return answer


@transaction.atomic
def read_comment(actor: Actor, comment: AppraisalComment, standing: str) -> None:
    """Say of a comment that was read whether it is published with the result."""
    appraisal = comment.answer.appraisal
    who = actor.require(POLICY, appraisal.agency)
    if standing not in (CommentStanding.SHOWN, CommentStanding.KEPT_BACK):
        raise Forbidden("选公布还是不公布。")
    if standing == CommentStanding.SHOWN and personal_numbers(comment.text):
        raise Forbidden("这条意见里有个人的证件号码、手机号码或者银行卡号，不能公布。")
    before = {"standing": comment.standing}
    comment.standing, comment.read_by, comment.read_at = standing, actor.person, timezone.now()
    comment.save(update_fields=["standing", "read_by", "read_at"])
    # What was written does not stand in the trail.
    subject = Subject("appraisal_comment", str(comment.pk), f"{appraisal}：{comment}")
    record("oversight.read_comment", subject, who, before=before, after={"standing": standing})


def _move(
    actor: Actor, appraisal: Appraisal, out_of: AppraisalState, to: AppraisalState, slug: str
) -> None:
    held = Appraisal.objects.select_for_update().get(pk=appraisal.pk)
    who = actor.require(POLICY, held.agency)
    if held.state != out_of:
        raise Forbidden(f"这次评议{held.get_state_display()}，不能这样办。")
    held.state = to
    held.published_at = timezone.now() if to == AppraisalState.PUBLISHED else None
    held.full_clean()
    held.save(update_fields=["state", "published_at"])
    before, after = {"state": out_of.value}, {"state": to.value}
    record(f"oversight.{slug}_appraisal", subject_of(held), who, before=before, after=after)
