"""Decision, letter, its review by different people, and its delivery."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person
from gongkai.web.sealed import SealedTextField

from .cases import DisclosureRequest
from .papers import Paper


class Decision(models.Model):
    """The outcome chosen by the guide, with what was answered and each withheld part."""

    request = models.ForeignKey(DisclosureRequest, models.CASCADE, related_name="decisions")
    outcome = models.CharField("办理结果", max_length=40)
    # {question: answer} of the guide, in the order asked.
    answers = models.JSONField("逐问的回答", default=dict, blank=True)
    # [{"where": ..., "ground": ..., "reasons": ...}] (art. 37).
    withheld = models.JSONField("不予公开的部分", default=list, blank=True)
    # Facts the letter needs and evidence the file holds: {requirement: what}.
    facts = models.JSONField("要素", default=dict, blank=True)
    reasons = models.TextField("理由", blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # A later decision stands in its place; this one stays in the file.
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "办理结果"
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.outcome


class LetterState(models.TextChoices):
    """Where a letter stands inside the house."""

    DRAFT = "draft", "起草"
    SECTION_REVIEW = "section_review", "科室审核"
    SECRECY_REVIEW = "secrecy_review", "保密审查"
    SIGNING = "signing", "签发"
    SIGNED = "signed", "已签发"
    SERVED = "served", "已送达"
    DISCARDED = "discarded", "作废"


class Letter(models.Model):
    """One letter (文书): made from facts, edited, reviewed, signed, numbered, served."""

    request = models.ForeignKey(DisclosureRequest, models.CASCADE, related_name="letters")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    kind = models.CharField("文书", max_length=40)
    state = models.CharField("状态", max_length=20, choices=LetterState, default=LetterState.DRAFT)
    addressee = models.CharField("收件人", max_length=120, blank=True)
    # What the core's letter is rendered from; the text as edited, "" while it is as rendered.
    facts = models.JSONField("要素", default=dict, blank=True)
    text = models.TextField("正文（改过的）", blank=True)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="letters"
    )
    # What its signature or service does to the request: an act and its facts.
    act = models.CharField(max_length=40, blank=True)
    act_facts = models.JSONField(default=dict, blank=True)
    number = models.CharField("文号", max_length=80, blank=True)
    dated = models.DateField("落款日期", null=True, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # Everybody who changed it besides: none of them may review or sign it.
    writers = models.ManyToManyField(Person, blank=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    docx = models.CharField(max_length=64, blank=True)
    pdf = models.CharField(max_length=64, blank=True)
    # Papers that go with it: what is supplied.
    enclosures = models.ManyToManyField(Paper, blank=True, related_name="+")

    class Meta:
        verbose_name = "文书"
        ordering = ("written_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["agency", "number"],
                condition=~models.Q(number=""),
                name="one_letter_number",
            ),
        )

    def __str__(self) -> str:
        return self.number or f"{self.kind}（{self.get_state_display()}）"


class Step(models.TextChoices):
    """A step of review of a letter."""

    SECTION_REVIEW = "section_review", "科室审核"
    SECRECY_REVIEW = "secrecy_review", "保密审查"
    SIGNING = "signing", "签发"


class Verdict(models.TextChoices):
    """What was said at a step."""

    SUBMITTED = "submitted", "提交"
    PASSED = "passed", "通过"
    RETURNED = "returned", "退回"


class Opinion(models.Model):
    """What somebody said of a letter, of the text as it stood."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="opinions")
    step = models.CharField(max_length=20)
    verdict = models.CharField(max_length=20, choices=Verdict)
    text = models.TextField("意见", blank=True)
    # The digest of what was read: a later change of the text asks for the reviews anew.
    read = models.CharField(max_length=64, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "审查意见"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.person} {self.get_verdict_display()}"


class DeliveryWay(models.TextChoices):
    """How a letter goes out (国办公开办函〔2016〕235号 四; electronic: 未核实)."""

    DIRECT = "direct", "直接送达"
    ENTRUSTED = "entrusted", "委托其他行政机关送达"
    POST = "post", "邮寄送达"
    ONLINE = "online", "网上送达"
    EMAIL = "email", "电子邮件"
    PUBLIC_NOTICE = "public_notice", "公告"


class Delivery(models.Model):
    """One delivery: when it left, when it came, and the day that counts for the limit."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="deliveries")
    way = models.CharField("方式", max_length=20, choices=DeliveryWay)
    # The day of posting, of sending, of putting up; of signature where handed over.
    sent_on = models.DateField("交出日期")
    # For reconsideration and suit the day it truly came counts; both are kept.
    came_on = models.DateField("签收日期", null=True, blank=True)
    signed_for_by = SealedTextField("签收人", blank=True)
    tracking_number = models.CharField("邮政单号", max_length=60, blank=True)
    proof = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")
    returned_on = models.DateField("退回日期", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "送达"
        ordering = ("sent_on", "pk")

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.sent_on}"
