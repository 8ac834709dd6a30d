"""How a requester is reached (art. 29 (1))."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from gongkai.core.personal_numbers import plain
from gongkai.web.form_fields import name_what_is_missing

_MOBILE_DIGITS = 11
_FEWEST_DIGITS = 5


def text(label: str, most: int = 100, **more: Any) -> forms.CharField:
    """A line of text."""
    attrs = {"class": more.pop("width", "gk-input--m"), "autocomplete": more.pop("fill", "off")}
    return forms.CharField(
        label=label, max_length=most, widget=forms.TextInput(attrs=attrs), **more
    )


class Reached(forms.Form):
    """How a requester is reached."""

    phone = text(
        "联系电话",
        40,
        required=False,
        fill="tel",
        help_text="机关会打电话与您确认收到，确认之日起算答复期限。",
    )
    mailbox = forms.EmailField(
        label="电子邮箱",
        required=False,
        max_length=200,
        widget=forms.EmailInput(attrs={"class": "gk-input--m", "autocomplete": "email"}),
    )
    address = text("通信地址", 200, required=False, width="", fill="street-address")
    postcode = text("邮政编码", 12, required=False, width="gk-input--s", fill="postal-code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_what_is_missing(self)
        mailbox = self.fields["mailbox"]
        mailbox.error_messages["invalid"] = "电子邮箱应当像 name@example.cn 这样，核对一下。"

    def clean_phone(self) -> str:
        said = " ".join(plain(self.cleaned_data["phone"]).split())
        digits = re.sub(r"\D", "", said)
        if said and (re.search(r"[^\d\s()+*,#转分机-]", said) or len(digits) < _FEWEST_DIGITS):
            raise forms.ValidationError(f"“{said}”不像电话号码。座机写区号，分机写在后面。")
        bare = "-" not in said and " " not in said and said == digits
        if bare and re.match(r"1[3-9]", digits) and len(digits) != _MOBILE_DIGITS:
            raise forms.ValidationError(f"手机号码应为 11 位，您填了 {len(digits)} 位。")
        return said

    def clean_postcode(self) -> str:
        said = "".join(plain(self.cleaned_data["postcode"]).split())
        if said and not re.fullmatch(r"\d{6}", said):
            raise forms.ValidationError("邮政编码应为 6 位数字，不知道可以不填。")
        return said


class ContactForm(Reached):
    """A new way of being reached; what is left empty stays as it was."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes = dict.fromkeys(self.fields, "不改的不填")
        self.fields["phone"].help_text = ""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and not any(told.values()):
            self.add_error("phone", "没有写新的联系方式：哪一样改了，填哪一样。")
        return told
