"""The application of annual reports."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Annual reports: compiled, reviewed, published, sent upward."""

    name = "gongkai.web.reports"
    label = "reports"
    verbose_name = "年度报告"

    def ready(self) -> None:
        """Be asked when an item that carries a report is edited or published; tell our due days."""
        from gongkai.web.disclosure import written_elsewhere
        from gongkai.web.disclosure.acts.publish import publishing
        from gongkai.web.requests.around import due_days

        from .acts import publish as ours
        from .due_days import of_reports

        written_elsewhere.places.append(ours.address_of)
        publishing.connect(ours.publish, dispatch_uid="reports")
        due_days.also(of_reports)
