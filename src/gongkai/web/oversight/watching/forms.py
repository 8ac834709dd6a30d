"""The forms of watching."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.core.watching.limits import watch_limits
from gongkai.core.watching.rhythms import Rhythm, RhythmKind
from gongkai.web.form_fields import DateField

from .acts.numbers import MOST

_NO_PROMISE = ""


class ReasonForm(forms.Form):
    """Why a finding is no fault, or is one after all."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class PromiseForm(forms.Form):
    """How often a column is brought up to date."""

    rhythm = forms.ChoiceField(
        label="多久更新",
        required=False,
        choices=[(_NO_PROMISE, "没有承诺"), *((one.value, one.label) for one in RhythmKind)],
    )
    number = forms.IntegerField(
        label="月份或天数",
        required=False,
        min_value=1,
        max_value=MOST,
        help_text="选“每年某月以前”填几月，选“多少天内”填天数；其他不填。",
    )

    def clean(self) -> dict[str, Any]:
        """A rhythm that names a number has it."""
        given = super().clean() or self.cleaned_data
        told = given.get("rhythm")
        if told and "number" in given:
            try:
                given["told"] = Rhythm(RhythmKind(told), given["number"] or 0)
            except ValueError:
                what = RhythmKind(told).number
                self.add_error("number", "填 1 到 12 的月份。" if what == "月份" else "填天数。")
        return given

    @property
    def told(self) -> Rhythm | None:
        """The promise; None for none."""
        found: Rhythm | None = self.cleaned_data.get("told")
        return found


class ConfirmationForm(forms.Form):
    """There is nothing until a day."""

    until = DateField(label="到哪一天为止没有")
    note = forms.CharField(
        label="说明", max_length=200, required=False, help_text="如：本年没有招考。"
    )


class NumbersForm(forms.Form):
    """Every number; an empty one goes back to the number of above."""

    def __init__(self, *args: Any, above: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, limit in watch_limits().items():
            unit = f"（{limit.unit}）" if limit.unit else ""
            source = f"　来源：{limit.citation}" if limit.citation else ""
            self.fields[name] = forms.IntegerField(
                label=f"{limit.label}{unit}",
                required=False,
                min_value=0,
                max_value=MOST,
                help_text=f"不填用 {above[name]}。{limit.note}{source}",
            )
