"""The version that is written in: the one at hand, or a new one after it was handed in."""

from __future__ import annotations

from django.utils import timezone

from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.policies import Actor

from ..models import AnnualReport, ReportVersion
from ..parts import printed_of
from ..versions import may_be_written, state_of


def writable(actor: Actor, report: AnnualReport, reason: str = "") -> ReportVersion:
    """The version to write in; what was handed in stays as it was, and a copy goes on.

    OutOfTurn while others have it before them.
    """
    if not may_be_written(report):
        raise OutOfTurn(f"“{report}”现在是“{state_of(report)}”，不能改；退回或者更正以后再改。")
    version = report.version
    if not version.sealed:
        return version
    copy = ReportVersion.objects.get(pk=version.pk)
    copy.pk, copy.number = None, version.number + 1
    copy._state.adding = True
    copy.printed = {}
    copy.sealed, copy.errors, copy.warnings, copy.error_reason = False, 0, 0, ""
    copy.item_version, copy.published_at = None, None
    if actor.may("report.compile", report.agency):
        copy.received_by = None
    copy.written_by = actor.person
    # The reason of a correction stays that of every draft until it is published.
    published = version.published_at is not None
    copy.change_reason = reason if published else version.change_reason
    copy.created_at = copy.saved_at = timezone.now()
    copy.save()
    report.current = copy
    report.save()
    return copy


def save(actor: Actor, version: ReportVersion) -> None:
    """Keep what was written; only acts call this, on a version from ``writable``."""
    if version.sealed:
        raise OutOfTurn("这一稿已经送审，不能再改。")
    version.written_by, version.saved_at = actor.person, timezone.now()
    version.save()


def seal(version: ReportVersion) -> None:
    """From now on the version stays as it is; what it prints is kept beside it.  Not saved here."""
    version.sealed = True
    version.printed = printed_of(version)
