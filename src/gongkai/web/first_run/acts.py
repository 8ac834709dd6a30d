"""The acts of the first run: the first agency and the three administrators.

Nobody is there yet who could be asked for permission; the word shown in the terminal stands
for it.  Everything is in the audit trail as done by the platform, from the address used.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.web.administration.people.audited import facts_of as person_facts
from gongkai.web.administration.people.audited import subject_of as person_subject
from gongkai.web.agencies.audited import CONTACT, PLACE, facts_of
from gongkai.web.agencies.audited import subject_of as agency_subject
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import SYSTEM, Who, record
from gongkai.web.locks import hold
from gongkai.web.people.models import Appointment, Person, Role
from gongkai.web.people.passwords import one_time_password
from gongkai.web.policies import Forbidden
from gongkai.web.publication.release import announce
from gongkai.web.stage import Stage, stage

from . import token

_REASON = "首次使用"
OTHERS = (Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody who signs in with a password that is shown this once."""

    person: Person
    role: Role
    password: str


def begin(
    agency: Agency, username: str, name: str, password: str, address: str | None = None
) -> Person:
    """The first agency and its system administrator, who has chosen his password."""
    with _alone(Stage.AGENCY):
        agency.save()
        record(
            "agency.make", agency_subject(agency), _who(address), reason=_REASON,
            after={"name": agency.name, "slug": agency.slug, **facts_of(agency, CONTACT + PLACE)},
        )  # fmt: skip
        announce(scope=f"agency:{agency.pk}")
        person = Person.objects.make(username, name, password, password_changed_at=timezone.now())
        _keep(person, agency, Role.SYSTEM_ADMIN, address)
    return person


def finish(names: dict[Role, tuple[str, str]], address: str | None = None) -> list[Opened]:
    """The security and the audit administrator: (username, name) by role.

    The word of the terminal opens nothing any more afterwards.
    """
    opened = []
    with _alone(Stage.ADMINISTRATORS):
        if others():
            raise Forbidden("另外两名管理员已经建好。")
        agency = Appointment.objects.filter(role=Role.SYSTEM_ADMIN).earliest("pk").agency
        for role in OTHERS:
            username, name = names[role]
            password = one_time_password()
            person = Person.objects.make(username, name, password, must_change_password=True)
            _keep(person, agency, role, address)
            opened.append(Opened(person, role, password))
    token.discard()
    return opened


def open_again(address: str | None = None) -> list[Opened]:
    """New one-time passwords for the two, where the first were never used (the page was lost)."""
    opened = []
    with _alone(Stage.ADMINISTRATORS):
        for appointment in others():
            person, password = appointment.person, one_time_password()
            person.set_password(password)
            person.must_change_password = True
            person.password_changed_at = timezone.now()
            person.save()
            record("person.reset_password", person_subject(person), _who(address), reason=_REASON)
            opened.append(Opened(person, Role(appointment.role), password))
    token.discard()
    return opened


def others() -> list[Appointment]:
    """The security and the audit administrator who were made and have not signed in."""
    made = Appointment.objects.filter(role__in=OTHERS, person__last_login=None)
    return list(made.select_related("person").order_by("-role"))


@contextmanager
def _alone(wanted: Stage) -> Iterator[None]:
    """One at a time, in one transaction, while the first run stands at ``wanted``."""
    with hold(Path(settings.DATA) / "first-run.lock", wait=True), transaction.atomic():
        if stage() is not wanted:
            raise Forbidden("这一步已经办过了。")
        yield


def _keep(person: Person, agency: Agency, role: Role, address: str | None) -> None:
    who = _who(address)
    record("person.make", person_subject(person), who, reason=_REASON, after=person_facts(person))
    since = timezone.localdate()
    Appointment.objects.create(person=person, agency=agency, role=role, since=since)
    record(
        "person.appoint", person_subject(person), who, reason=_REASON,
        after={"role": role, "agency": agency.short_name, "since": since, "until": None},
    )  # fmt: skip


def _who(address: str | None) -> Who:
    return replace(SYSTEM, address=address)
