"""The Django app of this folder."""

from __future__ import annotations

from django.apps import AppConfig


class Desk(AppConfig):
    name = "gongkai.web.desk"
    verbose_name = "工作台"
