"""Two months of self-checks in the region: signed ones, and last month's on their way."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from gongkai.core.letters import Unready
from gongkai.web import filestore
from gongkai.web.oversight.rectification.acts.self_checks import snapshot_of
from gongkai.web.oversight.rectification.columns import (
    OTHER,
    known_of,
    moment_of,
    month_after,
    month_before,
)
from gongkai.web.oversight.rectification.letters import SHEET, document
from gongkai.web.oversight.rectification.models import (
    OPEN,
    CheckAnswer,
    CheckLine,
    CheckState,
    SelfCheck,
)
from gongkai.web.oversight.rectification.models.self_checks import digest_of
from gongkai.web.oversight.rectification.months import asked_for
from gongkai.web.oversight.rectification.sheet import sheet_facts
from gongkai.web.oversight.watching.models import Watch

from .days_told import Days
from .region import Facts
from .request_letters import NotSuchLetter, Press
from .staff import Staff

_A_WATCH = timedelta(minutes=3)
_HOUR = timedelta(hours=6)


def keep_self_checks(told: Facts, staff: Staff, days: Days, press: Press) -> None:
    """The month before last, all signed; last month, as far as the data say."""
    last = asked_for(days.today)
    for month, said in ((month_before(last), told["before"]), (last, told["last"])):
        # What was watched in the month is what the offices confirm.
        at = moment_of(month.replace(day=5)) + _HOUR
        Watch.objects.create(started_at=at, ended_at=at + _A_WATCH)
        for state in CheckState:
            for slug in said.get(state.value, ()):
                _keep(slug, month, state, told["words"], staff, days, press)


def _keep(
    slug: str,
    month: date,
    state: CheckState,
    words: str,
    staff: Staff,
    days: Days,
    press: Press,
) -> None:
    office = staff.offices[slug]
    # The second and the third working day after the month.
    filled = days.after(month_after(month), 1)
    handed_in = days.moment(filled, 5)
    check = SelfCheck.objects.create(
        agency=staff.agencies[slug],
        month=month,
        state=state,
        prepared_by=office.keeper,
        changed_at=handed_in,
        handed_in_at=None if state is CheckState.DRAFT else handed_in,
        words=words if state is CheckState.RETURNED else "",
    )
    _lines(check, half=state is CheckState.DRAFT)
    if state is not CheckState.SIGNED:
        return
    check.snapshot = snapshot_of(check)
    check.digest = digest_of(check.snapshot)
    check.signed_by = office.approver
    check.signed_at = days.moment(days.after(filled, 1), 7)
    dated = days.after(filled, 1)
    made = document(SHEET, check.agency, sheet_facts(check), "", dated)
    if isinstance(made, Unready):
        raise NotSuchLetter(f"{check}: {made.sentences}")
    # The row is signed already: what is left to keep goes round it.
    SelfCheck.objects.filter(pk=check.pk).update(
        snapshot=check.snapshot,
        digest=check.digest,
        signed_by=check.signed_by,
        signed_at=check.signed_at,
    )
    press.take(made, partial(_printed, check.pk))


def _lines(check: SelfCheck, *, half: bool) -> None:
    """Each column answered for by what is known of it; of a draft only the first half."""
    known = [one for one in known_of(check.agency, check.month) if one.column.key != OTHER]
    task = check.agency.rectification_tasks.filter(state__in=OPEN).first()
    for one in known[: len(known) // 2] if half else known:
        facts: Facts = {"answer": CheckAnswer.IN_ORDER}
        if one.findings and task is not None:
            facts = {"answer": CheckAnswer.PROBLEM, "task": task}
        elif one.confirmed_until is not None and one.confirmed_until >= month_after(check.month):
            facts = {"answer": CheckAnswer.NONE_SUCH, "none_until": one.confirmed_until}
        elif one.column.may_be_empty and (one.newest is None or one.newest < check.month):
            facts["note"] = "本月没有新的"
        CheckLine.objects.create(check_of=check, column=one.column.key, **facts)


def _printed(key: int, docx: bytes, pdf: bytes) -> None:
    SelfCheck.objects.filter(pk=key).update(docx=filestore.put(docx), pdf=filestore.put(pdf))
