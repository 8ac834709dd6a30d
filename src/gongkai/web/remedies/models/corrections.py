"""The correction of one's own records (art. 41): its own procedure, counted nowhere.

Whoever shows by evidence that what we hold of him is wrong may ask that it be corrected.  Who
may correct it does so and says so; who may not passes it on, or says whom to ask.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.core.handling.channels import Channel
from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person
from gongkai.web.sealed import SealedTextField


class CorrectionResult(models.TextChoices):
    """What became of it, by the names of the core's letter."""

    CORRECTED = "corrected", "已经更正"
    NOT_CORRECTED = "not_corrected", "不予更正"
    TRANSFERRED = "transferred", "转送有权机关"
    DIRECTED = "directed", "告知向有权机关提出"
    WITHDRAWN = "withdrawn", "申请人撤回"


# The record is not ours to correct.
NOT_COMPETENT = frozenset({CorrectionResult.TRANSFERRED, CorrectionResult.DIRECTED})


class RecordCorrection(models.Model):
    """One application to correct a record."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="record_corrections", verbose_name="机关"
    )
    name = SealedTextField("姓名或者名称")
    masked_name = models.CharField("姓名（打码）", max_length=60)
    document_number = SealedTextField("证件号码", blank=True)
    phone = SealedTextField("联系电话", blank=True)
    mailbox = SealedTextField("电子邮箱", blank=True)
    address = SealedTextField("通信地址", blank=True)
    is_natural_person = models.BooleanField("自然人", default=True)
    channel = models.CharField(
        "渠道", max_length=30, choices=[(channel.value, channel.label) for channel in Channel]
    )
    received_on = models.DateField("收到日期")
    # What is said of a person may be his alone: sealed like who he is.
    record_concerned = SealedTextField("要求更正的记录")
    claimed = SealedTextField("应当是什么")
    evidence = SealedTextField("提供的证据", blank=True)
    handler = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )
    # The law sets no limit; the agency may.
    internal_due_on = models.DateField("内部期限", null=True, blank=True)
    result = models.CharField("结果", max_length=20, choices=CorrectionResult, blank=True)
    findings = SealedTextField("核实情况", blank=True)
    other_agency = models.CharField("有权更正的机关", max_length=200, blank=True)
    corrected_on = models.DateField("更正日期", null=True, blank=True)
    concluded_on = models.DateField("告知日期", null=True, blank=True)
    erased_at = models.DateTimeField("身份信息删除时间", null=True, editable=False)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", default=timezone.now)

    class Meta:
        verbose_name = "更正申请"
        ordering = ("-received_on", "-pk")
        indexes = (models.Index(fields=["agency", "concluded_on"], name="correction_open"),)

    def __str__(self) -> str:
        return f"更正申请第 {self.pk} 号"

    @property
    def is_open(self) -> bool:
        """Whether nobody was told yet."""
        return self.concluded_on is None
