"""Screens: register what came, and tell the number and the code once."""

from __future__ import annotations

import base64

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from gongkai.web.policies import Forbidden, StaffRequest, staff
from gongkai.web.sealed import seal, unseal

from ..acts import split as splitting
from ..acts.register import register as act
from ..clock import account_of
from ..earlier import earlier_of
from ..forms.register import RegisterForm, SplitForm
from .found import HERE, found, head_of
from .pages import ask, attempt

_KEPT = "request_code"


@staff("request.register")
def register(request: StaffRequest) -> HttpResponseBase:
    """Register a request that came by counter, post, fax, mail or by word of mouth."""
    agencies = request.actor.agencies("request.register")
    if not agencies:
        raise Forbidden("你所在的机关已经撤销，不能再登记申请。")
    initial = {"agency": request.GET.get("agency") or agencies[0].code}
    form = RegisterForm(agencies, request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        new = form.new_request()
        done = attempt(form, lambda: act(request.actor, form.agency_chosen(), new))
        if done is not None:
            # Sealed, and taken out when it is shown: the code is told once.
            code = base64.b64encode(seal(done.code.encode())).decode()
            request.session[_KEPT] = [done.case.pk, code]
            return redirect("requests:registered", done.case.pk)
    context = {"here": HERE, "form": form, "one_agency": len(agencies) == 1}
    status = 422 if form.errors else 200
    return render(request, "requests/register.html", context, status=status)


@staff("request.register")
def registered(request: StaffRequest, number: int) -> HttpResponseBase:
    """Number, code, due day, and what came earlier from the same person."""
    case = found(request, number)
    request.actor.require("request.register", case.agency)
    kept = request.session.pop(_KEPT, None)
    code = unseal(base64.b64decode(kept[1])).decode() if kept and kept[0] == number else ""
    told = account_of(case)
    context = {**head_of(case, told), "code": code, "earlier": earlier_of(case)}
    return render(request, "requests/registered.html", context)


@staff("request.register")
def split(request: StaffRequest, number: int) -> HttpResponseBase:
    """Take a request of several matters apart."""
    case = found(request, number)
    request.actor.require("request.register", case.agency)
    form = SplitForm(case, request.POST or None)
    if request.method == "POST" and form.is_valid():
        matters = [splitting.Matter(*parts) for parts in form.matters()]
        parts = attempt(form, lambda: splitting.split(request.actor, case, matters))
        if parts is not None:
            numbers = "、".join(part.number for part in parts)
            messages.success(request, f"拆成 {len(parts)} 件：{numbers}。")
            return redirect("requests:case", case.pk)
    return ask(request, case, form, "split")
