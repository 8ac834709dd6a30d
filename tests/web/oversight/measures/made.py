"""One record of every register of measures and of concerns, for the walk through every address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from gongkai.web import filestore
from gongkai.web.oversight.concerns.models import Concern, ConcernRelease
from gongkai.web.oversight.measures.models import (
    Accountability,
    Appraisal,
    AppraisalAnswer,
    AppraisalComment,
    AppraisalState,
    DutyHolder,
    Inspection,
    MeasurePaper,
    Training,
    WorkRule,
)
from gongkai.web.oversight.measures.questionnaire import keyed, questionnaire
from gongkai.web.people.models import Role
from gongkai.web.sealed import seal
from tests.web.conftest import Office

DAY = date(2026, 3, 2)


@dataclass
class MadeMeasures:
    """The records; ``published`` is an appraisal whose result is public."""

    training: Training
    paper: MeasurePaper
    inspection: Inspection
    appraisal: Appraisal
    published: Appraisal
    comment: AppraisalComment
    concern: Concern
    release: ConcernRelease


def make_measures(office: Office) -> MadeMeasures:
    """One of each at 听泉街道; appraisals and an inspection above it."""
    clerk = office.people[Role.DISCLOSURE_OFFICE]
    own = {"agency": office.street, "recorded_by": clerk}
    above = {"agency": office.competent, "recorded_by": office.people[Role.COMPETENT_DEPARTMENT]}
    DutyHolder.objects.create(kind="full_time", name="孙梅", began_on=DAY, **own)
    WorkRule.objects.create(name="审查规定", systems=["review"], began_on=DAY, **own)
    Accountability.objects.create(
        decided_on=DAY, ground="not_updated", matter="指南没有更新", measure="criticised",
        decided_by="区政府办公室", **own,
    )  # fmt: skip
    training = Training.objects.create(held_on=DAY, theme="条例培训", people=32, **own)
    today = timezone.localdate()
    open_, published = (
        Appraisal.objects.create(
            year=today.year,
            title=f"社会评议（{state.label}）",
            questions=keyed(list(questionnaire().questions)),
            free_question="有什么意见？",
            opens_on=today - timedelta(days=3),
            closes_on=today + timedelta(days=3),
            state=state,
            published_at=timezone.now() if state is AppraisalState.PUBLISHED else None,
            **above,
        )
        for state in (AppraisalState.OPEN, AppraisalState.PUBLISHED)
    )
    answers = [
        AppraisalAnswer.objects.create(
            appraisal=one, agency=office.street, token=UUID(int=number), answered_on=today,
            ratings={"q1": "5", "q5": "4"},
        )
        for number, one in enumerate((open_, published))
    ]  # fmt: skip
    AppraisalComment.objects.create(answer=answers[1], text="更新快", standing="shown")
    concern = Concern.objects.create(
        title="停水", kind="interests", source="网民留言", began_at=datetime(2026, 3, 2, tzinfo=UTC),
        **own,
    )  # fmt: skip
    return MadeMeasures(
        training=training,
        paper=MeasurePaper.objects.create(
            training=training, kind="sign_in", name="签到表.pdf",
            stored=filestore.put(seal(b"%PDF-1.4")), digest="0" * 64, size=8,
            media_type="application/pdf", added_by=clerk,
        ),
        inspection=Inspection.objects.create(
            about=office.street, held_on=DAY, name="一季度检查", findings="电话不对", **above
        ),
        appraisal=open_,
        published=published,
        comment=AppraisalComment.objects.create(answer=answers[0], text="找得到"),
        concern=concern,
        release=ConcernRelease.objects.create(
            concern=concern, kind="reply", at=timezone.now(), title="答复", recorded_by=clerk
        ),
    )  # fmt: skip
