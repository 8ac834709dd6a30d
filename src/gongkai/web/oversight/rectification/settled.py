"""What holds for an agency: the settings of the nearest competent department above it."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.web.agencies.models import Agency

from .models import RectificationSettings


def settings_for(agency: Agency) -> RectificationSettings:
    """The nearest settings that reach ``agency``, or the defaults."""
    return settings_of([agency])[agency.pk]


def settings_of(agencies: Iterable[Agency]) -> dict[int, RectificationSettings]:
    """The same for many, by their keys."""
    kept = sorted(
        RectificationSettings.objects.select_related("agency__competent_for"),
        key=lambda one: len(scope_of(one.agency).path),
        reverse=True,
    )
    return {
        agency.pk: next(
            (one for one in kept if agency.is_under(scope_of(one.agency))),
            RectificationSettings(agency=agency),
        )
        for agency in agencies
    }


def scope_of(department: Agency) -> Agency:
    """The top of what a competent department is competent for."""
    return department.competent_for or department
