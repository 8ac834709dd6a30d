"""The application of remedies."""

from __future__ import annotations

from django.apps import AppConfig


class RemediesConfig(AppConfig):
    """Reconsideration, litigation, correction of records, complaints."""

    name = "gongkai.web.remedies"
    label = "remedies"
    verbose_name = "复议、诉讼、更正、投诉举报"

    def ready(self) -> None:
        """Give its due days to calendars and reminders, and its open cases to the erasure."""
        from gongkai.web.requests.around import due_days, erasing

        from .due_days import of_remedies
        from .holding import with_open_cases

        due_days.also(of_remedies)
        erasing.also_held(with_open_cases)
