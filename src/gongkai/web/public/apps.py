"""The Django app of this folder."""

from __future__ import annotations

from django.apps import AppConfig


class Public(AppConfig):
    name = "gongkai.web.public"
    verbose_name = "公开平台"
