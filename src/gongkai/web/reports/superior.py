"""To whom a report goes (art. 49): the competent department of the government above."""

from __future__ import annotations

from gongkai.web.agencies.models import Agency, Kind


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
