"""A case of reconsideration or litigation: who, before whom, about what, and how it ended.

The days on which something is due are what the core says (``limits``); only the day of our own
answer is kept in a column, so that lists can ask for it.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.core.remedies.cases import RemedyKind
from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person
from gongkai.web.requests.models import DisclosureRequest
from gongkai.web.sealed import SealedTextField


class Procedure(models.TextChoices):
    """Cases on government information may be heard in the simplified procedure (复议法 53)."""

    ORDINARY = "ordinary", "普通程序"
    SIMPLIFIED = "simplified", "简易程序"


class Applicant(models.TextChoices):
    """Who applies or sues."""

    REQUESTER = "requester", "申请人"
    THIRD_PARTY = "third_party", "第三方"
    OTHER = "other", "其他人"


class RemedyCase(models.Model):
    """One case, of one instance or several, tied to a request or to none."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="remedy_cases", verbose_name="机关"
    )
    # None: a case about proactive disclosure, or about something else that we did.
    request = models.ForeignKey(
        DisclosureRequest,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="remedies",
        verbose_name="有关的申请",
    )
    kind = models.CharField(
        "种类", max_length=40, choices=[(kind.value, kind.label) for kind in RemedyKind]
    )
    body = models.CharField("复议机关、法院", max_length=120)
    number = models.CharField("案号", max_length=80, blank=True)
    applicant_is = models.CharField(
        "提起的人", max_length=20, choices=Applicant, default=Applicant.REQUESTER
    )
    applicant = SealedTextField("姓名或者名称", blank=True)
    masked_applicant = models.CharField("姓名（打码）", max_length=60, blank=True)
    matter = models.TextField("请求事项")
    procedure = models.CharField("程序", max_length=20, choices=Procedure, blank=True)
    # False where the agency stands in the case only as the reconsideration body: counted by
    # the agency whose act it is (report form, part four).
    original_agency = models.BooleanField("本机关是作出答复的机关", default=True)
    opened_on = models.DateField("受理、立案日期")
    copy_received_on = models.DateField("收到副本之日", null=True, blank=True)
    answer_due_on = models.DateField("答复、答辩到期", null=True, blank=True)
    answered_on = models.DateField("提出答复、答辩日期", null=True, blank=True)
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name="起诉以前的复议",
    )
    handler = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )

    # An id of the core's results; with it the day of the decision that stands.
    result = models.CharField("结果", max_length=40, blank=True)
    closed_on = models.DateField("决定、裁判生效日期", null=True, blank=True)
    decision_number = models.CharField("决定书、裁判文书号", max_length=80, blank=True)
    decision_received_on = models.DateField("收到决定、裁判之日", null=True, blank=True)
    # What the decision gives for a new reply, where it says so.
    redo_days = models.PositiveSmallIntegerField("重新答复的工作日", null=True, blank=True)
    redo_until = models.DateField("重新答复的最后一日", null=True, blank=True)

    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", default=timezone.now)

    class Meta:
        verbose_name = "复议诉讼案件"
        ordering = ("-opened_on", "-pk")
        indexes = (
            models.Index(fields=["agency", "closed_on"], name="remedy_open"),
            models.Index(fields=["answer_due_on", "answered_on"], name="remedy_answer_due"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    @property
    def name(self) -> str:
        """Its number, or ours until it has one."""
        return self.number or f"登记第 {self.pk} 号"

    @property
    def remedy_kind(self) -> RemedyKind:
        """The kind as the core has it."""
        return RemedyKind(self.kind)

    @property
    def is_open(self) -> bool:
        """Whether it is not decided yet."""
        return self.closed_on is None


class CaseEventKind(models.TextChoices):
    """What happens in a case; those that an act of ours makes are written by that act."""

    OPENED = "opened", "登记"
    COPY_RECEIVED = "copy_received", "收到副本"
    ANSWERED = "answered", "提出答复、答辩"
    HEARING = "hearing", "听取意见、听证、开庭"
    EVIDENCE = "evidence", "补充证据"
    STAYED = "stayed", "中止"
    RESUMED = "resumed", "恢复"
    EXTENDED = "extended", "延长审理"
    FIRST_JUDGMENT = "first_judgment", "一审裁判"
    APPEALED = "appealed", "上诉"
    CLOSED = "closed", "审结"
    REOPENED = "reopened", "改回未审结"
    REDO_ORDERED = "redo_ordered", "责令重新答复"
    OTHER = "other", "其他"


# What staff note by hand.
STEP_KINDS = (
    CaseEventKind.HEARING,
    CaseEventKind.EVIDENCE,
    CaseEventKind.STAYED,
    CaseEventKind.RESUMED,
    CaseEventKind.EXTENDED,
    CaseEventKind.FIRST_JUDGMENT,
    CaseEventKind.APPEALED,
    CaseEventKind.OTHER,
)


class CaseEvent(models.Model):
    """One thing that happened in a case."""

    case = models.ForeignKey(RemedyCase, models.CASCADE, related_name="events")
    kind = models.CharField("事项", max_length=30, choices=CaseEventKind)
    on = models.DateField("日期")
    note = models.TextField("说明", blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "案件经过"
        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"
