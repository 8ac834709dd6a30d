"""The figures of published annual reports (年度报告), one row a report.

The cells of a report stand together in one JSON column and not one a row.  A report is
published, read and withdrawn as a whole, and every page of it shows most of its cells.  Of 3,000
agencies over ten years there are 30,000 rows (0.6 GB, half of it their texts) where there would
be six million of cells; one year of all of them is read and drawn as a page in two to four
seconds.
"""

from __future__ import annotations

from django.db import models

from gongkai.web.agencies.models import Agency

from .items import Publication


class Came(models.TextChoices):
    """How the figures came."""

    NONE = "", "还没有读"
    DATA = "data", "报告自带的数据"
    BODY = "body", "从公开的正文读出"
    FILE = "file", "从公开的附件读出"


class ReadingState(models.TextChoices):
    """Whether the figures of a published report are known."""

    WAITING = "waiting", "等着读"
    READ = "read", "读好"
    NO_FORM = "no_form", "没有读出统一格式的表"
    FAILED = "failed", "读不了"


class PublishedReport(models.Model):
    """What a publication in the column of annual reports says, cell by cell.

    An address of the form is either in ``cells`` or in ``unread``, never in both: a blank is
    ``""``, a dash its own mark, and what could not be read has no cell at all.
    """

    publication = models.OneToOneField(
        Publication, models.CASCADE, primary_key=True, related_name="report"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="published_reports")
    # None where neither the item nor its text says the year.
    year = models.PositiveSmallIntegerField("年度", null=True)
    # Of core.forms; empty where no figure was read.
    edition = models.CharField("格式版本", max_length=10, blank=True)
    state = models.CharField("状态", max_length=10, choices=ReadingState)
    came = models.CharField("数字怎么来的", max_length=10, choices=Came, blank=True)
    # The attachment it was read from; empty for the text of the page.
    file_name = models.CharField("文件名", max_length=200, blank=True)
    # Why nothing could be read, in words.
    failure = models.CharField("为什么读不了", max_length=500, blank=True)
    # Of the reports that an agency published of one year, this one counts.
    holds = models.BooleanField("以这份为准", default=False)
    unread_count = models.PositiveIntegerField("没有读出的格", default=0)
    # What the reading was of: the text and the digests of the files.
    mark = models.CharField(max_length=64)
    # Where on the page of the publication each section of the form begins.
    anchors = models.JSONField(default=dict)
    # The printed text by address; where the value is not what the text alone says,
    # [text, value, unit].  In the order of the form.
    cells = models.JSONField("数字", default=dict)
    unread = models.JSONField("没有读出的", default=list)
    # [key, title, text] of each section.
    sections = models.JSONField("文字", default=list)

    class Meta:
        verbose_name = "公开的年度报告"
        ordering = ("-year", "agency", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["agency", "year"],
                condition=models.Q(holds=True),
                name="one_report_holds_a_year",
            ),
        )
        indexes = (
            models.Index(fields=["year", "agency"], name="published_report_year"),
            models.Index(fields=["state"], name="published_report_state"),
        )

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}"
