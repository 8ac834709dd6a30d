"""Acts: begin the assessment of agencies, count anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import record
from gongkai.web.policies import Actor, Forbidden

from ..audited import of_assessment, of_table
from ..evidence import Length, count, measures, span_of
from ..formula import suggested
from ..models import Assessment, IndicatorTable, Score, Stage, Standing
from .moving import held

# What an agency said of itself goes with it into a new version of the table.
_CARRIED = ("self_points", "self_words", "self_by", "proof", "proof_name")


@transaction.atomic
def begin(actor: Actor, table: IndicatorTable, agencies: Sequence[Agency]) -> list[Assessment]:
    """Open the scoring of ``agencies``, with what the records say of each in place."""
    who = actor.require("oversight.assess", table.to)
    table = IndicatorTable.objects.select_for_update(of=("self",)).get(pk=table.pk)
    if table.standing != Standing.IN_FORCE:
        raise Forbidden("先启用这一版指标表。")
    for agency in agencies:
        actor.require("oversight.assess", agency)
    have = set(table.assessments.values_list("agency", flat=True))
    wanted = [agency for agency in agencies if agency.pk not in have]
    if not wanted:
        raise Forbidden("选要考核的机关；已经开始的不重复。")
    made = [
        Assessment.objects.create(table=table, agency=agency, begun_by=actor.person)
        for agency in wanted
    ]
    fill(table, made)
    record("assessment.begin", of_table(table), who, after={"agencies": len(made)})
    return made


@transaction.atomic
def count_anew(actor: Actor, assessment: Assessment) -> Assessment:
    """Count again what the records say, as long as nobody was told the review."""
    assessment, who = held(actor, assessment, "oversight.assess", Stage.SELF, Stage.REVIEW)
    before = {str(s.indicator): s.printed for s in assessment.scores.select_related("indicator")}
    fill(assessment.table, [assessment])
    assessment.counted_at = timezone.now()
    assessment.save(update_fields=["counted_at"])
    after = {str(s.indicator): s.printed for s in assessment.scores.select_related("indicator")}
    record("assessment.count", of_assessment(assessment), who, before=before, after=after)
    return assessment


def fill(table: IndicatorTable, assessments: Iterable[Assessment]) -> None:
    """Every score with its number, its lines and its suggestion; what was said stays."""
    assessments = list(assessments)
    span = span_of(date(table.year, 1, 1), Length.YEAR)
    agencies = [one.agency for one in assessments]
    former = _former(table, agencies)
    kept = {
        (one.assessment_id, one.indicator_id): one
        for one in Score.objects.filter(assessment__in=assessments)
    }
    fresh: list[Score] = []
    for indicator in table.indicators.all():
        measure = measures().get(indicator.measure)
        counted = count(measure, agencies, span) if measure else {}
        for one in assessments:
            score = kept.get((one.pk, indicator.pk))
            if score is None:
                score = Score(assessment=one, indicator=indicator)
                _carry(score, former.get((one.agency_id, indicator.sameness)))
                fresh.append(score)
            if measure:
                told = counted[one.agency_id]
                score.value, score.printed = told.value, told.text
                score.lines = [line.kept() for line in told.lines]
                score.suggested = suggested(indicator, told)
    Score.objects.bulk_create(fresh, batch_size=200)
    Score.objects.bulk_update(
        kept.values(), ["value", "printed", "lines", "suggested"], batch_size=200
    )


def _carry(score: Score, said: Score | None) -> None:
    if said is not None:
        for name in _CARRIED:
            setattr(score, name, getattr(said, name))


def _former(
    table: IndicatorTable, agencies: Sequence[Agency]
) -> dict[tuple[int, tuple[object, ...]], Score]:
    """What the agencies said under earlier versions, the latest last."""
    said = Score.objects.filter(
        assessment__table__to=table.to_id,
        assessment__table__year=table.year,
        assessment__table__number__lt=table.number,
        assessment__agency__in=agencies,
    ).select_related("indicator", "assessment")
    return {
        (one.assessment.agency_id, one.indicator.sameness): one
        for one in said.order_by("assessment__table__number")
    }
