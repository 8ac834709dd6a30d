"""One table, one assessment with a score, one brief: for tests that open each address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from gongkai.web.oversight.assessment.models import Assessment, Indicator, IndicatorTable, Score
from gongkai.web.oversight.overview.models import Brief
from gongkai.web.people.models import Role
from gongkai.web.reports.papers import keep
from tests.web.conftest import Office


@dataclass
class MadeAssessment:
    """At the street, in self-score."""

    table: IndicatorTable
    assessment: Assessment
    score: Score
    brief: Brief


def make_assessment(office: Office) -> MadeAssessment:
    """Made without counting or printing anything."""
    person = office.people[Role.COMPETENT_DEPARTMENT]
    paper = keep(b"paper", "application/octet-stream")
    table = IndicatorTable.objects.create(
        to=office.district, year=2025, number=1, title="2025年度考核指标", file=paper,
        file_name="指标.xlsx", imported_by=person, standing="in_force",
    )  # fmt: skip
    indicator = Indicator.objects.create(
        table=table, position=1, name="按期公开", points=Decimal(100), measure="items_in_time"
    )
    assessment = Assessment.objects.create(table=table, agency=office.street, begun_by=person)
    score = Score.objects.create(
        assessment=assessment, indicator=indicator, printed="没有数据", proof=paper,
        proof_name="证明.pdf",
    )  # fmt: skip
    brief = Brief.objects.create(
        to=office.district, since=date(2025, 1, 1), until=date(2025, 12, 31), title="2025年简报",
        text="情况如下。", state="kept", written_by=person, kept_by=person,
        kept_at=timezone.now(), docx=paper, pdf=paper,
    )  # fmt: skip
    return MadeAssessment(table, assessment, score, brief)
