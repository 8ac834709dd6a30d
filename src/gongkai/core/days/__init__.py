"""Working days (工作日) as the State Council arranges them, year by year.

Read in this order: ``years/*.toml`` (the notices, one file for a year), ``year``
(one year's arrangement), ``working_days`` (is it one, the nth after, how many
between).
"""

from .working_days import Count, DueDay, WorkingDays
from .year import Holiday, Notice, Year, announced_years, arrangement, parse_year

__all__ = [
    "Count",
    "DueDay",
    "Holiday",
    "Notice",
    "WorkingDays",
    "Year",
    "announced_years",
    "arrangement",
    "parse_year",
]
