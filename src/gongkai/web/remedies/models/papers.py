"""Papers of a case, a correction or a complaint: sealed, since most of them show who it is."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.web.people.models import Person

from .cases import RemedyCase
from .complaints import Complaint
from .corrections import RecordCorrection


class FiledPaperKind(models.TextChoices):
    """What a paper is."""

    APPLICATION = "application", "申请书、起诉状、来信"
    NOTICE = "notice", "通知书、传票"
    STATEMENT = "statement", "本机关的答复、答辩、告知"
    EVIDENCE = "evidence", "证据"
    DECISION = "decision", "决定书、裁判文书"
    PROOF = "proof", "送达凭证"
    OTHER = "other", "其他材料"


class FiledPaper(models.Model):
    """One paper of one of the three."""

    case = models.ForeignKey(RemedyCase, models.CASCADE, null=True, related_name="papers")
    correction = models.ForeignKey(
        RecordCorrection, models.CASCADE, null=True, related_name="papers"
    )
    complaint = models.ForeignKey(Complaint, models.CASCADE, null=True, related_name="papers")
    kind = models.CharField("种类", max_length=20, choices=FiledPaperKind)
    name = models.CharField("名称", max_length=200)
    # The digest of the sealed bytes in the store, and of the original.
    stored = models.CharField(max_length=64)
    digest = models.CharField("校验码（SHA-256）", max_length=64)
    size = models.BigIntegerField("字节")
    media_type = models.CharField(max_length=100)
    virus_scan = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("加入时间", default=timezone.now)

    class Meta:
        verbose_name = "材料"
        ordering = ("added_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(case__isnull=False, correction=None, complaint=None)
                | Q(case=None, correction__isnull=False, complaint=None)
                | Q(case=None, correction=None, complaint__isnull=False),
                name="paper_of_one_record",
            ),
        )

    def __str__(self) -> str:
        return self.name
