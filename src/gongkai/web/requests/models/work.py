"""What was done on a case besides letters: searches, consultations, fees, remarks."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person
from gongkai.web.sealed import SealedTextField

from .cases import DisclosureRequest
from .letters import Letter
from .papers import Paper


class SearchRecord(models.Model):
    """What was searched, before 'not held' may be said (art. 36 (4); 法释〔2025〕8号 五)."""

    request = models.ForeignKey(DisclosureRequest, models.CASCADE, related_name="searches")
    on = models.DateField("检索日期")
    places = models.TextField("检索的档案、系统")
    words = models.CharField("检索词", max_length=300)
    found = models.BooleanField("找到", default=False)
    result = models.TextField("结果")
    papers = models.ManyToManyField(Paper, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "检索记录"
        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"{self.on} {self.words}"


class ConsultationKind(models.TextChoices):
    """Whose opinion: silence means opposite things (arts. 32 and 34)."""

    THIRD_PARTY = "third_party", "第三方"
    CO_MAKER = "co_maker", "共同制作机关"
    AGENCY = "agency", "其他机关"


class Answer(models.TextChoices):
    """What the other side said."""

    AGREES = "agrees", "同意公开"
    PARTLY = "partly", "部分同意"
    REFUSES = "refuses", "不同意公开"
    SILENT = "silent", "逾期未答复"


class Consultation(models.Model):
    """One opinion asked for, with its letter, its limit and its answer."""

    request = models.ForeignKey(DisclosureRequest, models.CASCADE, related_name="consultations")
    kind = models.CharField("征求对象", max_length=20, choices=ConsultationKind)
    party = SealedTextField("第三方姓名或者名称", blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    contact = SealedTextField("联系方式", blank=True)
    what = models.TextField("拟公开的内容")
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, blank=True, related_name="+")
    sent_on = models.DateField("发出日期", null=True, blank=True)
    came_on = models.DateField("对方收到日期", null=True, blank=True)
    answered_on = models.DateField("收到意见日期", null=True, blank=True)
    answer = models.CharField("意见", max_length=20, choices=Answer, blank=True)
    reasons = models.TextField("对方的理由", blank=True)
    # Whether the reasons hold (art. 32): the agency's own judgement, with why.
    weighed = models.TextField("本机关的判断", blank=True)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "征求意见"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.get_kind_display()


class FeeNotice(models.Model):
    """A fee charged for one request, by item or by volume, with its working."""

    request = models.ForeignKey(DisclosureRequest, models.CASCADE, related_name="fees")
    by_volume = models.BooleanField("按量", default=False)
    count = models.PositiveIntegerField("第几件，或者页数")
    sum_yuan = models.DecimalField("金额（元）", max_digits=12, decimal_places=2)
    working = models.JSONField("计算过程", default=list)
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, blank=True, related_name="+")
    paid_on = models.DateField("缴清日期", null=True, blank=True)
    proof = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "信息处理费"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.sum_yuan} 元"


class Remark(models.Model):
    """A remark among colleagues; never part of a letter."""

    request = models.ForeignKey(DisclosureRequest, models.CASCADE, related_name="remarks")
    text = models.TextField("备注")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "备注"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.text[:40]
