"""Forms of a task: set it, sign for it, report it done, answer, extend."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.form_fields import DateField
from gongkai.web.people.models import Appointment, Person
from gongkai.web.policies import RULES
from gongkai.web.remedies.forms.corrections import offer_agencies
from gongkai.web.remedies.forms.plain import Named, lines
from gongkai.web.requests.forms.files import FilesField

from ..models import Source

_BY_HAND = [one for one in Source if one is not Source.WATCH]


class OrderForm(Named):
    """A task as it is set; of findings their agency and source stand already."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="责任机关", to_field_name="code", empty_label="选机关"
    )
    source = forms.ChoiceField(
        label="怎样发现的", choices=[(one.value, one.label) for one in _BY_HAND]
    )
    title = forms.CharField(
        label="事项", max_length=200, help_text="一句话，如 财政预算、决算没有更新。"
    )
    problem = forms.CharField(label="问题", widget=lines(3))
    demand = forms.CharField(label="怎样改", widget=lines(3))
    basis = forms.CharField(label="依据", max_length=300, required=False)
    due_on = DateField(label="期限")
    responsible = forms.ModelChoiceField(
        Person.objects.none(), label="责任人", required=False, empty_label="由责任机关定"
    )
    notice = forms.BooleanField(
        label="同时发督办单", required=False,
        help_text="编号、成文，送责任机关签收。",
    )  # fmt: skip

    def __init__(
        self, agencies: list[Agency], *args: Any, from_watch: bool, above: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_agencies(self, "agency", agencies)
        if from_watch:
            del self.fields["source"]
        if not above:
            del self.fields["notice"]
        if len(agencies) == 1:
            offer_staff(self, agencies[0])
        else:
            del self.fields["responsible"]


class ReceiveForm(Named):
    """Signing for a task."""

    reply = forms.CharField(
        label="答复", widget=lines(3), required=False, help_text="现在的情况、打算怎样改。"
    )
    responsible = forms.ModelChoiceField(
        Person.objects.none(), label="责任人", required=False, empty_label="公开工作机构"
    )

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_staff(self, agency)


class NameForm(Named):
    """Who answers for a task."""

    person = forms.ModelChoiceField(Person.objects.none(), label="责任人", empty_label=None)

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_staff(self, agency, "person")


class FinishForm(Named):
    """What was done, with what shows it."""

    words = forms.CharField(label="改了什么", widget=lines(4))
    proofs = FilesField(label="证明材料", help_text="截图、网页打印件、公文。可以选几个文件。")


class WordsForm(Named):
    """Words that an act asks for."""

    words = forms.CharField(label="原因", widget=lines(3), max_length=300)

    def __init__(self, label: str, *args: Any, optional: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["words"]
        field.label, field.required = label, not optional
        field.error_messages["required"] = f"写明{label}。"


class ExtendForm(Named):
    """A later day, and why."""

    until = DateField(label="新的期限")
    words = forms.CharField(label="延长的原因", widget=lines(2), max_length=300)


def offer_staff(form: forms.Form, agency: Agency, name: str = "responsible") -> None:
    """The people of an agency who may rectify."""
    held = Appointment.objects.on(timezone.localdate()).filter(
        agency__in=agency.responsible(), role__in=RULES["oversight.rectify"], person__is_active=True
    )
    choice = form.fields[name]
    assert isinstance(choice, forms.ModelChoiceField)
    choice.queryset = Person.objects.filter(pk__in=held.values("person")).order_by("name")
