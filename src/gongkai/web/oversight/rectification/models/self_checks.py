"""The monthly self-check (自查): what an office found of each of its columns, signed by another.

A signed check is never changed: what it says is kept as it was (``snapshot``) with its digest,
and the database row refuses to be written again.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person

from .tasks import RectificationTask


class CheckState(models.TextChoices):
    """Where a self-check stands."""

    DRAFT = "draft", "在填"
    HANDED_IN = "handed_in", "待签字"
    RETURNED = "returned", "退回再填"
    SIGNED = "signed", "已签字"


class CheckAnswer(models.TextChoices):
    """What the office says of a column."""

    IN_ORDER = "in_order", "正常"
    PROBLEM = "problem", "有问题，已列整改"
    NONE_SUCH = "none_such", "没有此类信息"


class SignedForGood(Exception):
    """Somebody tried to write a signed self-check."""


def digest_of(snapshot: list[dict[str, Any]]) -> str:
    """The digest of what was signed."""
    plain = json.dumps(snapshot, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


class SelfCheck(models.Model):
    """The check of one agency and month."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="self_checks", verbose_name="机关"
    )
    # The first day of the month that was checked.
    month = models.DateField("月份")
    state = models.CharField("状态", max_length=10, choices=CheckState, default=CheckState.DRAFT)
    prepared_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="自查人"
    )
    handed_in_at = models.DateTimeField("送签时间", null=True, blank=True)
    signed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签字人"
    )
    signed_at = models.DateTimeField("签字时间", null=True, blank=True)
    words = models.CharField("退回的话", max_length=300, blank=True)
    snapshot = models.JSONField("签字时的内容", default=list, blank=True)
    digest = models.CharField("校验码（SHA-256）", max_length=64, blank=True)
    docx = models.CharField(max_length=64, blank=True)
    pdf = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField("最近改动", default=timezone.now)

    class Meta:
        verbose_name = "栏目自查"
        ordering = ("-month", "agency__position")
        constraints = (
            models.UniqueConstraint(fields=["agency", "month"], name="one_self_check_a_month"),
        )

    def __str__(self) -> str:
        return f"{self.agency.short_name}{self.month.year}年{self.month.month}月自查"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refused where the kept one is signed."""
        kept = SelfCheck.objects.filter(pk=self.pk, state=CheckState.SIGNED)
        if self.pk is not None and kept.exists():
            raise SignedForGood(str(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused where it is signed."""
        if self.state == CheckState.SIGNED:
            raise SignedForGood(str(self))
        return super().delete(*args, **kwargs)

    @property
    def intact(self) -> bool:
        """Whether what is kept is what was signed."""
        return self.digest == digest_of(self.snapshot)


class CheckLine(models.Model):
    """What the office says of one column, while it is filled in."""

    check_of = models.ForeignKey(SelfCheck, models.CASCADE, related_name="lines")
    column = models.CharField("栏目", max_length=40)
    answer = models.CharField("结论", max_length=10, choices=CheckAnswer, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    # Of what does not exist here: until when that is confirmed.
    none_until = models.DateField("确认到", null=True, blank=True)
    task = models.ForeignKey(
        RectificationTask, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="整改",
    )  # fmt: skip

    class Meta:
        verbose_name = "自查的栏目"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["check_of", "column"], name="one_line_a_column"),
        )

    def __str__(self) -> str:
        return f"{self.column}：{self.get_answer_display()}"
