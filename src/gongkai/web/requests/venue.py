"""Where a requester may turn against a reply: the reconsideration body, the court, the channel.

What the agency set stands; where it set nothing, the body follows from the tree of
agencies (Reconsideration Law arts. 24 to 28), and what the tree does not tell stays open.
"""

from __future__ import annotations

import re

from gongkai.core.remedies.bodies import RespondentKind, reviewing_bodies
from gongkai.web.agencies.models import Agency, Kind

from .models import RequestSettings

_RESPONDENTS = {
    Kind.GOVERNMENT: RespondentKind.GOVERNMENT,
    Kind.TOWNSHIP: RespondentKind.GOVERNMENT,
    Kind.DEPARTMENT: RespondentKind.DEPARTMENT,
    Kind.STREET: RespondentKind.DISPATCHED_OFFICE,
    Kind.DISPATCHED_BODY: RespondentKind.DISPATCHED_BODY,
}


def settings_of(agency: Agency) -> RequestSettings:
    """How the agency handles requests; the defaults where it set nothing."""
    found = RequestSettings.objects.filter(agency=agency).first()
    return found or RequestSettings(agency=agency)


def reconsideration_bodies(agency: Agency) -> tuple[str, ...]:
    """The bodies to which one may apply; none where neither settings nor tree tell."""
    chosen = settings_of(agency).reconsideration_body
    if chosen.strip():
        return tuple(name for name in re.split(r"[、，,；;\s]+", chosen.strip()) if name)
    kind = _RESPONDENTS.get(Kind(agency.kind))
    if kind is None:
        return ()
    found = reviewing_bodies(kind, _holders(agency))
    return tuple(body.name for body in found if body.name)


def _holders(agency: Agency) -> dict[str, str]:
    """Who stands in which place of the organisation, seen from the agency."""
    above = [one for one in agency.ancestors() if one.kind in (Kind.GOVERNMENT, Kind.TOWNSHIP)]
    if not above:
        return {}
    nearest = above[-1].name
    slots = ("own_government", "government_above", "founding_government", "government_of_founder")
    return dict.fromkeys(slots, nearest)
