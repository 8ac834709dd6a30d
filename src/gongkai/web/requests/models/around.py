"""What stands around requests: feeds of due days, reminders sent, chases, ledgers handed in."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person

from .cases import DisclosureRequest


class FeedToken(models.Model):
    """The address under which a person's calendar asks for his due days; only its digest is kept."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="feed_token")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("生成时间", default=timezone.now)
    read_at = models.DateTimeField("最近读取", null=True, blank=True)

    class Meta:
        verbose_name = "日历订阅地址"

    def __str__(self) -> str:
        return f"{self.person} {self.made_at:%Y-%m-%d}"


class ReminderSent(models.Model):
    """One reminder to one person by one way; none goes twice."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    # What it is of ("disclosure_request:12:reply"), the day it is due, and how far ahead.
    about = models.CharField(max_length=80)
    due_on = models.DateField("到期日期")
    days_before = models.IntegerField("到期前几个工作日")
    way = models.CharField("方式", max_length=10)
    at = models.DateTimeField("发出时间", default=timezone.now)

    class Meta:
        verbose_name = "已发的提醒"
        constraints = (
            models.UniqueConstraint(
                fields=["person", "about", "due_on", "days_before", "way"], name="one_reminder"
            ),
        )
        indexes = (models.Index(fields=["at"], name="reminder_at"),)

    def __str__(self) -> str:
        return f"{self.about} {self.due_on}"


class Chase(models.Model):
    """The competent department asks an agency about an overdue request (催办)."""

    request = models.ForeignKey(DisclosureRequest, models.CASCADE, related_name="chases")
    text = models.TextField("催办内容")
    answer_by = models.DateField("要求回复日期", null=True, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField("催办时间", default=timezone.now)
    answer = models.TextField("回复", blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("回复时间", null=True, blank=True)

    class Meta:
        verbose_name = "催办"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.text[:30]}"


class LedgerUpload(models.Model):
    """An old ledger handed in to be looked through before it is taken in; its bytes are sealed."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    name = models.CharField("文件名", max_length=200)
    stored = models.CharField(max_length=64)
    digest = models.CharField("校验码（SHA-256）", max_length=64)
    # What is taken for a blank channel; "": such lines are refused.
    channel = models.CharField("没有写渠道的按", max_length=30, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField("上传时间", default=timezone.now)
    imported = models.PositiveIntegerField("转入件数", default=0)
    imported_at = models.DateTimeField("转入时间", null=True, blank=True)

    class Meta:
        verbose_name = "台账转入"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"
