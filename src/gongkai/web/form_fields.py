"""How fields of forms look on every page: label, hint, error, field (design system, "Fields").

A template writes ``{{ form.title.as_field_group }}``; dates are ISO in and out.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y.%m.%d")
_MOMENTS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S")
_TICKED = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


class Field(forms.BoundField):
    """A field of a form with the classes of the design system."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        """Attributes of the widget; Django itself names hint and error for screen readers.

        What is missing is said by the page, in its own words and all at once, not by the
        browser field by field: so it is told that a field is required, and not made to insist.
        """
        attrs = super().build_widget_attrs(attrs, widget)
        if attrs.pop("required", False):
            attrs["aria-required"] = "true"
        widget = widget or self.field.widget
        if not isinstance(widget, _TICKED):
            attrs["class"] = f"gk-input {widget.attrs.get('class', '')}".strip()
        return attrs

    @property
    def note(self) -> str:
        """What stands behind the label: a form may have ``notes`` by the names of its fields."""
        notes: dict[str, str] = getattr(self.form, "notes", {})
        return notes.get(self.name, "" if self.field.required else "可不填")


class Renderer(TemplatesSetting):
    """Form templates of our own (``templates/django/forms``)."""

    bound_field_class = Field


class DateField(forms.DateField):
    """A day; the browser's own calendar where it has one."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format=_DATES[0], attrs={"type": "date", "class": "gk-input--s"})
        super().__init__(widget=widget, input_formats=_DATES, **kwargs)


class MomentField(forms.DateTimeField):
    """A day and a time."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(
            format=_MOMENTS[0], attrs={"type": "datetime-local", "class": "gk-input--m"}
        )
        super().__init__(widget=widget, input_formats=_MOMENTS, **kwargs)


def name_what_is_missing(form: forms.BaseForm) -> None:
    """Let each required field say its own name when it is empty."""
    for field in form.fields.values():
        verb = "选" if isinstance(field, forms.ChoiceField) else "填"
        field.error_messages["required"] = f"{verb}{field.label}。"
