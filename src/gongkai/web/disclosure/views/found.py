"""The item of an address, for somebody who may see it."""

from __future__ import annotations

from django.http import Http404

from gongkai.web.policies import StaffRequest

from ..models import Attachment, InformationItem


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
