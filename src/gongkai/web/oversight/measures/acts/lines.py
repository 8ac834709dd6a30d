"""Acts on lines of the registers: enter or change one, take it out, put it back, enter many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import record
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.registers.acts import Refused, facts_of, subject_of, told

from ..models import RegisterLine
from ..register import MeasureRegister


@transaction.atomic
def put(
    actor: Actor, register: MeasureRegister, line: RegisterLine, facts: Mapping[str, Any]
) -> RegisterLine:
    """Enter ``line`` or change it to ``facts``; ValidationError where they do not fit."""
    who = actor.require(register.policy, facts["agency"])
    before = {} if line.pk is None else facts_of(line)
    if before:
        # Moving a line to another agency needs the right at both.
        actor.require(register.policy, Agency.objects.get(pk=before["agency_id"]))
    for name, value in facts.items():
        setattr(line, name, value)
    about = getattr(line, register.other) if register.other else None
    if about is not None and not actor.may("oversight.read", about):
        raise Forbidden(f"{about.short_name}不在你的主管范围。")
    if line.pk is None:
        line.recorded_by = actor.person
    line.full_clean()
    line.save()
    record(register.policy, subject_of(line), who, before=before, after=facts_of(line))
    return line


@transaction.atomic
def take_out(actor: Actor, register: MeasureRegister, line: RegisterLine) -> None:
    """Take a line out of the register; it stays, and ``put_back`` undoes it."""
    who = actor.require(register.policy, line.agency)
    line.removed_at = timezone.now()
    line.save(update_fields=["removed_at"])
    record("oversight.take_out", subject_of(line), who)


@transaction.atomic
def put_back(actor: Actor, register: MeasureRegister, line: RegisterLine) -> None:
    """The undo of ``take_out``."""
    who = actor.require(register.policy, line.agency)
    line.removed_at = None
    line.save(update_fields=["removed_at"])
    record("oversight.put_back", subject_of(line), who)


@transaction.atomic
def put_many(
    actor: Actor,
    register: MeasureRegister,
    lines: Iterable[tuple[str, RegisterLine, Mapping[str, Any]]],
) -> tuple[int, list[Refused]]:
    """Enter many lines (row, line, facts); each refused one says why, the others are taken."""
    done, refused = 0, []
    for row, line, facts in lines:
        try:
            put(actor, register, line, facts)
            done += 1
        except ValidationError as error:
            refused.append(Refused(row, "；".join(told(error, line))))
        except Forbidden as error:
            refused.append(Refused(row, str(error)))
    return done, refused
