"""The forms of asking a third party or another agency, and of what it answered."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.web.agencies.models import Agency
from gongkai.web.form_fields import DateField

from ..models import Answer, Consultation, ConsultationKind, DisclosureRequest
from .steps import PaperField, area, choose_from, papers_of, today_field, unkept


class ThirdPartyForm(forms.Form):
    """Whoever would be harmed (arts. 15, 32)."""

    party = forms.CharField(
        label="第三方的姓名或者名称",
        max_length=120,
        help_text="加密保存；一份征求一个第三方。",
        widget=unkept(),
    )
    contact = forms.CharField(
        label="联系方式",
        required=False,
        max_length=200,
        help_text="加密保存，送达时用。",
        widget=unkept(),
    )
    what = forms.CharField(
        label="拟公开的内容", widget=area(4), help_text="逐项写准备公开的，一行一项。"
    )
    matter_summary = forms.CharField(
        label="申请内容摘要",
        required=False,
        widget=area(2),
        help_text="写给第三方看：只写申请公开什么，不写谁申请。不填，用申请的事由。",
    )
    interest_concerned = forms.CharField(
        label="可能涉及的权益",
        required=False,
        max_length=200,
        help_text="商业秘密、个人隐私或者其他合法权益。",
    )


class AgencyForm(forms.Form):
    """A co-maker (art. 34) or another agency (art. 11)."""

    kind = forms.ChoiceField(
        label="征求谁",
        widget=forms.RadioSelect,
        choices=[
            (
                ConsultationKind.CO_MAKER,
                "共同制作的机关：15 个工作日内没有提出意见的，视为同意公开",
            ),
            (ConsultationKind.AGENCY, "其他机关协助：没有法定期限，催办到答复为止"),
        ],
        initial=ConsultationKind.CO_MAKER,
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="机关", required=False, empty_label="不在名录里"
    )
    party = forms.CharField(
        label="机关名称", required=False, max_length=120, help_text="不在名录里的才填。"
    )
    what = forms.CharField(
        label="拟公开的内容，或者请协助的事", widget=area(4), help_text="一行一项。"
    )
    matter_summary = forms.CharField(
        label="申请内容摘要", required=False, widget=area(2), help_text="不写谁申请。"
    )
    own_view = forms.CharField(label="本机关的意见", required=False, widget=area(2))
    reply_by = DateField(
        label="请对方最迟哪天回复", required=False, help_text="只用于其他机关协助。"
    )

    def __init__(self, case: DisclosureRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ModelChoiceField)
        agency.queryset = Agency.objects.active().exclude(pk=case.agency_id)

    def clean(self) -> dict[str, Any]:
        """One of the two names."""
        given = super().clean() or self.cleaned_data
        if not given.get("agency") and not (given.get("party") or "").strip():
            self.add_error("agency", "选一个机关，或者在下面写名称。")
        return given


class AnswerForm(forms.Form):
    """What the other side said."""

    on = today_field("收到意见的日期")
    answer = forms.ChoiceField(
        label="意见",
        widget=forms.RadioSelect,
        choices=[(a.value, a.label) for a in Answer if a is not Answer.SILENT],
    )
    reasons = forms.CharField(
        label="对方的理由", required=False, widget=area(), help_text="不同意、部分同意的要写。"
    )
    weighed = forms.CharField(
        label="本机关的判断",
        required=False,
        widget=area(),
        help_text="理由合理不合理，为什么。可以以后再写，定办理结果前要写。",
    )
    paper = PaperField(label="卷内的回函")

    def __init__(self, consultation: Consultation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "paper", papers_of(consultation.request))

    def clean(self) -> dict[str, Any]:
        """Who does not agree says why."""
        given = super().clean() or self.cleaned_data
        says_no = given.get("answer") in (Answer.REFUSES, Answer.PARTLY)
        if says_no and not given.get("reasons", "").strip():
            self.add_error("reasons", "写对方的理由；没有写理由的，写“没有说明理由”。")
        return given


class WeighedForm(forms.Form):
    """The agency's own judgement."""

    weighed = forms.CharField(label="本机关的判断", widget=area(4))
