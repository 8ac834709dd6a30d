"""Forms around requests: the ledger out and in, a file to take away, a chase."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.core.handling.channels import Channel
from gongkai.web.agencies.models import Agency
from gongkai.web.form_fields import DateField, name_what_is_missing


class Named(forms.Form):
    """A form whose required fields say their own names when they are empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_what_is_missing(self)


class LedgerForm(Named):
    """Which lines of the ledger to take away."""

    agency = forms.ChoiceField(label="机关", required=False)
    first = DateField(label="收到日期从", required=False)
    last = DateField(label="到", required=False)

    def __init__(self, agencies: list[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ChoiceField)
        everywhere = [("", "全部")] if len(agencies) > 1 else []
        agency.choices = [*everywhere, *((a.code, a.short_name) for a in agencies)]


class UploadForm(Named):
    """An old ledger to be looked through."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label="机关",
        to_field_name="code",
        empty_label=None,
        help_text="表里有“受理机关”一栏的，按那一栏。",
    )
    channel = forms.ChoiceField(
        label="没有写渠道的按",
        required=False,
        choices=[("", "不转入，列出来"), *((c.value, c.label) for c in Channel)],
    )
    file = forms.FileField(label="xlsx 或者 csv 文件")

    def __init__(self, agencies: list[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ModelChoiceField)
        agency.queryset = Agency.objects.filter(pk__in=[one.pk for one in agencies])


class TakeFileForm(Named):
    """The whole file of a case, in which form, for whom."""

    form = forms.ChoiceField(
        label="形式",
        choices=[
            ("pdf", "一个 PDF，有目录，页码连排"),
            ("zip", "压缩包：各份原件和校验码"),
        ],
        widget=forms.RadioSelect,
        initial="pdf",
    )
    identity = forms.ChoiceField(
        label="申请人的身份信息",
        choices=[
            ("without", "不含：姓名打码，身份证明、申请人交来的材料不附"),
            ("with", "含：复议机关、法院要的才选"),
        ],
        widget=forms.RadioSelect,
        initial="without",
    )
    reason = forms.CharField(
        label="给谁、做什么用", max_length=200, help_text="记在操作记录里。不写申请人的姓名。"
    )


class ChaseForm(Named):
    """What the competent department says of an overdue request."""

    text = forms.CharField(
        label="催办内容", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    answer_by = DateField(label="要求回复日期", required=False)


class ChaseAnswerForm(Named):
    """What the agency answers."""

    answer = forms.CharField(label="回复", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class PersonForm(Named):
    """Of whom everything held is asked for."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="机关", to_field_name="code", empty_label=None
    )
    number = forms.CharField(
        label="证件号码或者统一社会信用代码",
        max_length=40,
        help_text="按号码找，不按姓名找。号码不留在地址和记录里。",
    )
    reason = forms.CharField(
        label="怎样核实了是本人",
        max_length=200,
        help_text="本人到场出示证件、书面要求并附身份证明等。不写姓名和号码。",
    )

    def __init__(self, agencies: list[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ModelChoiceField)
        agency.queryset = Agency.objects.filter(pk__in=[one.pk for one in agencies])
