"""The filters of a list that is kept by agency and year, as its address has them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.policies import StaffRequest


@dataclass(frozen=True)
class Asked:
    """The filters of a list, as the address has them."""

    agencies: list[Agency]
    chosen: Agency | None
    # What stands below the chosen agency too.
    below: bool
    year: int | None
    query: str

    @property
    def among(self) -> list[Agency]:
        """The agencies whose lines are listed; all that may be read where none is chosen."""
        if self.chosen is None:
            return self.agencies
        if not self.below:
            return [self.chosen]
        return [one for one in self.agencies if one.is_under(self.chosen)]


def asked(request: StaffRequest, act: str) -> Asked:
    """The filters of ``request``; what cannot be read narrows nothing."""
    agencies = request.actor.agencies(act)
    code, year = request.GET.get("agency", ""), request.GET.get("year", "")
    return Asked(
        agencies=agencies,
        chosen=next((one for one in agencies if one.code == code), None),
        below="below" in request.GET,
        year=int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None,
        query=request.GET.get("q", "").strip(),
    )


def years_to(first: int | None) -> list[int]:
    """The years a list may be narrowed to, from the first there is anything of."""
    now = timezone.localdate().year
    return list(range(now, min(first or now, now) - 1, -1))
