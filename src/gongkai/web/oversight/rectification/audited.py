"""How the audit trail names tasks, notices, self-checks."""

from __future__ import annotations

from gongkai.web.audit.record import Subject

from .models import Notice, RectificationSettings, RectificationTask, SelfCheck


def subject_of(one: RectificationTask | Notice | SelfCheck | RectificationSettings) -> Subject:
    """The record as a subject of the audit trail."""
    match one:
        case RectificationTask():
            kind = "rectification_task"
        case Notice():
            kind = "notice"
        case SelfCheck():
            kind = "self_check"
        case _:
            kind = "rectification_settings"
    return Subject(kind, str(one.pk), str(one))
