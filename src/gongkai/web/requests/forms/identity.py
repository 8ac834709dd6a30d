"""The forms before what is sealed is shown, and for how the requester is reached."""

from __future__ import annotations

from typing import Any

from django import forms


class LookForm(forms.Form):
    """Why somebody looks at who asks."""

    reason = forms.CharField(
        label="为什么要看",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="例如：寄答复书写地址、电话核实内容。和姓名、时间一起记下，以后可以查。",
    )


class ContactForm(forms.Form):
    """How the requester is reached now; what stays empty is not changed."""

    phone = forms.CharField(label="联系电话", required=False, max_length=40)
    mailbox = forms.EmailField(
        label="电子邮箱",
        required=False,
        error_messages={"invalid": "邮箱写成 name@example.cn 的样子。"},
    )
    address = forms.CharField(label="通信地址", required=False, max_length=200)
    postcode = forms.RegexField(
        r"^\d{6}$",
        label="邮政编码",
        required=False,
        error_messages={"invalid": "邮政编码是 6 位数字。"},
    )
    reason = forms.CharField(
        label="凭什么改", max_length=200, help_text="例如：申请人来电、网上提交。"
    )

    def clean(self) -> dict[str, Any]:
        """At least one thing is changed."""
        given = super().clean() or self.cleaned_data
        names = ("phone", "mailbox", "address", "postcode")
        if not self.errors and not any(given.get(name) for name in names):
            raise forms.ValidationError("填一种新的联系方式。")
        return given
