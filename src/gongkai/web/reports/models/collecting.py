"""What a competent department collects: files handed to it, matched to agencies, and reminders."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.models import StoredFile
from gongkai.web.people.models import Person

from .reports import ReportVersion


class Batch(models.Model):
    """Files uploaded together, for one year."""

    to = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间", default=timezone.now)

    class Meta:
        verbose_name = "上传的一批报告"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.year}年度报告 {self.uploaded_at:%Y-%m-%d %H:%M} 上传"


class FileState(models.TextChoices):
    """What became of an uploaded file."""

    WAITING = "waiting", "等着读"
    READ = "read", "读好"
    FAILED = "failed", "读不了"
    TAKEN = "taken", "已收入"
    DROPPED = "dropped", "没有要"


class UploadedReport(models.Model):
    """One file of a batch: what was read in it, whose it seems to be, and why that is doubtful."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="files")
    name = models.CharField("文件名", max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=10, choices=FileState, default=FileState.WAITING)
    # Why it cannot be read, in words.
    failure = models.CharField("为什么读不了", max_length=500, blank=True)
    # Our JSON as text, which keeps money exact.
    reading = models.TextField(blank=True)
    told_agency = models.CharField("文件写的机关", max_length=200, blank=True)
    told_year = models.PositiveSmallIntegerField("文件写的年度", null=True, blank=True)
    edition = models.CharField("格式版本", max_length=10, blank=True)
    unread = models.PositiveIntegerField("没有读出的格", default=0)
    # What the core finds in it alone; once taken in, it is compared with last year's too.
    errors = models.PositiveIntegerField("差错", default=0)
    warnings = models.PositiveIntegerField("提示", default=0)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="机关"
    )
    # Sentences: what somebody should look at before it is taken in.
    doubts = models.JSONField("存疑", default=list)
    version = models.OneToOneField(
        ReportVersion, models.PROTECT, null=True, blank=True, related_name="uploaded"
    )

    class Meta:
        verbose_name = "上传的报告"
        ordering = ("pk",)
        indexes = (models.Index(fields=["batch", "state"], name="uploaded_state"),)

    def __str__(self) -> str:
        return self.name


class Chase(models.Model):
    """The department asked an agency for its report (催报)."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="report_chases")
    year = models.PositiveSmallIntegerField("年度")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField("催报时间", default=timezone.now)
    note = models.CharField("说明", max_length=300, blank=True)
    # Where the mail went, or why none did; both empty until it was tried.
    mailed_to = models.EmailField("邮件发往", blank=True)
    not_mailed = models.CharField("没有发邮件", max_length=200, blank=True)

    class Meta:
        verbose_name = "催报"
        ordering = ("-pk",)
        indexes = (models.Index(fields=["agency", "year"], name="chase_of_report"),)

    def __str__(self) -> str:
        return f"{self.agency.short_name}{self.year}年度 {self.at:%Y-%m-%d}"
