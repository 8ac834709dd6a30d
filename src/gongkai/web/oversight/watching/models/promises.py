"""What an agency promised of its columns, what it confirmed, and the numbers it is judged by."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.core.watching.rhythms import Rhythm, RhythmKind
from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person


class ColumnPromise(models.Model):
    """How often an agency brings a column up to date (更新承诺)."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="column_promises")
    column = models.CharField("栏目", max_length=40)
    statutory = models.CharField("法定项目", max_length=10, blank=True)
    rhythm = models.CharField(
        "多久更新", max_length=20, choices=[(r.value, r.label) for r in RhythmKind]
    )
    # The month, or the days, where the rhythm names one.
    number = models.PositiveSmallIntegerField("月份或天数", default=0)
    promised_on = models.DateField("承诺日期")
    set_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="谁定的"
    )

    class Meta:
        verbose_name = "更新承诺"
        ordering = ("agency", "column", "statutory")
        constraints = (
            models.UniqueConstraint(
                fields=["agency", "column", "statutory"], name="one_promise_a_column"
            ),
        )

    def __str__(self) -> str:
        return f"{self.statutory or self.column}：{self.told.label}"

    @property
    def told(self) -> Rhythm:
        """As the core has it."""
        return Rhythm(RhythmKind(self.rhythm), self.number)


class ColumnConfirmation(models.Model):
    """Somebody looked and found that there is nothing to publish in a column until a day."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="column_confirmations")
    column = models.CharField("栏目", max_length=40)
    statutory = models.CharField("法定项目", max_length=10, blank=True)
    until = models.DateField("到哪一天为止没有")
    note = models.CharField("说明", max_length=200, blank=True)
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="谁确认的"
    )
    confirmed_at = models.DateTimeField("确认时间", default=timezone.now)
    ended_at = models.DateTimeField("取消时间", null=True, blank=True)

    class Meta:
        verbose_name = "没有此类信息的确认"
        ordering = ("-pk",)
        indexes = (models.Index(fields=["agency", "column", "statutory"], name="confirmed_column"),)

    def __str__(self) -> str:
        return f"{self.statutory or self.column}到 {self.until} 没有"


class WatchSetting(models.Model):
    """A number of ``core.watching.limits`` set for an agency and what is below it, or for all."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, blank=True, related_name="watch_settings"
    )
    name = models.CharField(max_length=40)
    value = models.PositiveIntegerField("值")
    set_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "巡检设置"
        constraints = (
            models.UniqueConstraint(fields=["agency", "name"], name="one_setting_of_agency"),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(agency=None), name="one_setting_of_region"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"
