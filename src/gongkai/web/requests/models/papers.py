"""Papers of a case, as they came: immutable, under their digest, sealed where they identify."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.web.people.models import Person
from gongkai.web.sealed import SealedTextField

from .cases import DisclosureRequest


class PaperKind(models.TextChoices):
    """What a paper is, in the order of the file (归档目录)."""

    REQUEST = "request", "申请表"
    IDENTITY = "identity", "身份证明"
    AUTHORISATION = "authorisation", "授权委托书"
    CORRECTION = "correction", "补正材料"
    OPINION = "opinion", "征求意见回函"
    SEARCH = "search", "检索记录"
    ASSESSMENT = "assessment", "审查、评估材料"
    INFORMATION = "information", "提供的信息"
    PROOF = "proof", "送达凭证"
    PAYMENT = "payment", "缴费凭证"
    OTHER = "other", "其他材料"


SEALED_KINDS = frozenset({PaperKind.IDENTITY, PaperKind.AUTHORISATION})
# They name who asked or who was consulted: sealed as well, whoever brings them in.
NAMING_KINDS = SEALED_KINDS | {
    PaperKind.REQUEST, PaperKind.CORRECTION, PaperKind.OPINION, PaperKind.PROOF, PaperKind.PAYMENT,
}  # fmt: skip


class Paper(models.Model):
    """One paper: its bytes lie in the file store, sealed where it shows who asks."""

    request = models.ForeignKey(DisclosureRequest, models.CASCADE, related_name="papers")
    kind = models.CharField("种类", max_length=30, choices=PaperKind)
    # People call a file after themselves: 张三身份证.jpg.
    name = SealedTextField("名称")
    # The digest of the bytes in the store (of the sealed bytes, where sealed) and of the original.
    stored = models.CharField(max_length=64)
    digest = models.CharField("校验码（SHA-256）", max_length=64)
    size = models.BigIntegerField("字节")
    media_type = models.CharField(max_length=100)
    sealed = models.BooleanField("加密", default=False)
    from_requester = models.BooleanField("申请人交来", default=False)
    virus_scan = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField("删除时间", null=True, editable=False)

    class Meta:
        verbose_name = "卷内材料"
        ordering = ("added_at", "pk")

    def __str__(self) -> str:
        return self.name


class MessageKind(models.TextChoices):
    """What a requester hands in on the page of progress."""

    CORRECTION = "correction", "补正"
    REASONS = "reasons", "说明理由"
    SUPPLEMENT = "supplement", "补充说明"
    CONTACT = "contact", "改联系方式"
    PAYMENT = "payment", "缴费凭证"
    WITHDRAWAL = "withdrawal", "撤回申请"


class Message(models.Model):
    """Something handed in online, durably kept before it is acknowledged; the desk acts on it."""

    request = models.ForeignKey(DisclosureRequest, models.CASCADE, related_name="messages")
    kind = models.CharField("种类", max_length=20, choices=MessageKind)
    # Its first words are mostly the name of whoever writes.
    text = SealedTextField("内容", blank=True)
    papers = models.ManyToManyField(Paper, blank=True, related_name="+")
    submission = models.UUIDField(unique=True, null=True, editable=False)
    at = models.DateTimeField("提交时间", default=timezone.now)
    handled_at = models.DateTimeField("处理时间", null=True, blank=True)
    handled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "申请人来件"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
