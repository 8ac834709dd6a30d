"""The forms that begin a letter of the procedure, or record what came of it."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.web.form_fields import DateField

from ..models import DisclosureRequest
from .files import FilesField
from .steps import PaperField, area, choose_from, papers_of, today_field

_PER_LINE = "一行写一项。"


def lines_of(text: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class CorrectionForm(forms.Form):
    """What is unclear or missing, all at once (art. 30)."""

    points = forms.CharField(
        label="要补正什么",
        widget=area(4),
        help_text=f"一次写全：哪一项不明确，或者缺什么。{_PER_LINE}",
    )
    guidance = forms.CharField(
        label="怎样补正",
        widget=area(3),
        help_text=f"告诉申请人可以写哪些名称、文号、年份、地点。不能要求说明用途。{_PER_LINE}",
    )
    due_on = DateField(
        label="补正期限", required=False, help_text="合理期限的最后一天；不填，按设置的天数算。"
    )


class CorrectedForm(forms.Form):
    """The corrected request came."""

    on = today_field("收到补正的日期", "答复期限自这一天起重新计算，20 个工作日（第三十条）。")
    text = forms.CharField(
        label="补正的内容", required=False, widget=area(4), help_text="照抄申请人写的。"
    )
    corrected_description = forms.CharField(
        label="补正后的申请内容",
        required=False,
        widget=area(4),
        help_text="现在申请的是什么；原来的内容留在卷内。",
    )


class ReasonsForm(forms.Form):
    """Reasons are asked for (art. 35)."""

    volume_facts = forms.CharField(
        label="数量、频次的事实",
        widget=area(4),
        help_text="从哪天到哪天申请了多少件，内容有何雷同，为什么明显超过合理范围。",
    )
    reasons_due_on = DateField(label="说明理由的期限", help_text="答复期限照常计算，不停。")


class ReasonsGivenForm(forms.Form):
    """The reasons came."""

    on = today_field("收到理由的日期")
    text = forms.CharField(label="申请人说明的理由", required=False, widget=area(4))


class ExtendForm(forms.Form):
    """Art. 33: once, at most twenty working days, told before the due day."""

    days = forms.IntegerField(
        label="延长几个工作日", min_value=1, max_value=20, initial=20, help_text="1 到 20。"
    )
    reasons = forms.CharField(
        label="为什么延长", required=False, widget=area(2), help_text="写进告知书。"
    )


class DelayForm(forms.Form):
    """Art. 35: a reasonable day."""

    until = DateField(label="延迟到哪一天", help_text="合理期限的最后一天，写进告知书。")
    volume_facts = forms.CharField(label="数量、频次的事实", widget=area(3))
    reasons = forms.CharField(
        label="为什么理由合理但无法按期答复", widget=area(3), help_text="写进告知书。"
    )


class FeeForm(forms.Form):
    """By item or by page, one of the two."""

    way = forms.ChoiceField(
        label="按哪一种计收",
        choices=[("by_item", "按件"), ("by_page", "按量（页）")],
        widget=forms.RadioSelect,
    )
    pages = forms.IntegerField(
        label="提供多少页",
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text="A4 纸的页数；按量计收的要填。",
    )
    reasons = forms.CharField(
        label="收费的事实",
        widget=area(3),
        help_text="数量、频次怎样明显超过合理范围（第四十二条）。写进通知书。",
    )

    def clean(self) -> dict[str, Any]:
        """Pages where the fee goes by pages."""
        given = super().clean() or self.cleaned_data
        if given.get("way") == "by_page" and not given.get("pages") and "pages" not in self.errors:
            self.add_error("pages", "按量计收的，写提供多少页。")
        return given


class FeePaidForm(forms.Form):
    """It was paid."""

    on = today_field("缴清的日期", "答复期限自缴清次日起重新计算，20 个工作日。")
    proof = PaperField(label="卷内的缴费凭证")
    uploads = FilesField(label="上传缴费凭证")

    def __init__(self, case: DisclosureRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "proof", papers_of(case))


class WithdrawForm(forms.Form):
    """The requester takes the request back."""

    on = today_field("撤回的日期")
    how = forms.CharField(
        label="怎样撤回的",
        max_length=200,
        help_text="例如：网上提交、书面来信、当面提出并签名确认。",
    )
