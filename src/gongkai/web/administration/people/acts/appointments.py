"""Acts on appointments: give a role at an agency, end it.

The three administrators are three people: nobody holds two of the three, and none of them
reviews what is published.  Nobody appoints himself.  One administrator of each kind is
always left, since without him nobody could be appointed, added or audited.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.web.administration.people.audited import subject_of
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import record
from gongkai.web.people.models import ADMINISTRATORS, REVIEWERS, Appointment, Person, Role
from gongkai.web.policies import Actor, Forbidden


@transaction.atomic
def appoint(
    actor: Actor, person: Person, agency: Agency, role: str, since: date, until: date | None = None
) -> Appointment:
    """``person`` holds ``role`` at ``agency`` from ``since``, to ``until`` or until it is ended."""
    who = actor.require_somewhere("person.appoint")
    role = Role(role)
    # The row is held, so that two appointments at once see each other.
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.pk == actor.person.pk:
        raise Forbidden("不能给自己任职，由另一名安全管理员办。")
    if until is not None and until < since:
        raise Forbidden(f"止期 {until} 早于起期 {since}。")
    if agency.ended_on is not None and (until is None or until > agency.ended_on):
        raise Forbidden(f"{agency.short_name}已于 {agency.ended_on} 撤销，不能再任职。")
    if role is Role.COMPETENT_DEPARTMENT and agency.competent_for is None:
        raise Forbidden(
            f"{agency.short_name}不是主管部门。先在机关页面写明它的主管范围，再任“主管部门”。"
        )
    for held in _overlapping(person, since, until):
        if held.agency_id == agency.pk and held.role == role:
            raise Forbidden(f"{person.name}已经在{agency.short_name}任“{role.label}”。")
        _require_apart(person, held, role)
    appointment = Appointment.objects.create(
        person=person, agency=agency, role=role, since=since, until=until
    )
    record(
        "person.appoint", subject_of(person), who,
        after={"role": role, "agency": agency.short_name, "since": since, "until": until},
    )  # fmt: skip
    return appointment


@transaction.atomic
def end_appointment(actor: Actor, appointment: Appointment, last_day: date | None = None) -> None:
    """The last day of an appointment: yesterday unless told, so that it ends at once.

    One that began today is taken back as if it had not been.
    """
    who = actor.require_somewhere("person.appoint")
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    person = appointment.person
    if person.pk == actor.person.pk:
        raise Forbidden("不能结束自己的任职，由另一名安全管理员办。")
    last_day = last_day or timezone.localdate() - timedelta(days=1)
    if appointment.until is not None and appointment.until <= last_day:
        raise Forbidden(f"这个任职到 {appointment.until} 止，不用再结束。")
    require_another_administrator(appointment)
    before = {
        "role": appointment.role,
        "agency": appointment.agency.short_name,
        "until": appointment.until,
    }
    if appointment.since > last_day:
        appointment.delete()
        after = {**before, "until": "取消"}
    else:
        appointment.until = last_day
        appointment.save()
        after = {**before, "until": last_day}
    record("person.end_appointment", subject_of(person), who, before=before, after=after)


def require_another_administrator(appointment: Appointment) -> None:
    """Raise Forbidden when nobody else would be left in this administrator's role."""
    if appointment.role not in ADMINISTRATORS:
        return
    # All who hold the role are held, so that two of them cannot be ended at once.
    others = (
        Appointment.objects.select_for_update()
        .on(timezone.localdate())
        .filter(role=appointment.role, person__is_active=True)
        .exclude(person=appointment.person)
    )
    if not others:
        label = Role(appointment.role).label
        raise Forbidden(f"{appointment.person.name}是最后一名{label}，先任命另一名{label}。")


def _overlapping(person: Person, since: date, until: date | None) -> list[Appointment]:
    held = person.appointments.not_over(since).select_related("agency")
    return [a for a in held if until is None or a.since <= until]


def _require_apart(person: Person, held: Appointment, role: Role) -> None:
    has = Role(held.role)
    if role in ADMINISTRATORS and has in ADMINISTRATORS and role is not has:
        raise Forbidden(
            f"{person.name}是{has.label}，不能再任{role.label}：三个管理员不能是同一人。"
        )
    if {role, has} & ADMINISTRATORS and {role, has} & REVIEWERS:
        raise Forbidden(
            f"{person.name}任“{has.label}”，不能同时任“{role.label}”：管理员不参加发布审查。"
        )
