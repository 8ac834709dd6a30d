"""Assessments at every stage, numbers and the records behind them, briefs; by who looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from gongkai.web.oversight.assessment.acts import begin, tables
from gongkai.web.oversight.assessment.evidence import span_called
from gongkai.web.oversight.assessment.models import Assessment, Score
from gongkai.web.oversight.overview.acts.briefs import start
from gongkai.web.oversight.overview.models import Brief
from gongkai.web.people.models import Role
from gongkai.web.sheets import csv_of
from tests.web.conftest import Office
from tests.web.oversight.rectification.made import found, watched
from tests.web.oversight.year_of_work import YEAR, year_of

from .staff_pages import StaffPage, pressed

HEADS = ("一级指标", "二级指标", "分值", "评分标准", "数据来源", "满分值", "零分值", "每件扣分")
ROWS = (
    ("主动公开", "按期公开", 60, "成文之日起 20 个工作日内公开", "按期公开", 100, 50, None),
    ("组织领导", "听取汇报", 40, "每年一次", "人工评分", None, None, None),
)
WRONG = (
    ("主动公开", "按期公开", 59, "", "按时公开率", None, None, None),
    ("", "", 3, "", "", "", "", ""),
)


class Assessed:
    """The street scores itself, others are being reviewed, have objected, are settled."""

    def __init__(self, office: Office) -> None:
        above = office.actor(Role.COMPETENT_DEPARTMENT)
        year_of(office.street, office.people[Role.AUTHOR])
        watched(timezone.now().isoformat())
        found(office.street)
        file = ("指标.csv", csv_of(HEADS, ROWS))
        self.table = tables.bring_in(above, office.district, YEAR, file)
        tables.adopt(above, self.table)
        agencies = [office.street, office.neighbour, office.competent]
        self.own, self.reviewed, self.objected = begin.begin(above, self.table, agencies)
        self._at(self.reviewed, "review", handed_in_at=timezone.now())
        self._at(self.objected, "objected", objected_at=timezone.now())
        self.objected.scores.update(points=Decimal(10), objection="纪要补上了")
        self.score = self.own.scores.exclude(lines=[]).get()
        wrong = ("指标.csv", csv_of(HEADS, WRONG))
        self.draft = tables.bring_in(above, office.district, YEAR - 1, wrong)
        span = span_called(f"{timezone.localdate():%Y-%m}")
        assert span is not None
        self.brief = start(above, office.district, span)
        self.kept = Brief.objects.create(
            to=office.district, since=date(YEAR, 1, 1), until=date(YEAR, 12, 31), title="简报",
            text="情况如下。\n一、主动公开", figures=self.brief.figures, table=self.brief.table,
            state="kept", written_by=above.person, kept_by=above.person, kept_at=timezone.now(),
        )  # fmt: skip

    def _at(self, one: Assessment, stage: str, **more: Any) -> None:
        Assessment.objects.filter(pk=one.pk).update(stage=stage, **more)

    def told(self) -> None:
        """The street has its review: it may object."""
        self._at(self.own, "told", objection_until=date(2099, 1, 1))
        Score.objects.filter(assessment=self.own).update(points=Decimal(20), words="逾期一件")


def of(name: str) -> Callable[[Any], tuple[Any, ...]]:
    """The number of one of them."""
    return lambda world: (getattr(world.assessed, name).pk,)


def _score(world: Any) -> tuple[Any, ...]:
    return world.assessed.own.pk, world.assessed.score.pk


def _measure(world: Any) -> tuple[Any, ...]:
    return ("items_in_time",)


def _after(world: Any) -> tuple[Any, ...]:
    world.assessed.told()
    return (world.assessed.own.pk,)


PAGES: dict[Role, tuple[StaffPage, ...]] = {
    Role.DISCLOSURE_OFFICE: (
        StaffPage("overview:home"),
        StaffPage("overview:compare"),
        StaffPage("overview:compare", query="measure=findings_found&length=month"),
        StaffPage("overview:behind", _measure, query=f"span={YEAR}"),
        StaffPage("overview:behind", lambda world: ("trainings",)),
        StaffPage("assessment:home"),
        StaffPage("assessment:sheet", of("own")),
        StaffPage("assessment:sheet", of("own"), act=pressed("保存并报送自评")),
        StaffPage("assessment:evidence", _score),
        StaffPage("assessment:sheet", _after),
        StaffPage("assessment:sheet", of("own"), act=pressed("交申诉")),
    ),
    Role.COMPETENT_DEPARTMENT: (
        StaffPage("overview:home"),
        StaffPage("overview:home", query="agency=QH0402"),
        StaffPage("overview:compare", query=f"span={YEAR}"),
        StaffPage("overview:compare", query="measure=items_in_time&length=quarter"),
        StaffPage("overview:briefs"),
        StaffPage("overview:brief", of("brief"), act=pressed("保存并定稿")),
        StaffPage("overview:brief", of("kept")),
        StaffPage("assessment:home"),
        StaffPage("assessment:upload", act=pressed("导入", full="0")),
        StaffPage("assessment:table", of("draft")),
        StaffPage("assessment:table", of("table")),
        StaffPage("assessment:sheet", of("reviewed"), act=pressed("保存并反馈给机关")),
        StaffPage("assessment:sheet", of("objected"), act=pressed("答复并定分")),
        StaffPage("assessment:sheet", of("own")),
    ),
}
# Acts, files.
NO_PAGE = {
    "assessment:act", "assessment:export", "assessment:proof", "assessment:table_act",
    "assessment:template", "overview:brief_act", "overview:brief_file", "overview:export",
}  # fmt: skip
