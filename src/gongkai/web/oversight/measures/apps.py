"""The application of measures."""

from __future__ import annotations

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """保障措施: registers of duties and measures."""

    name = "gongkai.web.oversight.measures"
    label = "measures"
    verbose_name = "保障措施"
