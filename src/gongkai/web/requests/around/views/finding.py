"""The request of an address, for somebody who may see it."""

from __future__ import annotations

from django.http import Http404

from gongkai.web.policies import StaffRequest

from ...models import DisclosureRequest

HERE = "requests:board"


def found(request: StaffRequest, number: int) -> DisclosureRequest:
    """The request; not found for those who may not read its agency's requests."""
    case = DisclosureRequest.objects.select_related("agency", "requester", "handler")
    one = case.filter(pk=number).first()
    if one is None or not request.actor.may("request.read", one.agency):
        raise Http404
    return one
