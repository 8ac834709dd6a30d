"""The Django app of this folder."""

from __future__ import annotations

from django.apps import AppConfig


class Publication(AppConfig):
    name = "gongkai.web.publication"
    verbose_name = "已公开的信息"
