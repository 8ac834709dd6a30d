"""Accounts and appointments: who may do what, and what is kept apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.web.administration.people.acts import accounts, appointments
from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import ADMINISTRATORS, REVIEWERS, Appointment, Person, Role
from gongkai.web.policies import Forbidden, actor_of
from tests.web.conftest import Office, make_person

TODAY = timezone.localdate()


def last() -> AuditEntry:
    entry = AuditEntry.objects.first()
    assert entry is not None
    return entry


def test_the_system_administrator_makes_an_account_that_opens_once(office: Office) -> None:
    made, password = accounts.make(office.actor(Role.SYSTEM_ADMIN), "wangfang", "王芳", phone="1")
    assert made.check_password(password)
    assert made.must_change_password
    assert actor_of(made).roles == frozenset()
    entry = last()
    assert (entry.act, entry.subject, entry.after["name"]) == ("person.make", "wangfang", "王芳")
    assert password not in str(entry.after)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SYSTEM_ADMIN}))
def test_nobody_else_makes_or_disables_accounts(office: Office, role: Role) -> None:
    actor = office.actor(role)
    with pytest.raises(Forbidden):
        accounts.make(actor, "x", "某")
    with pytest.raises(Forbidden):
        accounts.disable(actor, office.people[Role.AUTHOR])


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SECURITY_ADMIN}))
def test_nobody_else_gives_roles_or_passwords(office: Office, role: Role) -> None:
    actor, person = office.actor(role), office.people[Role.AUTHOR]
    with pytest.raises(Forbidden):
        appointments.appoint(actor, person, office.street, Role.APPROVER, TODAY)
    with pytest.raises(Forbidden):
        accounts.reset_password(actor, person)
    with pytest.raises(Forbidden):
        accounts.unlock(actor, person)
    with pytest.raises(Forbidden):
        accounts.link(actor, person, "sub")


def test_an_edit_is_kept_with_before_and_after(office: Office) -> None:
    accounts.edit(office.actor(Role.SYSTEM_ADMIN), office.people[Role.AUTHOR], phone="0571")
    assert (last().before, last().after) == ({"phone": ""}, {"phone": "0571"})
    with pytest.raises(KeyError):
        accounts.edit(office.actor(Role.SYSTEM_ADMIN), office.people[Role.AUTHOR], password="x")


@pytest.mark.parametrize("first", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("second", sorted(ADMINISTRATORS))
def test_the_three_administrators_are_three_people(
    office: Office, first: Role, second: Role
) -> None:
    security = office.actor(Role.SECURITY_ADMIN)
    person = make_person("new", "新人", office.street)
    appointments.appoint(security, person, office.competent, first, TODAY)
    said = "不能再任" if first is not second else "已经"
    with pytest.raises(Forbidden, match=said):
        appointments.appoint(security, person, office.competent, second, TODAY)


@pytest.mark.parametrize("admin", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("reviewer", sorted(REVIEWERS))
def test_no_administrator_reviews(office: Office, admin: Role, reviewer: Role) -> None:
    security = office.actor(Role.SECURITY_ADMIN)
    one, other = make_person("a", "甲", office.street), make_person("b", "乙", office.street)
    appointments.appoint(security, one, office.competent, admin, TODAY)
    with pytest.raises(Forbidden, match="管理员不参加发布审查"):
        appointments.appoint(security, one, office.street, reviewer, TODAY)
    appointments.appoint(security, other, office.street, reviewer, TODAY)
    with pytest.raises(Forbidden, match="管理员不参加发布审查"):
        appointments.appoint(security, other, office.competent, admin, TODAY)


def test_roles_that_never_meet_in_time_are_no_clash(office: Office) -> None:
    security = office.actor(Role.SECURITY_ADMIN)
    one = make_person("a", "甲", office.street)
    week = timedelta(days=7)
    appointments.appoint(security, one, office.street, Role.APPROVER, TODAY, TODAY + week)
    with pytest.raises(Forbidden):
        appointments.appoint(security, one, office.competent, Role.AUDIT_ADMIN, TODAY + week)
    appointments.appoint(
        security, one, office.competent, Role.AUDIT_ADMIN, TODAY + week + timedelta(days=1)
    )
    # And one to come bars what would run into it.
    with pytest.raises(Forbidden):
        appointments.appoint(security, one, office.street, Role.SECRECY_REVIEWER, TODAY)


def test_nobody_appoints_or_resets_himself(office: Office) -> None:
    security = office.actor(Role.SECURITY_ADMIN)
    with pytest.raises(Forbidden, match="不能给自己任职"):
        appointments.appoint(security, security.person, office.street, Role.AUTHOR, TODAY)
    with pytest.raises(Forbidden, match="我的设置"):
        accounts.reset_password(security, security.person)
    with pytest.raises(Forbidden, match="自己"):
        accounts.link(security, security.person, "sub")
    system = office.actor(Role.SYSTEM_ADMIN)
    with pytest.raises(Forbidden, match="不能停用自己的账号"):
        accounts.disable(system, system.person)


def test_one_administrator_of_each_kind_is_left(office: Office) -> None:
    security = office.actor(Role.SECURITY_ADMIN)
    auditor = office.people[Role.AUDIT_ADMIN]
    held = auditor.appointments.get()
    with pytest.raises(Forbidden, match="最后一名审计管理员"):
        appointments.end_appointment(security, held)
    with pytest.raises(Forbidden, match="最后一名审计管理员"):
        accounts.disable(office.actor(Role.SYSTEM_ADMIN), auditor)
    another = make_person("b", "乙", office.competent, Role.AUDIT_ADMIN)
    appointments.end_appointment(security, held)
    assert actor_of(auditor).roles == frozenset()
    with pytest.raises(Forbidden, match="最后一名"):
        accounts.disable(office.actor(Role.SYSTEM_ADMIN), another)


def test_an_ended_role_is_gone_at_once_and_kept_in_the_past(office: Office) -> None:
    security = office.actor(Role.SECURITY_ADMIN)
    person = office.people[Role.APPROVER]
    held = person.appointments.get()
    appointments.end_appointment(security, held)
    held.refresh_from_db()
    assert held.until == TODAY - timedelta(days=1)
    assert not actor_of(person).may("item.approve", office.street)
    with pytest.raises(Forbidden, match="不用再结束"):
        appointments.end_appointment(security, held)
    # It may be given again.
    appointments.appoint(security, person, office.street, Role.APPROVER, TODAY)
    assert actor_of(person).may("item.approve", office.street)


def test_a_role_given_today_by_mistake_is_taken_back(office: Office) -> None:
    security = office.actor(Role.SECURITY_ADMIN)
    person = office.people[Role.AUTHOR]
    given = appointments.appoint(security, person, office.street, Role.APPROVER, TODAY)
    appointments.end_appointment(security, given)
    assert not Appointment.objects.filter(pk=given.pk).exists()
    assert last().act == "person.end_appointment"


def test_what_does_not_fit_is_refused_in_words(office: Office) -> None:
    security, person = office.actor(Role.SECURITY_ADMIN), office.people[Role.AUTHOR]
    with pytest.raises(Forbidden, match="已经在听泉街道任“起草”"):
        appointments.appoint(security, person, office.street, Role.AUTHOR, TODAY)
    with pytest.raises(Forbidden, match="不是主管部门"):
        appointments.appoint(security, person, office.street, Role.COMPETENT_DEPARTMENT, TODAY)
    with pytest.raises(Forbidden, match="早于起期"):
        appointments.appoint(
            security, person, office.street, Role.APPROVER, TODAY, date(2020, 1, 1)
        )


def test_a_disabled_account_can_be_opened_again(office: Office) -> None:
    system, person = office.actor(Role.SYSTEM_ADMIN), office.people[Role.AUTHOR]
    accounts.disable(system, person, "调离")
    assert not Person.objects.get(pk=person.pk).is_active
    assert last().reason == "调离"
    accounts.enable(system, person)
    assert Person.objects.get(pk=person.pk).is_active


def test_one_subject_of_the_provider_is_one_person(office: Office) -> None:
    security = office.actor(Role.SECURITY_ADMIN)
    accounts.link(security, office.people[Role.AUTHOR], "sub-1")
    with pytest.raises(Forbidden, match="李敏"):
        accounts.link(security, office.people[Role.APPROVER], "sub-1")
    accounts.link(security, office.people[Role.AUTHOR], "")
    accounts.link(security, office.people[Role.APPROVER], "sub-1")
