"""Every day on which something is due, for reminders and calendars: what, of which request, whose.

Other parts of the platform add theirs (``also``).  Nothing here names who asked: a calendar
on a telephone shows what is written in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from gongkai.core.days import WorkingDays
from gongkai.core.handling.clock import Account, account
from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Appointment, Person, Role

from ..clock import clock_settings_of, history_of
from ..models import DisclosureRequest

# Limits that are the requester's gain, or only a warning, ask nothing of anybody.
_NO_DUTY = frozenset({"full_extension", "early_warning"})
_BATCH = 500


@dataclass(frozen=True)
class DueDay:
    """One day.  ``about`` is the same for the same thing; ``handler`` is a person's key.

    ``role`` is whose duty it is at the agency; ``before`` are the working days before it on
    which those are told, where they are not those of the agency's requests.  Before
    ``duty_from`` only the handler is told, before ``above_from`` nobody above.
    """

    about: str
    number: str
    what: str
    due_on: date
    agency: Agency
    handler: int | None
    address: str
    provisional: bool = False
    role: Role = Role.DISCLOSURE_OFFICE
    before: tuple[int, ...] = ()
    duty_from: date | None = None
    above_from: date | None = None


Source = Callable[[Sequence[Agency] | None, date, WorkingDays], Iterator[DueDay]]
_SOURCES: list[Source] = []


def also(source: Source) -> Source:
    """Add the due days of another part; called once, when the platform starts."""
    if source not in _SOURCES:
        _SOURCES.append(source)
    return source


def every(agencies: Sequence[Agency] | None, today: date, days: WorkingDays) -> Iterator[DueDay]:
    """The due days of these agencies, None for all."""
    yield from of_requests(agencies, today, days)
    for source in _SOURCES:
        yield from source(agencies, today, days)


def of_requests(
    agencies: Sequence[Agency] | None, today: date, days: WorkingDays
) -> Iterator[DueDay]:
    """The limits of every request that is not concluded."""
    found = DisclosureRequest.objects.filter(concluded_on=None)
    if agencies is not None:
        found = found.filter(agency__in=agencies)
    found = found.select_related("agency").prefetch_related("events").order_by("pk")
    settings = {}
    for case in found.iterator(chunk_size=_BATCH):
        if case.agency_id not in settings:
            settings[case.agency_id] = clock_settings_of(case)
        told = account(history_of(case), days, today, settings[case.agency_id])
        yield from _of_case(case, told)


def _of_case(case: DisclosureRequest, told: Account) -> Iterator[DueDay]:
    def due(name: str, what: str, on: date, provisional: bool = False) -> DueDay:
        return DueDay(
            about=f"disclosure_request:{case.pk}:{name}",
            number=case.number,
            what=what,
            due_on=on,
            agency=case.agency,
            handler=case.handler_id,
            address=reverse("requests:case", args=[case.pk]),
            provisional=provisional,
        )

    if told.due_on:
        yield due("reply", "送达答复", told.due_on, told.provisional)
    if case.internal_due_on:
        yield due("internal", "内部期限", case.internal_due_on)
    for place, limit in enumerate(told.limits):
        if limit.running and limit.id not in _NO_DUTY:
            name = limit.id if not limit.party else f"{limit.id}.{place}"
            yield due(name, limit.label.removesuffix("最迟"), limit.last_day)


def of_person(person: Person, today: date, days: WorkingDays) -> list[DueDay]:
    """What is due of what this person has, or of the duties he has for an agency."""
    duties = {(agency.pk, role) for role in _ON_DUTY for agency in on_duty_for(person, today, role)}
    agencies = Agency.objects.filter(
        Q(pk__in={key for key, _ in duties}) | Q(appointments__in=person.appointments.on(today))
    ).distinct()
    found = every(list(agencies), today, days)
    return sorted(
        (one for one in found if (one.agency.pk, one.role) in duties or one.handler == person.pk),
        key=lambda one: (one.due_on, one.number),
    )


# Those who look after an agency's days without having the matter itself.
_ON_DUTY = (Role.DISCLOSURE_OFFICE, Role.COMPETENT_DEPARTMENT)


def on_duty_for(person: Person, today: date, role: Role) -> list[Agency]:
    """The agencies at which the person holds ``role``, with those they took over from."""
    held = person.appointments.on(today).filter(role=role)
    found = [one.agency for one in held.select_related("agency")]
    for one in found:
        found.extend(p for p in one.predecessors.all() if p not in found)
    return found


def people_of(due: DueDay, today: date, *, late: bool) -> list[Person]:
    """Who is told: who has it, whose duty it is; of what is late, those above as well."""
    held = Appointment.objects.on(today).filter(person__is_active=True)
    keys = set() if due.handler is None else {due.handler}
    if not keys or due.duty_from is None or due.duty_from <= today:
        office = held.filter(agency__in=due.agency.responsible(), role=due.role)
        keys |= set(office.values_list("person", flat=True))
    if late and (due.above_from is None or due.above_from <= today):
        above = held.filter(role=Role.COMPETENT_DEPARTMENT).select_related("agency__competent_for")
        for one in above:
            if due.agency.is_under(one.agency.competent_for or one.agency):
                keys.add(one.person_id)
    return list(Person.objects.filter(pk__in=keys, is_active=True).order_by("pk"))
