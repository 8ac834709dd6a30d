"""The Django app of this folder."""

from __future__ import annotations

from django.apps import AppConfig


class Registers(AppConfig):
    name = "gongkai.web.registers"
    verbose_name = "清单和目录"
