"""Public appraisal (社会评议, art. 46): a questionnaire, answers without names, comments read first."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person
from gongkai.web.sealed import SealedTextField


class AppraisalState(models.TextChoices):
    """How far an appraisal is."""

    DRAFT = "draft", "没有开始"
    OPEN = "open", "收评议"
    CLOSED = "closed", "已结束"
    PUBLISHED = "published", "已公布结果"


class Appraisal(models.Model):
    """One questionnaire of a competent department, about every agency of its tree."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="appraisals", verbose_name="组织评议的机关"
    )
    year = models.PositiveSmallIntegerField("评议的年度")
    title = models.CharField("名称", max_length=120)
    introduction = models.TextField("说明", blank=True, max_length=1000)
    # [{"key": "q1", "text": "…"}]; asked of everybody in the same words once it has begun.
    questions = models.JSONField("打分的题", default=list)
    # What may be written in free words; empty: nothing.
    free_question = models.CharField("写意见的题", max_length=200, blank=True)
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("结束日期")
    state = models.CharField(
        "状态", max_length=10, choices=AppraisalState, default=AppraisalState.DRAFT, editable=False
    )
    published_at = models.DateTimeField("结果公布时间", null=True, blank=True, editable=False)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField("登记时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "社会评议"
        ordering = ("-opens_on", "-pk")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """The days are in order."""
        if self.opens_on and self.closes_on and self.opens_on > self.closes_on:
            raise ValidationError({"closes_on": "结束日期早于开始日期。"})

    def takes_answers(self, today: date) -> bool:
        """Whether anybody may answer today."""
        return self.state == AppraisalState.OPEN and self.opens_on <= today <= self.closes_on

    def over(self, today: date) -> bool:
        """Whether no answer comes any more."""
        done = self.state in (AppraisalState.CLOSED, AppraisalState.PUBLISHED)
        return done or (self.state == AppraisalState.OPEN and today > self.closes_on)

    def agencies(self) -> QuerySet[Agency]:
        """Whom it is about."""
        return Agency.objects.active().under(self.agency.competent_for or self.agency)


class AppraisalAnswer(models.Model):
    """What somebody handed in about one agency; who it was is neither asked nor kept."""

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="answers")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="appraisal_answers")
    # Of the page it was filled in on: however often that page is sent, it counts once.
    token = models.UUIDField(unique=True)
    # {"q1": "5"}; a question that was not answered is missing.
    ratings = models.JSONField(default=dict)
    # The day alone: with the time somebody could be recognised.
    answered_on = models.DateField("交来日期")

    class Meta:
        verbose_name = "评议"
        indexes = (models.Index(fields=["appraisal", "agency"], name="answer_about"),)

    def __str__(self) -> str:
        return f"{self.appraisal_id}：{self.agency_id}"


class CommentStanding(models.TextChoices):
    """What becomes of a comment: nothing is published unread."""

    UNREAD = "unread", "没有看"
    SHOWN = "shown", "随结果公布"
    KEPT_BACK = "kept_back", "不公布"


class AppraisalComment(models.Model):
    """What was written in free words; sealed, since people write names and numbers all the same."""

    answer = models.OneToOneField(AppraisalAnswer, models.CASCADE, related_name="comment")
    text = SealedTextField("意见")
    standing = models.CharField(
        "处理", max_length=10, choices=CommentStanding, default=CommentStanding.UNREAD
    )
    read_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField("处理时间", null=True)

    class Meta:
        verbose_name = "评议意见"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"评议意见第 {self.pk} 号"
