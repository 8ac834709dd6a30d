"""A task of rectification (整改): what is to be put right, by whom, until when, and its course.

Art. 47: the competent department urges rectification.  An office may also set itself one.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.watching.models import WatchFinding
from gongkai.web.people.models import Person


class TaskState(models.TextChoices):
    """Where a task stands."""

    ORDERED = "ordered", "待签收"
    RECEIVED = "received", "在改"
    DONE = "done", "待确认"
    RETURNED = "returned", "退回再改"
    CONFIRMED = "confirmed", "已改好"
    NO_FAULT = "no_fault", "不是问题"
    WITHDRAWN = "withdrawn", "已撤回"


CLOSED = (TaskState.CONFIRMED, TaskState.NO_FAULT, TaskState.WITHDRAWN)
OPEN = tuple(state for state in TaskState if state not in CLOSED)


class Source(models.TextChoices):
    """How the fault became known."""

    WATCH = "watch", "巡检"
    SELF_CHECK = "self_check", "自查"
    INSPECTION = "inspection", "现场检查"
    COMPLAINT = "complaint", "投诉举报"
    OTHER = "other", "其他"


class RectificationTask(models.Model):
    """One task.  ``findings`` are those of the watch that it shall mend; none where none found it."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="rectification_tasks", verbose_name="责任机关"
    )
    # In whose name it was ordered: the competent department, or the agency for itself.
    ordering_agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name="督办机关"
    )
    title = models.CharField("事项", max_length=200)
    problem = models.TextField("问题")
    demand = models.TextField("怎样改")
    basis = models.CharField("依据", max_length=300, blank=True)
    source = models.CharField("来源", max_length=20, choices=Source)
    findings = models.ManyToManyField(WatchFinding, related_name="tasks", blank=True)
    # The task by which the same fault was mended before.
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="returns"
    )
    responsible = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任人"
    )
    due_on = models.DateField("期限")
    state = models.CharField("状态", max_length=10, choices=TaskState, default=TaskState.ORDERED)
    ordered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="督办人")
    ordered_at = models.DateTimeField("督办时间", default=timezone.now)
    done_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="改的人"
    )
    done_at = models.DateTimeField("报改好的时间", null=True, blank=True)
    done_words = models.TextField("整改情况", blank=True)
    closed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认的人"
    )
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)

    class Meta:
        verbose_name = "整改"
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False, state__in=CLOSED)
                | Q(closed_at=None, state__in=OPEN),
                name="closed_task_has_its_day",
            ),
        )
        indexes = (models.Index(fields=["agency", "state", "due_on"], name="task_of_agency"),)

    def __str__(self) -> str:
        return f"{self.title}"[:80]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in OPEN

    @property
    def from_above(self) -> bool:
        """Whether the competent department ordered it."""
        return self.ordering_agency_id != self.agency_id


class TaskEventKind(models.TextChoices):
    """What happened to a task."""

    ORDERED = "ordered", "督办"
    RECEIVED = "received", "签收"
    NAMED = "named", "定责任人"
    DONE = "done", "报改好"
    RETURNED = "returned", "退回再改"
    CONFIRMED = "confirmed", "确认改好"
    EXTENDED = "extended", "延长期限"
    NO_FAULT = "no_fault", "判定不是问题"
    WITHDRAWN = "withdrawn", "撤回"


class TaskEvent(models.Model):
    """One thing that somebody did with a task; never changed."""

    task = models.ForeignKey(RectificationTask, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=TaskEventKind)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", default=timezone.now)
    words = models.TextField("说明", blank=True)
    # Of an extension: from which day; the new one stands in the task and the next event.
    due_before = models.DateField(null=True, blank=True)
    due_after = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "整改经过"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


class Proof(models.Model):
    """A file that shows what was done."""

    task = models.ForeignKey(RectificationTask, models.CASCADE, related_name="proofs")
    name = models.CharField("名称", max_length=200)
    digest = models.CharField("校验码（SHA-256）", max_length=64)
    size = models.BigIntegerField("字节")
    media_type = models.CharField(max_length=100)
    virus_scan = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("加入时间", default=timezone.now)

    class Meta:
        verbose_name = "整改证明材料"
        ordering = ("added_at", "pk")

    def __str__(self) -> str:
        return self.name
