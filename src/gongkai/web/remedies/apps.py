"""The application of remedies."""

from __future__ import annotations

from django.apps import AppConfig


class RemediesConfig(AppConfig):
    """Reconsideration, litigation, correction of records, complaints."""

    name = "gongkai.web.remedies"
    label = "remedies"
    verbose_name = "复议、诉讼、更正、投诉举报"
