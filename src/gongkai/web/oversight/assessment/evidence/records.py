"""The records behind a number, shown as a list whose length is the number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.http import urlencode

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.concerns.models import Concern
from gongkai.web.oversight.measures.kinds import ACCOUNTABILITY, TRAININGS
from gongkai.web.oversight.measures.models import Accountability, AppraisalAnswer, Training
from gongkai.web.oversight.measures.register import MeasureRegister
from gongkai.web.oversight.rectification.models import RectificationTask, SelfCheck
from gongkai.web.oversight.rectification.months import page_of
from gongkai.web.oversight.watching.models import WatchFinding
from gongkai.web.reports.models import AnnualReport
from gongkai.web.reports.sources import RecordKind
from gongkai.web.reports.sources import kinds as ledger_kinds

from .counting import Line, Measure

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of such a list."""

    agency: str
    name: str
    address: str
    on: date
    good: bool
    note: str
    amount: Decimal


def _report_line(report: AnnualReport) -> tuple[str, str, str]:
    return str(report), reverse("reports:report", args=[report.pk]), ""


def _finding_line(one: WatchFinding) -> tuple[str, str, str]:
    return str(one), reverse("watching:finding", args=[one.pk]), one.get_state_display()


def _task_line(task: RectificationTask) -> tuple[str, str, str]:
    return str(task), reverse("rectification:task", args=[task.pk]), task.get_state_display()


def _self_check_line(one: SelfCheck) -> tuple[str, str, str]:
    return str(one), page_of(one.agency, one.month), one.get_state_display()


def _concern_line(one: Concern) -> tuple[str, str, str]:
    return str(one), reverse("concerns:concern", args=[one.pk]), one.get_result_display()


def _training_line(one: Training) -> tuple[str, str, str]:
    people = "没有写人数" if one.people is None else f"{one.people} 人"
    return one.theme, _register(TRAININGS, one.agency, one.held_on), people


def _accountability_line(one: Accountability) -> tuple[str, str, str]:
    return str(one), _register(ACCOUNTABILITY, one.agency, one.decided_on), one.decided_by


def _answer_line(one: AppraisalAnswer) -> tuple[str, str, str]:
    return "评议", "", ""


def _register(register: MeasureRegister, agency: Agency, on: date) -> str:
    query = urlencode({"agency": agency.code, "year": str(on.year)})
    return f"{reverse('measures:lines', args=[register.slug])}?{query}"


def kinds() -> Mapping[str, RecordKind]:
    """The kinds of records that measures count, by slug."""
    own = (
        RecordKind("report", "年度报告", AnnualReport, _report_line, ("agency",)),
        RecordKind("finding", "巡检发现", WatchFinding, _finding_line, ("agency",)),
        RecordKind("task", "整改", RectificationTask, _task_line, ("agency",)),
        RecordKind("self_check", "自查", SelfCheck, _self_check_line, ("agency",)),
        RecordKind("concern", "关切", Concern, _concern_line, ("agency",)),
        RecordKind("training", "培训", Training, _training_line, ("agency",)),
        RecordKind("accountability", "责任追究", Accountability, _accountability_line, ("agency",)),
        # Of answers without names nothing is shown but what was answered.
        RecordKind("answer", "评议", AppraisalAnswer, _answer_line),
    )
    return {**ledger_kinds(), **{one.slug: one for one in own}}


def shown(measure: Measure, lines: Iterable[Line]) -> list[Shown]:
    """Every line with its record; one whose record is gone says so."""
    lines = list(lines)
    kind = kinds()[measure.kind]
    records = _records(kind, {line.key for line in lines if line.key})
    names = dict(
        Agency.objects.filter(pk__in={line.agency for line in lines}).values_list(
            "pk", "short_name"
        )
    )
    return [
        Shown(names[line.agency], *_told(line, records, kind.line), line.on, line.good,
              _note(line, records, kind.line), line.amount)
        for line in lines
    ]  # fmt: skip


def _records(kind: RecordKind, keys: set[int]) -> dict[int, Model]:
    wanted, found = sorted(keys), {}
    for at in range(0, len(wanted), _AT_ONCE):
        some = kind.model._default_manager.filter(pk__in=wanted[at : at + _AT_ONCE])
        if kind.related:
            some = some.select_related(*kind.related)
        found.update({one.pk: one for one in some})
    return found


def _told(
    line: Line, records: Mapping[int, Any], told: Callable[[Any], tuple[str, str, str]]
) -> tuple[str, str]:
    if not line.key:
        return line.note, ""
    record = records.get(line.key)
    return told(record)[:2] if record is not None else ("记录已经删去", "")


def _note(
    line: Line, records: Mapping[int, Any], told: Callable[[Any], tuple[str, str, str]]
) -> str:
    if not line.key:
        return ""
    record = records.get(line.key)
    return line.note or (told(record)[2] if record is not None else "")
