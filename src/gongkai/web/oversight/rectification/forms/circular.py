"""The form of a circular: the time, the agencies, what is said beside the table."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.web.agencies.models import Agency
from gongkai.web.form_fields import DateField
from gongkai.web.remedies.forms.plain import Named, lines

from ..letters import Circular


class TimeForm(Named):
    """Which time, which agencies."""

    since = DateField(label="起日")
    until = DateField(label="止日")
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(), label="机关", to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, agencies: list[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["agencies"]
        assert isinstance(choice, forms.ModelMultipleChoiceField)
        choice.queryset = Agency.objects.filter(pk__in=[one.pk for one in agencies])

    def clean(self) -> dict[str, Any]:
        """The time has an order."""
        facts = super().clean() or self.cleaned_data
        if facts.get("since") and facts.get("until") and facts["until"] < facts["since"]:
            self.add_error("until", f"止日早于起日（{facts['since']}）。")
        return facts


class CircularForm(TimeForm):
    """The same with the words."""

    addressees = forms.CharField(label="主送机关", max_length=200)
    overview = forms.CharField(label="总体情况", widget=lines(4))
    cases = forms.CharField(
        label="典型问题", widget=lines(4), required=False, help_text="一行一项。"
    )
    demands = forms.CharField(label="下一步要求", widget=lines(4), help_text="一行一项。")

    def told(self) -> Circular:
        """What the letter is told."""
        facts = self.cleaned_data
        return Circular(
            agencies=tuple(facts["agencies"]),
            addressees=facts["addressees"],
            since=facts["since"],
            until=facts["until"],
            overview=facts["overview"],
            cases=_lines(facts["cases"]),
            demands=_lines(facts["demands"]),
        )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
