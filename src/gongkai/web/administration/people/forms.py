"""Forms about people: account, appointment, link to the provider, filters of the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.form_fields import DateField, name_what_is_missing
from gongkai.web.people.lockout import locked_usernames
from gongkai.web.people.models import Appointment, Person, Role

_STATES = (("", "全部"), ("active", "启用"), ("disabled", "停用"), ("locked", "锁定"))


class AccountForm(forms.ModelForm[Person]):
    """A new account."""

    username = forms.CharField(
        label="用户名", max_length=150, help_text="登录用，以后不能改。字母、数字、汉字和 . _ -",
        validators=[RegexValidator(r"^[\w.\-]+$", "用户名只能用字母、数字、汉字和 . _ -")],
    )  # fmt: skip

    class Meta:
        model = Person
        fields = ("username", "name", "mailbox", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_what_is_missing(self)

    def clean_username(self) -> str:
        username: str = Person.normalize_username(self.cleaned_data["username"])
        # Two that differ in capitals alone cannot be told apart over the telephone.
        if Person.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError("这个用户名已经有人用了。")
        return username


class EditForm(forms.ModelForm[Person]):
    """What may change of an account."""

    class Meta:
        model = Person
        fields = ("name", "mailbox", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_what_is_missing(self)


class AppointForm(forms.Form):
    """A role at an agency."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="机关", error_messages={"required": "选一个机关。"}
    )
    role = forms.ChoiceField(label="角色", choices=Role.choices)
    since = DateField(label="起", error_messages={"required": "填从哪天起。"})
    until = DateField(label="止", required=False, help_text="长期的不填。")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"since": timezone.localdate()})
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Agency.objects.active()


class LinkForm(forms.Form):
    """The provider's number of a person."""

    subject = forms.CharField(label="统一身份认证编号", max_length=255, required=False)


class Filters(forms.Form):
    """What narrows the list of people; every field may be empty."""

    q = forms.CharField(label="姓名、用户名", required=False)
    agency = forms.ModelChoiceField(
        Agency.objects.all(), label="机关", required=False, empty_label="全部", to_field_name="code"
    )
    role = forms.ChoiceField(
        label="角色", required=False, choices=[("", "全部"), ("none", "没有角色"), *Role.choices]
    )
    state = forms.ChoiceField(label="状态", required=False, choices=_STATES)

    def people(self) -> QuerySet[Person]:
        """The people that the filters leave, by username."""
        kept = Person.objects.order_by("username")
        given: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        if given.get("q"):
            kept = kept.filter(Q(name__icontains=given["q"]) | Q(username__icontains=given["q"]))
        today = timezone.localdate()
        held = Appointment.objects.on(today)
        if given.get("agency"):
            kept = kept.filter(pk__in=held.filter(agency=given["agency"]).values("person"))
        if given.get("role") == "none":
            kept = kept.exclude(pk__in=held.values("person"))
        elif given.get("role"):
            kept = kept.filter(pk__in=held.filter(role=given["role"]).values("person"))
        if given.get("state") == "locked":
            kept = kept.filter(username__in=locked_usernames())
        elif given.get("state"):
            kept = kept.filter(is_active=given["state"] == "active")
        return kept
