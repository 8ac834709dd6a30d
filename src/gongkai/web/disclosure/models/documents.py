"""The life of a normative document: issued, amended, repealed, lapsed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.web.people.models import Person

from .items import InformationItem


class LifeEventKind(models.TextChoices):
    ISSUED = "issued", "制发"
    AMENDED = "amended", "修改"
    REPEALED = "repealed", "废止"
    LAPSED = "lapsed", "失效"


class LifeEvent(models.Model):
    """Something that happened to a normative document, from which day, by which document."""

    item = models.ForeignKey(InformationItem, models.CASCADE, related_name="life_events")
    kind = models.CharField("事项", max_length=12, choices=LifeEventKind)
    on = models.DateField("日期")
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
        return f"{self.get_kind_display()} {self.on}"
