"""What happened to a normative document after it was issued (core.normative_document)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.core.normative_document import EventKind
from gongkai.web.people.models import Person

from .items import InformationItem


class LifeEvent(models.Model):
    """Amended, extended, repealed or lapsed: from which day, by which document."""

    item = models.ForeignKey(InformationItem, models.CASCADE, related_name="life_events")
    kind = models.CharField("事项", max_length=12, choices=[(k.value, k.label) for k in EventKind])
    on = models.DateField("日期")
    until = models.DateField("延长至", null=True, blank=True)
    by_item = models.ForeignKey(
        InformationItem, models.PROTECT, null=True, blank=True, related_name="causes"
    )
    by_document = models.CharField("依据文件", max_length=200, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "文件经过"
        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {EventKind(self.kind).label}"
