"""My settings: password, second factor, my roles, my sessions, how pages look."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gongkai.web.administration.people import second_factor
from gongkai.web.administration.people.acts import own
from gongkai.web.people.models import Person
from gongkai.web.policies import SIGNED_IN, StaffRequest, staff

_KEY = "second_factor_key"
_YEAR = 365 * 24 * 3600


class CodeForm(forms.Form):
    """The password once more, and the code that shows that the telephone has the secret."""

    password = forms.CharField(
        label="现在的密码", strip=False, max_length=1000,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "class": "gk-input--m"}
        ),
        error_messages={"required": "填现在的密码。"},
    )  # fmt: skip
    code = forms.CharField(
        label="手机上显示的 6 位数字", max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "gk-input--s"}
        ),
        error_messages={"required": "填手机上显示的 6 位数字。"},
    )  # fmt: skip

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(data)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.person.check_password(password):
            raise forms.ValidationError("密码不对。")
        return password


@staff(SIGNED_IN)
def me(request: StaffRequest) -> HttpResponseBase:
    """Everything of one's own on one page."""
    person = request.actor.person
    context = {
        "device": second_factor.device_of(person),
        "appointments": request.actor.appointments,
        "sign_ins": person.sign_ins.open(),
        "here_key": request.session.session_key,
    }
    return render(request, "people/me.html", context)


@require_POST
@staff(SIGNED_IN)
def end_session(request: StaffRequest, number: int) -> HttpResponseBase:
    """End one of one's own sessions."""
    sign_in = request.actor.person.sign_ins.open().filter(pk=number).first()
    if sign_in is None:
        raise Http404
    if sign_in.session_key == request.session.session_key:
        messages.warning(request, "这是现在用的登录，按“退出”结束。")
    else:
        own.end_session(request.actor, sign_in)
        messages.success(request, "已结束那里的登录。")
    return redirect("people:me")


@require_POST
@staff(SIGNED_IN)
def look(request: StaffRequest) -> HttpResponseBase:
    """Large text and high contrast, kept in this browser for a year."""
    response = redirect("people:me")
    for cookie, value in (("gk_size", "large"), ("gk_contrast", "high")):
        if request.POST.get(cookie) == value:
            response.set_cookie(cookie, value, max_age=_YEAR, samesite="Lax")
        else:
            response.delete_cookie(cookie, samesite="Lax")
    messages.success(request, "已改显示方式，这台电脑的浏览器记一年。")
    return response


@never_cache
@sensitive_post_parameters("password", "code")
@staff(SIGNED_IN)
def add_device(request: StaffRequest) -> HttpResponseBase:
    """Set up the second factor: the secret is drawn here and shown once."""
    person = request.actor.person
    if second_factor.device_of(person) is not None:
        messages.warning(request, "动态口令已经启用。换手机先停用，再启用。")
        return redirect("people:me")
    key = request.session.setdefault(_KEY, second_factor.new_key())
    form = CodeForm(person, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        step = second_factor.step_of(key, form.cleaned_data["code"].replace(" ", ""))
        if step is not None:
            own.add_device(request.actor, key, step)
            del request.session[_KEY]
            messages.success(request, "已启用动态口令，下次登录要填。")
            return redirect("people:me")
        form.add_error("code", "这 6 位数字不对。看手机的时间准不准，用刚显示出来的再试。")
    context = {
        "form": form,
        "picture": second_factor.drawn(person, key),
        "key": second_factor.written_key(key),
    }
    status = 422 if form.is_bound else 200
    response: HttpResponse = render(request, "people/add_device.html", context, status=status)
    return response


@sensitive_post_parameters("password")
@staff(SIGNED_IN)
def remove_device(request: StaffRequest) -> HttpResponseBase:
    """Switch the second factor off; the password is asked for once more."""
    person = request.actor.person
    if second_factor.device_of(person) is None:
        messages.warning(request, "动态口令没有启用。")
        return redirect("people:me")
    form = CodeForm(person, request.POST if request.method == "POST" else None)
    del form.fields["code"]
    if form.is_bound and form.is_valid():
        own.remove_device(request.actor)
        messages.success(request, "已停用动态口令，登录只要密码。")
        return redirect("people:me")
    status = 422 if form.is_bound else 200
    return render(request, "people/remove_device.html", {"form": form}, status=status)
