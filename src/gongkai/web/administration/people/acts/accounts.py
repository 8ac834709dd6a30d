"""Acts on accounts: make, edit, disable, reset the password, unlock, link to the provider."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongkai.web.administration.people.acts.appointments import require_another_administrator
from gongkai.web.administration.people.audited import facts_of, subject_of
from gongkai.web.audit.record import SYSTEM, record
from gongkai.web.people import lockout, sessions
from gongkai.web.people.models import Ended, Person
from gongkai.web.people.passwords import one_time_password
from gongkai.web.policies import Actor, Forbidden

# What the system administrator writes of a person.
EDITABLE = ("name", "mailbox", "phone")


@transaction.atomic
def make(actor: Actor, username: str, name: str, **facts: Any) -> tuple[Person, str]:
    """An account without a role, and the one-time password that opens it once."""
    who = actor.require_somewhere("person.make")
    _require_editable(facts)
    password = one_time_password()
    person = Person.objects.make(username, name, password, must_change_password=True, **facts)
    record("person.make", subject_of(person), who, after=facts_of(person))
    return person, password


@transaction.atomic
def edit(actor: Actor, person: Person, **facts: Any) -> Person:
    """Change name, mailbox or telephone. The username stays: the audit trail speaks of it."""
    who = actor.require_somewhere("person.edit")
    _require_editable(facts)
    person = _locked(person)
    before = facts_of(person)
    for name, value in facts.items():
        setattr(person, name, value)
    person.save()
    record("person.edit", subject_of(person), who, before=before, after=facts_of(person))
    return person


@transaction.atomic
def disable(actor: Actor, person: Person, reason: str = "") -> Person:
    """Close an account; its sessions end at once, its past stays."""
    who = actor.require_somewhere("person.edit")
    _require_other(actor, person, "停用自己的账号")
    person = _locked(person)
    for appointment in person.appointments.not_over(timezone.localdate()):
        require_another_administrator(appointment)
    person.is_active = False
    person.save()
    sessions.end_all(person, Ended.BY_ADMINISTRATOR)
    record(
        "person.disable", subject_of(person), who, reason=reason,
        before={"is_active": True}, after={"is_active": False},
    )  # fmt: skip
    return person


@transaction.atomic
def enable(actor: Actor, person: Person) -> Person:
    """Open a closed account again: the undo of ``disable``."""
    who = actor.require_somewhere("person.edit")
    _require_other(actor, person, "启用自己的账号")
    person = _locked(person)
    person.is_active = True
    person.save()
    record(
        "person.enable", subject_of(person), who,
        before={"is_active": False}, after={"is_active": True},
    )  # fmt: skip
    return person


@transaction.atomic
def reset_password(actor: Actor, person: Person, *, forget_device: bool = False) -> str:
    """A new one-time password; with ``forget_device`` the second factor is taken off too."""
    who = actor.require_somewhere("person.reset_password")
    _require_other(actor, person, "重置自己的密码，在“我的设置”里改")
    person = _locked(person)
    password = one_time_password()
    person.set_password(password)
    person.must_change_password = True
    person.password_changed_at = timezone.now()
    person.save()
    forgotten = 0
    if forget_device:
        forgotten = TOTPDevice.objects.filter(user=person).delete()[0]
    sessions.end_all(person, Ended.PASSWORD)
    lockout.unlock(person.username)
    record(
        "person.reset_password",
        subject_of(person),
        who,
        after={"device_forgotten": bool(forgotten)},
    )
    return password


@transaction.atomic
def unlock(actor: Actor, person: Person) -> Person:
    """End a lock before its quarter of an hour."""
    who = actor.require_somewhere("person.unlock")
    lockout.unlock(person.username)
    record("person.unlock", subject_of(person), who)
    return person


@transaction.atomic
def link(actor: Actor, person: Person, subject: str) -> Person:
    """Tie an account to a subject of the identity provider, or untie it with ""."""
    who = actor.require_somewhere("person.link")
    _require_other(actor, person, "关联自己的账号")
    person = _locked(person)
    other = Person.objects.filter(oidc_subject=subject).exclude(pk=person.pk).first()
    if subject and other is not None:
        raise Forbidden(f"这个统一身份认证账号已经关联给 {other.name}（{other.username}）。")
    before = facts_of(person)
    person.oidc_subject = subject
    person.save()
    record("person.link", subject_of(person), who, before=before, after=facts_of(person))
    return person


@transaction.atomic
def link_by_username(username: str, subject: str) -> Person | None:
    """The platform's own link at the first sign-in, where the setting permits it.

    Only an active account that is not linked yet.
    """
    unlinked = Person.objects.select_for_update().filter(
        username=username, oidc_subject="", is_active=True
    )
    person = unlinked.first()
    if person is None:
        return None
    before = facts_of(person)
    person.oidc_subject = subject
    person.save()
    record(
        "person.link", subject_of(person), SYSTEM, reason="用户名相同",
        before=before, after=facts_of(person),
    )  # fmt: skip
    return person


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)


def _require_editable(facts: dict[str, Any]) -> None:
    for name in facts:
        if name not in EDITABLE:
            raise KeyError(name)


def _require_other(actor: Actor, person: Person, what: str) -> None:
    if actor.person.pk == person.pk:
        raise Forbidden(f"不能{what}。" if "，" not in what else f"这里不能{what}。")
