"""The application of rectification."""

from __future__ import annotations

from django.apps import AppConfig


class RectificationConfig(AppConfig):
    """整改: tasks, notices, self-checks."""

    name = "gongkai.web.oversight.rectification"
    label = "rectification"
    verbose_name = "整改"
