"""The form of what a competent department settles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from gongkai.web.form_fields import name_what_is_missing

from ..acts.change_settings import FIELDS
from ..models import RectificationSettings


class SettingsForm(forms.Form):
    """Days and names for a tree, as the model has them."""

    def __init__(self, kept: RectificationSettings, data: Mapping[str, Any] | None) -> None:
        super().__init__(data, initial={name: getattr(kept, name) for name in FIELDS})
        self.fields.update(forms.fields_for_model(RectificationSettings, FIELDS))
        name_what_is_missing(self)
