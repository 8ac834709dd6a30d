"""Who asks: sealed at rest, seen only by those who need it, every look kept, erased in time.

A requester is kept with each request as he stood then (art. 29 (1)); the same person is
found again by a fingerprint of the identity number, never by name.
"""

from __future__ import annotations

import re

from django.db import models
from django.utils import timezone

from gongkai.core.handling.ledger import RequesterKind
from gongkai.web.people.models import Person
from gongkai.web.sealed import SealedTextField, fingerprint


class Requester(models.Model):
    """The natural person or organisation of one request."""

    kind = models.CharField(
        "申请人类型", max_length=30, choices=[(kind.value, kind.label) for kind in RequesterKind]
    )
    name = SealedTextField("姓名或者名称")
    # What lists and letters to others may show: 张**.
    masked_name = models.CharField("姓名（打码）", max_length=60)
    document_kind = models.CharField("证件名称", max_length=40, blank=True)
    document_number = SealedTextField("证件号码", blank=True)
    # The same for the same identity number; "" where none is known.
    same_as = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    # 统一社会信用代码、法定代表人、联系人: of an organisation.
    unified_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    representative = SealedTextField("法定代表人", blank=True)
    contact = SealedTextField("联系人", blank=True)
    agent = SealedTextField("代理人", blank=True)
    phone = SealedTextField("联系电话", blank=True)
    mailbox = SealedTextField("电子邮箱", blank=True)
    address = SealedTextField("通信地址", blank=True)
    postcode = models.CharField("邮政编码", max_length=10, blank=True)
    erase_on = models.DateField("到期删除", null=True, blank=True)
    erased_at = models.DateTimeField("身份信息删除时间", null=True, editable=False)

    class Meta:
        verbose_name = "申请人"

    def __str__(self) -> str:
        return self.masked_name

    def seal_marks(self) -> None:
        """Set what is derived from the sealed facts; called by the acts that write them."""
        person = self.kind == RequesterKind.NATURAL_PERSON
        self.masked_name = mask_name(self.name, person=person)[:60]
        self.same_as = fingerprint(self.unified_code or self.document_number)


# What the name of an organisation ends with; a long name that doesn't is a person's.
_ORGANISATION = re.compile(
    r"(公司|集团|企业|厂|店|行|社|所|院|校|会|中心|馆|站|局|办|部|处|队|园|团|基金|工作室|政府|联盟|大学|中学|小学)$"
)
_BETWEEN_NAMES = re.compile(r"[、，,;；/]+")


def mask_name(name: str, *, person: bool = False) -> str:
    """张三 → 张*; 青禾暖阳服务中心 → 青禾暖阳****; of several names each is masked.

    ``person``: it is known to be no organisation's, whatever it ends with.
    """
    names = ["".join(one.split()) for one in _BETWEEN_NAMES.split(name)]
    return "、".join(_masked(one, person) for one in names if one)


def _masked(name: str, person: bool) -> str:
    kept = 4 if not person and len(name) > 4 and _ORGANISATION.search(name) else 1
    return name[:kept] + "*" * (len(name) - kept)


class IdentityView(models.Model):
    """Somebody looked at what is sealed: who, when, what, why."""

    request = models.ForeignKey("DisclosureRequest", models.CASCADE, related_name="identity_views")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    what = models.CharField("看了什么", max_length=200)
    reason = models.CharField("原因", max_length=200)

    class Meta:
        verbose_name = "身份信息查看记录"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.person} {self.at:%Y-%m-%d %H:%M} {self.what}"


class AskingDraft(models.Model):
    """A request being written by somebody not known yet: sealed, kept for a time, theirs alone."""

    token_digest = models.CharField(max_length=64, unique=True)
    content = SealedTextField(blank=True)
    # Whether its writer asked to keep it; else it goes after a day.
    saved = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "申请草稿"

    def __str__(self) -> str:
        return f"草稿 {self.changed_at:%Y-%m-%d}"
