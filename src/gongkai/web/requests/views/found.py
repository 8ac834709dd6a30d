"""The request of an address, for somebody who may see it, and what stands on each of its pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone

from gongkai.core.handling.clock import Account
from gongkai.web.policies import StaffRequest

from ..clock import account_of
from ..models import DisclosureRequest
from .clocks import clock_of

HERE = "requests:board"


def found(request: StaffRequest, number: int) -> DisclosureRequest:
    """The request; not found for those who may not read its agency's requests."""
    case = (
        DisclosureRequest.objects.select_related(
            "agency", "requester", "handler", "split_from", "registered_by"
        )
        .filter(pk=number)
        .first()
    )
    if case is None or not request.actor.may("request.read", case.agency):
        raise Http404
    return case


def head_of(case: DisclosureRequest, told: Account | None = None) -> dict[str, Any]:
    """What the head of every page of a request shows: number, title, clock."""
    told = told or account_of(case)
    return {
        "here": HERE,
        "case": case,
        "told": told,
        "clock": clock_of(case, told),
        "today": timezone.localdate(),
    }
