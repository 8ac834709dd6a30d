"""An agency's year as it was scored: what the system counted, who gave what and why."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.models import StoredFile
from gongkai.web.people.models import Person

from .tables import Indicator, IndicatorTable


class Stage(models.TextChoices):
    """Where an assessment stands."""

    SELF = "self", "自评"
    REVIEW = "review", "复核"
    TOLD = "told", "已反馈"
    OBJECTED = "objected", "申诉"
    FINAL = "final", "已定"


class Assessment(models.Model):
    """工作考核 (art. 46): one agency under one table."""

    table = models.ForeignKey(IndicatorTable, models.PROTECT, related_name="assessments")
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="assessments", verbose_name="机关"
    )
    stage = models.CharField("进行到", max_length=10, choices=Stage, default=Stage.SELF)
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField("开始时间", default=timezone.now)
    counted_at = models.DateTimeField("取数时间", default=timezone.now)
    handed_in_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    handed_in_at = models.DateTimeField("自评报送时间", null=True)
    # Why the review began although the agency handed nothing in.
    taken_up_why = models.CharField("没有自评就复核的理由", max_length=300, blank=True)
    told_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField("反馈时间", null=True)
    objection_until = models.DateField("申诉到", null=True)
    objected_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    objected_at = models.DateTimeField("申诉时间", null=True)
    final_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    final_at = models.DateTimeField("定分时间", null=True)
    # Of the final scores; and of how many points they are, what was left out not counted.
    total = models.DecimalField("得分", max_digits=7, decimal_places=2, null=True)
    out_of = models.DecimalField("参评分值", max_digits=7, decimal_places=2, null=True)

    class Meta:
        verbose_name = "工作考核"
        ordering = ("-table__year", "agency__position", "agency__code")
        constraints = (
            models.UniqueConstraint(fields=["table", "agency"], name="one_assessment_a_table"),
        )

    def __str__(self) -> str:
        return f"{self.agency.short_name}{self.table.year}年度考核"


class Score(models.Model):
    """One indicator of one agency: counted, scored by itself, reviewed, objected to, settled."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="scores")
    # The system's number, None where nothing is known; and every line behind it, as counted then.
    value = models.DecimalField("系统数", max_digits=14, decimal_places=2, null=True)
    printed = models.CharField("系统数", max_length=100, blank=True)
    lines = models.JSONField("逐条", default=list)
    suggested = models.DecimalField("建议分", max_digits=7, decimal_places=2, null=True)

    self_points = models.DecimalField("自评分", max_digits=7, decimal_places=2, null=True)
    self_words = models.TextField("自评说明", blank=True)
    self_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    proof = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    proof_name = models.CharField("佐证材料", max_length=200, blank=True)

    points = models.DecimalField("复核分", max_digits=7, decimal_places=2, null=True)
    words = models.TextField("复核意见", blank=True)
    # Not assessed: nothing is known of it, and it counts neither way.
    left_out = models.BooleanField("不计入", default=False)
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objection = models.TextField("申诉", blank=True)
    answer = models.TextField("答复", blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    final = models.DecimalField("最后得分", max_digits=7, decimal_places=2, null=True)

    class Meta:
        verbose_name = "考核得分"
        ordering = ("indicator__position",)
        constraints = (
            models.UniqueConstraint(fields=["assessment", "indicator"], name="one_score"),
        )

    def __str__(self) -> str:
        return f"{self.assessment}：{self.indicator}"

    @property
    def settled(self) -> bool:
        """Whether the review has said something of it."""
        return self.left_out or self.points is not None

    @property
    def most(self) -> Decimal:
        """The points it can have."""
        return self.indicator.points
