"""Whether a normative document holds on a day, and the yearly counts, by the core's rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.core.catalogue import Validity
from gongkai.core.normative_document import (
    Event,
    EventKind,
    Life,
    YearCount,
    count_year,
    standing_on,
)
from gongkai.web.agencies.models import Agency

from .models import InformationItem, ItemKind


def life_of(item: InformationItem) -> Life | None:
    """The life of a document that has been released; None for anything else."""
    version = item.live or item.current
    if item.kind != ItemKind.NORMATIVE_DOCUMENT or version is None or version.made_on is None:
        return None
    return Life(
        key=str(item.pk),
        issued_on=version.made_on,
        effective_on=version.effective_on,
        expires_on=version.expires_on,
        events=tuple(
            Event(EventKind(event.kind), event.on, event.by_document, event.until)
            for event in item.life_events.all()
        ),
    )


def validity_of(item: InformationItem, today: date) -> tuple[str, str]:
    """(validity, since when and by what in words); empty texts for what is no such document."""
    life = life_of(item)
    standing = standing_on(life, today) if life else None
    if life is None or standing is None:
        return "", ""
    if standing.validity is Validity.IN_FORCE:
        return standing.validity, ""
    if standing.validity is Validity.PENDING:
        return standing.validity, f"{life.begins_on:%Y-%m-%d}起施行"
    by = f"，由{standing.by}" if standing.by else ""
    return standing.validity, f"{standing.since:%Y-%m-%d}起{by}"


def counts(agency: Agency, year: int) -> YearCount:
    """The year's counts of an agency's normative documents, each with the documents behind it."""
    return count_year(_lives(agency), year)


def _lives(agency: Agency) -> Iterator[Life]:
    documents = InformationItem.objects.filter(
        agency=agency, kind=ItemKind.NORMATIVE_DOCUMENT, live__isnull=False
    )
    for item in documents.select_related("live").prefetch_related("life_events"):
        life = life_of(item)
        if life is not None:
            yield life
