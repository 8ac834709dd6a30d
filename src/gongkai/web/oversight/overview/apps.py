"""The application of overview."""

from __future__ import annotations

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """监督概况: pages over the records, the brief."""

    name = "gongkai.web.oversight.overview"
    label = "overview"
    verbose_name = "监督概况"
