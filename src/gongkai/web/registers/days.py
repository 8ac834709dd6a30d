"""Working days as the platform knows them: ours, and newer notices entered by staff."""

from __future__ import annotations

from django.dispatch import Signal

from gongkai.core.days import WorkingDays, parse_year

from .models import YearArrangement

# Sent within the act that enters a year's arrangement: due days that were kept are reckoned anew.
year_announced = Signal()


def working_days() -> WorkingDays:
    """Every announced year; what staff entered stands before what we ship."""
    return WorkingDays({e.year: parse_year(e.toml) for e in YearArrangement.objects.all()})
