"""Papers of the registers: materials of a training, its sign-in sheet, the record of an inspection.

Sealed in the store: a sign-in sheet names people.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.web.people.models import Person

from .lines import Inspection, Training


class PaperKind(models.TextChoices):
    """What a paper is."""

    NOTICE = "notice", "通知"
    MATERIALS = "materials", "培训材料"
    SIGN_IN = "sign_in", "签到表"
    RECORD = "record", "检查记录"
    OTHER = "other", "其他材料"


class MeasurePaper(models.Model):
    """One paper of a training or of an inspection."""

    training = models.ForeignKey(Training, models.CASCADE, null=True, related_name="papers")
    inspection = models.ForeignKey(Inspection, models.CASCADE, null=True, related_name="papers")
    kind = models.CharField("种类", max_length=20, choices=PaperKind)
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
        verbose_name = "保障措施材料"
        ordering = ("added_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(training__isnull=False, inspection=None)
                | Q(training=None, inspection__isnull=False),
                name="measure_paper_of_one_line",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def line(self) -> Training | Inspection:
        """Whose it is."""
        found = self.training or self.inspection
        assert found is not None, "measure_paper_of_one_line"
        return found
