"""How the audit trail names a person."""

from __future__ import annotations

from typing import Any

from gongkai.web.audit.record import Subject, Who
from gongkai.web.people.models import Person
from gongkai.web.policies import Actor

_FACTS = ("name", "mailbox", "phone", "is_active", "oidc_subject")


def subject_of(person: Person) -> Subject:
    """The person as a subject of the audit trail."""
    return Subject("person", person.username, person.name)


def facts_of(person: Person) -> dict[str, Any]:
    """What the audit line keeps of an account; never anything of its password."""
    return {name: getattr(person, name) for name in _FACTS}


def who_is(actor: Actor) -> Who:
    """A person in his own matters: no role is needed, the first agency names the house."""
    agency = actor.appointments[0].agency if actor.appointments else None
    return Who(
        person=actor.person.username,
        person_name=actor.person.name,
        agency=agency.code if agency else "",
        agency_name=agency.short_name if agency else "",
        address=actor.address,
    )
