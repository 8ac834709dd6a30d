"""The indicator table of a year, as a region defines it; a change is a new version."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.models import StoredFile
from gongkai.web.people.models import Person


class Standing(models.TextChoices):
    """Where a table stands."""

    DRAFT = "draft", "核对中"
    IN_FORCE = "in_force", "使用中"
    REPLACED = "replaced", "已换新版"


class IndicatorTable(models.Model):
    """考核指标表: of a government's agencies, for a year; kept as it was once it was adopted."""

    to = models.ForeignKey(
        Agency, models.PROTECT, related_name="indicator_tables", verbose_name="哪一级"
    )
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("第几版")
    standing = models.CharField("状态", max_length=10, choices=Standing, default=Standing.DRAFT)
    title = models.CharField("名称", max_length=200)
    full = models.DecimalField("满分", max_digits=7, decimal_places=2, default=Decimal(100))
    # Why there is a new version where scoring under the former one had begun.
    reason = models.CharField("换版的理由", max_length=300, blank=True)
    objection_days = models.PositiveSmallIntegerField("可以申诉的工作日", default=5)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    file_name = models.CharField("文件名", max_length=200)
    # What the reading took for what: {our column: heading in the file}.
    columns = models.JSONField("各列", default=dict)
    # [[severity, sentence], …]: errors must be mended in the file, the rest looked at.
    findings = models.JSONField("核对发现", default=list)
    imported_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField("导入时间", default=timezone.now)
    adopted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    adopted_at = models.DateTimeField("启用时间", null=True)

    class Meta:
        verbose_name = "考核指标表"
        ordering = ("-year", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=["to", "year", "number"], name="one_indicator_table_of_a_number"
            ),
            models.UniqueConstraint(
                fields=["to", "year"],
                condition=models.Q(standing="in_force"),
                name="one_indicator_table_in_force",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}（第 {self.number} 版）"

    @property
    def errors(self) -> int:
        """How many findings keep it from being adopted."""
        return sum(severity == "error" for severity, _ in self.findings)


class Indicator(models.Model):
    """One line: what is looked at, how many points it has, on what, and by which formula.

    Either from one number to another (``full_at``, ``zero_at``) or so many points for each that
    is not as it should be (``each``); neither: the number is shown and scored by hand.
    """

    table = models.ForeignKey(IndicatorTable, models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField("序号")
    first = models.CharField("一级指标", max_length=100, blank=True)
    name = models.CharField("二级指标", max_length=200)
    points = models.DecimalField("分值", max_digits=7, decimal_places=2)
    words = models.TextField("评分标准", blank=True)
    # A slug of ``evidence.measures``; empty: by hand alone.
    measure = models.CharField("数据来源", max_length=40, blank=True)
    full_at = models.DecimalField("满分值", max_digits=12, decimal_places=2, null=True)
    zero_at = models.DecimalField("零分值", max_digits=12, decimal_places=2, null=True)
    each = models.DecimalField("每件扣分", max_digits=7, decimal_places=2, null=True)

    class Meta:
        verbose_name = "考核指标"
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["table", "position"], name="one_indicator_a_line"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def sameness(self) -> tuple[object, ...]:
        """What makes it the same indicator in another version."""
        return (
            self.first, self.name, self.points, self.words, self.measure, self.full_at,
            self.zero_at, self.each,
        )  # fmt: skip
