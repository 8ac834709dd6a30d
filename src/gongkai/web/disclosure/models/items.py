"""An item of information and its versions.

The item is what has a number, a state and an owner; a version is what can be read.  A
version is sealed when it is submitted; what is returned is mended in a new one, so every
reviewer's opinion stays beside the words it was about.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person


class ItemKind(models.TextChoices):
    """The kinds of information that have a life or facts of their own."""

    PLAIN = "plain", "一般信息"
    NORMATIVE_DOCUMENT = "normative_document", "行政规范性文件"
    INTERPRETATION = "interpretation", "政策解读"
    CONCERN_RESPONSE = "concern_response", "回应关切"
    BUDGET = "budget", "预算"
    FINAL_ACCOUNTS = "final_accounts", "决算"
    POWER_LIST = "power_list", "权责清单"
    SYSTEM_RULE = "system_rule", "政府信息公开制度"
    ANNUAL_REPORT = "annual_report", "政府信息公开年报"


class State(models.TextChoices):
    """Where an item stands on its way."""

    DRAFT = "draft", "起草"
    SECTION_REVIEW = "section_review", "科室审核"
    SECRECY_REVIEW = "secrecy_review", "保密审查"
    APPROVAL = "approval", "签发"
    SCHEDULED = "scheduled", "待发布"
    PUBLISHED = "published", "已发布"
    # Decided: not published proactively; kept with its reason, reassessed (art. 18).
    KEPT = "kept", "不主动公开"
    WITHDRAWN = "withdrawn", "已撤回"
    DISCARDED = "discarded", "已作废"


UNDER_REVIEW = (State.SECTION_REVIEW, State.SECRECY_REVIEW, State.APPROVAL)


class InformationItem(models.Model):
    """One piece of government information in the hands of an agency."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="items")
    kind = models.CharField("类型", max_length=40, choices=ItemKind, default=ItemKind.PLAIN)
    state = models.CharField("状态", max_length=20, choices=State, default=State.DRAFT)
    author = models.ForeignKey(Person, models.PROTECT, related_name="items")
    index_number = models.CharField("索引号", max_length=80, unique=True, null=True, blank=True)
    # The version being written or reviewed, or the last one.
    current = models.OneToOneField(
        "ItemVersion", models.PROTECT, null=True, related_name="+", verbose_name="现稿"
    )
    # The version that is public; empty when nothing is.
    live = models.OneToOneField(
        "ItemVersion", models.PROTECT, null=True, related_name="+", verbose_name="公开稿"
    )
    returned = models.BooleanField("被退回", default=False)
    urgent = models.BooleanField("紧急更正", default=False)
    # When the present step began: how long it has waited.
    state_since = models.DateTimeField("到这一步的时间", default=timezone.now)
    # Art. 26: twenty working days from the day made; provisional where a year's holidays
    # are not announced.
    due_on = models.DateField("公开期限", null=True, blank=True)
    due_provisional = models.BooleanField("期限暂定", default=False)
    scheduled_for = models.DateTimeField("定时发布", null=True, blank=True)
    first_published_at = models.DateTimeField("首次发布", null=True, editable=False)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, editable=False)
    withdrawal_reason = models.CharField("撤回原因", max_length=300, blank=True)
    # An interpretation names its document; a document may demand one and wait for it.
    interprets = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="interpretations"
    )
    interpretation_due = models.BooleanField("需要解读", default=False)
    released_together = models.BooleanField("与解读同时发布", default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # Where an imported item stood on the former site.
    former_address = models.CharField("原网址", max_length=500, blank=True, db_index=True)

    class Meta:
        verbose_name = "信息"
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=["agency", "state", "-id"], name="item_agency_state"),
            models.Index(fields=["state", "due_on"], name="item_state_due"),
        )

    def __str__(self) -> str:
        return (self.current.title if self.current else "") or f"没有标题的信息 {self.pk}"

    @property
    def version(self) -> ItemVersion:
        """The version at hand; every item has one once its act is done."""
        if self.current is None:
            raise ItemVersion.DoesNotExist(f"item {self.pk} has no version")
        return self.current


class ItemVersion(models.Model):
    """What an item says: its text and its metadata (art. 12, and the heads of real pages)."""

    item = models.ForeignKey(InformationItem, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("稿次")
    title = models.CharField("标题", max_length=300)
    body_html = models.TextField("正文", blank=True)
    # The text with personal numbers masked, where a reviewer had it made; then this one is
    # published and the other never is.
    redacted_body = models.TextField("打码后的正文", blank=True)
    summary = models.TextField("内容概述", blank=True)
    issuer = models.CharField("发文机关", max_length=200, blank=True)
    source = models.CharField("来源", max_length=120, blank=True)
    document_number = models.CharField("发文字号", max_length=80, blank=True)
    made_on = models.DateField("成文日期", null=True, blank=True)
    genre = models.CharField("体裁", max_length=40, blank=True)
    theme = models.CharField("主题分类", max_length=40, blank=True)
    keywords = models.JSONField("关键词", default=list, blank=True)
    column = models.CharField("栏目", max_length=40, default="statutory")
    statutory = models.CharField("法定项目", max_length=10, blank=True)
    disclosure_class = models.CharField("公开属性", max_length=12, default="proactive")
    legal_basis = models.CharField("依据", max_length=80, blank=True)
    class_reason = models.TextField("理由", blank=True)
    effective_on = models.DateField("施行日期", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    # Facts of the kind: fiscal_year, form (text, chart, question_and_answer, video), concern…
    details = models.JSONField(default=dict, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    # Sealed on submission: nobody changes what a reviewer has before him.
    sealed = models.BooleanField(default=False)
    change_reason = models.CharField("修改原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "稿"
        ordering = ("item", "number")
        constraints = (
            models.UniqueConstraint(fields=["item", "number"], name="one_version_of_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.title}（第 {self.number} 稿）"

    @property
    def public_body(self) -> str:
        """The text the public gets."""
        return self.redacted_body or self.body_html
