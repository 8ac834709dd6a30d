"""Notices of the competent department: the order of a task (督办单), the circular (通报)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person

from .tasks import RectificationTask


class NoticeKind(models.TextChoices):
    """Which letter of the core it is."""

    ORDER = "supervision_notice", "督办单"
    CIRCULAR = "supervision_circular", "通报"


class Notice(models.Model):
    """One notice with its number and its files; never changed."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="发出机关")
    kind = models.CharField("种类", max_length=30, choices=NoticeKind)
    task = models.ForeignKey(
        RectificationTask, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    number = models.CharField("文号", max_length=80)
    dated = models.DateField("成文日期")
    # What the letter was told, as JSON.
    facts = models.JSONField(default=dict)
    # Its paragraphs and tables as JSON, for the screen (letters.shown_of).
    shown = models.JSONField("正文", default=list)
    docx = models.CharField(max_length=64)
    pdf = models.CharField(max_length=64)
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField("印发时间", default=timezone.now)

    class Meta:
        verbose_name = "督办单、通报"
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["agency", "number"], name="one_notice_number"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class NoticeCopy(models.Model):
    """The copy of one agency: when it was sent, who read it first and when."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="copies")
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="notice_copies", verbose_name="收文机关"
    )
    sent_on = models.DateField("送出日期", null=True, blank=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    read_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField("看的时间", null=True, blank=True)

    class Meta:
        verbose_name = "督办单、通报的收文"
        ordering = ("agency__position", "agency__code")
        constraints = (
            models.UniqueConstraint(fields=["notice", "agency"], name="one_copy_an_agency"),
        )

    def __str__(self) -> str:
        return f"{self.notice} {self.agency.short_name}"
