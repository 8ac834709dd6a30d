"""What a competent department settles about rectification in its tree."""

from __future__ import annotations

from django.db import models

from gongkai.web.agencies.models import Agency


class RectificationSettings(models.Model):
    """For the subtree of ``agency``; the defaults where none of those above set anything.

    No instrument that we hold fixes these days.
    """

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="+")
    days = models.PositiveSmallIntegerField("整改期限（工作日）", default=10)
    office_after = models.PositiveSmallIntegerField("超期几个工作日告知公开工作机构", default=1)
    above_after = models.PositiveSmallIntegerField("超期几个工作日告知主管部门", default=3)
    # Of the month after; never later than the 28th, which every month has.
    self_check_day = models.PositiveSmallIntegerField("每月自查到下月几日", default=10)
    notice_mark = models.CharField("督办单、通报的机关代字", max_length=40, blank=True)

    class Meta:
        verbose_name = "整改设置"

    def __str__(self) -> str:
        return f"{self.agency.short_name}：整改设置"
