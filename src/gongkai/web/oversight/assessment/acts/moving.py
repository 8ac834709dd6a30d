"""What all acts of an assessment do first: take hold of it, ask who may, look where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gongkai.web.audit.record import Who
from gongkai.web.policies import Actor, Forbidden

from ..evidence import plain
from ..models import Assessment, Score, Stage, Standing


def held(actor: Actor, assessment: Assessment, act: str, *stages: Stage) -> tuple[Assessment, Who]:
    """The assessment locked, and who acts; Forbidden outside ``stages`` or under an old table."""
    assessment = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("table__to", "agency")
        .get(pk=assessment.pk)
    )
    who = actor.require(act, assessment.agency)
    if assessment.table.standing == Standing.REPLACED:
        raise Forbidden("指标表已经换了新版，在新版里打分。")
    if assessment.stage not in stages:
        raise Forbidden(f"{assessment}现在是“{assessment.get_stage_display()}”，可能别人刚刚办过。")
    return assessment, who


def scores_of(assessment: Assessment) -> dict[int, Score]:
    """Its scores by their keys."""
    return {one.pk: one for one in assessment.scores.select_related("indicator")}


def points_within(score: Score, points: Decimal | None) -> Decimal | None:
    """``points`` where they are possible; Forbidden says what is wrong."""
    if points is not None and not 0 <= points <= score.most:
        raise Forbidden(
            f"“{score.indicator}”最多 {plain(score.most)} 分，最少 0 分，填的是 {plain(points)}。"
        )
    return points


def known(scores: Mapping[int, Score], key: int) -> Score:
    """The score with this key; Forbidden where it is of another assessment."""
    if key not in scores:
        raise Forbidden("没有这一项指标。")
    return scores[key]
