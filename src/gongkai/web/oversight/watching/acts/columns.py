"""Acts: promise how often a column is updated; confirm that there is nothing until a day."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.core.watching.rhythms import Rhythm
from gongkai.web.agencies.audited import subject_of
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import record
from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.policies import Actor, Forbidden

from ..models import ColumnConfirmation, ColumnPromise

# Nobody knows farther ahead.
_LONGEST_CONFIRMED = timedelta(days=366)


@transaction.atomic
def promise(
    actor: Actor, agency: Agency, column: str, statutory: str, rhythm: Rhythm | None
) -> ColumnPromise | None:
    """How often the agency brings a column up to date; None takes the promise back."""
    who = actor.require("oversight.columns", agency)
    place = {"agency": agency, "column": column, "statutory": statutory}
    was = ColumnPromise.objects.select_for_update(of=("self",)).filter(**place).first()
    before = {"column": statutory or column, "rhythm": was.told.label if was else ""}
    made: ColumnPromise | None = None
    if rhythm is None:
        if was is None:
            raise OutOfTurn("这个栏目没有更新承诺。")
        was.delete()
    else:
        made = was or ColumnPromise(**place, promised_on=timezone.localdate())
        made.rhythm, made.number, made.set_by = rhythm.kind.value, rhythm.number, actor.person
        made.save()
    after = {"column": statutory or column, "rhythm": rhythm.label if rhythm else "没有承诺"}
    record("oversight.columns", subject_of(agency), who, before=before, after=after)
    return made


@transaction.atomic
def confirm_nothing(
    actor: Actor, agency: Agency, column: str, statutory: str, until: date, note: str = ""
) -> ColumnConfirmation:
    """Somebody looked: there is nothing to publish in this column until a day."""
    who = actor.require("oversight.columns", agency)
    today = timezone.localdate()
    if not today <= until <= today + _LONGEST_CONFIRMED:
        raise Forbidden("日期从今天起，最多一年。")
    _standing(agency, column, statutory).update(ended_at=timezone.now())
    made = ColumnConfirmation.objects.create(
        agency=agency,
        column=column,
        statutory=statutory,
        until=until,
        note=note.strip()[:200],
        confirmed_by=actor.person,
    )
    after = {"column": statutory or column, "until": until}
    record("oversight.confirm_column", subject_of(agency), who, reason=made.note, after=after)
    return made


@transaction.atomic
def end_confirmation(actor: Actor, agency: Agency, column: str, statutory: str) -> None:
    """There is something after all."""
    who = actor.require("oversight.columns", agency)
    if not _standing(agency, column, statutory).update(ended_at=timezone.now()):
        raise OutOfTurn("这个栏目没有确认过。")
    after = {"column": statutory or column}
    record("oversight.end_confirmation", subject_of(agency), who, after=after)


def _standing(agency: Agency, column: str, statutory: str) -> QuerySet[ColumnConfirmation]:
    return ColumnConfirmation.objects.filter(
        agency=agency, column=column, statutory=statutory, ended_at=None
    )
