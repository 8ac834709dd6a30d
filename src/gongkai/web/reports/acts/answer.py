"""Acts of the competent department: accept a report, return it with the findings."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.core.finding import Severity
from gongkai.web.audit.record import Who, record
from gongkai.web.policies import Actor, Forbidden

from ..audited import subject_of
from ..checking import Checked
from ..filling import Filled
from ..models import AnnualReport, Submission, SubmissionState
from ..versions import locked
from .versioning import seal


@transaction.atomic
def accept(actor: Actor, submission: Submission) -> Submission:
    """The report is in order; it counts in the region's."""
    submission, who = _held(actor, submission, SubmissionState.SUBMITTED)
    _seal(submission)
    return _answered(actor, submission, who, SubmissionState.ACCEPTED, "", "report.accept")


@transaction.atomic
def give_back(actor: Actor, submission: Submission, words: str) -> Submission:
    """Back to the agency, with the list of what is found and what the department adds."""
    submission, who = _held(actor, submission, SubmissionState.SUBMITTED)
    letter = letter_of(submission, words)
    if not letter.strip():
        raise Forbidden("没有差错和提示，退回要写明要改什么。")
    _seal(submission)
    return _answered(actor, submission, who, SubmissionState.RETURNED, letter, "report.give_back")


@transaction.atomic
def reopen(actor: Actor, submission: Submission) -> Submission:
    """The undo of ``accept``."""
    submission, who = _held(actor, submission, SubmissionState.ACCEPTED)
    submission.answered_by, submission.answered_at = None, None
    submission.state = SubmissionState.SUBMITTED
    submission.save()
    record("report.reopen", subject_of(submission.version.report), who)
    return submission


def letter_of(submission: Submission, words: str) -> str:
    """What goes back with a report: the findings that are open, numbered, and the words."""
    report = submission.version.report
    checked = Checked(Filled(submission.version))
    lines = [
        f"{place}．{'差错' if one.severity is Severity.ERROR else '提示'}：{one.message}"
        for place, one in enumerate((*checked.errors, *checked.warnings), start=1)
    ]
    if lines:
        lines.insert(0, f"{report.agency.name}{report.year}年度报告核对发现：")
    return "\n".join([*lines, words.strip()]).strip()


def _held(actor: Actor, submission: Submission, state: SubmissionState) -> tuple[Submission, Who]:
    submission = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("version__report__agency", "version__compilation", "to")
        .get(pk=submission.pk)
    )
    actor.require("report.collect", submission.to)
    who = actor.require("report.collect", submission.version.report.agency)
    if submission.state != state:
        raise Forbidden(f"这份报告现在是“{submission.get_state_display()}”，可能别人刚刚办过。")
    return submission, who


def _seal(submission: Submission) -> None:
    """What was answered no longer changes."""
    version = submission.version
    report: AnnualReport = locked(version.report)
    if report.current_id == version.pk and not version.sealed:
        checked = Checked(Filled(version))
        seal(version)
        version.errors, version.warnings = len(checked.errors), len(checked.warnings)
        version.save(update_fields=["sealed", "printed", "errors", "warnings"])


def _answered(
    actor: Actor, submission: Submission, who: Who, state: SubmissionState, letter: str, act: str
) -> Submission:
    submission.state, submission.answer = state, letter
    submission.answered_by, submission.answered_at = actor.person, timezone.now()
    submission.save()
    record(act, subject_of(submission.version.report), who, reason=letter, after={"state": state})
    return submission
