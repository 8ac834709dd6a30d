"""The application of overview."""

from __future__ import annotations

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """监督概况: pages over the records, the brief."""

    name = "gongkai.web.oversight.overview"
    label = "overview"
    verbose_name = "监督概况"

    def ready(self) -> None:
        """Tell the annual report what is known of its 监督保障."""
        from gongkai.web.reports import prose

        from .feed import facts_of

        if facts_of not in prose.told_elsewhere:
            prose.told_elsewhere.append(facts_of)
