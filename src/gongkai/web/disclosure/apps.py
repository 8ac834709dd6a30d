"""The Django app of this folder."""

from __future__ import annotations

from django.apps import AppConfig


class Disclosure(AppConfig):
    name = "gongkai.web.disclosure"
    verbose_name = "信息发布"
