"""Forms of complaints and reports: what came in, and the answer."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.web.agencies.models import Agency
from gongkai.web.form_fields import DateField
from gongkai.web.people.models import Person
from gongkai.web.requests.models import DisclosureRequest

from ..models import ComplaintKind, ComplaintResult
from .corrections import CHANNELS, offer_agencies, offer_staff
from .plain import Named, lines


class ComplaintForm(Named):
    """A complaint or report as it is entered or changed."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="受理机关", to_field_name="code")
    kind = forms.ChoiceField(label="种类", choices=ComplaintKind.choices)
    about = forms.ModelChoiceField(
        Agency.objects.none(), label="被投诉举报的机关", to_field_name="code"
    )
    request_number = forms.CharField(
        label="申请编号", required=False, help_text="与哪一件申请有关。没有的不填。"
    )
    channel = forms.ChoiceField(label="渠道", choices=CHANNELS)
    received_on = DateField(label="收到日期")
    name = forms.CharField(
        label="姓名或者名称", max_length=120, required=False, help_text="匿名的不填。"
    )
    contact = forms.CharField(label="联系方式", max_length=200, required=False)
    matter = forms.CharField(label="投诉举报的事项", widget=lines(4))
    handler = forms.ModelChoiceField(
        Person.objects.none(), label="承办人", required=False, empty_label="（未定）"
    )
    internal_due_on = DateField(
        label="内部期限", required=False, help_text="条例没有写期限，由本机关定。"
    )

    def __init__(self, agencies: list[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_agencies(self, "agency", agencies)
        offer_agencies(self, "about", agencies)
        offer_staff(self, agencies)
        self.found: DisclosureRequest | None = None

    def clean(self) -> dict[str, Any]:
        """The request by its number."""
        cleaned = super().clean() or self.cleaned_data
        number, about = cleaned.get("request_number", "").strip(), cleaned.get("about")
        if number and about is not None:
            self.found = DisclosureRequest.objects.filter(number=number, agency=about).first()
            if self.found is None:
                self.add_error("request_number", f"{about.short_name}没有编号“{number}”的申请。")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What the act is told."""
        left_out = ("agency", "request_number")
        given = {name: one for name, one in self.cleaned_data.items() if name not in left_out}
        return {**given, "request": self.found}


class AnswerForm(Named):
    """What was found and done."""

    findings = forms.CharField(label="核实情况", widget=lines(4))
    result = forms.ChoiceField(
        label="结果", required=False, choices=[("", "还没有结果"), *ComplaintResult.choices]
    )
    measures = forms.CharField(
        label="处理措施",
        required=False,
        widget=lines(3),
        help_text="督促整改、通报批评、处理建议（第 46、47 条）；转办的写转给谁。",
    )
    answered_on = DateField(label="答复日期", required=False, help_text="填了就办结。")
