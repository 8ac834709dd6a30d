"""What was watched when, and what was found."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person


class Watch(models.Model):
    """One run of the watch: over everything, or over what changed since the last."""

    full = models.BooleanField("全面检查", default=True)
    # Empty for the scheduled one.
    asked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="谁让查的"
    )
    # The agency whose subtree was watched; None for all.
    agency = models.ForeignKey(Agency, models.CASCADE, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField("开始时间", default=timezone.now)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    # By rule: how many objects were looked at; progress while it runs.
    looked_at = models.JSONField("看了多少", default=dict)
    trouble = models.CharField("没有查完的原因", max_length=500, blank=True)

    class Meta:
        verbose_name = "巡检"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} 巡检"


class Standing(models.TextChoices):
    """Where a finding stands."""

    OPEN = "open", "有问题"
    MENDED = "mended", "已改好"
    # Judged to be no fault, with a reason; it is not told again while its values are the same.
    SET_ASIDE = "set_aside", "不是问题"


class WatchFinding(models.Model):
    """One thing found, as long as it lasts; a fault that comes back is a new one.

    ``rule`` is a rule of ``core.rules`` (family ``watch``), which says what is wrong, the cure and the
    basis; ``values`` are the facts of its sentence.  ``key`` is what it is about, the same from one
    watch to the next: "column:20-1", "item:123", "item:123 link:https://…".
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="watch_findings")
    rule = models.CharField(max_length=60)
    severity = models.CharField(max_length=10)
    key = models.CharField(max_length=300)
    # In words, and the staff page where it is seen and mended.
    place = models.CharField("在哪里", max_length=300)
    address = models.CharField(max_length=300, blank=True)
    values = models.JSONField(default=dict)
    # Of rule and values: a finding set aside is known again by it.
    fingerprint = models.CharField(max_length=64)
    state = models.CharField("状态", max_length=10, choices=Standing, default=Standing.OPEN)
    found_at = models.DateTimeField("发现时间", default=timezone.now)
    seen_at = models.DateTimeField("最近一次看到", default=timezone.now)
    # When the watch no longer found it.
    mended_at = models.DateTimeField("不再出现", null=True, blank=True)
    set_aside_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="谁判定的"
    )
    set_aside_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField("不是问题的理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "巡检发现"
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["rule", "key"],
                condition=models.Q(state="open"),
                name="one_open_finding_of_a_thing",
            ),
        )
        indexes = (
            models.Index(fields=["agency", "state", "rule"], name="finding_of_agency"),
            models.Index(fields=["rule", "key"], name="finding_known"),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.key}"
