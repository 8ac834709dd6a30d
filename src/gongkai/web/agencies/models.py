"""Agency, its place in the tree, its names over time, its disclosure office and officers."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import QuerySet


class Kind(models.TextChoices):
    """What an agency is decides which columns the Regulation asks of it (arts. 20, 21)."""

    GOVERNMENT = "government", "人民政府"
    DEPARTMENT = "department", "政府部门"
    STREET = "street", "街道办事处"
    TOWNSHIP = "township", "乡镇人民政府"
    DISPATCHED_BODY = "dispatched_body", "派出机构"
    COMMUNITY = "community", "社区（村）"


# What begins an address of the public site that is the whole region's: no agency's address
# may begin so.
RESERVED_SLUGS = frozenset(
    {
        "annual",
        "api",
        "appraisal",
        "ask",
        "assets",
        "documents",
        "files",
        "guide",
        "item",
        "open-data",
        "rules",
        "search",
        "statutory",
        "themes",
    }
)


class Agencies(models.QuerySet["Agency"]):
    """Questions asked of the tree."""

    def active(self) -> Agencies:
        """Those not ended or merged into another."""
        return self.filter(ended_on=None)

    def under(self, top: Agency) -> Agencies:
        """``top`` and everything below it."""
        return self.filter(path__startswith=top.path)


class Agency(models.Model):
    """One agency (行政机关) or body below it."""

    slug = models.SlugField("网址名", max_length=40, unique=True)
    code = models.CharField("机关代码", max_length=20, unique=True)
    name = models.CharField("机关全称", max_length=120)
    short_name = models.CharField("简称", max_length=60)
    kind = models.CharField("类别", max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    # "1/4/17/": the agency's own number last. Kept by save(), so a subtree is one prefix.
    path = models.CharField(max_length=200, db_index=True, editable=False)
    unified_code = models.CharField(
        "统一社会信用代码",
        max_length=18,
        blank=True,
        validators=[RegexValidator(r"^[0-9A-HJ-NPQRTUWXY]{18}$", "应为 18 位数字和大写字母。")],
    )
    # The general office of a government is the competent department of that government's
    # whole subtree (art. 3).
    competent_for = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="competent_departments",
        verbose_name="主管范围",
    )
    position = models.IntegerField("顺序", default=0)
    index_template = models.CharField("索引号格式", max_length=80, default="{org}-{year}-{seq:05d}")

    functions = models.TextField("机关职能", blank=True)
    disclosure_office = models.CharField("公开工作机构", max_length=120, blank=True)
    address = models.CharField("办公地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=10, blank=True)
    phone = models.CharField("联系电话", max_length=60, blank=True)
    fax = models.CharField("传真", max_length=60, blank=True)
    mailbox = models.EmailField("电子邮箱", blank=True)
    office_hours = models.CharField("办公时间", max_length=120, blank=True)
    contact_changed_on = models.DateField("联系信息更新日期", null=True, blank=True)

    # The steps of review beyond the secrecy review, which art. 17 asks for always.
    section_review = models.BooleanField("要科室审核", default=True)
    approval = models.BooleanField("要签发", default=True)

    began_on = models.DateField("设立日期", null=True, blank=True)
    ended_on = models.DateField("撤销日期", null=True, blank=True)
    succeeded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="并入",
    )

    objects = Agencies.as_manager()

    class Meta:
        verbose_name = "机关"
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": f"“{self.slug}”是公开平台自己的网址，换一个。"})

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent else ''}{self.pk}/"
        if path != self.path:
            below = list(Agency.objects.filter(path__startswith=self.path)) if self.path else []
            for agency in below:
                Agency.objects.filter(pk=agency.pk).update(
                    path=path + agency.path.removeprefix(self.path)
                )
            self.path = path
            Agency.objects.filter(pk=self.pk).update(path=path)

    def is_under(self, top: Agency) -> bool:
        """Whether this is ``top`` or stands below it."""
        return self.path.startswith(top.path)

    def responsible(self) -> list[int]:
        """Its key and those of the agencies that took over its duties, one after another."""
        keys, agency = [self.pk], self
        while agency.succeeded_by is not None and agency.succeeded_by.pk not in keys:
            agency = agency.succeeded_by
            keys.append(agency.pk)
        return keys

    def ancestors(self) -> QuerySet[Agency]:
        """From the top of the tree to the parent."""
        above = [int(number) for number in self.path.split("/")[:-2]]
        return Agency.objects.filter(pk__in=above).order_by("path")


class PastName(models.Model):
    """A name the agency bore until a day: what it published then keeps that name."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="past_names")
    name = models.CharField("原名", max_length=120)
    short_name = models.CharField("原简称", max_length=60)
    until = models.DateField("使用至")
    reason = models.CharField("原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "曾用名"
        ordering = ("-until",)

    def __str__(self) -> str:
        return self.name


class Officer(models.Model):
    """A leader or officer whose name the law wants public (art. 20 (2))."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="officers")
    name = models.CharField("姓名", max_length=60)
    post = models.CharField("职务", max_length=120)
    duty = models.CharField("分工", max_length=300, blank=True)
    position = models.IntegerField("顺序", default=0)

    class Meta:
        verbose_name = "负责人"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.name}（{self.post}）"


class IndexSequence(models.Model):
    """The last serial number given of an agency; a number is never given twice.

    ``within`` are the values that the numbers run within, as the template names them:
    ``2026``, or ``2026/05`` where every month begins anew.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="index_sequences")
    within = models.CharField("范围", max_length=80, blank=True)
    last = models.PositiveIntegerField("最后流水号", default=0)

    class Meta:
        verbose_name = "索引号流水"
        constraints = (models.UniqueConstraint(fields=["agency", "within"], name="one_sequence"),)

    def __str__(self) -> str:
        return f"{self.agency.code} {self.within}: {self.last}"
