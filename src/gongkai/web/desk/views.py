"""The desk's first page, and the one search box over everything."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.models import InformationItem, State
from gongkai.web.people.models import Person
from gongkai.web.policies import SIGNED_IN, Actor, StaffRequest, staff
from gongkai.web.registers.days import working_days
from gongkai.web.requests.forms.board import matching
from gongkai.web.requests.models import DisclosureRequest

from .waiting import desk_of
from .wrong import troubles_of

MOST_FOUND = 20


@staff(SIGNED_IN)
def home(request: StaffRequest) -> HttpResponseBase:
    """今日待办."""
    today = timezone.localdate()
    year = InformationItem.objects.filter(
        agency__in=request.actor.agencies("item.read"), first_published_at__year=today.year
    )
    context = {
        "here": "desk:home",
        "today": today,
        "desk": desk_of(request.actor, today, working_days()),
        "wrong": troubles_of(request.actor, today),
        "published": year.count(),
        "in_review": InformationItem.objects.filter(
            agency__in=request.actor.agencies("item.read"),
            state__in=("section_review", "secrecy_review", "approval"),
        ).count(),
        "reads_items": request.actor.may_somewhere("item.read"),
        "may_draft": request.actor.may_somewhere("item.draft"),
        "may_register": request.actor.may_somewhere("request.register"),
        "requests": _requests_of(request, today.year),
    }
    return render(request, "desk/home.html", context)


@staff(SIGNED_IN)
def search(request: StaffRequest) -> HttpResponseBase:
    """Items, requests, agencies and people, each only where this person may see them."""
    query = request.GET.get("q", "").strip()
    context = {"here": "", "query": query, "short": len(query) < 2}
    if len(query) >= 2:
        actor = request.actor
        items = (
            InformationItem.objects.filter(agency__in=actor.agencies("item.read"))
            .exclude(state=State.DISCARDED)
            .filter(
                Q(current__title__icontains=query)
                | Q(index_number__icontains=query)
                | Q(current__document_number__icontains=query)
            )
        )
        agencies = Agency.objects.filter(
            Q(name__icontains=query) | Q(code__icontains=query),
            pk__in=_keys(actor.agencies("agency.read")),
        )
        people = Person.objects.none()
        if actor.may_somewhere("person.read"):
            people = Person.objects.filter(Q(name__icontains=query) | Q(username__icontains=query))
        context |= {
            "items": items.select_related("current", "agency").order_by("-pk")[:MOST_FOUND],
            "agencies": agencies[:MOST_FOUND],
            "people": people[:MOST_FOUND],
            "requests": found_requests(request.actor, query)[:MOST_FOUND],
        }
    return render(request, "desk/search.html", context)


def found_requests(actor: Actor, query: str) -> QuerySet[DisclosureRequest]:
    """By number and by what was asked for, never by who asked."""
    able = DisclosureRequest.objects.filter(agency__in=actor.agencies("request.read"))
    for word in query.split():
        able = able.filter(matching(word))
    return able.select_related("agency").order_by("-pk")


def _requests_of(request: StaffRequest, year: int) -> dict[str, int] | None:
    """The year's requests in numbers; None for who may not read them."""
    if not request.actor.may_somewhere("request.read"):
        return None
    return DisclosureRequest.objects.filter(
        agency__in=request.actor.agencies("request.read")
    ).aggregate(
        received=Count("pk", filter=Q(received_on__year=year)),
        concluded=Count("pk", filter=Q(concluded_on__year=year)),
        late=Count("pk", filter=Q(concluded_on__year=year, late=True)),
        open=Count("pk", filter=Q(concluded_on=None)),
    )


def _keys(agencies: list[Agency]) -> list[int]:
    return [agency.pk for agency in agencies]
