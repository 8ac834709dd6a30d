"""Acts of the competent department: review the scores, tell them, answer objections, settle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from gongkai.web.audit.record import record
from gongkai.web.people.models import Person
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.registers.days import working_days

from ..audited import of_assessment
from ..evidence import plain
from ..models import Assessment, Score, Stage
from .moving import held, known, points_within, scores_of


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the review says of one indicator."""

    points: Decimal | None
    words: str = ""
    left_out: bool = False


@transaction.atomic
def take_up(actor: Actor, assessment: Assessment, reason: str) -> Assessment:
    """Review an agency that handed nothing in; the reason stays with it."""
    assessment, who = held(actor, assessment, "oversight.assess", Stage.SELF)
    if not reason.strip():
        raise Forbidden("写明为什么没有自评就复核。")
    assessment.stage, assessment.taken_up_why = Stage.REVIEW, reason.strip()[:300]
    assessment.save()
    record("assessment.take_up", of_assessment(assessment), who, reason=reason)
    return assessment


@transaction.atomic
def give_back(actor: Actor, assessment: Assessment, reason: str) -> Assessment:
    """Back to the agency, which goes on scoring itself."""
    assessment, who = held(actor, assessment, "oversight.assess", Stage.REVIEW)
    if not reason.strip():
        raise Forbidden("写明要补什么、改什么。")
    assessment.stage, assessment.taken_up_why = Stage.SELF, ""
    assessment.handed_in_by, assessment.handed_in_at = None, None
    assessment.save()
    record("assessment.give_back", of_assessment(assessment), who, reason=reason)
    return assessment


@transaction.atomic
def review(actor: Actor, assessment: Assessment, given: Mapping[int, Verdict]) -> Assessment:
    """Points and words; by another than who scored the agency itself."""
    assessment, who = held(actor, assessment, "oversight.assess", Stage.REVIEW)
    scores = scores_of(assessment)
    _another(actor, assessment, scores)
    before, after = {}, {}
    for key, verdict in given.items():
        score = known(scores, key)
        points = None if verdict.left_out else points_within(score, verdict.points)
        words = verdict.words.strip()
        if verdict.left_out and not words:
            raise Forbidden(f"“{score.indicator}”不计入，写明理由。")
        if points is not None and _departs(score, points) and not words:
            raise Forbidden(f"“{score.indicator}”的分和建议分、自评分都不同，写明理由。")
        new = (points, words, verdict.left_out)
        if (score.points, score.words, score.left_out) != new:
            before[str(score.indicator)] = _told(score)
            score.points, score.words, score.left_out = new
            score.reviewed_by = actor.person
            score.save()
            after[str(score.indicator)] = _told(score)
    if after:
        record("assessment.review", of_assessment(assessment), who, before=before, after=after)
    return assessment


def _another(actor: Actor, assessment: Assessment, scores: Mapping[int, Score]) -> None:
    own = {one.self_by_id for one in scores.values()} | {assessment.handed_in_by_id}
    if actor.person.pk in own:
        raise Forbidden("自评是你写的，复核要由另一个人做。")


def _departs(score: Score, points: Decimal) -> bool:
    beside = [one for one in (score.suggested, score.self_points) if one is not None]
    return points not in beside


def _told(score: Score) -> str:
    if score.left_out:
        return f"不计入 {score.words}"
    points = "没有评分" if score.points is None else f"{plain(score.points)} 分"
    return f"{points} {score.words}".strip()


@transaction.atomic
def tell(actor: Actor, assessment: Assessment) -> Assessment:
    """反馈: the agency sees the review, and may object within the days."""
    assessment, who = held(actor, assessment, "oversight.assess", Stage.REVIEW)
    open_ = [str(s.indicator) for s in scores_of(assessment).values() if not s.settled]
    if open_:
        names = "、".join(open_[:5]) + ("等" if len(open_) > 5 else "")
        raise Forbidden(f"还有 {len(open_)} 项没有评分：{names}。没有数据的人工评分，或者不计入。")
    today = timezone.localdate()
    assessment.stage = Stage.TOLD
    assessment.told_by, assessment.told_at = actor.person, timezone.now()
    days = assessment.table.objection_days
    assessment.objection_until = working_days().nth_after(today, days).day if days else today
    assessment.save()
    record(
        "assessment.tell",
        of_assessment(assessment),
        who,
        after={"objection_until": assessment.objection_until},
    )
    return assessment


@transaction.atomic
def answer(actor: Actor, assessment: Assessment, given: Mapping[int, Verdict]) -> Assessment:
    """Answer every objection in words, with the points it ends with; then all is settled."""
    assessment, who = held(actor, assessment, "oversight.assess", Stage.OBJECTED)
    scores = scores_of(assessment)
    _another(actor, assessment, scores)
    told = {}
    for score in (one for one in scores.values() if one.objection):
        verdict = given.get(score.pk)
        if verdict is None or not verdict.words.strip() or verdict.points is None:
            raise Forbidden(f"“{score.indicator}”的申诉要写答复，并填最后的分。")
        score.answer, score.answered_by = verdict.words.strip(), actor.person
        score.final = points_within(score, verdict.points)
        score.save()
        told[str(score.indicator)] = f"{_told(score)} → {plain(verdict.points)} 分：{score.answer}"
    settle(assessment, actor.person)
    record("assessment.answer", of_assessment(assessment), who, after=told)
    return assessment


@transaction.atomic
def accept(actor: Actor, assessment: Assessment) -> Assessment:
    """The agency has no objection."""
    assessment, who = held(actor, assessment, "oversight.score_self", Stage.TOLD)
    settle(assessment, actor.person)
    record("assessment.accept", of_assessment(assessment), who)
    return assessment


@transaction.atomic
def conclude(actor: Actor, assessment: Assessment) -> Assessment:
    """The days are over and nobody objected."""
    assessment, who = held(actor, assessment, "oversight.assess", Stage.TOLD)
    last = assessment.objection_until
    if last is not None and timezone.localdate() <= last:
        raise Forbidden(f"申诉到 {last}，过了再定；本机关说没有异议的，马上就定。")
    settle(assessment, actor.person)
    record("assessment.conclude", of_assessment(assessment), who)
    return assessment


def settle(assessment: Assessment, by: Person) -> None:
    """The points of every indicator stand, and with them the sum; what was left out is no part."""
    total = out_of = Decimal(0)
    for score in scores_of(assessment).values():
        if score.final is None and not score.left_out:
            score.final = score.points
            score.save(update_fields=["final"])
        if score.final is not None:
            total += score.final
            out_of += score.most
    assessment.stage, assessment.total, assessment.out_of = Stage.FINAL, total, out_of
    assessment.final_by, assessment.final_at = by, timezone.now()
    assessment.save()
