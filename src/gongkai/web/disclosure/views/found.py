"""The item of an address, for somebody who may see it."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect

from gongkai.web.policies import StaffRequest

from ..models import Attachment, InformationItem
from ..written_elsewhere import place_of


def found(request: StaffRequest, number: int) -> InformationItem:
    """The item; not found for those who may not read its agency's items."""
    item = (
        InformationItem.objects.select_related("agency", "current", "live", "author", "interprets")
        .filter(pk=number)
        .first()
    )
    if item is None or not request.actor.may("item.read", item.agency):
        raise Http404
    return item


def found_attachment(request: StaffRequest, number: int, attachment: int) -> Attachment:
    """An attachment of any version of the item."""
    item = found(request, number)
    wanted = Attachment.objects.select_related("version__item", "original", "redacted")
    one = wanted.filter(pk=attachment, version__item=item).first()
    if one is None:
        raise Http404
    return one


def elsewhere(item: InformationItem) -> HttpResponseBase | None:
    """The way to the screen in which the item is written; None where that is the general one."""
    place = place_of(item)
    return redirect(place) if place else None
