"""When what is not proactively public is looked at again (art. 18)."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from .models import InformationItem, Reassessment


def plan_reassessment(item: InformationItem) -> Reassessment:
    """A year from today, unless a day is planned already; the law says only "regularly"."""
    planned = item.reassessments.filter(done_on=None).first()
    if planned is not None:
        return planned
    return item.reassessments.create(due_on=a_year_after(timezone.localdate()))


def a_year_after(day: date) -> date:
    """The same day next year; 28 February for a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)
