"""Which of the usual systems an agency has (art. 52), and which the register does not show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gongkai.core.watching.systems import System, systems
from gongkai.web.agencies.models import Agency, Kind

from .models import WorkRule

_GOVERNMENTS = (Kind.GOVERNMENT, Kind.TOWNSHIP)


@dataclass(frozen=True)
class Kept:
    """One usual system and the rules in force that set it up; none: not registered."""

    system: System
    rules: list[WorkRule]


def systems_asked_of(agency: Agency) -> list[System]:
    """The systems that the law and the notices ask of an agency of its kind."""
    of_government = agency.kind in _GOVERNMENTS or agency.competent_for_id is not None
    return [one for one in systems().values() if of_government or not one.of_governments]


def systems_kept(agency: Agency, on: date) -> list[Kept]:
    """Every usual system asked of ``agency``, with its rules in force on a day.

    A competent department sets up for its government what art. 46 asks of that.
    """
    in_force = WorkRule.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=on), agency=agency, began_on__lte=on, removed_at=None
    )
    rules: dict[str, list[WorkRule]] = {}
    for rule in in_force:
        for system in rule.systems:
            rules.setdefault(system, []).append(rule)
    return [Kept(one, rules.get(one.id, [])) for one in systems_asked_of(agency)]
