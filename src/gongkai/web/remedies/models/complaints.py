"""Complaints and reports about disclosure (arts. 47, 51): handled by the agency that received them.

The agency complained about is told what is needed, never who complained.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.core.handling.channels import Channel
from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person
from gongkai.web.requests.models import DisclosureRequest
from gongkai.web.sealed import SealedTextField


class ComplaintKind(models.TextChoices):
    """投诉 is about one's own matter, 举报 about what anybody may see."""

    COMPLAINT = "complaint", "投诉"
    REPORT = "report", "举报"


class ComplaintResult(models.TextChoices):
    """What came of it."""

    UPHELD = "upheld", "属实"
    PARTLY_UPHELD = "partly_upheld", "部分属实"
    UNFOUNDED = "unfounded", "不属实"
    PASSED_ON = "passed_on", "转有权处理的机关"
    NOT_WITHIN = "not_within", "不属于投诉举报，已告知途径"
    WITHDRAWN = "withdrawn", "撤回"


class Complaint(models.Model):
    """One complaint or report."""

    # Who received and handles it; nobody else sees it.
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="complaints", verbose_name="受理机关"
    )
    about = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name="被投诉举报的机关"
    )
    request = models.ForeignKey(
        DisclosureRequest,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints",
        verbose_name="有关的申请",
    )
    kind = models.CharField("种类", max_length=20, choices=ComplaintKind)
    channel = models.CharField(
        "渠道", max_length=30, choices=[(channel.value, channel.label) for channel in Channel]
    )
    received_on = models.DateField("收到日期")
    name = SealedTextField("姓名或者名称", blank=True)
    masked_name = models.CharField("姓名（打码）", max_length=60, blank=True)
    contact = SealedTextField("联系方式", blank=True)
    matter = models.TextField("投诉举报的事项")
    handler = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )
    # The Regulation sets no limit.
    internal_due_on = models.DateField("内部期限", null=True, blank=True)
    findings = models.TextField("核实情况", blank=True)
    result = models.CharField("结果", max_length=20, choices=ComplaintResult, blank=True)
    # 督促整改、通报批评、提出处理建议 (arts. 46, 47); or to whom it was passed on.
    measures = models.TextField("处理措施", blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    erased_at = models.DateTimeField("身份信息删除时间", null=True, editable=False)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", default=timezone.now)

    class Meta:
        verbose_name = "投诉举报"
        ordering = ("-received_on", "-pk")
        indexes = (models.Index(fields=["agency", "answered_on"], name="complaint_open"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}第 {self.pk} 号"

    @property
    def is_open(self) -> bool:
        """Whether it was not answered yet."""
        return self.answered_on is None

    @property
    def who(self) -> str:
        """Who complained, as lists may show it."""
        if self.erased_at:
            return "已删除"
        return self.masked_name or "匿名"
