"""Who can have a request in hand: those who may handle requests of its agency today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Appointment, Person
from gongkai.web.policies import RULES


def handlers_of(agencies: Iterable[Agency], today: date) -> list[Person]:
    """Everybody who may handle a request of one of ``agencies``, in the order of their names."""
    keys = {key for agency in agencies for key in agency.responsible()}
    held = Appointment.objects.on(today).filter(
        agency__in=keys, role__in=RULES["request.handle"], person__is_active=True
    )
    people = {a.person_id: a.person for a in held.select_related("person")}
    return sorted(people.values(), key=lambda person: (person.name, person.pk))
