"""Small forms that several screens ask: a reason, a day, a file."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.web.form_fields import DateField, name_what_is_missing

from ..models import FiledPaperKind


class Named(forms.Form):
    """A form whose required fields say their own names when they are empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_what_is_missing(self)


class ReasonForm(Named):
    """Why."""

    reason = forms.CharField(label="原因", max_length=200)


class DayForm(Named):
    """On which day."""

    on = DateField(label="日期")


class PaperForm(Named):
    """A paper to file."""

    kind = forms.ChoiceField(label="种类", choices=FiledPaperKind.choices)
    file = forms.FileField(label="文件", help_text="pdf、图片、Word、Excel。加密保存。")


def lines(rows: int = 4) -> forms.Textarea:
    """A field of some lines."""
    return forms.Textarea(attrs={"rows": rows})
