"""What we say in writing: the answer to the reconsideration body, the defence, the notice of art. 41.

Written by one person, approved by another, then numbered, dated and rendered; nothing leaves
the house that one person alone has seen.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person
from gongkai.web.sealed import SealedTextField

from .cases import RemedyCase
from .corrections import RecordCorrection


class StatementState(models.TextChoices):
    """Where it stands inside the house."""

    DRAFT = "draft", "起草"
    APPROVED = "approved", "已签发"
    SENT = "sent", "已发出"
    DISCARDED = "discarded", "作废"


class Statement(models.Model):
    """One of our own writings in a case or on a correction."""

    case = models.ForeignKey(RemedyCase, models.CASCADE, null=True, related_name="statements")
    correction = models.ForeignKey(
        RecordCorrection, models.CASCADE, null=True, related_name="statements"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    # An id of the core's letter kinds.
    kind = models.CharField("文书", max_length=40)
    state = models.CharField(
        "状态", max_length=20, choices=StatementState, default=StatementState.DRAFT
    )
    # The letter's facts as JSON: it names the applicant, so it is sealed whole.
    facts = SealedTextField("要素", blank=True)
    number = models.CharField("文号", max_length=80, blank=True)
    dated = models.DateField("落款日期", null=True, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    # Digests of the sealed bytes in the store.
    docx = models.CharField(max_length=64, blank=True)
    pdf = models.CharField(max_length=64, blank=True)
    sent_on = models.DateField("发出日期", null=True, blank=True)

    class Meta:
        verbose_name = "本机关的文书"
        ordering = ("written_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(case__isnull=False, correction=None)
                | Q(case=None, correction__isnull=False),
                name="statement_of_one_record",
            ),
            models.UniqueConstraint(
                fields=["agency", "number"],
                condition=~Q(number=""),
                name="one_statement_number",
            ),
        )

    def __str__(self) -> str:
        return self.number or f"{self.kind}（{self.get_state_display()}）"
