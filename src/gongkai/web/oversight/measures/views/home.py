"""The registers there are, with the year's numbers; complaints and reports as they were received."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Min
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.core.law import cite
from gongkai.web.policies import StaffRequest, staff
from gongkai.web.registers.filters import asked, years_to
from gongkai.web.remedies.models import Complaint

from ..kinds import MEASURES
from ..models import Appraisal
from .found import HERE, READ

PAGE = 50


@require_safe
@staff(READ)
def home(request: StaffRequest) -> HttpResponseBase:
    """保障措施: every register with how much it holds of this year."""
    agencies = request.actor.agencies(READ)
    year = timezone.localdate().year
    held = [
        {
            "register": one,
            "article": cite(one.article),
            "count": one.of_year(one.readable(agencies), year).count(),
        }
        for one in MEASURES.values()
    ]
    may_read_complaints = request.actor.may_somewhere("complaint.read")
    context = {
        "here": HERE,
        "held": held,
        "year": year,
        "appraisals": Appraisal.objects.filter(year__gte=year - 1).count(),
        "may_read_complaints": may_read_complaints,
        "complaints": Complaint.objects.filter(
            agency__in=request.actor.agencies("complaint.read"), received_on__year=year
        ).count()
        if may_read_complaints
        else 0,
    }
    return render(request, "measures/home.html", context)


@require_safe
@staff("complaint.read")
def complaints(request: StaffRequest) -> HttpResponseBase:
    """投诉举报: what was received of a year, its limit and its result; nobody's name.

    They are registered and handled in their own place (``remedies``); here they are seen together.
    """
    filters = asked(request, "complaint.read")
    every = Complaint.objects.filter(agency__in=filters.among)
    first = every.order_by().aggregate(first=Min("received_on"))["first"]
    kept = every.select_related("agency", "about").defer("name", "contact")
    if filters.year:
        kept = kept.filter(received_on__year=filters.year)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "here": HERE,
        "page": Paginator(kept, PAGE).get_page(request.GET.get("page")),
        "filters": filters,
        "years": years_to(first.year if first else None),
        "today": timezone.localdate(),
        "query": query.urlencode(),
    }
    return render(request, "measures/complaints.html", context)
