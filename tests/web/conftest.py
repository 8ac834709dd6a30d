"""An office with one person for each role, and a clerk who holds them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker

from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.audit import append_only
from gongkai.web.people.models import Appointment, Person, Role
from gongkai.web.policies import Actor, actor_of

from .migrated import copy_to

PASSWORD = "correct-Horse-7-battery"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """The database of this worker: on SQLite a copy of the one that was migrated for all."""
    with django_db_blocker.unblock():
        copied = connection.vendor == "sqlite"
        if copied:
            copy_to(Path(connection.settings_dict["TEST"]["NAME"]))
        made = setup_databases(verbosity=0, interactive=False, keepdb=copied)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def _trail_may_be_emptied() -> Iterator[None]:
    """Tests with real transactions empty all tables; the trail refuses that, as it should."""
    empty: Callable[[TransactionTestCase], None] = TransactionTestCase._fixture_teardown

    def without_triggers(case: TransactionTestCase) -> None:
        with connection.schema_editor() as editor:
            append_only.remove(editor)
        empty(case)
        with connection.schema_editor() as editor:
            append_only.install(editor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", without_triggers)
        yield


@dataclass
class Office:
    """A district with a street office under it, and its people by role."""

    district: Agency
    competent: Agency
    street: Agency
    neighbour: Agency
    people: dict[Role, Person] = field(default_factory=dict)

    def actor(self, role: Role) -> Actor:
        """The actor of the person who holds ``role``."""
        return actor_of(self.people[role])


def make_person(username: str, name: str, agency: Agency, *roles: Role) -> Person:
    """A person with ``roles`` at ``agency`` since 2020."""
    person = Person.objects.make(username, name, PASSWORD)
    for role in roles:
        Appointment.objects.create(person=person, agency=agency, role=role, since=date(2020, 1, 1))
    return person


def signed_in_as(person: Person) -> Client:
    """A browser in which ``person`` has signed in."""
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def signed_in(office: Office, role: Role) -> Client:
    """A browser in which the holder of ``role`` has signed in."""
    return signed_in_as(office.people[role])


@pytest.fixture
def office(db: None) -> Office:
    """The office of a test."""
    return make_office()


def make_office() -> Office:
    """听泉街道 with its people; 区政府办公室 above it; a neighbour with nobody."""
    district = Agency.objects.create(
        slug="qh0000",
        code="QH0000",
        name="青禾区人民政府",
        short_name="区政府",
        kind=Kind.GOVERNMENT,
    )
    competent = Agency.objects.create(
        slug="qh0001",
        code="QH0001",
        name="青禾区人民政府办公室",
        short_name="区政府办公室",
        kind=Kind.DEPARTMENT,
        parent=district,
        competent_for=district,
    )
    street, neighbour = (
        Agency.objects.create(
            slug=code.lower(),
            code=code,
            name=f"{name}街道办事处",
            short_name=f"{name}街道",
            kind=Kind.STREET,
            parent=district,
        )
        for code, name in (("QH0401", "听泉"), ("QH0402", "枕流"))
    )
    made = Office(district, competent, street, neighbour)
    names = {
        Role.AUTHOR: "李敏",
        Role.SECTION_REVIEWER: "赵红",
        Role.SECRECY_REVIEWER: "王建国",
        Role.APPROVER: "陈立",
        Role.DISCLOSURE_OFFICE: "孙梅",
    }
    for role, name in names.items():
        made.people[role] = make_person(role.value, name, street, role)
    made.people[Role.COMPETENT_DEPARTMENT] = make_person(
        "competent", "周远", competent, Role.COMPETENT_DEPARTMENT
    )
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
        made.people[role] = make_person(role.value, role.label, competent, role)
    return made
