"""What the trail calls a table and an assessment."""

from __future__ import annotations

from gongkai.web.audit.record import Subject

from .models import Assessment, IndicatorTable


def of_table(table: IndicatorTable) -> Subject:
    """The table as the subject of an entry."""
    return Subject("indicator_table", str(table.pk), str(table))


def of_assessment(assessment: Assessment) -> Subject:
    """The assessment as the subject of an entry."""
    return Subject("assessment", str(assessment.pk), str(assessment))
