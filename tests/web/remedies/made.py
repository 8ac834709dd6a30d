"""One record of everything beside requests, for the walk through every address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.web import filestore
from gongkai.web.people.models import Role
from gongkai.web.remedies.models import (
    CaseEvent,
    Complaint,
    FiledPaper,
    RecordCorrection,
    RemedyCase,
    Statement,
)
from gongkai.web.requests.models import Chase, DisclosureRequest, LedgerUpload
from gongkai.web.sealed import seal
from tests.web.conftest import Office

DAY = date(2026, 3, 2)
LEDGER = "编号,受理机关,申请人类型,申请渠道,收到日期\n旧1,听泉街道,自然人,当面提交,2024-03-04\n"


@dataclass
class MadeBeside:
    """The records."""

    case: RemedyCase
    event: CaseEvent
    statement: Statement
    paper: FiledPaper
    correction: RecordCorrection
    complaint: Complaint
    chase: Chase
    upload: LedgerUpload


def make_beside(office: Office, request: DisclosureRequest) -> MadeBeside:
    """One of each at 听泉街道."""
    clerk = office.people[Role.DISCLOSURE_OFFICE]
    stored = filestore.put(seal(b"%PDF-1.4"))
    case = RemedyCase.objects.create(
        agency=office.street, request=request, kind="reconsideration", body="区政府",
        matter="撤销", opened_on=DAY, copy_received_on=DAY, recorded_by=clerk,
    )  # fmt: skip
    return MadeBeside(
        case=case,
        event=CaseEvent.objects.create(case=case, kind="hearing", on=DAY, person=clerk),
        statement=Statement.objects.create(
            case=case, agency=office.street, kind="reconsideration_answer", written_by=clerk,
            docx=stored, pdf=stored,
        ),
        paper=FiledPaper.objects.create(
            case=case, kind="other", name="通知.pdf", stored=stored, digest="0" * 64, size=8,
            media_type="application/pdf", added_by=clerk,
        ),
        correction=RecordCorrection.objects.create(
            agency=office.street, name="李四光", masked_name="李**", channel="counter",
            received_on=DAY, record_concerned="发放表", claimed="3人", recorded_by=clerk,
        ),
        complaint=Complaint.objects.create(
            agency=office.street, about=office.street, kind="report", channel="online",
            received_on=DAY, matter="没有更新", recorded_by=clerk,
        ),
        chase=Chase.objects.create(request=request, text="尽快", person=clerk),
        upload=LedgerUpload.objects.create(
            agency=office.street, name="旧台账.csv", stored=filestore.put(seal(LEDGER.encode())),
            digest="0" * 64, person=clerk,
        ),
    )  # fmt: skip
