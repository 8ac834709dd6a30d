"""Acts of the agency: score itself with words and proof, hand it in, take it back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from gongkai.web.admission import admit
from gongkai.web.audit.record import record
from gongkai.web.file_names import clean_name
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.reports.papers import keep

from ..audited import of_assessment
from ..evidence import plain
from ..models import Assessment, Score, Stage
from .moving import held, known, points_within, scores_of

Said = tuple[Decimal | None, str]


@transaction.atomic
def write(
    actor: Actor,
    assessment: Assessment,
    said: Mapping[int, Said],
    proofs: Mapping[int, tuple[str, bytes]] | None = None,
) -> Assessment:
    """Keep points, words and proof for indicators; what is left empty stays empty."""
    assessment, who = held(actor, assessment, "oversight.score_self", Stage.SELF)
    scores = scores_of(assessment)
    before, after = {}, {}
    for key, (points, words) in said.items():
        score = known(scores, key)
        new = (points_within(score, points), words.strip())
        if (score.self_points, score.self_words) != new:
            before[str(score.indicator)] = _told(score)
            score.self_points, score.self_words = new
            score.self_by = actor.person
            score.save()
            after[str(score.indicator)] = _told(score)
    for key, (name, data) in (proofs or {}).items():
        score, name = known(scores, key), clean_name(name)
        score.proof = keep(data, admit(name, data).media_type)
        score.proof_name, score.self_by = name, actor.person
        score.save()
        after[f"{score.indicator}：佐证"] = name
    if after:
        record("assessment.score_self", of_assessment(assessment), who, before=before, after=after)
    return assessment


def _told(score: Score) -> str:
    points = "没有评分" if score.self_points is None else f"{plain(score.self_points)} 分"
    return f"{points} {score.self_words}".strip()


@transaction.atomic
def hand_in(actor: Actor, assessment: Assessment) -> Assessment:
    """Give the self-scores to the department; each says at least something."""
    assessment, who = held(actor, assessment, "oversight.score_self", Stage.SELF)
    silent = [
        str(one.indicator)
        for one in scores_of(assessment).values()
        if one.self_points is None and not one.self_words
    ]
    if silent:
        names = "、".join(silent[:5]) + ("等" if len(silent) > 5 else "")
        raise Forbidden(f"还有 {len(silent)} 项没有自评分也没有说明：{names}。")
    assessment.stage = Stage.REVIEW
    assessment.handed_in_by, assessment.handed_in_at = actor.person, timezone.now()
    assessment.save()
    record("assessment.hand_in", of_assessment(assessment), who)
    return assessment


@transaction.atomic
def take_back(actor: Actor, assessment: Assessment) -> Assessment:
    """The undo of ``hand_in``, until the review has begun."""
    assessment, who = held(actor, assessment, "oversight.score_self", Stage.REVIEW)
    if assessment.handed_in_at is None or assessment.scores.exclude(reviewed_by=None).exists():
        raise Forbidden("主管部门已经开始复核，要改的请主管部门退回。")
    assessment.stage, assessment.handed_in_by, assessment.handed_in_at = Stage.SELF, None, None
    assessment.save()
    record("assessment.take_back", of_assessment(assessment), who)
    return assessment


@transaction.atomic
def object_to(actor: Actor, assessment: Assessment, words: Mapping[int, str]) -> Assessment:
    """申诉: once, within the days, against named indicators."""
    assessment, who = held(actor, assessment, "oversight.score_self", Stage.TOLD)
    last = assessment.objection_until
    if last is not None and timezone.localdate() > last:
        raise Forbidden(f"申诉到 {last} 为止，已经过了。")
    said = {key: text.strip() for key, text in words.items() if text.strip()}
    if not said:
        raise Forbidden("写明对哪一项申诉、为什么。")
    scores = scores_of(assessment)
    for key, text in said.items():
        score = known(scores, key)
        score.objection = text
        score.save(update_fields=["objection"])
    assessment.stage = Stage.OBJECTED
    assessment.objected_by, assessment.objected_at = actor.person, timezone.now()
    assessment.save()
    after = {str(scores[key].indicator): text for key, text in said.items()}
    record("assessment.object", of_assessment(assessment), who, after=after)
    return assessment
