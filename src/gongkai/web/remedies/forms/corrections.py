"""Forms of the correction of one's own records: the application, and what was found."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.core.handling.channels import Channel
from gongkai.web.agencies.models import Agency
from gongkai.web.form_fields import DateField
from gongkai.web.people.models import Person

from ..models import CorrectionResult
from .plain import Named, lines

CHANNELS = [(channel.value, channel.label) for channel in Channel]


class CorrectionForm(Named):
    """An application as it is entered or changed."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="机关", to_field_name="code")
    name = forms.CharField(label="姓名或者名称", max_length=120)
    is_natural_person = forms.BooleanField(label="自然人", required=False, initial=True)
    document_number = forms.CharField(label="证件号码", max_length=40, required=False)
    phone = forms.CharField(label="联系电话", max_length=60, required=False)
    mailbox = forms.EmailField(label="电子邮箱", required=False)
    address = forms.CharField(label="通信地址", max_length=200, required=False)
    channel = forms.ChoiceField(label="渠道", choices=CHANNELS)
    received_on = DateField(label="收到日期")
    record_concerned = forms.CharField(
        label="要求更正的记录", widget=lines(3), help_text="哪一份信息、哪一处，现在怎样写的。"
    )
    claimed = forms.CharField(label="应当是什么", widget=lines(2))
    evidence = forms.CharField(
        label="提供的证据",
        required=False,
        widget=lines(2),
        help_text="申请人要有证据（第 41 条）。",
    )
    handler = forms.ModelChoiceField(
        Person.objects.none(), label="承办人", required=False, empty_label="（未定）"
    )
    internal_due_on = DateField(
        label="内部期限", required=False, help_text="条例没有写期限，由本机关定。"
    )

    def __init__(self, agencies: list[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_agencies(self, "agency", agencies)
        offer_staff(self, agencies)

    def facts(self) -> dict[str, Any]:
        """What the act is told."""
        return {name: one for name, one in self.cleaned_data.items() if name != "agency"}


class FindingForm(Named):
    """What was found of the record."""

    result = forms.ChoiceField(label="结果", choices=[("", "选一个"), *CorrectionResult.choices])
    findings = forms.CharField(
        label="核实情况",
        required=False,
        widget=lines(4),
        help_text="核实了什么，记录原来怎样、现在怎样。写进告知书。",
    )
    corrected_on = DateField(label="更正日期", required=False, help_text="已经更正的填。")
    other_agency = forms.CharField(
        label="有权更正的机关",
        max_length=200,
        required=False,
        help_text="转送或者告知向有权机关提出的填：名称和联系方式。",
    )


def offer_agencies(form: forms.Form, name: str, agencies: list[Agency]) -> None:
    """The agencies that may be chosen."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = Agency.objects.filter(pk__in=[one.pk for one in agencies])


def offer_staff(form: forms.Form, agencies: list[Agency]) -> None:
    """The people of these agencies."""
    field = form.fields["handler"]
    assert isinstance(field, forms.ModelChoiceField)
    staff = Person.objects.filter(appointments__agency__in=agencies, is_active=True)
    field.queryset = staff.distinct()
