"""Lists that an agency or the region keeps."""

from __future__ import annotations

from django.db import models

from gongkai.core.screening import WordKind
from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person


class PowerEntry(models.Model):
    """A line of the list of powers and duties (权责清单)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="powers")
    code = models.CharField("事项编码", max_length=60, blank=True)
    kind = models.CharField("事项类型", max_length=40)
    name = models.CharField("事项名称", max_length=300)
    basis = models.TextField("设定依据", blank=True)
    duty = models.TextField("责任事项", blank=True)
    section = models.CharField("承办机构", max_length=120, blank=True)
    ended_on = models.DateField("取消日期", null=True, blank=True)
    position = models.IntegerField("顺序", default=0)

    class Meta:
        verbose_name = "权责事项"
        ordering = ("agency", "position", "pk")

    def __str__(self) -> str:
        return self.name


class StandardEntry(models.Model):
    """A line of the standard catalogue of grassroots disclosure (基层政务公开标准目录)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="standard_entries")
    domain = models.CharField("领域", max_length=60)
    serial = models.CharField("序号", max_length=20)
    first_matter = models.CharField("一级事项", max_length=200)
    second_matter = models.CharField("二级事项", max_length=200, blank=True)
    content = models.TextField("公开内容（要素）")
    basis = models.TextField("公开依据", blank=True)
    time_limit = models.CharField("公开时限", max_length=200, blank=True)
    body = models.CharField("公开主体", max_length=200, blank=True)
    channels = models.JSONField("公开渠道和载体", default=list, blank=True)
    audience = models.CharField("公开对象", max_length=60, blank=True)
    way = models.CharField("公开方式", max_length=60, blank=True)
    level = models.CharField("公开层级", max_length=60, blank=True)
    # An entry is fresh when something under it was published within so many days; none: ever.
    fresh_days = models.PositiveIntegerField("更新周期（天）", null=True, blank=True)

    class Meta:
        verbose_name = "标准目录事项"
        ordering = ("agency", "domain", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["agency", "domain", "serial"], name="one_standard_serial"
            ),
        )

    def __str__(self) -> str:
        return self.second_matter or self.first_matter


class StandardCoverage(models.Model):
    """An item that covers an entry; by its number, since registers do not know drafts."""

    entry = models.ForeignKey(StandardEntry, models.CASCADE, related_name="coverage")
    item_number = models.BigIntegerField("信息编号", db_index=True)

    class Meta:
        verbose_name = "目录覆盖"
        constraints = (
            models.UniqueConstraint(fields=["entry", "item_number"], name="one_coverage"),
        )

    def __str__(self) -> str:
        return f"{self.entry_id} ← {self.item_number}"


class CountKind(models.TextChoices):
    """What the annual report's second table counts beside normative documents (art. 20 (5)(6)(8))."""

    LICENSING = "licensing", "行政许可"
    PENALTY = "penalty", "行政处罚"
    COERCIVE_MEASURE = "coercive_measure", "行政强制"
    FEE = "fee", "行政事业性收费"


class YearlyCount(models.Model):
    """Decisions or money of one matter in one year."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="yearly_counts")
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("类别", max_length=20, choices=CountKind)
    matter = models.CharField("事项", max_length=300)
    count = models.PositiveIntegerField("本年处理决定数量", null=True, blank=True)
    amount_yuan = models.DecimalField(
        "本年收费金额（元）", max_digits=16, decimal_places=2, null=True, blank=True
    )
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "年度数量"
        ordering = ("agency", "-year", "kind", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["agency", "year", "kind", "matter"], name="one_count_a_matter"
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.matter}"


class WordListEntry(models.Model):
    """A word the region forbids, corrects or watches."""

    word = models.CharField("词", max_length=60, unique=True)
    kind = models.CharField("类别", max_length=10, choices=[(k.value, k.zh) for k in WordKind])
    replacement = models.CharField("改为", max_length=60, blank=True)
    reason = models.CharField("说明", max_length=200, blank=True)
    unless = models.JSONField("例外", default=list, blank=True)

    class Meta:
        verbose_name = "词表"
        ordering = ("word",)

    def __str__(self) -> str:
        return self.word


class YearArrangement(models.Model):
    """A year's working days as the State Council's notice arranges them, where newer than ours."""

    year = models.PositiveSmallIntegerField("年份", primary_key=True)
    notice = models.CharField("通知", max_length=200)
    # The same form as the files of core.days.
    toml = models.TextField("安排")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "放假安排"
        ordering = ("-year",)

    def __str__(self) -> str:
        return str(self.year)
