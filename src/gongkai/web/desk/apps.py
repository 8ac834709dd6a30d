"""The Django app of this folder."""

from __future__ import annotations

from django.apps import AppConfig
from django.forms import Field


class Desk(AppConfig):
    name = "gongkai.web.desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Before any form is made: what every field may lack, in the words of the screen."""
        Field.default_error_messages["required"] = "没有填。"
