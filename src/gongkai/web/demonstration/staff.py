"""The agencies of the region, their officers, and the people who hold its roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from gongkai.web.agencies.models import Agency, Officer
from gongkai.web.people.models import Appointment, Person, Role

from .region import Facts, Region

# Before the first item that any of them published.
_SINCE = date(2018, 1, 2)
_TAKEN = (
    "slug", "code", "name", "short_name", "kind", "unified_code", "index_template", "functions",
    "disclosure_office", "address", "postcode", "phone", "fax", "mailbox", "office_hours",
    "contact_changed_on", "began_on",
)  # fmt: skip


@dataclass(frozen=True)
class Office:
    """Who does what at an agency; ``section`` is empty where nobody but the author could."""

    authors: tuple[Person, ...]
    section: Person | None
    secrecy: Person
    approver: Person
    # Who keeps what is recorded after a release.
    keeper: Person


@dataclass(frozen=True)
class Staff:
    """Agencies by slug, people by username, and how each agency's work is shared out."""

    agencies: Mapping[str, Agency]
    people: Mapping[str, Person]
    offices: Mapping[str, Office]


def keep_staff(region: Region) -> Staff:
    """Make agencies, people and appointments."""
    agencies = _agencies(region)
    # No password opens these accounts until the first start gives some of them one.
    people = Person.objects.bulk_create(
        Person(username=one["username"], name=one["name"], password=make_password(None))
        for one in region.people
    )
    by_name = {person.username: person for person in people}
    Appointment.objects.bulk_create(
        Appointment(
            person=by_name[one["username"]],
            agency=agencies[one["agency"]],
            role=Role(role),
            since=agencies[one["agency"]].began_on or _SINCE,
        )
        for one in region.people
        for role in one["roles"]
    )
    helping = region.settings["competent_department"]
    return Staff(agencies, by_name, _offices(region.people, by_name, helping))


def _agencies(region: Region) -> dict[str, Agency]:
    made: dict[str, Agency] = {}
    lonely = _without_section(region.people)
    for position, one in enumerate(region.agencies, start=1):
        facts = {name: one[name] for name in _TAKEN if name in one}
        facts["functions"] = one.get("functions", "").strip()
        agency = Agency(
            **facts,
            parent=made[one["parent"]] if "parent" in one else None,
            competent_for=made[one["competent_for"]] if "competent_for" in one else None,
            position=position,
            section_review=one["slug"] not in lonely,
        )
        agency.save()
        made[agency.slug] = agency
    Officer.objects.bulk_create(
        Officer(
            agency=made[one["slug"]],
            name=officer["name"],
            post=officer["post"],
            duty=officer.get("duty", ""),
            position=position,
        )
        for one in region.agencies
        for position, officer in enumerate(one.get("officer", ()), start=1)
    )
    return made


def _offices(people: list[Facts], by_name: Mapping[str, Person], helping: str) -> dict[str, Office]:
    """For each agency with an author its people; where one is missing, of ``helping``."""
    found: dict[str, Office] = {}
    for slug in dict.fromkeys(one["agency"] for one in people if "author" in one["roles"]):
        authors = _holders(people, slug, "author")
        section = [n for n in _holders(people, slug, "section_reviewer") if n not in authors]
        secrecy = [n for n in _holders(people, slug, "secrecy_reviewer") if n not in authors]
        secrecy = secrecy or _holders(people, helping, "secrecy_reviewer")
        keepers = _holders(people, slug, "disclosure_office") or authors
        found[slug] = Office(
            authors=tuple(by_name[name] for name in authors),
            section=by_name[section[0]] if section else None,
            secrecy=by_name[secrecy[0]],
            approver=by_name[_holders(people, slug, "approver")[0]],
            keeper=by_name[keepers[0]],
        )
    return found


def _holders(people: list[Facts], slug: str, role: str) -> list[str]:
    return [one["username"] for one in people if one["agency"] == slug and role in one["roles"]]


def _without_section(people: list[Facts]) -> set[str]:
    """Agencies whose only author would review his own sections' work: they leave that step out."""
    return {
        slug
        for slug in {one["agency"] for one in people}
        if set(_holders(people, slug, "section_reviewer")) <= set(_holders(people, slug, "author"))
    }
