"""The Django app of this folder."""

from __future__ import annotations

from django.apps import AppConfig


class Disclosure(AppConfig):
    name = "gongkai.web.disclosure"
    verbose_name = "信息发布"

    def ready(self) -> None:
        """Due days follow the holidays that are announced."""
        from gongkai.web.registers.days import year_announced

        from .due import renew_due_days

        year_announced.connect(renew_due_days, dispatch_uid="disclosure.due")
