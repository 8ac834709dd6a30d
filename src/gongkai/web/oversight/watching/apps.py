"""The application of watching."""

from __future__ import annotations

from django.apps import AppConfig


class WatchingConfig(AppConfig):
    """巡检: rules run over the records, their findings."""

    name = "gongkai.web.oversight.watching"
    label = "watching"
    verbose_name = "巡检"
