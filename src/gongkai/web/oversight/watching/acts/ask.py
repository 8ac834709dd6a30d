"""Act: have the watch run now, over one's own reach."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Subject, record
from gongkai.web.policies import Actor

from .. import running
from ..models import Watch


@transaction.atomic
def ask(actor: Actor, agency: Agency) -> tuple[Watch, bool]:
    """A run over ``agency`` and what is below it, and whether it is a new one.

    One that waits or goes on, and reaches as far, is not doubled.
    """
    who = actor.require("oversight.watch", agency)
    above = [int(number) for number in agency.path.split("/") if number]
    waiting = Watch.objects.filter(Q(agency=None) | Q(agency__in=above), full=True, ended_at=None)
    known = waiting.order_by("pk").first()
    if known is not None:
        return known, False
    made = running.plan(full=True, agency=agency if agency.parent else None, asked_by=actor.person)
    record("oversight.watch", Subject("watch", str(made.pk), agency.name), who)
    return made, True
