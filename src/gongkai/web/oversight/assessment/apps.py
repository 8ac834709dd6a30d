"""The application of assessment."""

from __future__ import annotations

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """工作考核: assessments."""

    name = "gongkai.web.oversight.assessment"
    label = "assessment"
    verbose_name = "工作考核"
