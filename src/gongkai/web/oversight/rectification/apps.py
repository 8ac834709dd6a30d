"""The application of rectification."""

from __future__ import annotations

from django.apps import AppConfig


class RectificationConfig(AppConfig):
    """整改: tasks, notices, self-checks."""

    name = "gongkai.web.oversight.rectification"
    label = "rectification"
    verbose_name = "整改"

    def ready(self) -> None:
        """Give its due days to calendars and reminders; stand beside what the watch found."""
        from gongkai.web.oversight.watching import around
        from gongkai.web.requests.around import due_days

        from .beside import beside_finding, row_notes
        from .due_days import of_rectification

        due_days.also(of_rectification)
        around.beside.append(beside_finding)
        around.row_notes.append(row_notes)
