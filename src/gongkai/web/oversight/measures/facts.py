"""What the registers of measures say of an agency's year, number by number.

Nothing registered is not zero: such a number is None.  Of what was counted only in part the note
says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight import YearFact
from gongkai.web.remedies.models import Complaint

from .kinds import ACCOUNTABILITY, DUTY_HOLDERS, INSPECTIONS, TRAININGS, WORK_RULES
from .models import (
    AccountabilityMeasure,
    AppraisalAnswer,
    AppraisalState,
    DutyKind,
    Inspection,
)
from .questionnaire import SATISFIED, UNKNOWN
from .register import MeasureRegister
from .systems_kept import systems_kept


def facts_of(agency: Agency, year: int) -> list[YearFact]:
    """Every number of the year that the registers know, each with its list."""
    return [
        *_people(agency, year),
        *_systems(agency, year),
        *_trainings(agency, year),
        *_inspections(agency, year),
        *_complaints(agency, year),
        *_accountability(agency, year),
        *_appraised(agency, year),
    ]


def _people(agency: Agency, year: int) -> Iterator[YearFact]:
    address = _list(DUTY_HOLDERS, agency, year)
    kinds = Counter(_of(DUTY_HOLDERS, agency, year).values_list("kind", flat=True))
    for kind, key in (
        (DutyKind.FULL_TIME, "full_time_staff"),
        (DutyKind.PART_TIME, "part_time_staff"),
    ):
        # One who came in the year for one who left is counted too: both did the work.
        value = kinds[kind] if kinds else None
        yield YearFact(key, str(kind.label), value, "人", address, "本年在岗过的，换人的都算")


def _systems(agency: Agency, year: int) -> Iterator[YearFact]:
    lines = _of(WORK_RULES, agency, year)
    address = _list(WORK_RULES, agency, year)
    yield YearFact("systems", "施行的制度", lines.count() or None, "项", address, "本年施行过的")
    made = lines.filter(began_on__year=year).count()
    yield YearFact("systems_made", "本年新订的制度", made or None, "项", address, "本年起施行的")
    kept = systems_kept(agency, date(year, 12, 31))
    covered = sum(bool(one.rules) for one in kept)
    yield YearFact(
        "systems_covered",
        "条例和国办文件要求的制度",
        covered or None,
        "项",
        address,
        f"年底施行的，共 {len(kept)} 项",
    )


def _trainings(agency: Agency, year: int) -> Iterator[YearFact]:
    lines = list(_of(TRAININGS, agency, year).values_list("people", "hours"))
    address = _list(TRAININGS, agency, year)
    yield YearFact("trainings", "培训", len(lines) or None, "次", address)
    people = [one for one, _ in lines if one is not None]
    hours = [one for _, one in lines if one is not None]
    yield YearFact(
        "trained_people",
        "培训人次",
        sum(people) if people else None,
        "人次",
        address,
        _uncounted(len(lines) - len(people), "人数"),
    )
    yield YearFact(
        "training_hours",
        "培训学时",
        sum(hours, Decimal(0)) if hours else None,
        "学时",
        address,
        _uncounted(len(lines) - len(hours), "学时"),
    )


def _inspections(agency: Agency, year: int) -> Iterator[YearFact]:
    held = Inspection.objects.filter(removed_at=None, held_on__year=year)
    address = _list(INSPECTIONS, agency, year)
    own = set(held.filter(agency=agency).values_list("held_on", "name"))
    seen = held.filter(agency=agency).values("about").distinct().count()
    yield YearFact(
        "inspections_held", "开展检查", len(own) or None, "次", address, "同日同名的算一次"
    )
    yield YearFact("agencies_inspected", "检查的机关", seen or None, "个", address)
    about = held.filter(about=agency).count()
    yield YearFact("inspections_received", "接受检查", about or None, "次", address)


def _complaints(agency: Agency, year: int) -> Iterator[YearFact]:
    address = _to("measures:complaints", agency, year)
    received = Complaint.objects.filter(agency=agency, received_on__year=year)
    count, answered = received.count(), received.exclude(answered_on=None).count()
    note = "本机关受理的"
    yield YearFact("complaints", "投诉举报", count or None, "件", address, note)
    yield YearFact(
        "complaints_answered", "投诉举报已答复", answered if count else None, "件", address, note
    )


def _accountability(agency: Agency, year: int) -> Iterator[YearFact]:
    lines = list(_of(ACCOUNTABILITY, agency, year).values_list("measure", "persons"))
    address = _list(ACCOUNTABILITY, agency, year)
    measures = Counter(measure for measure, _ in lines)
    labels = dict(AccountabilityMeasure.choices)
    note = "、".join(f"{labels[one]} {n} 次" for one, n in sorted(measures.items()))
    yield YearFact("accountability", "责任追究", len(lines) or None, "次", address, note)
    persons = [one for _, one in lines if one is not None]
    yield YearFact(
        "accountability_persons",
        "责任追究涉及",
        sum(persons) if persons else None,
        "人",
        address,
        _uncounted(len(lines) - len(persons), "人数"),
    )


def _appraised(agency: Agency, year: int) -> Iterator[YearFact]:
    """Of appraisals that are over: what was answered of the last question, which asks the whole."""
    answers = AppraisalAnswer.objects.filter(
        agency=agency,
        appraisal__year=year,
        appraisal__state__in=(AppraisalState.CLOSED, AppraisalState.PUBLISHED),
    ).select_related("appraisal")
    given = [one.ratings.get(one.appraisal.questions[-1]["key"], UNKNOWN) for one in answers]
    known = [one for one in given if one != UNKNOWN]
    satisfied = sum(one in SATISFIED for one in known)
    asked = {one.appraisal_id for one in answers}
    address = (
        reverse("measures:appraisal", args=[*asked])
        if len(asked) == 1
        else reverse("measures:appraisals")
    )
    yield YearFact("appraisals", "社会评议", len(given) or None, "份", address, "已结束的评议")
    share = round(Decimal(100 * satisfied) / len(known), 1) if known else None
    yield YearFact(
        "appraisal_satisfied",
        "社会评议满意率",
        share,
        "%",
        address,
        f"最后一题，{satisfied}/{len(known)}" if known else "",
    )


def _of(register: MeasureRegister, agency: Agency, year: int) -> QuerySet[Any]:
    lines = register.model._default_manager.filter(agency=agency, removed_at=None)
    return register.of_year(lines, year)


def _list(register: MeasureRegister, agency: Agency, year: int) -> str:
    return _to("measures:lines", agency, year, register.slug)


def _to(route: str, agency: Agency, year: int, *args: str) -> str:
    query = urlencode({"agency": agency.code, "year": str(year)})
    return f"{reverse(route, args=args)}?{query}"


def _uncounted(count: int, what: str) -> str:
    return f"另有 {count} 次没有写{what}" if count else ""
