"""What a competent department settles for its agencies: earlier days, its level, reminders."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person


class Level(models.TextChoices):
    """On which level a government stands (``core.report.calendar.Level``)."""

    COUNTY = "county", "县级"
    CITY = "city", "地市级"
    PROVINCE = "province", "省级"


class Collecting(models.Model):
    """How the competent department of a government collects reports."""

    government = models.OneToOneField(Agency, models.CASCADE, related_name="collecting")
    # The form gives each level its own day; a name does not tell the level surely.
    level = models.CharField("级别", max_length=10, choices=Level, blank=True)
    # So many working days before, the farthest first; [] is as by default.
    reminder_days = models.JSONField("到期前几个工作日提醒", default=list)

    class Meta:
        verbose_name = "收报的设置"

    def __str__(self) -> str:
        return f"{self.government.short_name}收报的设置"


class ReportLimit(models.Model):
    """The day by which reports of a year are handed in, earlier than the law's."""

    to = models.ForeignKey(Agency, models.CASCADE, related_name="report_limits")
    year = models.PositiveSmallIntegerField("年度")
    # Empty for all agencies that report to ``to``; one agency's own goes before that.
    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="机关"
    )
    submit_by = models.DateField("报送截止日期")
    note = models.CharField("说明", max_length=300, blank=True)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField("设定时间", default=timezone.now)

    class Meta:
        verbose_name = "报送时限"
        ordering = ("-year", "agency__position")
        constraints = (
            models.UniqueConstraint(fields=["to", "year", "agency"], name="one_limit_an_agency"),
            models.UniqueConstraint(
                fields=["to", "year"], condition=Q(agency=None), name="one_limit_for_all"
            ),
        )

    def __str__(self) -> str:
        whose = self.agency.short_name if self.agency else "各机关"
        return f"{whose}{self.year}年度报告 {self.submit_by} 前报送"
