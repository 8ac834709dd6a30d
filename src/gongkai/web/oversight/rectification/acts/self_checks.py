"""Acts of the monthly self-check: fill it in, hand it in, return it, sign it for good."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from gongkai.core.letters import Unready
from gongkai.core.writers import letter_docx
from gongkai.web import filestore
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import record
from gongkai.web.oversight.watching.models import ColumnConfirmation, Standing
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.public.shell import has_columns
from gongkai.web.typesetting import typeset

from ..audited import subject_of
from ..columns import OTHER, Known, columns_of, known_of, month_of
from ..letters import SHEET, document
from ..models import (
    CheckAnswer,
    CheckLine,
    CheckState,
    RectificationTask,
    SelfCheck,
    TaskState,
)
from ..models.self_checks import digest_of
from ..sheet import sheet_facts
from .moving import require_words

_ACT, _SIGN = "oversight.self_check", "oversight.sign_self_check"
# As for a column confirmed on its own page.
_LONGEST_CONFIRMED = timedelta(days=366)
_OPEN = (CheckState.DRAFT, CheckState.RETURNED)


@dataclass(frozen=True)
class Said:
    """What the office says of one column."""

    answer: str = ""
    note: str = ""
    none_until: date | None = None
    task: RectificationTask | None = None


@transaction.atomic
def fill(actor: Actor, agency: Agency, month: date, said: Mapping[str, Said]) -> SelfCheck:
    """Keep what was answered so far; what is not named stays as it was."""
    who = actor.require(_ACT, agency)
    check = _begun(actor, agency, month)
    known = {column.key for column in columns_of(agency)}
    for key, one in said.items():
        if key not in known:
            raise Forbidden(f"{agency.short_name}没有这个栏目：{key}。")
        if one.task is not None and one.task.agency_id != agency.pk:
            raise Forbidden(f"“{one.task}”不是{agency.short_name}的整改。")
        CheckLine.objects.update_or_create(
            check_of=check,
            column=key,
            defaults={
                "answer": one.answer,
                "note": one.note.strip(),
                "none_until": one.none_until if one.answer == CheckAnswer.NONE_SUCH else None,
                "task": one.task if one.answer == CheckAnswer.PROBLEM else None,
            },
        )
    check.prepared_by, check.changed_at = actor.person, timezone.now()
    check.save()
    record("self_check.fill", subject_of(check), who, after={"entries": len(said)})
    return check


@transaction.atomic
def hand_in(actor: Actor, check: SelfCheck) -> SelfCheck:
    """Every column is answered for: to be signed by another."""
    check = _held(check, *_OPEN)
    who = actor.require(_ACT, check.agency)
    if lacks := lacks_of(check):
        raise Forbidden("还不能送签：" + "；".join(lacks.values()) + "。")
    check.state, check.words = CheckState.HANDED_IN, ""
    check.prepared_by, check.handed_in_at = actor.person, timezone.now()
    check.save()
    record("self_check.hand_in", subject_of(check), who, after={"state": check.state})
    return check


@transaction.atomic
def give_back(actor: Actor, check: SelfCheck, words: str) -> SelfCheck:
    """Not to be signed as it is."""
    check = _held(check, CheckState.HANDED_IN)
    who = actor.require(_SIGN, check.agency)
    check.words = require_words(words, "要改什么")
    check.state = CheckState.RETURNED
    check.save()
    record("self_check.give_back", subject_of(check), who, reason=words)
    return check


@transaction.atomic
def sign(actor: Actor, check: SelfCheck) -> SelfCheck:
    """Another than filled it in signs: it is kept as it is now, with what the watch had found."""
    check = _held(check, CheckState.HANDED_IN)
    who = actor.require(_SIGN, check.agency)
    if actor.person.pk == check.prepared_by_id:
        raise Forbidden("这份自查是你填的，要由另一个人签字。")
    if lacks := lacks_of(check):
        raise Forbidden("还不能签字：" + "；".join(lacks.values()) + "。")
    now = timezone.now()
    check.snapshot = snapshot_of(check)
    check.digest = digest_of(check.snapshot)
    check.signed_by, check.signed_at = actor.person, now
    made = document(SHEET, check.agency, sheet_facts(check), "", timezone.localtime(now).date())
    if isinstance(made, Unready):
        raise Forbidden("自查表还不能制作：" + "".join(made.sentences))
    check.docx = filestore.put(letter_docx.render(made))
    check.pdf = filestore.put(typeset(made))
    check.state = CheckState.SIGNED
    check.save()
    _confirm_none(check)
    record("self_check.sign", subject_of(check), who, after={"digest": check.digest})
    return check


def lacks_of(check: SelfCheck) -> dict[str, str]:
    """What keeps a check from being handed in, by column."""
    lines = {line.column: line for line in check.lines.select_related("task")}
    found = {}
    for known in known_of(check.agency, check.month):
        if lack := _lack(known, lines.get(known.column.key)):
            found[known.column.key] = f"{known.column.name}：{lack}"
    return found


def _lack(known: Known, line: CheckLine | None) -> str:
    still = [one for one in known.findings if one.state == Standing.OPEN]
    if known.column.key == OTHER and not known.findings:
        return ""
    match line.answer if line else "":
        case CheckAnswer.PROBLEM if line and line.task is None:
            return "有问题的要选整改"
        case CheckAnswer.PROBLEM if (
            line
            and line.task
            and line.task.state
            in (
                TaskState.WITHDRAWN,
                TaskState.NO_FAULT,
            )
        ):
            return f"选的整改{line.task.get_state_display()}"
        case CheckAnswer.NONE_SUCH if line:
            return _none_lack(known, line.none_until)
        case CheckAnswer.IN_ORDER if line and still and not line.note:
            return f"巡检还有 {len(still)} 个问题，填正常要写说明"
        case "":
            return "没有结论"
    return ""


def _none_lack(known: Known, until: date | None) -> str:
    if not known.column.may_be_empty:
        return "这里总是要有内容的，不能填没有此类信息"
    if until is None:
        return "没有此类信息的，写确认到哪一天"
    today = timezone.localdate()
    if not today <= until <= today + _LONGEST_CONFIRMED:
        return "确认到的日期从今天起，最多一年"
    return ""


def snapshot_of(check: SelfCheck) -> list[dict[str, Any]]:
    """Everything the check says, as it will be kept."""
    lines = {line.column: line for line in check.lines.select_related("task")}
    rows = []
    for known in known_of(check.agency, check.month):
        line = lines.get(known.column.key)
        if line is None or not line.answer:
            continue
        rows.append(
            {
                "column": known.column.key,
                "name": known.column.name,
                "holds_items": known.column.holds_items,
                "newest": known.newest,
                "rhythm": known.rhythm,
                "findings": [
                    {"number": one.pk, "place": one.place, "sentence": one.sentence,
                     "state": one.state}
                    for one in known.findings
                ],
                "answer": line.answer,
                "note": line.note,
                "none_until": line.none_until,
                "task": line.task_id,
                "task_title": line.task.title if line.task else "",
                "task_due_on": line.task.due_on if line.task else None,
            }
        )  # fmt: skip
    kept: list[dict[str, Any]] = json.loads(json.dumps(rows, cls=DjangoJSONEncoder))
    return kept


def _confirm_none(check: SelfCheck) -> None:
    """What the office signed that it has nothing of, the watch does not ask for until then."""
    columns = {column.key: column for column in columns_of(check.agency)}
    for line in check.lines.filter(answer=CheckAnswer.NONE_SUCH):
        column = columns[line.column]
        place = {"agency": check.agency, "column": column.column, "statutory": column.statutory}
        standing = ColumnConfirmation.objects.filter(**place, ended_at=None)
        standing.update(ended_at=check.signed_at)
        assert line.none_until is not None, "it lacked"
        ColumnConfirmation.objects.create(
            **place, until=line.none_until, note=line.note[:200], confirmed_by=check.prepared_by,
        )  # fmt: skip


def _begun(actor: Actor, agency: Agency, month: date) -> SelfCheck:
    if not has_columns(agency):
        raise Forbidden(f"{agency.short_name}没有自己的公开栏目，不用自查。")
    if month != month_of(month) or month > month_of(timezone.localdate()):
        raise Forbidden("自查的月份还没有到。")
    check, _ = SelfCheck.objects.get_or_create(
        agency=agency, month=month, defaults={"prepared_by": actor.person}
    )
    return _held(check, *_OPEN)


def _held(check: SelfCheck, *states: CheckState) -> SelfCheck:
    check = (
        SelfCheck.objects.select_for_update(of=("self",)).select_related("agency").get(pk=check.pk)
    )
    if check.state not in states:
        raise Forbidden(f"这份自查现在是“{check.get_state_display()}”，可能别人刚刚办过。")
    return check
