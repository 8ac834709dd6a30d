"""A matter of public concern (关切): where it came up, until when to answer, what was released."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone

from gongkai.core.watching.responding import response_limits
from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person
from gongkai.web.publication.models import Publication


class ConcernKind(models.TextChoices):
    """What it is about: the kinds that 国办发〔2016〕61号 wants answered first, and the rest."""

    MAJOR_EMERGENCY = "major_emergency", "特别重大、重大突发事件"
    EMERGENCY = "emergency", "其他突发事件、自然灾害"
    POLICY = "policy", "对政策误解误读"
    INTERESTS = "interests", "涉及公众切身利益"
    LIVELIHOOD = "livelihood", "民生领域、社会道德底线"
    ORDERED = "ordered", "上级要求回应"
    RUMOUR = "rumour", "不实信息"
    OTHER = "other", "其他关切"


class ConcernResult(models.TextChoices):
    """How it ended."""

    ANSWERED = "answered", "已回应"
    PASSED_ON = "passed_on", "转有关机关回应"
    NOT_ANSWERED = "not_answered", "研判后不作公开回应"
    TWICE = "twice", "重复登记"


class ReleaseKind(models.TextChoices):
    """How something was said about it."""

    AUTHORITATIVE = "authoritative", "发布权威信息"
    PRESS_CONFERENCE = "press_conference", "新闻发布会、吹风会"
    INTERVIEW = "interview", "接受媒体采访"
    EXPERT = "expert", "专家解读"
    REPLY = "reply", "网上回复"
    FOLLOW_UP = "follow_up", "后续信息"


class Concern(models.Model):
    """One matter; ``agency`` is responsible for the answer."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="concerns", verbose_name="责任机关"
    )
    section = models.CharField("承办科室", max_length=120, blank=True)
    title = models.CharField("事项", max_length=200)
    matter = models.TextField("公众关心什么", blank=True)
    kind = models.CharField("种类", max_length=20, choices=ConcernKind)
    source = models.CharField("来源", max_length=200)
    link = models.URLField("来源的网址", max_length=500, blank=True)
    # The notices do not say from when the hours run; whoever registers writes it down.
    began_at = models.DateTimeField("起算时间")
    closed_at = models.DateTimeField("办结时间", null=True, blank=True, editable=False)
    result = models.CharField(
        "结果", max_length=20, choices=ConcernResult, blank=True, editable=False
    )
    said = models.TextField("结果说明", blank=True, editable=False)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField("登记时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "关切"
        ordering = ("-began_at", "-pk")
        indexes = (models.Index(fields=["agency", "closed_at"], name="concern_open"),)

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """It began in the past."""
        if self.began_at and self.began_at > timezone.now():
            raise ValidationError({"began_at": "起算时间还没有到。"})

    @property
    def is_major(self) -> bool:
        """Whether the limits of major emergencies are for it."""
        return self.kind == ConcernKind.MAJOR_EMERGENCY

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class ConcernRelease(models.Model):
    """Something said about it: published here, or elsewhere at an address."""

    concern = models.ForeignKey(
        Concern, models.CASCADE, related_name="releases", verbose_name="关切"
    )
    kind = models.CharField("方式", max_length=20, choices=ReleaseKind)
    at = models.DateTimeField("时间")
    title = models.CharField("标题或者内容", max_length=300)
    place = models.CharField("在哪里发布", max_length=120, blank=True)
    index_number = models.CharField("已公开的索引号", max_length=80, blank=True)
    link = models.URLField("网址", max_length=500, blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = "关切回应的发布"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """It was said after the matter began and before now; the item is public."""
        if self.at and self.at > timezone.now():
            raise ValidationError({"at": "发布的时间还没有到。"})
        if self.at and self.concern_id and self.at < self.concern.began_at:
            raise ValidationError({"at": "发布的时间早于起算时间；时间不对的，改起算时间。"})
        known = Publication.objects.filter(index_number=self.index_number)
        if self.index_number and not known.exists():
            raise ValidationError(
                {"index_number": f"没有索引号是“{self.index_number}”的公开信息。"}
            )


class OwnLimit(models.Model):
    """A limit that the region has set shorter than the country's, and the paper that sets it."""

    limit = models.CharField("时限", max_length=30, unique=True)
    hours = models.PositiveIntegerField("小时", validators=[MinValueValidator(1)])
    source = models.CharField("依据", max_length=200)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = "关切回应的时限"

    def __str__(self) -> str:
        return f"{response_limits()[self.limit].label}：{self.hours} 小时"

    def clean(self) -> None:
        """A region may ask for more haste, not for less."""
        limit = response_limits().get(self.limit)
        if limit is None:
            raise ValidationError({"limit": "没有这一项时限。"})
        if self.hours is not None and self.hours > limit.hours:
            raise ValidationError(
                {"hours": f"不能比国家规定的长：{limit.label}是 {limit.hours} 小时以内。"}
            )
