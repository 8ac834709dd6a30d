"""The Django app of this folder."""

from __future__ import annotations

from django.apps import AppConfig


class Audit(AppConfig):
    name = "gongkai.web.audit"
    verbose_name = "审计"
