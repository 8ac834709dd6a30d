"""The results under a table: agencies in the order of the roster, never by their points."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .evidence import plain
from .models import Assessment, IndicatorTable, Score, Stage


@dataclass(frozen=True, slots=True)
class Line:
    """An agency: how far it is, and its points by first-level indicator once they are settled."""

    assessment: Assessment
    groups: tuple[str, ...]
    total: str


def groups_of(table: IndicatorTable) -> dict[str, Decimal]:
    """The first-level indicators with the points each can have."""
    groups: dict[str, Decimal] = {}
    for one in table.indicators.all():
        groups[one.first or one.name] = groups.get(one.first or one.name, Decimal(0)) + one.points
    return groups


def results_of(table: IndicatorTable, agencies: list[int]) -> list[Line]:
    """A line for each assessment that one may see."""
    groups = groups_of(table)
    found = (
        Assessment.objects.filter(table=table, agency__in=agencies)
        .select_related("agency", "table")
        .order_by("agency__position", "agency__code")
    )
    scores: dict[int, list[Score]] = {}
    for score in (
        Score.objects.filter(assessment__in=found).select_related("indicator").defer("lines")
    ):
        scores.setdefault(score.assessment_id, []).append(score)
    return [
        Line(one, tuple(_sum(scores.get(one.pk, []), group) for group in groups), _total(one))
        for one in found
    ]


def _sum(scores: list[Score], group: str) -> str:
    """What was left out counts neither way; before all is settled nothing is told."""
    ours = [s for s in scores if (s.indicator.first or s.indicator.name) == group]
    final = [s.final for s in ours if s.final is not None]
    if not final:
        return "不计入" if ours and all(s.left_out for s in ours) else ""
    most = sum((s.most for s in ours), Decimal(0))
    counted = sum((s.most for s in ours if s.final is not None), Decimal(0))
    return plain(sum(final, Decimal(0))) + (f"/{plain(counted)}" if counted != most else "")


def _total(assessment: Assessment) -> str:
    if assessment.stage != Stage.FINAL or assessment.total is None:
        return ""
    return total_text(assessment)


def total_text(assessment: Assessment) -> str:
    """The points, and of how many where some were left out."""
    if assessment.total is None or assessment.out_of is None:
        return ""
    full = assessment.table.full
    of = f"/{plain(assessment.out_of)}" if assessment.out_of != full else ""
    return f"{plain(assessment.total)}{of}"
