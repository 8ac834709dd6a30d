"""What was released in a year, and where else: as the lists show it and the year counts it.

An item counts where its public version stands; the draft of a correction changes nothing.
What was withdrawn afterwards had been released all the same, and says that it is withdrawn.
"""

from __future__ import annotations

from django.db.models import Case, Q, QuerySet, When
from django.db.models.fields.json import KeyTextTransform

from gongkai.core.catalogue import channels

from .models import InformationItem, ItemKind, OtherRelease

# In a filter: items of the statutory column that name no statutory item, interpretations
# that do not say how they explain.
NO_ITEM, NO_FORM = "statutory", "none"


def shown(items: QuerySet[InformationItem]) -> QuerySet[InformationItem]:
    """``items``, each with the place and the form that its public version has.

    What has no public version has those of the version at hand.
    """
    return items.annotate(
        shown_column=_shown("column"),
        shown_statutory=_shown("statutory"),
        shown_form=Case(
            When(live__isnull=False, then=KeyTextTransform("form", "live__details")),
            default=KeyTextTransform("form", "current__details"),
        ),
    )


def at_place(items: QuerySet[InformationItem], place: str) -> QuerySet[InformationItem]:
    """Those of ``shown`` under a statutory item, or in a column that is named."""
    if place == NO_ITEM:
        return items.filter(Q(("shown_column", NO_ITEM), ("shown_statutory", "")))
    if "-" in place:
        return items.filter(Q(("shown_column", "statutory"), ("shown_statutory", place)))
    return items.filter(Q(("shown_column", place)))


def in_form(items: QuerySet[InformationItem], form: str) -> QuerySet[InformationItem]:
    """Those of ``shown`` that explain in this way."""
    if form == NO_FORM:
        return items.filter(Q(("shown_form", None)), kind=ItemKind.INTERPRETATION)
    return items.filter(Q(("shown_form", form)))


def through(channel: str, year: int | None = None) -> QuerySet[OtherRelease]:
    """Releases through a channel, or through any of a group of channels; in a year."""
    ids = [term.id for term in channels().terms if channel in (term.id, term.group)]
    found = OtherRelease.objects.filter(channel__in=ids)
    return found.filter(released_on__year=year) if year else found


def _shown(name: str) -> Case:
    return Case(When(live__isnull=False, then=f"live__{name}"), default=f"current__{name}")
