"""Acts on registers: enter or change a line, take it out, take it back; import many.

Every line keeps its trace: the audit entry holds the line as it was and as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from gongkai.core.days import parse_year
from gongkai.core.errors import ArrangementError
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Subject, Who, record
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.publication.release import announce

from .days import year_announced
from .models import StandardCoverage, StandardEntry, YearArrangement, YearlyCount


@dataclass(frozen=True)
class Refused:
    """A row that was not taken: its number and why."""

    row: str
    why: str


@transaction.atomic
def put(actor: Actor, policy: str, line: models.Model, facts: Mapping[str, Any]) -> models.Model:
    """Enter ``line`` or change it to ``facts``; ValidationError where they do not fit."""
    agency = facts.get("agency") or getattr(line, "agency", None)
    who = _who(actor, policy, agency)
    before = {} if line.pk is None else facts_of(line)
    if before and agency is not None:
        # Moving a line to another agency needs the right at both.
        actor.require(policy, Agency.objects.get(pk=before["agency_id"]))
    for name, value in facts.items():
        setattr(line, name, value)
    if isinstance(line, YearlyCount):
        line.recorded_by = actor.person
    line.full_clean()
    line.save()
    record(policy, subject_of(line), who, before=before, after=facts_of(line))
    _announce(agency)
    return line


@transaction.atomic
def take_out(actor: Actor, policy: str, line: models.Model) -> dict[str, Any]:
    """Take a line out; what comes back enters it again (``put_back``)."""
    agency = getattr(line, "agency", None)
    who = _who(actor, policy, agency)
    before = facts_of(line)
    subject = subject_of(line)
    line.delete()
    record(policy, subject, who, before=before)
    _announce(agency)
    return before


@transaction.atomic
def put_many(
    actor: Actor, policy: str, lines: Iterable[tuple[str, models.Model, Mapping[str, Any]]]
) -> tuple[int, list[Refused]]:
    """Enter many lines (row, line, facts); each refused one says why, the others are taken."""
    done, refused = 0, []
    for row, line, facts in lines:
        try:
            with transaction.atomic():
                put(actor, policy, line, facts)
            done += 1
        except ValidationError as error:
            refused.append(Refused(row, "；".join(told(error, line))))
        except Forbidden as error:
            refused.append(Refused(row, str(error)))
    return done, refused


@transaction.atomic
def cover(actor: Actor, entry: StandardEntry, item_number: int) -> StandardCoverage:
    """Say that an item covers a line of the standard catalogue."""
    who = actor.require("register.edit", entry.agency)
    coverage, _ = StandardCoverage.objects.get_or_create(entry=entry, item_number=item_number)
    record("register.edit", subject_of(entry), who, after={"covered_by": item_number})
    _announce(entry.agency)
    return coverage


@transaction.atomic
def uncover(actor: Actor, coverage: StandardCoverage) -> None:
    """The undo of ``cover``."""
    who = actor.require("register.edit", coverage.entry.agency)
    before = {"covered_by": coverage.item_number}
    record("register.edit", subject_of(coverage.entry), who, before=before)
    _announce(coverage.entry.agency)
    coverage.delete()


@transaction.atomic
def announce_year(actor: Actor, notice: str, toml: str) -> YearArrangement:
    """Enter a year's arrangement of working days, as the State Council's notice has it."""
    who = actor.require_somewhere("days.edit")
    try:
        year = parse_year(toml)
    except ArrangementError as error:
        raise Forbidden(str(error)) from error
    old = YearArrangement.objects.filter(pk=year.year).first()
    arrangement, _ = YearArrangement.objects.update_or_create(
        year=year.year,
        defaults={"notice": notice, "toml": toml, "recorded_by": actor.person},
    )
    record(
        "days.edit",
        Subject("year", str(year.year), f"{year.year}年放假安排"),
        who,
        before={"toml": old.toml} if old else {},
        after={"notice": notice, "toml": toml},
    )
    year_announced.send(YearArrangement)
    return arrangement


def facts_of(line: models.Model) -> dict[str, Any]:
    """The line as plain values, for the trail and for the undo."""
    return {
        field.attname: value
        if isinstance(value := getattr(line, field.attname), int | list | None)
        else str(value)
        for field in line._meta.concrete_fields
        if not field.primary_key
    }


def subject_of(line: models.Model) -> Subject:
    """The line as a subject of the audit trail."""
    return Subject(str(line._meta.model_name), str(line.pk), f"{line._meta.verbose_name}：{line}")


def told(error: ValidationError, line: models.Model) -> Iterator[str]:
    """What does not fit, each with the name of its column."""
    if not hasattr(error, "error_dict"):
        yield from error.messages
        return
    labels = {field.name: str(field.verbose_name) for field in line._meta.concrete_fields}
    for name, messages in error.message_dict.items():
        yield from (f"{labels[name]}：{m}" if name in labels else m for m in messages)


def _who(actor: Actor, policy: str, agency: Agency | None) -> Who:
    return actor.require(policy, agency) if agency else actor.require_somewhere(policy)


def _announce(agency: Agency | None) -> None:
    """What an agency's public pages show of its registers is made again."""
    if agency is not None:
        announce(scope=f"agency:{agency.pk}")
