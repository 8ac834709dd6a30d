"""The checks before the secrecy review: of what waits for it, and of what has passed it.

What waits is checked by the worker as ever.  What a reviewer of the region has passed must
have been checked, and each finding answered, before he passed it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gongkai.core.rules import rule
from gongkai.web.disclosure import screening
from gongkai.web.disclosure.acts.answer import CORRECT, REDACT, RETURN, UNLINK
from gongkai.web.disclosure.models import Finding, ItemVersion, Screening, State, Verdict

from .history import Step
from .items import Items
from .records import Record

_WAITING = (State.SECTION_REVIEW, State.SECRECY_REVIEW)
_PASSED = (State.APPROVAL, State.SCHEDULED)
# Of a text that was passed as it stands nothing was changed.
_CHANGING = (CORRECT, REDACT, RETURN, UNLINK)
_REASON = "已核对，可以公开。"
_A_MINUTE = timedelta(minutes=1)


class NotPassable(ValueError):
    """The data say that something passed which no reviewer could have passed as it stands."""


def check(records: Sequence[Record], items: Items) -> None:
    """Begin the checks that are to come, and make those that have been."""
    newest = ItemVersion.objects.select_related("item").filter(
        item__in=[items[r.key] for r in records if r.state in (*_WAITING, *_PASSED)]
    )
    by_item = {version.item_id: version for version in newest.order_by("number")}
    for record in records:
        version = by_item.get(items[record.key].pk)
        if version is None:
            continue
        if record.state in _WAITING:
            screening.start(version)
        else:
            _settle(version, record)


def _settle(version: ItemVersion, record: Record) -> None:
    handed_in = _last(record, State.DRAFT, Verdict.SUBMITTED)
    passed = _last(record, State.SECRECY_REVIEW, Verdict.PASSED)
    Screening.objects.create(version=version, started_at=handed_in.at)
    screening.run.call(version.pk)
    Screening.objects.filter(version=version).update(finished_at=handed_in.at + _A_MINUTE)
    for finding in version.findings.all():
        choice = _choice(finding)
        needed = {answer.id: answer.needs_reason for answer in rule(finding.rule).answers}
        Finding.objects.filter(pk=finding.pk).update(
            answer=choice,
            answer_reason=_REASON if needed[choice] else "",
            answered_by=passed.person,
            answered_at=passed.at - _A_MINUTE,
        )


def _choice(finding: Finding) -> str:
    """The answer that lets the text pass as it stands."""
    left = [choice for choice in finding.choices if choice not in _CHANGING]
    if not left:
        raise NotPassable(f"{finding.version} passed in spite of {finding}")
    return str(left[0])


def _last(record: Record, state: State, verdict: Verdict) -> Step:
    steps = [s for s in record.way.steps if (s.state, s.verdict) == (state, verdict)]
    if not steps:
        raise NotPassable(f"{record.key} stands beyond a step that it never took")
    return steps[-1]
