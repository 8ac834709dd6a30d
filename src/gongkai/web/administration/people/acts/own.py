"""Acts of a person on his own account: password, second factor, sessions."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongkai.web.administration.people.audited import subject_of, who_is
from gongkai.web.audit.record import record
from gongkai.web.people import sessions
from gongkai.web.people.models import Ended, Person, SignIn
from gongkai.web.policies import Actor


@transaction.atomic
def change_password(actor: Actor, password: str, session_key: str | None) -> Person:
    """Set a new password, which the form has found good; all other sessions end."""
    person = Person.objects.select_for_update().get(pk=actor.person.pk)
    one_time = person.must_change_password
    person.set_password(password)
    person.must_change_password = False
    person.password_changed_at = timezone.now()
    person.save()
    sessions.end_all(person, Ended.PASSWORD, but=session_key)
    record(
        "person.change_password", subject_of(person), who_is(actor), after={"one_time": one_time}
    )
    return person


@transaction.atomic
def add_device(actor: Actor, key: str, drift_step: int) -> TOTPDevice:
    """Ask for a code at every sign-in from now on; ``drift_step`` is the step just used."""
    TOTPDevice.objects.filter(user=actor.person).delete()
    device = TOTPDevice.objects.create(
        user=actor.person, name="动态口令", key=key, confirmed=True, last_t=drift_step
    )
    record("person.add_device", subject_of(actor.person), who_is(actor))
    return device


@transaction.atomic
def remove_device(actor: Actor) -> None:
    """Ask for no code any more."""
    TOTPDevice.objects.filter(user=actor.person).delete()
    record("person.remove_device", subject_of(actor.person), who_is(actor))


@transaction.atomic
def end_session(actor: Actor, sign_in: SignIn) -> None:
    """End one of one's own sessions elsewhere."""
    if sign_in.person_id != actor.person.pk:
        raise PermissionError("a session of somebody else")
    sessions.end([sign_in], Ended.BY_PERSON)
    record(
        "session.end_elsewhere", subject_of(actor.person), who_is(actor),
        after={"address": sign_in.address, "began_at": sign_in.began_at},
    )  # fmt: skip
