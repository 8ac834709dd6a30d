"""The application of requests."""

from __future__ import annotations

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Disclosure on request."""

    name = "gongkai.web.requests"
    label = "requests"
    verbose_name = "依申请公开"
