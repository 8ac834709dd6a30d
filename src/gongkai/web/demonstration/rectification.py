"""Rectification in the region: tasks in every state with their notices, and a circular.

A task of a column takes up what the watch finds of it on the day of loading; where it finds
nothing, the task stands by itself, like those of inspections and complaints.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import partial
from importlib.resources import files
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from gongkai.core.letters import Unready
from gongkai.web import filestore
from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.rectification.letters import (
    Circular,
    circular_facts,
    document,
    order_facts,
    shown_of,
)
from gongkai.web.oversight.rectification.models import (
    Notice,
    NoticeCopy,
    NoticeKind,
    Proof,
    RectificationTask,
    Source,
    TaskEvent,
    TaskEventKind,
    TaskState,
)
from gongkai.web.oversight.watching.columns import watch_columns
from gongkai.web.oversight.watching.models import WatchFinding
from gongkai.web.oversight.watching.terms import Reach, Terms
from gongkai.web.people.models import Person
from gongkai.web.registers.days import working_days
from gongkai.web.requests.numbers import next_number

from .days_told import Days
from .picture_file import picture_file
from .region import Facts
from .request_letters import NotSuchLetter, Press
from .self_checks import keep_self_checks
from .staff import Staff

# In their order; where a task stands is told by the last.
_STEPS = (
    ("received", TaskEventKind.RECEIVED, TaskState.RECEIVED),
    ("extended", TaskEventKind.EXTENDED, None),
    ("done", TaskEventKind.DONE, TaskState.DONE),
    ("returned", TaskEventKind.RETURNED, TaskState.RETURNED),
    ("again", TaskEventKind.DONE, TaskState.DONE),
    ("confirmed", TaskEventKind.CONFIRMED, TaskState.CONFIRMED),
    ("withdrawn", TaskEventKind.WITHDRAWN, TaskState.WITHDRAWN),
    ("no_fault", TaskEventKind.NO_FAULT, TaskState.NO_FAULT),
)
# What the agency does itself; the rest is done by who ordered.
_BY_AGENCY = {"received", "done", "again"}
_CLOSING = {TaskState.CONFIRMED, TaskState.WITHDRAWN, TaskState.NO_FAULT}


def keep_rectification(staff: Staff) -> None:
    """Tasks, notices, self-checks; the letters are printed last, all at once."""
    file = files("gongkai.web.demonstration") / "region" / "rectification.toml"
    data: Facts = tomllib.loads(file.read_text(encoding="utf-8"))
    days, press = Days(timezone.localdate(), working_days()), Press()
    tasks = _Tasks(staff, days, press)
    # Numbers follow one another by the day.
    told = [(days.day(one["ordered"]), partial(tasks.keep, one)) for one in data["task"]]
    circular = data["circular"]
    told.append((circular["on"], partial(_circular, circular, staff, days, press)))
    for _, keep in sorted(told, key=lambda one: one[0]):
        keep()
    keep_self_checks(data["self_check"], staff, days, press)
    press.run()


class _Tasks:
    """Keeps tasks one after another; a later one may name an earlier."""

    def __init__(self, staff: Staff, days: Days, press: Press) -> None:
        self.staff, self.days, self.press = staff, days, press
        self._kept: dict[str, RectificationTask] = {}
        found = watch_columns(Reach(), Terms(days.today)).found
        self._found = {one.key: one for one in found}

    def keep(self, told: Facts) -> None:
        """One task as far as the data say."""
        office, agency = self.staff.offices[told["agency"]], self.staff.agencies[told["agency"]]
        above = self.staff.people[told["by"]] if "by" in told else None
        by = above or office.keeper
        on = self.days.day(told["ordered"])
        named = told.get("responsible") or told.get("received", {}).get("responsible")
        task = RectificationTask(
            agency=agency,
            ordering_agency=_department(above) if above else agency,
            title=told["title"],
            problem=told["problem"],
            demand=told["demand"],
            basis=told["basis"],
            source=Source(told["source"]),
            previous=self._kept.get(told.get("previous", "")),
            responsible=office.authors[0] if named else None,
            due_on=self.days.day(told["due"]),
            ordered_by=by,
            ordered_at=self.days.moment(on, 2),
            state=TaskState.ORDERED if above else TaskState.RECEIVED,
        )
        task.save()
        self._kept[told["key"]] = task
        self._take_up(task, told)
        self._event(task, TaskEventKind.ORDERED, by, on, 2, "")
        notice = _notice(task, by, on, self.days, self.press) if above else None
        for step, (name, kind, state) in enumerate(_STEPS, start=4):
            if name in told:
                doer = by
                if name in _BY_AGENCY:
                    doer = office.keeper if name == "received" else office.authors[0]
                self._step(task, told[name], kind, state, doer, step)
                if name == "received" and notice is not None:
                    at = self.days.moment(self.days.day(told[name]["on"]), step)
                    notice.copies.update(read_by=doer, read_at=at)

    def _step(
        self,
        task: RectificationTask,
        said: Facts,
        kind: TaskEventKind,
        state: TaskState | None,
        by: Person,
        step: int,
    ) -> None:
        on = self.days.day(said["on"])
        at = self.days.moment(on, step)
        words = str(said.get("words") or said.get("reply") or "")
        before = task.due_on
        facts: dict[str, Any] = {} if state is None else {"state": state}
        if kind is TaskEventKind.EXTENDED:
            facts["due_on"] = self.days.day(said["to"])
        if kind is TaskEventKind.DONE:
            facts |= {"done_by": by, "done_at": at, "done_words": words}
        if state in _CLOSING:
            facts |= {"closed_by": by, "closed_at": at}
        RectificationTask.objects.filter(pk=task.pk).update(**facts)
        task.refresh_from_db()
        event = self._event(task, kind, by, on, step, words)
        if kind is TaskEventKind.EXTENDED:
            TaskEvent.objects.filter(pk=event.pk).update(due_before=before, due_after=task.due_on)
        if "proof" in said:
            data = picture_file(said["shows"])
            Proof.objects.create(
                task=task,
                name=said["proof"],
                digest=filestore.put(data),
                size=len(data),
                media_type="image/png",
                added_by=by,
                added_at=at,
            )

    def _event(
        self,
        task: RectificationTask,
        kind: TaskEventKind,
        by: Person,
        on: date,
        step: int,
        words: str,
    ) -> TaskEvent:
        return TaskEvent.objects.create(
            task=task, kind=kind, person=by, at=self.days.moment(on, step), words=words
        )

    def _take_up(self, task: RectificationTask, told: Facts) -> None:
        """What the watch finds of the column today."""
        found = self._found.get(f"column:{task.agency_id}/{told.get('item', '')}")
        if found is None:
            return
        at = self.days.moment(self.days.day(told["ordered"]), 0)
        finding = WatchFinding.objects.create(
            agency=task.agency,
            rule=found.finding.rule,
            severity=found.finding.severity,
            key=found.key,
            place=found.place,
            address=found.address,
            values=_plain(found.finding.values),
            fingerprint=found.fingerprint,
            found_at=at,
        )
        task.findings.add(finding)
        RectificationTask.objects.filter(pk=task.pk).update(source=Source.WATCH)


def _notice(task: RectificationTask, by: Person, on: date, days: Days, press: Press) -> Notice:
    facts = order_facts(task)
    notice = _printed(NoticeKind.ORDER, task.ordering_agency, facts, by, on, days, press, task)
    NoticeCopy.objects.create(notice=notice, agency=task.agency, sent_on=on, sent_by=by)
    return notice


def _circular(told: Facts, staff: Staff, days: Days, press: Press) -> None:
    by = staff.people[told["by"]]
    agencies = tuple(staff.agencies[slug] for slug in told["agencies"])
    circular = Circular(
        agencies=agencies,
        addressees=told["addressees"],
        since=told["since"],
        until=told["until"],
        overview=told["overview"],
        cases=tuple(told["cases"]),
        demands=tuple(told["demands"]),
    )
    on: date = told["on"]
    notice = _printed(
        NoticeKind.CIRCULAR, _department(by), circular_facts(circular), by, on, days, press
    )
    for slug in told["agencies"]:
        read = slug in told["read"]
        NoticeCopy.objects.create(
            notice=notice,
            agency=staff.agencies[slug],
            sent_on=on,
            sent_by=by,
            read_by=staff.offices[slug].keeper if read else None,
            read_at=days.moment(on, 9) if read else None,
        )


def _printed(
    kind: NoticeKind,
    agency: Agency,
    facts: Mapping[str, Any],
    by: Person,
    on: date,
    days: Days,
    press: Press,
    task: RectificationTask | None = None,
) -> Notice:
    number = next_number(agency, "supervision", on, f"{agency.short_name}公开督")
    made = document(kind, agency, facts, number, on)
    if isinstance(made, Unready):
        raise NotSuchLetter(f"{number}: {made.sentences}")
    notice = Notice.objects.create(
        agency=agency,
        kind=kind,
        task=task,
        number=number,
        dated=on,
        facts=_plain(facts),
        shown=shown_of(made),
        issued_by=by,
        issued_at=days.moment(on, 3),
    )
    press.take(made, partial(_keep, notice))
    return notice


def _keep(notice: Notice, docx: bytes, pdf: bytes) -> None:
    notice.docx, notice.pdf = filestore.put(docx), filestore.put(pdf)
    notice.save(update_fields=["docx", "pdf"])


def _department(person: Person) -> Agency:
    """Where somebody of the competent department works."""
    return person.appointments.select_related("agency").get().agency


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(json.dumps(dict(facts), cls=DjangoJSONEncoder))
    return kept
