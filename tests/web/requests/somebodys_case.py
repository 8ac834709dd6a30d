"""What one person brings into the house: two requests with every kind of paper, and what follows.

Asked online and answered; asked at the counter and still in hand; then a reconsideration, a
correction of a record and a complaint by the same person.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongkai.core.handling.channels import Channel
from gongkai.web.people.models import Role
from gongkai.web.remedies.acts import complaints, corrections, statements
from gongkai.web.remedies.acts.cases import open_case
from gongkai.web.remedies.acts.papers import file_paper
from gongkai.web.remedies.models import Complaint, RecordCorrection, RemedyCase, Statement
from gongkai.web.requests.acts.add_paper import add_paper
from gongkai.web.requests.acts.assign import assign
from gongkai.web.requests.acts.confirm import confirm
from gongkai.web.requests.acts.consult import answer_received, consult
from gongkai.web.requests.acts.correction import ask_for_correction
from gongkai.web.requests.acts.decide import decide
from gongkai.web.requests.acts.draft_letter import draft_reply
from gongkai.web.requests.acts.handle_message import handle_message
from gongkai.web.requests.acts.register import NewPaper, NewRequest, register
from gongkai.web.requests.acts.remark import remark
from gongkai.web.requests.acts.review_letter import (
    pass_secrecy_review,
    pass_section_review,
    submit_letter,
)
from gongkai.web.requests.acts.serve import serve
from gongkai.web.requests.acts.sign import sign
from gongkai.web.requests.around.acts.feed import make_feed
from gongkai.web.requests.around.acts.import_ledger import hand_in
from gongkai.web.requests.models import (
    Chase,
    DisclosureRequest,
    LedgerUpload,
    Letter,
    LetterState,
    PaperKind,
    RequestSettings,
)
from tests.web.conftest import Office

from .asking.conftest import Citizen
from .secrets_told import (
    ADDRESS,
    AGENT,
    ANSWER_IMAGE,
    AUTHORITY_IMAGE,
    FORM_IMAGE,
    IDENTITY_IMAGE,
    MAILBOX,
    NAME,
    NUMBER,
    PHONE,
    THIRD_PARTY,
    THIRD_PARTY_REACHED,
)

WHO = {
    "name": NAME, "document_number": NUMBER, "phone": PHONE, "mailbox": MAILBOX,
    "address": ADDRESS, "agent": AGENT,
}  # fmt: skip


def png(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/png")


@dataclass
class Somebody:
    """The person's cases, and the browser with the query code."""

    office: Office
    citizen: Citizen
    code: str
    answered: DisclosureRequest
    in_hand: DisclosureRequest
    remedy: RemedyCase
    statement: Statement
    correction: RecordCorrection
    complaint: Complaint
    chase: Chase
    upload: LedgerUpload
    calendar: str

    @property
    def requests(self) -> tuple[DisclosureRequest, ...]:
        return self.answered, self.in_hand


def out(office: Office, letter: Letter, way: str, **told: Any) -> None:
    """Hand a letter in, have it read and signed by all who must, and serve it today."""
    act = office.actor
    letter = submit_letter(act(Role.AUTHOR), letter)
    if letter.state == LetterState.SECTION_REVIEW:
        letter = pass_section_review(act(Role.SECTION_REVIEWER), letter)
    if letter.state == LetterState.SECRECY_REVIEW:
        letter = pass_secrecy_review(act(Role.SECRECY_REVIEWER), letter)
    letter = sign(act(Role.APPROVER), letter)
    serve(act(Role.DISCLOSURE_OFFICE), letter, way, timezone.localdate(), **told)


def bring(office: Office) -> Somebody:
    """All of it, today."""
    street = office.street
    street.disclosure_office, street.phone = "听泉街道党政办公室", "0531-88880001"
    street.address, street.postcode = "听泉路1号", "250001"
    street.save()
    RequestSettings.objects.create(
        agency=street,
        reconsideration_address="https://example.gov.cn/fuyi",
        reconsideration_body="青禾区人民政府",
        court="青禾区人民法院",
    )
    citizen = Citizen(street)
    answered, code = _answered_online(office, citizen)
    in_hand = _at_the_counter(office)
    remedy, statement = reconsidered(office, answered)
    return Somebody(
        office, citizen, code, answered, in_hand, remedy, statement,
        record_to_correct(office), complained(office, answered),
        Chase.objects.create(
            request=in_hand, text="尽快答复",
            person=office.people[Role.COMPETENT_DEPARTMENT],
        ),
        old_ledger(office), make_feed(office.actor(Role.DISCLOSURE_OFFICE)),
    )  # fmt: skip


