"""What was watched when, and what was found."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.core.finding import Finding, Severity
from gongkai.core.rules import Rule, basis, filled, rule
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
    # By family of rules: how many objects were looked at; progress while it runs.
    looked_at = models.JSONField("看了多少", default=dict)
    # What it is at: "用词和个人信息 1,200 / 5,000".
    stage = models.CharField("正在查", max_length=100, blank=True)
    opened = models.PositiveIntegerField("新发现", default=0)
    mended = models.PositiveIntegerField("不再出现", default=0)
    # Numbers of the audit trail: what changed between them is what an incremental one looks at.
    trail_from = models.BigIntegerField(default=0)
    trail_to = models.BigIntegerField(default=0)
    trouble = models.CharField("没有查完的原因", max_length=500, blank=True)

    class Meta:
        verbose_name = "巡检"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{timezone.localtime(self.started_at):%Y-%m-%d %H:%M} 巡检"

    @property
    def seconds(self) -> int | None:
        """How long it took; None while it runs."""
        return (
            None
            if self.ended_at is None
            else round((self.ended_at - self.started_at).total_seconds())
        )

    @property
    def total(self) -> int:
        """How many objects were looked at."""
        return sum(self.looked_at.values())


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
    watch to the next: "column:17/20-1", "item:123", "item:123 link:https://…".
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="watch_findings")
    rule = models.CharField(max_length=60)
    severity = models.CharField(
        max_length=10, choices=[("error", "差错"), ("warning", "提示"), ("note", "提醒")]
    )
    key = models.CharField(max_length=300)
    # Of the item it is about, where it is about one: what an incremental watch looks at again.
    item_number = models.BigIntegerField(null=True, blank=True)
    # In words, and the staff page where it is seen and mended.
    place = models.CharField("在哪里", max_length=300)
    address = models.CharField(max_length=300, blank=True)
    values = models.JSONField(default=dict)
    # Of rule, key and what does not change by the day: a finding set aside is known again by it.
    fingerprint = models.CharField(max_length=64)
    state = models.CharField("状态", max_length=10, choices=Standing, default=Standing.OPEN)
    found_at = models.DateTimeField("发现时间", default=timezone.now)
    seen_at = models.DateTimeField("最近一次看到", default=timezone.now)
    # When the watch no longer found it.
    mended_at = models.DateTimeField("不再出现", null=True, blank=True)
    # An office proposes to set a graver finding of its own aside; somebody above decides.
    proposed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="谁提出的"
    )
    proposed_at = models.DateTimeField("提出时间", null=True, blank=True)
    proposal = models.CharField("提出的理由", max_length=300, blank=True)
    set_aside_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="谁判定的"
    )
    set_aside_at = models.DateTimeField("判定时间", null=True, blank=True)
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
            models.Index(fields=["item_number"], name="finding_of_item"),
        )

    def __str__(self) -> str:
        return f"{self.told.title.zh}：{self.place}"

    @property
    def told(self) -> Rule:
        """The rule it names."""
        return rule(self.rule)

    @property
    def finding(self) -> Finding:
        """As the core's rules say it."""
        return Finding(self.rule, Severity(self.severity), (), self.values)

    @property
    def sentence(self) -> str:
        """What is wrong."""
        return filled(self.told.message, self.finding)

    @property
    def cure(self) -> str:
        """What to do."""
        return filled(self.told.cure, self.finding)

    @property
    def basis(self) -> str:
        """The legal basis, written out."""
        return basis(self.finding)
