"""What the watch's pages show of rectification: the tasks of a finding, and a word in its row."""

from __future__ import annotations

from gongkai.web.oversight.watching.around import Beside
from gongkai.web.oversight.watching.models import Standing, WatchFinding
from gongkai.web.policies import StaffRequest

from .acts.order import mended_before
from .models import RectificationTask


def beside_finding(request: StaffRequest, finding: WatchFinding) -> Beside | None:
    """The tasks that shall mend it, the one that mended it before, and the way to set one."""
    tasks = list(finding.tasks.select_related("responsible").order_by("-pk"))
    open_task = any(task.is_open for task in tasks)
    may_order = (
        finding.state == Standing.OPEN
        and not open_task
        and request.actor.may("oversight.task", finding.agency)
    )
    earlier = mended_before((finding,))
    if not tasks and not may_order and earlier is None:
        return None
    context: dict[str, object] = {
        "finding": finding,
        "tasks": tasks,
        "earlier": earlier,
        "may_order": may_order,
        "above": request.actor.may("oversight.order", finding.agency),
    }
    return Beside("rectification/beside.html", context)


def row_notes(keys: list[int]) -> dict[int, str]:
    """In a row of the watch's list: 在改　到 10月26日."""
    ties = RectificationTask.findings.through.objects.filter(watchfinding__in=keys)
    found: dict[int, str] = {}
    for tie in ties.select_related("rectificationtask").order_by("rectificationtask"):
        task = tie.rectificationtask
        until = f"　到 {task.due_on.month}月{task.due_on.day}日" if task.is_open else ""
        found[tie.watchfinding_id] = f"{task.get_state_display()}{until}"
    return found
