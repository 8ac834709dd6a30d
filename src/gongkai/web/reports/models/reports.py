"""The report of an agency and a year, and its versions.

The report is what has a year and an owner; a version is what can be read.  A version is
sealed when it is handed in and never changes again: what is returned, and what is corrected
after publication, goes on in a new one.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.models import InformationItem, ItemVersion, StoredFile
from gongkai.web.people.models import Person

from .ledgers import Compilation


class Way(models.TextChoices):
    """Where the figures of a version come from."""

    LEDGERS = "ledgers", "从台账编制"
    FORM = "form", "按表填写"
    DOCUMENT = "document", "读入文件"
    PARTS = "parts", "汇总各机关"


class AnnualReport(models.Model):
    """The annual report of an agency on a year (政府信息公开工作年度报告)."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="annual_reports", verbose_name="机关"
    )
    year = models.PositiveSmallIntegerField("年度")
    # Which edition of the form governs the year (core.forms); kept, since the data may grow.
    edition = models.CharField("格式版本", max_length=10)
    # What carries it through review to the public.
    item = models.OneToOneField(
        InformationItem, models.PROTECT, null=True, related_name="annual_report"
    )
    # The version being written or reviewed, or the last one.
    current = models.OneToOneField(
        "ReportVersion",
        models.PROTECT,
        null=True,
        related_name="current_of",
        verbose_name="现稿",
    )
    # The version that is public.
    live = models.OneToOneField(
        "ReportVersion", models.PROTECT, null=True, related_name="+", verbose_name="公开稿"
    )
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "年度报告"
        ordering = ("-year", "agency")
        constraints = (
            models.UniqueConstraint(fields=["agency", "year"], name="one_report_a_year"),
        )
        indexes = (models.Index(fields=["year", "agency"], name="report_year"),)

    def __str__(self) -> str:
        return f"{self.agency.short_name}{self.year}年度报告"

    @property
    def title(self) -> str:
        """The title as it is printed."""
        return f"{self.agency.name}{self.year}年政府信息公开工作年度报告"

    @property
    def year_text(self) -> str:
        """The year as headings say it."""
        return f"{self.year}年度报告"

    @property
    def version(self) -> ReportVersion:
        """The version at hand; every report has one once its act is done."""
        if self.current is None:
            raise ReportVersion.DoesNotExist(f"report {self.pk} has no version")
        return self.current


class ReportVersion(models.Model):
    """What a report says: its figures, its prose, and how they came."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("稿次")
    way = models.CharField("来源", max_length=12, choices=Way, default=Way.LEDGERS)
    compilation = models.ForeignKey(
        Compilation, models.PROTECT, null=True, blank=True, related_name="versions"
    )
    # Of a sealed version: what each cell prints, in the order of the form (``parts``).  It stands
    # before what is long, so that a database need not read all that to get at it.
    printed = models.JSONField("各格所印", default=dict)
    # The document it was read from: its bytes, and what the reader made of it (our JSON, as
    # text: a JSON column would turn money into binary floating point).
    document = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    document_name = models.CharField("文件名", max_length=200, blank=True)
    reading = models.TextField(blank=True)
    # Who of the competent department took it in from a file; empty for what the agency wrote.
    received_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="收报人"
    )
    # By address: figures.Figure, both numbers of a cell.
    figures = models.JSONField("数字", default=dict)
    # By the key of the form's section.
    sections = models.JSONField("文字", default=dict)
    signed_on = models.DateField("落款日期", null=True, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    change_reason = models.CharField("更正原因", max_length=300, blank=True)

    # Of the handing in: from then on nothing of this row changes but the last two.
    sealed = models.BooleanField(default=False)
    errors = models.PositiveIntegerField("差错", default=0)
    warnings = models.PositiveIntegerField("提示", default=0)
    # Why it goes out although errors are left; whoever reviews or receives it reads this.
    error_reason = models.CharField("带着差错报送的理由", max_length=500, blank=True)
    item_version = models.ForeignKey(
        ItemVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField("公布时间", null=True, blank=True)

    class Meta:
        verbose_name = "年度报告稿"
        ordering = ("report", "number")
        constraints = (
            models.UniqueConstraint(fields=["report", "number"], name="one_version_of_a_report"),
        )

    def __str__(self) -> str:
        return f"{self.report}（第 {self.number} 稿）"
