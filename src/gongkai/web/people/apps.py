"""The Django app of this folder."""

from __future__ import annotations

from django.apps import AppConfig


class People(AppConfig):
    name = "gongkai.web.people"
    verbose_name = "人员"
