"""Working days as the platform knows them: ours, and newer notices entered by staff."""

from __future__ import annotations

from gongkai.core.days import WorkingDays, parse_year

from .models import YearArrangement


def working_days() -> WorkingDays:
    """Every announced year; what staff entered stands before what we ship."""
    return WorkingDays({e.year: parse_year(e.toml) for e in YearArrangement.objects.all()})
