"""The self-check as the facts of its sheet (自查表)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from .letters import NOTHING
from .models import CheckAnswer, SelfCheck


def sheet_facts(check: SelfCheck) -> dict[str, Any]:
    """What the sheet tells of a signed check: its snapshot, and who did and signed it."""
    assert check.signed_at is not None, "a sheet is made when it is signed"
    return {
        "self_check_month": f"{check.month.year}年{check.month.month}月",
        "self_check_rows": [_row(one) for one in check.snapshot],
        "self_checked_by": check.prepared_by.name if check.prepared_by else "",
        "self_checked_on": check.handed_in_at and timezone.localtime(check.handed_in_at).date(),
        "self_check_signed_by": check.signed_by.name if check.signed_by else "",
        "self_check_signed_on": timezone.localtime(check.signed_at).date(),
    }


def _row(said: dict[str, Any]) -> tuple[str, ...]:
    answer = CheckAnswer(said["answer"])
    told = answer.label
    if answer is CheckAnswer.NONE_SUCH:
        told = f"{told}，确认到{said['none_until']}"
    elif answer is CheckAnswer.PROBLEM and said["task_due_on"]:
        told = f"{told}，期限{said['task_due_on']}"
    found = "；".join(one["sentence"] for one in said["findings"]) or "没有发现问题"
    newest = said["newest"] or ("没有" if said["holds_items"] else NOTHING)
    return (said["name"], newest, found, told, said["note"] or NOTHING)
