"""The application of requests."""

from __future__ import annotations

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Disclosure on request."""

    name = "gongkai.web.requests"
    label = "requests"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Due days follow the holidays that are announced."""
        from gongkai.web.registers.days import year_announced

        from .clock import settle_open

        year_announced.connect(settle_open, dispatch_uid="requests.clock")
