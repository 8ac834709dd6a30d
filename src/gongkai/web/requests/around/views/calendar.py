"""Screens of one's own calendar address, and the calendar itself."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.web.policies import StaffRequest, public, staff
from gongkai.web.registers.days import working_days

from ...models import FeedToken
from ..acts import feed as acting
from ..calendar import calendar_of
from ..due_days import of_person
from ..reminders import says
from .finding import HERE

_MOST = 100


@staff("request.read")
def mine(request: StaffRequest) -> HttpResponseBase:
    """What is due of mine, and the address for a calendar."""
    return _page(request)


@require_POST
@staff("request.read")
def make(request: StaffRequest) -> HttpResponseBase:
    """A new address; it is shown once."""
    token = acting.make_feed(request.actor)
    response = _page(request, settings.ORIGIN + reverse("requests:calendar", args=[token]))
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@staff("request.read")
def end(request: StaffRequest) -> HttpResponseBase:
    """The address opens nothing any more."""
    acting.end_feed(request.actor)
    messages.success(request, "日历订阅地址已停用。")
    return redirect("requests:due_days")


@public
def calendar(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar, for whoever has its address; calendars can't sign in."""
    person = acting.reader_of(token)
    if person is None:
        raise Http404
    response = HttpResponse(calendar_of(person), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _page(request: StaffRequest, address: str = "") -> HttpResponse:
    today, days = timezone.localdate(), working_days()
    due = of_person(request.actor.person, today, days)
    rows = [{"due": one, "says": says(one, today, days), "late": one.due_on < today} for one in due]
    context = {
        "here": HERE,
        "rows": rows[:_MOST],
        "count": len(rows),
        "most": _MOST,
        "address": address,
        "feed": FeedToken.objects.filter(person=request.actor.person).first(),
        "mail": settings.MAIL_HOST,
        "sms": settings.SMS_COMMAND,
    }
    return render(request, "requests/around/due_days.html", context)
