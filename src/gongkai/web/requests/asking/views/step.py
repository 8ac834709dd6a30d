"""What the steps of asking have alike: the agency, the draft, the line of steps, the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from gongkai.web.agencies.models import Agency

from ...acts import submit as act
from .. import drafts, tries
from ..drafts import Draft
from ..forms import OrganisationForm, PersonForm, WhoForm
from ..pages import private, show
from .choose import agency_of

PERSON, ORGANISATION = "person", "organisation"
STEPS = (("agency", "向谁申请"), ("what", "要什么信息"), ("who", "您是谁"), ("check", "核对、提交"))

View = Callable[[HttpRequest, Agency, Draft], HttpResponseBase]


def step(view: View) -> Callable[[HttpRequest, str], HttpResponseBase]:
    """A step, with the agency and the draft; back to the agency where it takes nothing online."""

    @wraps(view)
    def opened(request: HttpRequest, slug: str) -> HttpResponseBase:
        found = agency_of(slug)
        draft = drafts.of(request, found)
        if act.why_not_online(found):
            return to("agency", found)
        if draft.submitted:
            return to("receipt", found)
        if request.method == "POST" and not draft.begun:
            if tries.too_many(tries.DRAFT, request):
                return _not_now(request, found)
            tries.count(tries.DRAFT, request)
        return view(request, found, draft)

    return opened


def who_form(
    draft: Draft, data: dict[str, str] | None = None, refused: Mapping[str, str] | None = None
) -> WhoForm:
    """The form of who asks, with ``data`` or as the draft has it."""
    way = draft.what.get("way_of_delivery", "")
    form = form_class(draft)
    return form(data, way=way, held=draft.files, refused=refused, initial=draft.who)


def form_class(draft: Draft) -> type[WhoForm]:
    """The form of a person or of an organisation, as the draft says."""
    return OrganisationForm if draft.who.get("as") == ORGANISATION else PersonForm


def steps_at(here: str, agency: Agency) -> list[dict[str, Any]]:
    """The line of steps, those behind as links."""
    places = [name for name, _ in STEPS]
    return [
        {
            "label": label,
            "done": places.index(name) < places.index(here),
            "here": name == here,
            "address": address_of(name, agency),
        }
        for name, label in STEPS
    ]


def address_of(name: str, agency: Agency) -> str:
    """The address of a page of asking ``agency``."""
    return reverse(f"asking:{name}", args=[agency.slug])


def path_of(name: str, agency: Agency) -> str:
    """The address of a step as the frame of the page wants it, below the mount."""
    return address_of(name, agency).removeprefix(reverse("public:home"))


def to(name: str, agency: Agency) -> HttpResponseBase:
    """On to another page."""
    return private(HttpResponseRedirect(address_of(name, agency)))


def _not_now(request: HttpRequest, agency: Agency) -> HttpResponseBase:
    return show(
        request,
        "wait.html",
        title="过一会儿再写",
        agency=agency,
        crumbs=[(agency.short_name, path_of("agency", agency)), ("过一会儿再写", None)],
        status=429,
        minutes=tries.minutes_left(),
    )
