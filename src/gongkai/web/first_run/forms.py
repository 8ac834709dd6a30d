"""Forms of the first run."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from gongkai.web.administration.people.forms import AccountForm
from gongkai.web.agencies.models import RESERVED_SLUGS, Agency, Kind
from gongkai.web.people.models import Person, Role
from gongkai.web.people.passwords import RULES

from .acts import OTHERS

_USERNAME = AccountForm.base_fields["username"].validators
_USERNAME_HELP = "登录用，以后不能改。字母、数字、汉字和 . _ -"


class TokenForm(forms.Form):
    """The word shown in the terminal."""

    token = forms.CharField(
        label="终端里的口令", max_length=100, strip=True,
        help_text="运行 gongkai up --empty 的终端里，“首次使用”那一行 token= 后面的部分。",
        error_messages={"required": "填终端里的口令。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


def _name(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=60, error_messages={"required": f"填{label}。"},
        widget=forms.TextInput(attrs={"class": "gk-input--m", **more}),
    )  # fmt: skip


def _username(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=150, validators=_USERNAME, help_text=_USERNAME_HELP,
        error_messages={"required": f"填{label}。"},
        widget=forms.TextInput(attrs={"class": "gk-input--m", **more}),
    )  # fmt: skip


class BeginForm(forms.Form):
    """The first agency and the system administrator."""

    agency = forms.CharField(
        label="机关全称", max_length=120, help_text="与公章一致，例如：听泉街道办事处",
        error_messages={"required": "填机关全称。"},
    )  # fmt: skip
    short_name = forms.CharField(
        label="简称", max_length=60, help_text="列表和页面上用，例如：听泉街道",
        error_messages={"required": "填简称。"},
        widget=forms.TextInput(attrs={"class": "gk-input--m"}),
    )  # fmt: skip
    code = forms.CharField(
        label="机关代码", max_length=20,
        help_text="索引号和网址用，字母和数字，以后不能改。例如：QH0401",
        validators=[RegexValidator(r"^[0-9A-Za-z]+$", "只能用字母和数字。")],
        error_messages={"required": "填机关代码。"},
        widget=forms.TextInput(attrs={"class": "gk-input--s"}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="类别", choices=Kind.choices, initial=Kind.DEPARTMENT,
        help_text="类别决定有哪些法定栏目（第二十条、第二十一条），以后可以改。",
        widget=forms.Select(attrs={"class": "gk-input--m"}),
    )  # fmt: skip
    unified_code = forms.CharField(
        label="统一社会信用代码", max_length=18, required=False,
        validators=Agency._meta.get_field("unified_code").validators,
        widget=forms.TextInput(attrs={"class": "gk-input--m"}),
    )  # fmt: skip
    name = _name("姓名", autocomplete="name")
    username = _username("用户名", autocomplete="username")
    password = forms.CharField(
        label="密码", strip=False, max_length=1000, help_text=f"{RULES}系统不设默认密码。",
        error_messages={"required": "填密码。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "gk-input--m"}),
    )  # fmt: skip
    again = forms.CharField(
        label="再填一次密码", strip=False, max_length=1000,
        error_messages={"required": "再填一次密码。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "gk-input--m"}),
    )  # fmt: skip

    AGENCY = ("agency", "short_name", "code", "kind", "unified_code")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code.lower() in RESERVED_SLUGS:
            raise ValidationError(f"“{code}”是平台自己用的网址，换一个代码。")
        if Agency.objects.filter(slug=code.lower()).exists():
            raise ValidationError("已经有用这个代码的机关。")
        return code

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        password = given.get("password")
        if password is None:
            return
        person = Person(username=given.get("username", ""), name=given.get("name", ""))
        try:
            validate_password(password, person)
        except ValidationError as error:
            self.add_error("password", error)
        if "again" in given and given["again"] != password:
            self.add_error("again", "两次填的密码不一样。")

    def agency_made(self) -> Agency:
        """The agency as it was described, not yet kept."""
        given = self.cleaned_data
        return Agency(
            name=given["agency"],
            short_name=given["short_name"],
            code=given["code"],
            slug=given["code"].lower(),
            kind=given["kind"],
            unified_code=given["unified_code"],
        )


class OthersForm(forms.Form):
    """The security and the audit administrator."""

    security_name = _name("姓名")
    security_username = _username("用户名")
    audit_name = _name("姓名")
    audit_username = _username("用户名")

    def clean(self) -> None:
        super().clean()
        system = Person.objects.filter(appointments__role=Role.SYSTEM_ADMIN).first()
        usernames = {system.username.lower()} if system else set()
        names = {system.name} if system else set()
        for role in ("security", "audit"):
            username = self.cleaned_data.get(f"{role}_username", "")
            name = self.cleaned_data.get(f"{role}_name", "")
            if username and username.lower() in usernames:
                self.add_error(f"{role}_username", "三个管理员的用户名不能一样。")
            if name and name in names:
                self.add_error(
                    f"{role}_name",
                    "三个管理员要是三个人。真的同名，在姓名后面加部门，例如：李敏（办公室）。",
                )
            usernames.add(username.lower())
            names.add(name)

    def by_role(self) -> dict[Role, tuple[str, str]]:
        """(username, name) of each."""
        given = self.cleaned_data
        return {
            role: (given[f"{key}_username"], given[f"{key}_name"])
            for role, key in zip(OTHERS, ("security", "audit"), strict=True)
        }
