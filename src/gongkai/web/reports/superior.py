"""To whom a report goes (art. 49): the competent department of the government above."""

from __future__ import annotations

from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.people.models import Role
from gongkai.web.policies import Actor


def superior_of(agency: Agency) -> Agency | None:
    """The government whose competent department collects the reports of ``agency``.

    A department's own office collects its own report too; a government's goes to the one above.
    None where nobody above is on the platform.
    """
    above = agency.ancestors().filter(kind=Kind.GOVERNMENT).order_by("-path")
    for government in above:
        if government.competent_departments.exists():
            return government
    return None


def governments(actor: Actor) -> list[Agency]:
    """The governments for which this person collects reports."""
    found = {}
    for appointment in actor.appointments:
        if appointment.role == Role.COMPETENT_DEPARTMENT:
            top = appointment.agency.competent_for or appointment.agency
            found[top.pk] = top
    return list(found.values())