def _answered_online(office: Office, citizen: Citizen) -> tuple[DisclosureRequest, str]:
    author, clerk = office.actor(Role.AUTHOR), office.actor(Role.DISCLOSURE_OFFICE)
    citizen.what()
    citizen.who(
        **WHO,
        identity=png(f"{NAME}身份证.png", IDENTITY_IMAGE),
        authorisation=png(f"{NAME}委托{AGENT}.png", AUTHORITY_IMAGE),
    )
    citizen.check()
    code = citizen.code()
    case = DisclosureRequest.objects.get()
    case = assign(clerk, case, author.person)
    case = confirm(clerk, case, timezone.localdate(), f"电话{PHONE}", with_whom=NAME)
    remark(clerk, case, f"{NAME}（{PHONE}）住{ADDRESS}")
    notice = ask_for_correction(author, case, points=["没有写明年份"], guidance=["写年份"])
    out(office, notice, "online")
    citizen.open(code)
    citizen.browser.post(
        reverse("asking:hand_in", args=["correction"]),
        {
            "text": f"本人{NAME}，电话{PHONE}，要2024年的。",
            "papers": png(f"{NAME}补正.png", FORM_IMAGE),
            "submission": "5d3f5a64-8f0c-4a5e-9c2c-52f6f6f4a111",
        },
    )
    handle_message(author, case.messages.get())
    asked = consult(
        author, case, "third_party", party=THIRD_PARTY, contact=THIRD_PARTY_REACHED,
        what=["发放金额"], matter_summary="加装电梯补助", interest_concerned="个人隐私",
    )  # fmt: skip
    assert asked.letter is not None
    out(office, asked.letter, "direct", came_on=timezone.localdate(), signed_for_by=THIRD_PARTY)
    reply = add_paper(author, case, PaperKind.OPINION, f"{THIRD_PARTY}回函.png", ANSWER_IMAGE)
    answer_received(
        author, asked, on=timezone.localdate(), answer="refuses", reasons="涉及账号",
        weighed="账号不公开", paper=reply,
    )  # fmt: skip
    decide(
        author, case, "partly_disclosed",
        facts={
            "access_ways": ["在本网站下载"], "access_on": "随时", "disclosed_parts": ["发放金额"],
            "severed_copy": "隐去账号后的明细表", "third_party_harm": "涉及个人账号",
            "facts_found": "查明是一份明细表",
        },
        withheld=[
            {"where": "第3列账号", "ground": "third_party_interest", "reasons": "个人隐私"}
        ],
    )  # fmt: skip
    out(office, draft_reply(author, case), "online")
    case.refresh_from_db()
    return case, code


def _at_the_counter(office: Office) -> DisclosureRequest:
    author, clerk = office.actor(Role.AUTHOR), office.actor(Role.DISCLOSURE_OFFICE)
    new = NewRequest(
        Channel.COUNTER,
        timezone.localdate(),
        "2023年老旧住宅加装电梯补助发放明细",
        {"kind": "natural_person", "document_kind": "identity_card", **WHO},
        way_of_delivery="post",
        papers=[
            NewPaper(PaperKind.REQUEST, f"{NAME}申请表.png", FORM_IMAGE),
            NewPaper(PaperKind.IDENTITY, f"{NAME}身份证.png", IDENTITY_IMAGE),
        ],
    )
    case = assign(clerk, register(clerk, office.street, new).case, author.person)
    asked = consult(
        author, case, "third_party", party=THIRD_PARTY, contact=THIRD_PARTY_REACHED,
        what=["发放金额"], matter_summary="加装电梯补助",
    )  # fmt: skip
    assert asked.letter is not None
    submit_letter(author, asked.letter)
    case.refresh_from_db()
    return case


def reconsidered(
    office: Office, case: DisclosureRequest, *, approved: bool = True
) -> tuple[RemedyCase, Statement]:
    """A case of reconsideration with a paper and our answer."""
    clerk = office.actor(Role.DISCLOSURE_OFFICE)
    today = timezone.localdate()
    remedy = open_case(
        clerk, office.street,
        {
            "kind": "reconsideration", "body": "青禾区人民政府", "number": "青政复〔2026〕9号",
            "applicant": NAME, "matter": "撤销答复", "procedure": "ordinary",
            "opened_on": today, "request": case,
        },
        copy_received_on=today,
    )  # fmt: skip
    file_paper(clerk, remedy, "application", f"{NAME}复议申请书.png", FORM_IMAGE)
    statement = statements.write(
        clerk, remedy,
        {
            "answer_facts": f"申请人{NAME}申请公开。", "answer_reasons": "账号是个人隐私。",
            "answer_request": "维持", "evidence": [["1", "答复书", "答复的内容"]],
        },
    )  # fmt: skip
    if approved:
        statements.approve(office.actor(Role.APPROVER), statement)
    return remedy, statement


def record_to_correct(office: Office) -> RecordCorrection:
    """A record about the person that is said to be wrong."""
    return corrections.register(
        office.actor(Role.DISCLOSURE_OFFICE), office.street,
        {
            "name": NAME, "document_number": NUMBER, "phone": PHONE, "mailbox": MAILBOX,
            "address": ADDRESS, "channel": "counter", "received_on": timezone.localdate(),
            "record_concerned": f"{NAME}家庭人口写成2人", "claimed": "3人", "evidence": ADDRESS,
        },
    )  # fmt: skip


def complained(office: Office, case: DisclosureRequest) -> Complaint:
    """A complaint to the competent department."""
    return complaints.register(
        office.actor(Role.COMPETENT_DEPARTMENT), office.competent,
        {
            "about": office.street, "kind": "complaint", "channel": "online",
            "received_on": timezone.localdate(), "name": NAME, "contact": PHONE,
            "matter": "没有按期答复", "request": case,
        },
    )  # fmt: skip


def old_ledger(office: Office) -> LedgerUpload:
    """A ledger of another system, with columns that name who asked."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["申请编号", "收到日期", "申请内容", "申请人", "联系电话", "住址"])
    sheet.append(["听公开申〔2019〕3号", "2019-03-04", "会议纪要", NAME, PHONE, ADDRESS])
    held = io.BytesIO()
    book.save(held)
    clerk = office.actor(Role.DISCLOSURE_OFFICE)
    return hand_in(clerk, office.street, "2019年台账.xlsx", held.getvalue(), "counter")
