"""The periodic brief (监督简报): its words, and the figures as they were on the day it was kept."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.models import InformationItem, StoredFile
from gongkai.web.people.models import Person


class BriefState(models.TextChoices):
    """Where a brief stands."""

    DRAFT = "draft", "在写"
    KEPT = "kept", "已定稿"


class Brief(models.Model):
    """A month, quarter or year of a government's agencies; once kept it never changes."""

    to = models.ForeignKey(Agency, models.PROTECT, related_name="briefs", verbose_name="哪一级")
    since = models.DateField("起")
    until = models.DateField("止")
    state = models.CharField("状态", max_length=10, choices=BriefState, default=BriefState.DRAFT)
    title = models.CharField("标题", max_length=200)
    text = models.TextField("正文", blank=True)
    # facts.Fact of the region, and the table of agencies: as counted at ``counted_at``.
    figures = models.JSONField("数", default=list)
    table = models.JSONField("各机关", default=list)
    counted_at = models.DateTimeField("取数时间", default=timezone.now)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kept_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField("定稿时间", null=True)
    docx = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    # What was made of it for the public.
    item = models.ForeignKey(InformationItem, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "监督简报"
        ordering = ("-until", "-pk")

    def __str__(self) -> str:
        return self.title
