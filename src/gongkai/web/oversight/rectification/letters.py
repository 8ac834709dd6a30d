"""The notices and the self-check sheet as letters: what the records tell, in the agency's template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from gongkai.core.document_number import DocumentNumber
from gongkai.core.letters import (
    Letter,
    LetterDocument,
    Paragraph,
    Place,
    Table,
    Unready,
    render,
)
from gongkai.web.agencies.models import Agency
from gongkai.web.requests.venue import settings_of

from .models import NoticeKind, RectificationTask, TaskState

SHEET = "self_check_sheet"
# Cells of a letter's table are never blank.
NOTHING = "—"
_STAND_IN = DocumentNumber("文号待编", 2099, 999999)
UNNUMBERED = "（印发时编号）"


@dataclass(frozen=True)
class Circular:
    """What is written of a circular; the table is counted from the tasks."""

    agencies: tuple[Agency, ...]
    addressees: str
    since: date
    until: date
    overview: str
    cases: tuple[str, ...]
    demands: tuple[str, ...]


def order_facts(task: RectificationTask) -> dict[str, Any]:
    """What a 督办单 tells of its task."""
    findings = list(task.findings.order_by("pk"))
    rows = [(one.place, one.sentence, one.basis or NOTHING) for one in findings] or [
        (task.title, task.problem, task.basis or NOTHING)
    ]
    return {
        "supervised_agency": task.agency.name,
        "problems_found": rows,
        "rectify_demand": task.demand,
        "rectify_due_on": task.due_on,
    }


def circular_facts(told: Circular) -> dict[str, Any]:
    """What a circular tells, with the table as the records stand now."""
    return {
        "circular_addressees": told.addressees,
        "circular_from": told.since,
        "circular_until": told.until,
        "circular_overview": told.overview,
        "circular_rows": [
            (agency.name, *map(str, counts))
            for agency, counts in counted(told.agencies, told.since, told.until)
        ],
        "circular_cases": list(told.cases),
        "circular_demands": list(told.demands),
    }


def counted(
    agencies: Iterable[Agency], since: date, until: date
) -> list[tuple[Agency, tuple[int, int, int, int]]]:
    """For each agency: tasks set in the time or still open at its end, of them mended, in hand,
    in hand past their day.  What was withdrawn or is no fault does not count.
    """
    found = []
    for agency in agencies:
        tasks = tasks_of_time(agency, since, until)
        mended = sum(_mended(one, until) for one in tasks)
        late = sum(not _mended(one, until) and one.due_on < until for one in tasks)
        found.append((agency, (len(tasks), mended, len(tasks) - mended, late)))
    return found


def tasks_of_time(agency: Agency, since: date, until: date) -> list[RectificationTask]:
    """The tasks of an agency that a time tells of."""
    tasks = (
        RectificationTask.objects.filter(agency=agency, ordered_at__date__lte=until)
        .exclude(state__in=(TaskState.WITHDRAWN, TaskState.NO_FAULT))
        .filter(Q(ordered_at__date__gte=since) | Q(closed_at=None) | Q(closed_at__date__gte=since))
    )
    return list(tasks.order_by("pk"))


def _mended(task: RectificationTask, until: date) -> bool:
    return (
        task.state == TaskState.CONFIRMED
        and task.closed_at is not None
        and timezone.localtime(task.closed_at).date() <= until
    )


def preview(kind: NoticeKind, agency: Agency, facts: Mapping[str, Any]) -> LetterDocument | Unready:
    """The notice before it has its number."""
    made = document(kind, agency, facts, str(_STAND_IN), timezone.localdate())
    return made if isinstance(made, Unready) else replace(made, number=UNNUMBERED)


def shown_of(made: LetterDocument) -> list[dict[str, Any]]:
    """What is printed, as the screen shows it: paragraphs with their place, tables with rows."""
    found: list[dict[str, Any]] = [
        {"text": text, "place": place}
        for text, place in (
            (made.title, "title"), (made.number, "number"), (made.salutation, Place.FLUSH.value),
        )
        if text
    ]  # fmt: skip
    for block in (*made.blocks, *made.enclosure):
        match block:
            case Paragraph(text, place):
                found.append({"text": text, "place": place.value})
            case Table(rows):
                cells = [[cell.text for cell in row] for row in rows]
                found.append({"head": cells[0], "rows": cells[1:]})
    if made.signature is not None:
        found += [{"text": one, "place": "signature"} for one in
                  (made.signature.name, made.signature.day)]  # fmt: skip
    return found


def document(
    kind: str, agency: Agency, facts: Mapping[str, Any], number: str, dated: date
) -> LetterDocument | Unready:
    """A letter of ``agency`` with its number and day."""
    common = {
        "agency": agency.name,
        "document_number": number,
        "made_on": dated,
        "contact_office": agency.disclosure_office or agency.name,
        "contact_phone": agency.phone,
        "contact_address": agency.address,
    }
    template = settings_of(agency).templates.get(kind)
    made = render(Letter(kind, {**common, **facts}, template))
    return made if isinstance(made, Unready) else replace(made, agency=agency.name)
