"""What is asked for: the information, its form, the way it comes (art. 29 (2), (3))."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.web.form_fields import name_what_is_missing

from ...wishes import FITTING, FormOfSupply, WayOfDelivery
from .contact import text

MOST_CHARACTERS = 5000
_SHORTEST = 4


class WhatForm(forms.Form):
    """Step two: the information, its form and the way it comes."""

    description = forms.CharField(
        label="信息的名称、文号，或者能找到它的描述",
        help_text="写清时间、地点、事项。例如：2025年泉苑一村加装电梯补助的发放表。",
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    form_of_supply = forms.ChoiceField(
        label="要什么形式",
        choices=FormOfSupply.choices,
        widget=forms.RadioSelect,
        initial=FormOfSupply.ELECTRONIC,
    )
    way_of_delivery = forms.ChoiceField(
        label="怎样给您",
        choices=WayOfDelivery.choices,
        widget=forms.RadioSelect,
        initial=WayOfDelivery.ONLINE,
    )
    help_needed = text(
        "需要怎样的帮助",
        300,
        required=False,
        width="",
        help_text="阅读、视力、听力有困难的，写在这里，机关应当提供必要的帮助。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_what_is_missing(self)
        for name in ("form_of_supply", "way_of_delivery"):
            self.fields[name].error_messages["invalid_choice"] = "选的不是这里的一项，再选一次。"
        self.fields["description"].error_messages |= {
            "required": "写明要什么信息：名称、文号，或者能找到它的描述。",
            "max_length": "写了 %(show_value)d 个字，最多 %(limit_value)d 个。要的多的，分几件申请。",
        }

    def clean_description(self) -> str:
        said: str = self.cleaned_data["description"].strip()
        if len("".join(said.split())) < _SHORTEST:
            raise forms.ValidationError(f"“{said}”太短，找不到。写清时间、地点、事项。")
        return said

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        form, way = told.get("form_of_supply"), told.get("way_of_delivery")
        if form and way and way not in FITTING[form]:
            fitting = "、".join(one.label for one in WayOfDelivery if one in FITTING[form])
            self.add_error(
                "way_of_delivery",
                f"{FormOfSupply(form).label}不能“{WayOfDelivery(way).label}”，可以选：{fitting}。",
            )
        return told
