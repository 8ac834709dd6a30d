"""Guides: what the agency's record lacks, and texts of the guide column that are out of date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from gongkai.core.bodies import plain_text
from gongkai.core.rules import find
from gongkai.core.watching.guides import not_renewed, old_rules, other_telephone
from gongkai.web.agencies.models import Agency, PastName
from gongkai.web.public.guide import missing_contact
from gongkai.web.public.shell import has_columns
from gongkai.web.publication.models import Publication

from .items import of_item
from .terms import Found, Looked, Reach, Terms

_TEXTS = Q(column="guide") | Q(title__endswith="政府信息公开指南")


def watch_guides(reach: Reach, terms: Terms) -> Looked:
    """The record of every agency, and every text of a guide."""
    found: list[Found] = []
    count = 0
    for agency in terms.agencies.values():
        within = reach.agencies is None or agency.pk in reach.agencies
        if not within or agency.ended_on is not None or not has_columns(agency):
            continue
        count += 1
        missing = missing_contact(agency)
        if missing:
            told = find("watch.guide_lacks", missing=missing)
            address = reverse("agencies:edit_contact", args=[agency.pk])
            place = f"{agency.short_name}　政府信息公开指南"
            found.append(Found(told, agency.pk, f"guide:{agency.pk}", place, address))
    known = [n for agency in terms.agencies.values() for n in (agency.phone, agency.fax) if n]
    changes = _changes(reach)
    texts = Publication.objects.filter(reach.of_agency(), _TEXTS, agency__ended_on=None).exclude(
        kind__in=("interpretation", "annual_report")
    )
    for text in texts.only("agency", "title", "body_html", "published_at", "updated_at"):
        count += 1
        agency = terms.agencies[text.agency_id]
        found += _in_text(text, agency, known, changes.get(agency.pk, []), terms)
    return Looked(count, found)


def _in_text(
    text: Publication,
    agency: Agency,
    known: list[str],
    changes: list[tuple[date, str]],
    terms: Terms,
) -> Iterator[Found]:
    plain = plain_text(text.body_html)
    for number, old in enumerate(old_rules(text.title, plain)):
        yield of_item(old, text.pk, agency.pk, text.title, terms, f"old:{number}")
    other = other_telephone(text.title, plain, agency.phone, known)
    if other is not None:
        yield of_item(other, text.pk, agency.pk, text.title, terms)
    updated = timezone.localdate(text.updated_at or text.published_at)
    behind = not_renewed(text.title, updated, changes)
    if behind is not None:
        yield of_item(behind, text.pk, agency.pk, text.title, terms)


def _changes(reach: Reach) -> dict[int, list[tuple[date, str]]]:
    """When each agency changed its name or its contact data."""
    found: dict[int, list[tuple[date, str]]] = {}
    contact = Agency.objects.filter(reach.of_agency("pk"), contact_changed_on__isnull=False)
    for key, day in contact.values_list("pk", "contact_changed_on"):
        if day is not None:
            found.setdefault(key, []).append((day, "联系信息"))
    for key, day in PastName.objects.filter(reach.of_agency()).values_list("agency", "until"):
        found.setdefault(key, []).append((day, "机关名称"))
    return found
