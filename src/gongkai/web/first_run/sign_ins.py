"""The first passwords of the demonstration's people: made once, shown once, written nowhere.

Each opens only the page that sets a password of one's own.  One person for each role gets
one, and those who write, review and sign for the government itself, whose report of the region
nobody else may sign; for the others the security administrator makes one when they come.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, Count, When
from django.utils import timezone

from gongkai.web.administration.people.audited import subject_of
from gongkai.web.agencies.models import Kind
from gongkai.web.audit.record import SYSTEM, record
from gongkai.web.disclosure.models import UNDER_REVIEW, InformationItem, State
from gongkai.web.people.models import Appointment, Person, Role
from gongkai.web.people.passwords import one_time_password
from gongkai.web.publication.models import SiteSettings

# How Django marks a password that opens nothing.
_UNUSABLE = "!"


@dataclass(frozen=True, slots=True)
class SignIn:
    """What somebody needs for the first sign-in."""

    username: str
    name: str
    role: str
    agency: str
    password: str


def give(show: Callable[[Sequence[SignIn]], None]) -> None:
    """Give first passwords where nobody can sign in yet, and ``show`` them.

    Shown before they are kept: whoever is cut off in between gets others at the next start.
    """
    if not SiteSettings.current().demonstration:
        return
    if Person.objects.exclude(password__startswith=_UNUSABLE).exists():
        return
    with transaction.atomic():
        chosen = one_for_each_role()
        chosen += of_the_government({one.person_id for one in chosen})
        made = [_open(appointment) for appointment in chosen]
        show(made)


def one_for_each_role() -> list[Appointment]:
    """For each role somebody who holds it, each a different person.

    From the agency with the most work on its way, where it has one: the desks that have
    something to show.
    """
    under_way = InformationItem.objects.filter(state__in=(State.DRAFT, *UNDER_REVIEW))
    busiest = under_way.values("agency").annotate(items=Count("pk")).order_by("-items", "agency")
    chosen = [row["agency"] for row in busiest[:1]]
    found: dict[int, Appointment] = {}
    held = Appointment.objects.on(timezone.localdate()).filter(person__is_active=True)
    for role in Role:
        others = held.filter(role=role).exclude(person__in=found)
        first = (
            others.select_related("person", "agency")
            .annotate(elsewhere=Case(When(agency__in=chosen, then=0), default=1))
            .order_by("elsewhere", "agency__position", "agency__code", "pk")
            .first()
        )
        if first is not None:
            found[first.person_id] = first
    return list(found.values())


def of_the_government(besides: set[int]) -> list[Appointment]:
    """Who takes the government's own report from draft to release, each a different person."""
    held = (
        Appointment.objects.on(timezone.localdate())
        .filter(
            person__is_active=True,
            agency__kind=Kind.GOVERNMENT,
            agency__competent_departments__isnull=False,
            role__in=(
                Role.AUTHOR, Role.SECTION_REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER,
            ),
        )
        .exclude(person__in=besides)
        .select_related("person", "agency")
        .order_by("agency__path", "pk")
    )  # fmt: skip
    return list({one.person_id: one for one in held}.values())


def _open(appointment: Appointment) -> SignIn:
    person, password = appointment.person, one_time_password()
    person.set_password(password)
    person.must_change_password = True
    person.password_changed_at = timezone.now()
    person.save()
    record("person.reset_password", subject_of(person), SYSTEM, reason="首次启动")
    return SignIn(
        username=person.username,
        name=person.name,
        role=Role(appointment.role).label,
        agency=appointment.agency.short_name,
        password=password,
    )
