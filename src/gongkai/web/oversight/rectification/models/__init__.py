"""Tables of rectification: tasks with their course, notices, self-checks, settings."""

from .notices import Notice, NoticeCopy, NoticeKind
from .self_checks import CheckAnswer, CheckLine, CheckState, SelfCheck
from .settings import RectificationSettings
from .tasks import (
    CLOSED,
    OPEN,
    Proof,
    RectificationTask,
    Source,
    TaskEvent,
    TaskEventKind,
    TaskState,
)

__all__ = [
    "CLOSED",
    "OPEN",
    "CheckAnswer",
    "CheckLine",
    "CheckState",
    "Notice",
    "NoticeCopy",
    "NoticeKind",
    "Proof",
    "RectificationSettings",
    "RectificationTask",
    "SelfCheck",
    "Source",
    "TaskEvent",
    "TaskEventKind",
    "TaskState",
]
