"""What people said of a report: findings set aside with a reason, and its way upward."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person

from .reports import AnnualReport, ReportVersion


class Dismissal(models.Model):
    """A finding somebody looked at and let stand, with the reason.

    Known again by its rule, cells and values: the same finding stays set aside in every later
    check, and one with other numbers is another finding.
    """

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="dismissals")
    fingerprint = models.CharField(max_length=64)
    rule = models.CharField(max_length=60)
    reason = models.CharField("理由", max_length=300)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "核对过的发现"
        constraints = (
            models.UniqueConstraint(fields=["report", "fingerprint"], name="one_dismissal"),
        )

    def __str__(self) -> str:
        return f"{self.rule}：{self.reason}"


class SubmissionState(models.TextChoices):
    """What the competent department did with a report."""

    SUBMITTED = "submitted", "已报送"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已收下"


class Submission(models.Model):
    """A version sent to the competent department (art. 49), and its answer."""

    version = models.ForeignKey(ReportVersion, models.PROTECT, related_name="submissions")
    # The government whose competent department receives it.
    to = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=12, choices=SubmissionState)
    submitted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField("报送时间", default=timezone.now)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    # The letter that goes back with it: the findings, and what the department adds.
    answer = models.TextField("退回意见", blank=True)

    class Meta:
        verbose_name = "报送"
        ordering = ("-pk",)
        indexes = (models.Index(fields=["to", "state"], name="submission_waiting"),)

    def __str__(self) -> str:
        return f"{self.version} {self.get_state_display()}"
