"""The application of concerns."""

from __future__ import annotations

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    """关切回应: matters of public concern."""

    name = "gongkai.web.oversight.concerns"
    label = "concerns"
    verbose_name = "关切回应"
