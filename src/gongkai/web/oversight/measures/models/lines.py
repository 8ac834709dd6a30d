"""What an agency does so that disclosure is done: who, by which rules, trained how, held to what."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from gongkai.core.watching.systems import systems
from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person
from gongkai.web.publication.models import Publication

# The two databases place what has no end differently.
_PRESENT_FIRST = models.F("ended_on").desc(nulls_first=True)


class RegisterLine(models.Model):
    """A line of one of the registers; taken out it stays, and can be put back."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="%(class)s_lines", verbose_name="机关"
    )
    note = models.CharField("备注", max_length=300, blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField("登记时间", default=timezone.now, editable=False)
    removed_at = models.DateTimeField("删去时间", null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class DutyKind(models.TextChoices):
    """In what part somebody, or a body, answers for disclosure (art. 4)."""

    LEADING_GROUP = "leading_group", "领导小组"
    LEADER = "leader", "分管领导"
    OFFICE = "office", "公开工作机构"
    FULL_TIME = "full_time", "专职人员"
    PART_TIME = "part_time", "兼职人员"


class DutyHolder(RegisterLine):
    """Somebody, or a body, who answers for disclosure; who did before stays with his days."""

    kind = models.CharField("类别", max_length=20, choices=DutyKind)
    name = models.CharField("姓名或者名称", max_length=120)
    post = models.CharField("职务", max_length=120, blank=True)
    duty = models.CharField("分工", max_length=300, blank=True)
    phone = models.CharField("电话", max_length=60, blank=True)
    began_on = models.DateField("起")
    ended_on = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = "机构和人员"
        ordering = ("agency__position", _PRESENT_FIRST, "kind", "-began_on", "pk")

    def __str__(self) -> str:
        return f"{self.name}（{self.get_kind_display()}）"

    def clean(self) -> None:
        """The last day is not before the first."""
        _in_order(self.began_on, self.ended_on, "止的日期早于起的日期。")


class WorkRule(RegisterLine):
    """A system or mechanism of disclosure work (art. 52), with the paper that set it up."""

    # Of those that core.watching.systems lists; none for one of the agency's own.
    systems = models.JSONField("哪几项制度", default=list, blank=True)
    name = models.CharField("制度名称", max_length=200)
    document_number = models.CharField("发文字号", max_length=80, blank=True)
    began_on = models.DateField("施行日期")
    ended_on = models.DateField("失效日期", null=True, blank=True)
    index_number = models.CharField("已公开的索引号", max_length=80, blank=True)

    class Meta:
        verbose_name = "制度"
        ordering = ("agency__position", _PRESENT_FIRST, "-began_on", "pk")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The days are in order, the system is one of the list, the item is public."""
        _in_order(self.began_on, self.ended_on, "失效日期早于施行日期。")
        unknown = [one for one in self.systems if one not in systems()]
        if unknown:
            raise ValidationError({"systems": f"没有“{'、'.join(unknown)}”这一项。"})
        known = Publication.objects.filter(index_number=self.index_number)
        if self.index_number and not known.exists():
            raise ValidationError(
                {"index_number": f"没有索引号是“{self.index_number}”的公开信息。"}
            )

    @property
    def system_labels(self) -> str:
        """What the list calls the systems that the paper sets up."""
        return "；".join(systems()[one].label for one in self.systems if one in systems())


class Training(RegisterLine):
    """One training of those who work in disclosure (art. 48)."""

    held_on = models.DateField("日期")
    theme = models.CharField("主题", max_length=200)
    organiser = models.CharField("举办单位", max_length=120, blank=True)
    trainers = models.CharField("授课人", max_length=200, blank=True)
    audience = models.CharField("参加的科室、机关", max_length=300, blank=True)
    # Blank is not zero: it was not counted.
    people = models.PositiveIntegerField("人数", null=True, blank=True)
    hours = models.DecimalField(
        "学时", max_digits=5, decimal_places=1, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(999)],
    )  # fmt: skip

    class Meta:
        verbose_name = "培训"
        ordering = ("-held_on", "-pk")

    def __str__(self) -> str:
        return self.theme


class Inspection(RegisterLine):
    """An inspection that a competent department held at one agency (art. 47)."""

    about = models.ForeignKey(
        Agency, models.PROTECT, related_name="inspections", verbose_name="被检查的机关"
    )
    held_on = models.DateField("日期")
    name = models.CharField("检查名称", max_length=200)
    inspectors = models.CharField("检查人", max_length=200, blank=True)
    scope = models.CharField("检查内容", max_length=300, blank=True)
    findings = models.TextField("发现的问题", blank=True)
    rectify_by = models.DateField("要求改正日期", null=True, blank=True)
    rectified_on = models.DateField("改正日期", null=True, blank=True)

    class Meta:
        verbose_name = "日常检查"
        ordering = ("-held_on", "name", "about__position", "pk")

    def __str__(self) -> str:
        return f"{self.name}（{self.about.short_name}）"

    def clean(self) -> None:
        """Nobody inspects himself; the days are in order."""
        if self.about_id == self.agency_id:
            raise ValidationError({"about": "被检查的机关不能是检查的机关自己。"})
        _in_order(self.held_on, self.rectify_by, "要求改正日期早于检查日期。")
        _in_order(self.held_on, self.rectified_on, "改正日期早于检查日期。")


class AccountabilityGround(models.TextChoices):
    """For what somebody is held to account."""

    UNLAWFUL = "unlawful", "侵犯合法权益（第五十一条）"
    NO_SYSTEMS = "no_systems", "没有建立健全制度、机制（第五十二条）"
    NOT_PERFORMED = "not_performed", "不依法履行公开职能（第五十三条第一项）"
    NOT_UPDATED = "not_updated", "不及时更新内容、指南、目录（第五十三条第二项）"
    OTHER = "other", "违反条例的其他情形（第五十三条第三项）"


class AccountabilityMeasure(models.TextChoices):
    """What was done about it."""

    ORDERED_TO_CORRECT = "ordered_to_correct", "责令改正"
    CRITICISED = "criticised", "通报批评"
    SUMMONED = "summoned", "约谈"
    PROPOSED = "proposed", "提出处理建议"
    SANCTIONED = "sanctioned", "处分"
    PROSECUTED = "prosecuted", "移送追究刑事责任"
    OTHER = "other", "其他"


class Accountability(RegisterLine):
    """One measure of accountability (arts. 47, 51 to 53); whom it met is not kept by name."""

    decided_on = models.DateField("作出日期")
    ground = models.CharField("情形", max_length=20, choices=AccountabilityGround)
    matter = models.CharField("事由", max_length=300)
    measure = models.CharField("措施", max_length=20, choices=AccountabilityMeasure)
    decided_by = models.CharField("作出的机关", max_length=120)
    document_number = models.CharField("文书字号", max_length=80, blank=True)
    persons = models.PositiveIntegerField("涉及人数", null=True, blank=True)

    class Meta:
        verbose_name = "责任追究"
        ordering = ("-decided_on", "-pk")

    def __str__(self) -> str:
        return f"{self.get_measure_display()}：{self.matter}"


def _in_order(first: date | None, last: date | None, why: str) -> None:
    # A day that could not be read is told at its own field.
    if first and last and first > last:
        raise ValidationError(why)
