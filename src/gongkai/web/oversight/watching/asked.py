"""Requests past or near their limit; complaints and corrections of records nobody answered."""

from __future__ import annotations

from django.urls import reverse

from gongkai.core.watching.due import judge_message, judge_request
from gongkai.web.remedies.models import Complaint, RecordCorrection
from gongkai.web.requests.models import DisclosureRequest

from .items import place_of
from .terms import Found, Looked, Reach, Terms


def watch_requests(reach: Reach, terms: Terms) -> Looked:
    """Requests that run; while the limit stands still nothing is late."""
    running = DisclosureRequest.objects.filter(
        reach.of_agency(), concluded_on=None, due_on__isnull=False, paused=False
    )
    found: list[Found] = []
    count = 0
    for case in running.only(
        "number", "agency", "state", "due_on", "due_provisional", "concluded_on"
    ):
        count += 1
        if case.due_on is None:
            continue
        told = judge_request(
            case.number,
            case.get_state_display(),
            case.due_on,
            case.due_provisional,
            terms.today,
            terms.days,
            terms.limits(case.agency_id)["near_working_days"],
        )
        if told is not None:
            address = reverse("requests:case", args=[case.pk])
            place = place_of(terms, case.agency_id, f"申请 {case.number}")
            lasting = {"due": case.due_on}
            key = f"request:{case.pk}"
            found.append(Found(told, case.agency_id, key, place, address, lasting=lasting))
    return Looked(count, found)


def watch_messages(reach: Reach, terms: Terms) -> Looked:
    """Complaints and reports without an answer, corrections of which nobody was told."""
    found: list[Found] = []
    complaints = Complaint.objects.filter(reach.of_agency(), answered_on=None)
    corrections = RecordCorrection.objects.filter(reach.of_agency(), concluded_on=None)
    waiting: list[tuple[Complaint | RecordCorrection, str, str, str]] = [
        *(
            (one, one.get_kind_display(), f"complaint:{one.pk}", "remedies:complaint")
            for one in complaints.only("agency", "kind", "received_on", "internal_due_on")
        ),
        *(
            (one, "更正申请", f"correction:{one.pk}", "remedies:correction")
            for one in corrections.only("agency", "received_on", "internal_due_on")
        ),
    ]
    for one, what, key, route in waiting:
        limit = terms.limits(one.agency_id)["message_days"]
        told = judge_message(what, one.received_on, one.internal_due_on, limit, terms.today)
        if told is not None:
            place = place_of(terms, one.agency_id, f"{what}第 {one.pk} 号")
            address = reverse(route, args=[one.pk])
            lasting = {"received_on": one.received_on}
            found.append(Found(told, one.agency_id, key, place, address, lasting=lasting))
    return Looked(len(waiting), found)
