"""What the agencies of the region did so that disclosure is done, how the public appraised it, and
what the public was concerned about.
"""

from __future__ import annotations

import tomllib
import uuid
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

from django.utils import timezone

from gongkai.web.oversight.concerns.models import Concern, ConcernRelease, ConcernResult
from gongkai.web.oversight.measures.models import (
    Accountability,
    Appraisal,
    AppraisalAnswer,
    AppraisalComment,
    AppraisalState,
    CommentStanding,
    DutyHolder,
    Inspection,
    RegisterLine,
    Training,
    WorkRule,
)
from gongkai.web.oversight.measures.questionnaire import SCALE, keyed, questionnaire
from gongkai.web.people.models import Person
from gongkai.web.publication.models import Publication

from .items import Items
from .region import Facts
from .staff import Staff

# By the name of their tables in the file.
_REGISTERS: Mapping[str, type[RegisterLine]] = {
    "duty_holder": DutyHolder,
    "training": Training,
    "inspection": Inspection,
    "accountability": Accountability,
}
# The department that inspects and asks the public.
_DEPARTMENT = "qh0101"
_OFFICE_CLOSES = time(17, 0)
# Of every so many answers one says a little less of a question than of the whole.
_EVERY = 4


def keep_measures(staff: Staff, items: Items) -> None:
    """Enter the registers, the appraisals and the concerns."""
    file = files("gongkai.web.demonstration") / "region" / "measures.toml"
    data: Facts = tomllib.loads(file.read_text(encoding="utf-8"))
    for table, model in _REGISTERS.items():
        model._default_manager.bulk_create(model(**_line(one, staff)) for one in data[table])
    _rules(data["work_rule"], staff, items)
    _appraisals(data, staff)
    _concerns(data["concern"], staff, items)


def _line(told: Facts, staff: Staff, agency: str = _DEPARTMENT) -> Facts:
    """A line as the model has it; of a department above where it names no agency."""
    facts = {**told}
    slug = facts.pop("agency", agency)
    if "about" in facts:
        facts["about"] = staff.agencies[facts["about"]]
    keeper = staff.offices[slug].keeper
    # Registered on the day it was done.
    done = next(
        (facts[name] for name in ("held_on", "decided_on", "began_on") if name in facts), None
    )
    at = {"recorded_at": _moment(done)} if isinstance(done, date) else {}
    return {**facts, **at, "agency": staff.agencies[slug], "recorded_by": keeper}


def _rules(told: list[Facts], staff: Staff, items: Items) -> None:
    made = []
    public = _public(told, items)
    for one in told:
        facts = {**one}
        key = facts.pop("item", "")
        if key:
            item = public[key]
            facts |= {
                "agency": items[key].agency.slug,
                "name": item.title,
                "document_number": item.document_number,
                "began_on": item.made_on,
                "index_number": item.index_number,
            }
        made.append(WorkRule(**_line(facts, staff)))
    WorkRule.objects.bulk_create(made)


def _appraisals(data: Facts, staff: Staff) -> None:
    made: dict[str, Appraisal] = {}
    for one in data["appraisal"]:
        facts = {**one}
        key, published = facts.pop("key"), facts.pop("published_on", None)
        state = AppraisalState.PUBLISHED if published else AppraisalState.OPEN
        made[key] = Appraisal.objects.create(
            **_line(facts, staff),
            introduction=questionnaire().introduction,
            questions=keyed(list(questionnaire().questions)),
            free_question=questionnaire().free_question,
            state=state,
            published_at=_moment(published) if published else None,
        )
    answers: dict[tuple[str, str], list[AppraisalAnswer]] = {}
    for one in data["answers"]:
        appraisal, agency = made[one["appraisal"]], staff.agencies[one["agency"]]
        given = [v for v, n in zip(SCALE, one["levels"], strict=True) for _ in range(n)]
        days = (appraisal.closes_on - appraisal.opens_on).days if appraisal.published_at else 3
        answers[one["appraisal"], one["agency"]] = AppraisalAnswer.objects.bulk_create(
            AppraisalAnswer(
                appraisal=appraisal,
                agency=agency,
                token=uuid.uuid5(uuid.NAMESPACE_URL, f"{one['appraisal']} {agency.slug} {place}"),
                ratings=_ratings(appraisal, value, place),
                answered_on=appraisal.opens_on + timedelta(days=place % days),
            )
            for place, value in enumerate(given)
        )
    for one in data["comment"]:
        standing = CommentStanding(one["standing"])
        came = answers[one["appraisal"], one["agency"]]
        read = standing is not CommentStanding.UNREAD
        appraisal = made[one["appraisal"]]
        AppraisalComment.objects.create(
            # Not all came on the first day.
            answer=came[len(one["text"]) % len(came)],
            text=one["text"],
            standing=standing,
            read_by=appraisal.recorded_by if read else None,
            read_at=_moment(appraisal.closes_on) if read else None,
        )


def _ratings(appraisal: Appraisal, last: str, place: int) -> dict[str, str]:
    """The answer to the last question is told; the others are the same or a little less."""
    levels = list(SCALE)
    found = {}
    for number, question in enumerate(appraisal.questions, start=1):
        at = levels.index(last)
        if number < len(appraisal.questions) and (place + number) % _EVERY == 0 and at < 4:
            at += 1
        found[question["key"]] = levels[at]
    return found


def _concerns(told: list[Facts], staff: Staff, items: Items) -> None:
    public = _public(told, items)
    for one in told:
        facts = {**one}
        key, releases = facts.pop("item", ""), facts.pop("releases", [])
        result = facts.pop("result", "")
        said = facts.pop("said", "")
        facts["began_at"] = timezone.make_aware(facts["began_at"])
        line = _line(facts, staff)
        told_in = [_release(release, line["recorded_by"]) for release in releases]
        if key:
            item = public[key]
            told_in.append(
                {
                    "kind": "follow_up" if releases else "authoritative",
                    "at": item.published_at,
                    "title": item.title,
                    "place": "政府信息公开平台",
                    "index_number": item.index_number,
                    "recorded_by": line["recorded_by"],
                }
            )
        last = max([line["began_at"], *(release["at"] for release in told_in)])
        concern = Concern.objects.create(
            **line,
            result=ConcernResult(result) if result else "",
            said=said,
            closed_at=last + timedelta(hours=1) if result else None,
        )
        ConcernRelease.objects.bulk_create(
            ConcernRelease(concern=concern, **release) for release in told_in
        )


def _public(told: list[Facts], items: Items) -> dict[str, Publication]:
    """What the lines name as published, by its key."""
    keys = [one["item"] for one in told if "item" in one]
    found = Publication.objects.in_bulk([items[key].pk for key in keys])
    return {key: found[items[key].pk] for key in keys}


def _release(told: Facts, keeper: Person) -> dict[str, Any]:
    return {**told, "at": timezone.make_aware(told["at"]), "recorded_by": keeper}


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, _OFFICE_CLOSES))
