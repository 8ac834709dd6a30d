"""The form of a self-check: a line for each column, kept as it is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.web.form_fields import DateField
from gongkai.web.oversight.watching.models import Standing

from ..acts.self_checks import Said
from ..columns import OTHER, Known, month_after
from ..models import OPEN, CheckAnswer, CheckLine, RectificationTask, SelfCheck


class LineForm(forms.Form):
    """What is said of one column; nothing in it is required while it is filled in."""

    answer = forms.ChoiceField(
        label="结论", choices=CheckAnswer.choices, required=False, widget=forms.RadioSelect
    )
    note = forms.CharField(label="说明", max_length=300, required=False)
    none_until = DateField(label="没有的，确认到", required=False)
    task = forms.ModelChoiceField(
        RectificationTask.objects.none(),
        label="列入的整改",
        required=False,
        empty_label="（没有选）",
    )

    def said(self) -> Said:
        """For the act."""
        facts = self.cleaned_data
        return Said(facts["answer"], facts["note"], facts.get("none_until"), facts.get("task"))


@dataclass
class Row:
    """One column on the page: what is known of it, and its line of the form."""

    known: Known
    form: LineForm
    # Findings that the watch still has, and that no task was made of.
    loose: list[int]
    suggested: bool = False


def rows_of(
    check: SelfCheck, known: list[Known], data: Mapping[str, Any] | None = None
) -> list[Row]:
    """The rows of the page; a line that says nothing yet is suggested from what is known."""
    lines = {}
    if check.pk is not None:
        lines = {line.column: line for line in check.lines.select_related("task")}
    tasks = RectificationTask.objects.filter(agency=check.agency)
    offered = tasks.filter(state__in=OPEN) | tasks.filter(closed_at__date__gte=check.month)
    offered = offered.order_by("-pk")
    any_offered = offered.exists()
    in_task = {
        number: task
        for task in tasks.filter(state__in=OPEN).prefetch_related("findings")
        for number in [one.pk for one in task.findings.all()]
    }
    rows = []
    for one in known:
        if one.column.key == OTHER and not one.findings and OTHER not in lines:
            continue
        line = lines.get(one.column.key)
        initial = _kept(line) if line and line.answer else _suggested(one, in_task, check.month)
        form = LineForm(data, prefix=f"c{one.column.key}", initial=initial)
        _fitted(form, one, offered, any_offered=any_offered)
        loose = [
            each.pk
            for each in one.findings
            if each.state == Standing.OPEN and each.pk not in in_task
        ]
        suggested = bool(initial) and not (line and line.answer)
        rows.append(Row(one, form, loose, suggested))
    return rows


def _fitted(
    form: LineForm, known: Known, offered: QuerySet[RectificationTask], *, any_offered: bool
) -> None:
    """Ask of a column only what may be said of it."""
    if not known.column.may_be_empty:
        del form.fields["none_until"]
        answer = form.fields["answer"]
        assert isinstance(answer, forms.ChoiceField)
        answer.choices = [c for c in CheckAnswer.choices if c[0] != CheckAnswer.NONE_SUCH]
    choice = form.fields["task"]
    assert isinstance(choice, forms.ModelChoiceField)
    choice.queryset = offered
    if not any_offered:
        del form.fields["task"]


def _kept(line: CheckLine) -> dict[str, Any]:
    return {
        "answer": line.answer,
        "note": line.note,
        "none_until": line.none_until,
        "task": line.task_id,
    }


def _suggested(
    known: Known, in_task: Mapping[int, RectificationTask], month: date
) -> dict[str, Any]:
    """Only what was said elsewhere: the fault is in a task, or it is confirmed that there is none."""
    for one in known.findings:
        if one.pk in in_task:
            return {"answer": CheckAnswer.PROBLEM, "task": in_task[one.pk].pk}
    if known.confirmed_until is not None and known.confirmed_until >= month_after(month):
        return {"answer": CheckAnswer.NONE_SUCH, "none_until": known.confirmed_until}
    return {}
