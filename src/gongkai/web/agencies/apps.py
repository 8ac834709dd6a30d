"""The Django app of this folder."""

from __future__ import annotations

from django.apps import AppConfig


class Agencies(AppConfig):
    name = "gongkai.web.agencies"
    verbose_name = "机关"
