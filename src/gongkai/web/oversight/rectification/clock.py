"""How long a task has left, as its clock says."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.core.days import WorkingDays
from gongkai.web.disclosure.clock import SOON, Clock

from .models import RectificationTask, TaskState


def clock_of(task: RectificationTask, today: date, days: WorkingDays) -> Clock:
    """The clock of a task: running, waiting for another, or ended."""
    due = task.due_on
    if not task.is_open:
        closed = timezone.localtime(task.closed_at) if task.closed_at else None
        return Clock("done", task.get_state_display(), f"{closed:%Y-%m-%d}" if closed else "")
    if task.state == TaskState.DONE and task.done_at is not None:
        done = timezone.localtime(task.done_at).date()
        late = f"，晚于期限 {due}" if done > due else ""
        return Clock("", "等另一人确认", f"{done.month}月{done.day}日报改好{late}")
    text = f"{due.month}月{due.day}日前改好"
    if due.year != today.year:
        text = f"{due.year}年{text}"
    if due < today:
        late_by = days.count_between(due, today).days
        return Clock("late", f"超期 {late_by} 个工作日" if late_by else "已经超期", text)
    if due == today:
        return Clock("late", "今天到期", text)
    left = days.count_between(today, due)
    about = "约 " if left.provisional else ""
    tone = "soon" if left.days <= SOON else ""
    return Clock(tone, f"还剩 {about}{left.days} 个工作日", text)
