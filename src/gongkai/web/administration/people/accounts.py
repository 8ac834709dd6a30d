"""Screens about people: the list, one person, and what administrators do there."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongkai.web.administration.people import second_factor
from gongkai.web.administration.people.acts import accounts, appointments
from gongkai.web.administration.people.forms import (
    AccountForm,
    AppointForm,
    EditForm,
    Filters,
    LinkForm,
)
from gongkai.web.people import lockout
from gongkai.web.people.models import Appointment, Person
from gongkai.web.policies import Forbidden, StaffRequest, staff

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HERE = "agencies:list"


@staff("person.read")
def people(request: StaffRequest) -> HttpResponseBase:
    """Everybody, narrowed by filters in the address."""
    filters = Filters(request.GET)
    page = Paginator(_with_roles(filters.people()), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "here": HERE,
        "filters": filters,
        "page": page,
        "query": query.urlencode(),
        "locked": lockout.locked_usernames(),
        "may_make": request.actor.may_somewhere("person.make"),
    }
    return render(request, "people/list.html", context)


@staff("person.read")
def export(request: StaffRequest) -> HttpResponseBase:
    """The list as the filters leave it, as xlsx."""
    sheet = _sheet(_with_roles(Filters(request.GET).people()))
    return HttpResponse(
        sheet,
        content_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="people.xlsx"'},
    )


@staff("person.read")
def person(request: StaffRequest, number: int) -> HttpResponseBase:
    """One person: account, roles now and before, what may be done."""
    return _page(request, get_object_or_404(Person, pk=number))


@never_cache
@staff("person.make")
def make(request: StaffRequest) -> HttpResponseBase:
    """A new account; its one-time password is shown here and never again."""
    form = AccountForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made, password = accounts.make(request.actor, **form.cleaned_data)
        return _once(request, made, password)
    context = {"here": HERE, "form": form}
    return render(request, "people/make.html", context, status=422 if form.is_bound else 200)


@staff("person.edit")
def edit(request: StaffRequest, number: int) -> HttpResponseBase:
    """Change name, mailbox, telephone."""
    one = get_object_or_404(Person, pk=number)
    form = EditForm(request.POST if request.method == "POST" else None, instance=one)
    if form.is_bound and form.is_valid():
        accounts.edit(request.actor, one, **form.cleaned_data)
        messages.success(request, f"已保存：{form.cleaned_data['name']}的资料。")
        return _back(one)
    context = {"here": HERE, "form": form, "person": one}
    return render(request, "people/edit.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff("person.edit")
def disable(request: StaffRequest, number: int) -> HttpResponseBase:
    """Close an account at once; may be undone."""
    one = get_object_or_404(Person, pk=number)
    try:
        accounts.disable(request.actor, one, request.POST.get("reason", ""))
    except Forbidden as refusal:
        return _page(request, one, refusal=str(refusal))
    undo = reverse("people:enable", args=[one.pk])
    messages.success(request, f"已停用{one.name}的账号。", extra_tags=f"undo:{undo}")
    return _back(one)


@require_POST
@staff("person.edit")
def enable(request: StaffRequest, number: int) -> HttpResponseBase:
    """Open a closed account."""
    one = get_object_or_404(Person, pk=number)
    try:
        accounts.enable(request.actor, one)
    except Forbidden as refusal:
        return _page(request, one, refusal=str(refusal))
    undo = reverse("people:disable", args=[one.pk])
    messages.success(request, f"已启用{one.name}的账号。", extra_tags=f"undo:{undo}")
    return _back(one)


@never_cache
@staff("person.reset_password")
def reset_password(request: StaffRequest, number: int) -> HttpResponseBase:
    """Ask once, then show the new one-time password."""
    one = get_object_or_404(Person, pk=number)
    device = second_factor.device_of(one)
    refusal = ""
    if request.method == "POST":
        forget = request.POST.get("forget_device") == "1"
        try:
            password = accounts.reset_password(request.actor, one, forget_device=forget)
        except Forbidden as error:
            refusal = str(error)
        else:
            return _once(request, one, password)
    context = {"here": HERE, "person": one, "device": device, "refusal": refusal}
    return render(request, "people/reset_password.html", context, status=403 if refusal else 200)


@require_POST
@staff("person.unlock")
def unlock(request: StaffRequest, number: int) -> HttpResponseBase:
    """End a lock."""
    one = get_object_or_404(Person, pk=number)
    accounts.unlock(request.actor, one)
    messages.success(request, f"已解锁{one.name}的账号。")
    return _back(one)


@require_POST
@staff("person.appoint")
def appoint(request: StaffRequest, number: int) -> HttpResponseBase:
    """Give a role; what was filled in stays where the rules refuse it."""
    one = get_object_or_404(Person, pk=number)
    form = AppointForm(request.POST)
    if not form.is_valid():
        return _page(request, one, appoint=form)
    try:
        given = appointments.appoint(request.actor, one, **form.cleaned_data)
    except Forbidden as refusal:
        form.add_error(None, str(refusal))
        return _page(request, one, appoint=form)
    undo = reverse("people:end_appointment", args=[given.pk])
    messages.success(request, f"已任职：{given}。", extra_tags=f"undo:{undo}")
    return _back(one)


@require_POST
@staff("person.appoint")
def end_appointment(request: StaffRequest, number: int) -> HttpResponseBase:
    """End a role at once."""
    held = get_object_or_404(Appointment.objects.select_related("person", "agency"), pk=number)
    said = str(held)
    try:
        appointments.end_appointment(request.actor, held)
    except Forbidden as refusal:
        return _page(request, held.person, refusal=str(refusal))
    messages.success(request, f"已结束：{said}。要恢复，重新任职。")
    return _back(held.person)


@require_POST
@staff("person.link")
def link(request: StaffRequest, number: int) -> HttpResponseBase:
    """Tie the account to the identity provider, or untie it."""
    one = get_object_or_404(Person, pk=number)
    form = LinkForm(request.POST)
    if form.is_valid():
        try:
            accounts.link(request.actor, one, form.cleaned_data["subject"])
        except Forbidden as refusal:
            form.add_error("subject", str(refusal))
    if not form.is_valid():
        return _page(request, one, link=form)
    messages.success(
        request, "已关联统一身份认证。" if one.oidc_subject else "统一身份认证的关联已保存。"
    )
    return _back(one)


def _page(request: StaffRequest, one: Person, **more: Any) -> HttpResponse:
    today = timezone.localdate()
    held = list(one.appointments.select_related("agency").order_by("-since", "role"))
    context = {
        "here": HERE,
        "person": one,
        "held": [a for a in held if a.until is None or a.until >= today],
        "past": [a for a in held if a.until is not None and a.until < today],
        "today": today,
        "locked_until": lockout.locked_until(one.username),
        "device": second_factor.device_of(one),
        "sign_ins": one.sign_ins.open(),
        "may": {
            act: request.actor.may_somewhere(f"person.{act}")
            for act in ("edit", "reset_password", "unlock", "appoint", "link")
        },
        "appoint": AppointForm(),
        "link": LinkForm(initial={"subject": one.oidc_subject}),
        "provider": bool(settings.OIDC_ISSUER),
        **more,
    }
    return render(request, "people/person.html", context, status=422 if more else 200)


def _back(one: Person) -> HttpResponseBase:
    return redirect("people:person", one.pk)


def _once(request: StaffRequest, one: Person, password: str) -> HttpResponse:
    context = {"here": HERE, "person": one, "password": password}
    return render(request, "people/one_time_password.html", context)


def _with_roles(found: QuerySet[Person]) -> QuerySet[Person]:
    held = Appointment.objects.on(timezone.localdate()).select_related("agency")
    return found.prefetch_related(Prefetch("appointments", held))


def _sheet(found: Iterable[Person]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("人员")
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, ("用户名", "姓名", "角色", "状态", "最近登录", "邮箱", "电话"), bold)
    for row, one in enumerate(found, 1):
        roles = "；".join(
            f"{a.agency.short_name} {a.get_role_display()}" for a in one.appointments.all()
        )
        last = timezone.localtime(one.last_login) if one.last_login else None
        sheet.write_row(
            row,
            0,
            (
                one.username,
                one.name,
                roles,
                "启用" if one.is_active else "停用",
                f"{last:%Y-%m-%d %H:%M}" if last else "没有登录过",
                one.mailbox,
                one.phone,
            ),
        )
    sheet.autofit()
    sheet.freeze_panes(1, 1)
    book.close()
    return buffer.getvalue()
