"""What was found in a version and what people said of it; reassessment; other channels."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.web.people.models import Person

from .files import Attachment
from .items import InformationItem, ItemVersion, State


class Verdict(models.TextChoices):
    SUBMITTED = "submitted", "送审"
    PASSED = "passed", "同意"
    RETURNED = "returned", "退回"
    RECALLED = "recalled", "撤回送审"
    PUBLISHED = "published", "发布"
    WITHDRAWN = "withdrawn", "撤回公开"


class Opinion(models.Model):
    """What somebody decided at a step, about which version."""

    item = models.ForeignKey(InformationItem, models.CASCADE, related_name="opinions")
    version = models.ForeignKey(ItemVersion, models.CASCADE, related_name="opinions")
    step = models.CharField("步骤", max_length=20, choices=State)
    verdict = models.CharField("意见", max_length=12, choices=Verdict)
    text = models.TextField("说明", blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "意见"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.person.name} {self.get_step_display()}：{self.get_verdict_display()}"


class Screening(models.Model):
    """The check of a version before its secrecy review; a review waits for it."""

    version = models.OneToOneField(ItemVersion, models.CASCADE, related_name="screening")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    # What could not be looked into, in words: never silently passed over.
    failures = models.JSONField(default=list)

    class Meta:
        verbose_name = "发布前检查"

    def __str__(self) -> str:
        return f"检查 {self.version_id}"


class Finding(models.Model):
    """Something the check found; the reviewer must answer it."""

    version = models.ForeignKey(ItemVersion, models.CASCADE, related_name="findings")
    attachment = models.ForeignKey(
        Attachment, models.CASCADE, null=True, blank=True, related_name="findings"
    )
    number = models.PositiveIntegerField()
    rule = models.CharField(max_length=60)
    severity = models.CharField(max_length=10)
    place = models.CharField("位置", max_length=300)
    quote = models.CharField("内容", max_length=300, blank=True)
    # The facts of the rule; "part" and "spans" say where in the text it stands.
    values = models.JSONField(default=dict)
    # The same finding in a later version keeps the answer given to this one.
    fingerprint = models.CharField(max_length=64, db_index=True)
    choices = models.JSONField(default=list)
    answer = models.CharField("答复", max_length=40, blank=True)
    answer_reason = models.TextField("理由", blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "检查发现"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["version", "number"], name="one_finding_of_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.rule} {self.place}"

    @property
    def spans(self) -> list[tuple[int, int, str]]:
        """Where it stands in the body, and what may stand there instead."""
        if self.attachment_id is not None or self.values.get("part") != "body":
            return []
        return [(start, end, instead) for start, end, instead in self.values.get("spans", [])]


class Reassessment(models.Model):
    """A day to look again at what is not proactively public (art. 18)."""

    item = models.ForeignKey(InformationItem, models.CASCADE, related_name="reassessments")
    due_on = models.DateField("评估日期")
    done_on = models.DateField("完成日期", null=True, blank=True)
    result = models.CharField("结果", max_length=20, blank=True)
    reasons = models.TextField("理由", blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "定期评估"
        ordering = ("due_on",)

    def __str__(self) -> str:
        return f"{self.item_id} {self.due_on}"


class OtherRelease(models.Model):
    """Where else an item was released (art. 23); counted by channel and year."""

    item = models.ForeignKey(InformationItem, models.CASCADE, related_name="other_releases")
    channel = models.CharField("渠道", max_length=40)
    where = models.CharField("去处", max_length=200, blank=True)
    released_on = models.DateField("日期")
    link = models.URLField("链接", blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "其他公开渠道"
        ordering = ("released_on", "pk")

    def __str__(self) -> str:
        return f"{self.channel} {self.released_on}"
