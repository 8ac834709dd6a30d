"""The request, what was done on it, its number, and how an agency handles requests.

Where a request stands and when its reply is due are what the core says of its events
(``clock.settle``): columns here only keep the answer, so that lists can ask for it.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.core.handling.channels import Channel
from gongkai.core.handling.transitions import State
from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person
from gongkai.web.sealed import SealedTextField

from .requesters import Requester


class RequestSettings(models.Model):
    """How one agency handles requests; where the law is silent or unverified, its choice."""

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="request_settings")
    accepts_online = models.BooleanField("接收网上申请", default=True)
    # 青听公开申〔2026〕7号 and 青听公开〔2026〕12号: what stands before the year.
    request_mark = models.CharField("申请编号字头", max_length=40, blank=True)
    letter_mark = models.CharField("文书字头", max_length=40, blank=True)
    reminder_days = models.JSONField("到期前几个工作日提醒", default=list, blank=True)
    internal_days = models.PositiveSmallIntegerField("科室内部期限（工作日）", default=10)
    correction_days = models.PositiveSmallIntegerField("补正的合理期限（工作日）", default=15)
    identity_kept_days = models.PositiveIntegerField("办结后身份信息保存天数", default=365)
    reconsideration_body = models.CharField("复议机关", max_length=120, blank=True)
    reconsideration_address = models.URLField("网上申请复议的网址", blank=True)
    court = models.CharField("有管辖权的人民法院", max_length=120, blank=True)
    fee_account = models.CharField("信息处理费缴纳方式", max_length=300, blank=True)
    # Templates of letters that the agency changed: {letter kind: text}.
    templates = models.JSONField("文书模板", default=dict, blank=True)
    # Rules marked 未核实 in the law's data: {rule: value}, read by the core's clock.
    clock_rules = models.JSONField("期限口径", default=dict, blank=True)

    class Meta:
        verbose_name = "依申请公开设置"

    def __str__(self) -> str:
        return f"{self.agency.short_name}：依申请公开设置"


class NumberSequence(models.Model):
    """The last number given of an agency in a year for requests or letters; no gaps, none twice."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "编号"
        constraints = (
            models.UniqueConstraint(
                fields=["agency", "series", "year"], name="one_number_sequence"
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency.code} {self.series} {self.year}: {self.last}"


class DisclosureRequest(models.Model):
    """One request for government information (政府信息公开申请), one matter."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="disclosure_requests")
    number = models.CharField("申请编号", max_length=80, db_index=True)
    requester = models.ForeignKey(Requester, models.PROTECT, related_name="disclosure_requests")
    # A digest: who reads the database learns no code.
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    # Sent with the form: the same form sent twice is one request.
    submission = models.UUIDField(unique=True, null=True, editable=False)
    channel = models.CharField(
        "渠道", max_length=30, choices=[(channel.value, channel.label) for channel in Channel]
    )
    # Sent to another section or to a person: confirmed like plain post.
    misaddressed = models.BooleanField("没有寄到公开工作机构", default=False)
    arrived_on = models.DateField("到达日期")
    submitted_at = models.DateTimeField("提交时间", default=timezone.now)
    title = models.CharField("事由", max_length=120, blank=True)
    description = models.TextField("所需信息的名称、文号或者特征描述")
    form_of_supply = models.CharField("提供形式", max_length=40, blank=True)
    way_of_delivery = models.CharField("获取方式", max_length=40, blank=True)
    help_needed = models.CharField("需要的帮助", max_length=300, blank=True)
    registered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="拆自"
    )
    handler = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )
    internal_due_on = models.DateField("内部期限", null=True, blank=True)
    # Where the ledger came from another system, as it stood there.
    imported_from = models.CharField("转入来源", max_length=200, blank=True)
    # What the old ledger says and events cannot: days as ISO, words as they were.
    imported_line = models.JSONField("转入的台账行", default=dict, blank=True)
    # Its columns that the ledger does not have, as JSON: an address or a telephone may be in it.
    imported_aside = SealedTextField("转入台账的其他栏", blank=True)

    # What the core says of the events; written by clock.settle and nobody else.
    state = models.CharField(
        "状态", max_length=30, choices=[(state.value, state.label) for state in State],
        default=State.RECEIVED.value,
    )  # fmt: skip
    received_on = models.DateField("收到日期", null=True, blank=True)
    due_on = models.DateField("答复到期", null=True, blank=True)
    due_provisional = models.BooleanField("期限暂定", default=False)
    paused = models.BooleanField("停计", default=False)
    outcome = models.CharField("办理结果", max_length=40, blank=True)
    served_on = models.DateField("送达日期", null=True, blank=True)
    concluded_on = models.DateField("办结日期", null=True, blank=True)
    late = models.BooleanField("逾期", default=False)
    # What the year's tables count (``ledger.entry_of``): the first time it ended, and the last
    # by order of a review or a court.
    first_concluded_on = models.DateField("首次办结日期", null=True, blank=True)
    first_outcome = models.CharField("首次办理结果", max_length=40, blank=True)
    redone_on = models.DateField("重作日期", null=True, blank=True)
    redone_outcome = models.CharField("重作结果", max_length=40, blank=True)

    class Meta:
        verbose_name = "政府信息公开申请"
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["agency", "number"], name="one_request_number"),
        )
        indexes = (
            models.Index(fields=["agency", "concluded_on", "due_on"], name="request_board"),
            models.Index(fields=["concluded_on", "due_on"], name="request_due"),
            models.Index(fields=["agency", "received_on"], name="request_received"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title or self.description[:30]}"


class Event(models.Model):
    """One act on a request, in the order of the file; the clock is reckoned from these."""

    request = models.ForeignKey(DisclosureRequest, models.CASCADE, related_name="events")
    act = models.CharField("事项", max_length=40)
    on = models.DateField("日期")
    # What the core's act carries beside its day: days, received_on, until, outcome.
    facts = models.JSONField("要素", default=dict, blank=True)
    note = models.TextField("说明", blank=True)
    letter = models.ForeignKey(
        "Letter", models.PROTECT, null=True, blank=True, related_name="events"
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    undone_reason = models.CharField("撤销原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "办理经过"
        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"{self.on} {self.act}"
