"""What a competent department settles about rectification in its tree."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from gongkai.web.agencies.models import Agency


class RectificationSettings(models.Model):
    """For the subtree of ``agency``; the defaults where none of those above set anything.

    No instrument that we hold fixes these days.
    """

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="+")
    days = models.PositiveSmallIntegerField(
        "整改期限（工作日）",
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(250)],
        help_text="督办时默认的期限，可以逐件改。",
    )
    office_after = models.PositiveSmallIntegerField(
        "超期几个工作日告知公开工作机构",
        default=1,
        validators=[MaxValueValidator(60)],
        help_text="有责任人的，先提醒责任人；没有责任人的，一开始就由公开工作机构办。",
    )
    above_after = models.PositiveSmallIntegerField(
        "超期几个工作日告知主管部门", default=3, validators=[MaxValueValidator(60)]
    )
    self_check_day = models.PositiveSmallIntegerField(
        "每月自查到下月几日",
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text="到这一天前，上月的栏目自查要签字。",
    )
    notice_mark = models.CharField(
        "督办单、通报的机关代字",
        max_length=40,
        blank=True,
        help_text="空着用机关简称加“公开督”，如 区政府办公室公开督〔2026〕3号。",
    )

    class Meta:
        verbose_name = "整改设置"

    def __str__(self) -> str:
        return f"{self.agency.short_name}：整改设置"
