"""Signing in and out, and the password that must be changed first (mock-up 15).

The same words for an unknown name, a wrong password and a wrong code: nobody learns which
of the three was right.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp import login as remember_device
from django_otp import match_token

from gongkai.web.administration.people.acts.own import change_password as set_password
from gongkai.web.administration.people.audited import subject_of, who_is
from gongkai.web.administration.people.door import BY, before_the_change
from gongkai.web.administration.people.second_factor import device_of
from gongkai.web.audit.record import record
from gongkai.web.people import lockout, sessions
from gongkai.web.people.models import Ended, Person, SignIn
from gongkai.web.people.passwords import RULES
from gongkai.web.policies import SIGNED_IN, StaffRequest, actor_of, public, staff

FORGOTTEN = "忘记密码、换了手机，找安全管理员重置。"


def _password(
    label: str, missing: str, *, new: bool = False, help_text: str = ""
) -> forms.CharField:
    remembered = "new-password" if new else "current-password"
    return forms.CharField(
        label=label,
        strip=False,
        max_length=1000,
        help_text=help_text,
        error_messages={"required": missing},
        widget=forms.PasswordInput(attrs={"autocomplete": remembered, "class": "gk-input--m"}),
    )


class SignInForm(forms.Form):
    """Name, password, and the code where it is on."""

    username = forms.CharField(
        label="用户名", max_length=150, error_messages={"required": "填用户名。"},
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )  # fmt: skip
    password = _password("密码", "填密码。")
    otp = forms.CharField(
        label="动态口令", required=False, max_length=12,
        help_text="手机口令应用上的 6 位数字。没有启用的不填。",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "gk-input--s"}
        ),
    )  # fmt: skip
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


class PasswordForm(forms.Form):
    """The present password, unless it is the one-time one just used, and a new one twice."""

    present = _password("现在的密码", "填现在的密码。")
    password = _password("新密码", "填新密码。", new=True, help_text=RULES)
    again = _password("再填一次新密码", "再填一次新密码。", new=True)

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(data)
        self.person = person
        if person.must_change_password:
            del self.fields["present"]

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if not self.person.check_password(present):
            raise ValidationError("现在的密码不对。")
        return present

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "password" in cleaned and "again" in cleaned and cleaned["password"] != cleaned["again"]:
            self.add_error("again", "两次填的新密码不一样。")
        return cleaned


@public
@never_cache
@sensitive_post_parameters("password", "otp")
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Sign in; whoever is signed in goes on to where he wanted."""
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(_next(request, request.GET.get("next", "")))
        return _page(request, SignInForm(initial={"next": request.GET.get("next", "")}))
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    username = form.cleaned_data["username"]
    person = authenticate(request, username=username, password=form.cleaned_data["password"])
    device = None
    if isinstance(person, Person) and device_of(person) is not None:
        device = match_token(person, form.cleaned_data["otp"].replace(" ", ""))
        if device is None:
            person = None
            user_login_failed.send(
                sender=__name__, credentials={"username": username}, request=request
            )
    if not isinstance(person, Person):
        return _refused(request, form, username)
    return begin(request, person, form.cleaned_data["next"], device=device)


def begin(
    request: HttpRequest, person: Person, wanted: str, *, by: str = "password", device: Any = None
) -> HttpResponseRedirect:
    """A new session for ``person``, under a new key, and its audit line."""
    with transaction.atomic():
        login(request, person, backend="django.contrib.auth.backends.ModelBackend")
        if device is not None:
            remember_device(request, device)
        request.session[BY] = by
        sessions.begin(request, person)
        actor = actor_of(person, request.META.get("REMOTE_ADDR"))
        record(
            "session.begin", subject_of(person), who_is(actor),
            after={"by": by, "second_factor": device is not None},
        )  # fmt: skip
    return redirect(_next(request, wanted))


def locked(
    request: HttpRequest, response: object = None, credentials: object = None
) -> HttpResponse:
    """The answer of django-axes to whoever is locked out."""
    username = request.POST.get("username", "")
    until = lockout.locked_until(username)
    moment = f"{timezone.localtime(until):%H:%M} 以后" if until else "过一会儿"
    text = (
        f"密码或动态口令试错了 {settings.AXES_FAILURE_LIMIT} 次，{moment}再试。"
        "急用请安全管理员解锁。"
    )
    form = SignInForm(initial={"username": username, "next": request.POST.get("next", "")})
    return _page(request, form, heading="已经锁定", text=text, status=429)


@require_POST
@staff(SIGNED_IN)
@before_the_change
def sign_out(request: StaffRequest) -> HttpResponseBase:
    """Sign out here; sessions elsewhere go on."""
    with transaction.atomic():
        SignIn.objects.filter(session_key=request.session.session_key).update(
            ended=Ended.SIGNED_OUT
        )
        record("session.end", subject_of(request.actor.person), who_is(request.actor))
        logout(request)
    messages.success(request, "已退出。")
    return redirect("people:sign_in")


@never_cache
@sensitive_post_parameters("present", "password", "again")
@staff(SIGNED_IN)
@before_the_change
def change_password(request: StaffRequest) -> HttpResponseBase:
    """Set a new password; the only page open to a one-time password."""
    person = request.actor.person
    form = PasswordForm(person, request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        status = 422 if form.is_bound else 200
        context = {"form": form, "must": person.must_change_password}
        return render(request, "people/change_password.html", context, status=status)
    old = request.session.session_key
    with transaction.atomic():
        person = set_password(request.actor, form.cleaned_data["password"], old)
        update_session_auth_hash(request, person)
        sessions.renamed(old, request.session.session_key)
    messages.success(request, "密码已改。别处的登录已经结束。")
    return redirect(
        "people:me" if not request.GET.get("next") else _next(request, request.GET["next"])
    )


def _refused(request: HttpRequest, form: SignInForm, username: str) -> HttpResponse:
    left = lockout.tries_left(request, username)
    known = Person.objects.filter(username=username).first()
    if known is not None and not getattr(request, "axes_locked_out", False):
        _record(request, "session.refuse", known)
    elif known is not None and getattr(request, "axes_failures_since_start", None):
        # The try that locks; those that come while locked leave no line.
        _record(request, "session.lock", known)
    tries = f"还可以试 {left} 次，之后锁定 {lockout.MINUTES} 分钟。" if left else ""
    return _page(
        request, form, heading="用户名、密码或者动态口令不对", text=tries + FORGOTTEN, status=422
    )


def _record(request: HttpRequest, act: str, person: Person) -> None:
    with transaction.atomic():
        who = who_is(actor_of(person, request.META.get("REMOTE_ADDR")))
        record(act, subject_of(person), who)


def _page(
    request: HttpRequest, form: SignInForm, *, heading: str = "", text: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "text": text,
        "provider": bool(settings.OIDC_ISSUER),
        "idle_minutes": settings.SESSION_COOKIE_AGE // 60,
    }
    return render(request, "people/sign_in.html", context, status=status)


def _next(request: HttpRequest, wanted: str) -> str:
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else settings.LOGIN_REDIRECT_URL
