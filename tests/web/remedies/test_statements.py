"""Our own writings: two people, a number, files that are sealed and say what they must."""

from __future__ import annotations

import io
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from django.utils import timezone

from gongkai.web import filestore
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.remedies.acts import corrections, statements
from gongkai.web.remedies.acts.cases import receive_copy
from gongkai.web.remedies.models import RecordCorrection, RemedyCase, Statement, StatementState
from gongkai.web.remedies.writing import file_of
from gongkai.web.requests.models import RequestSettings
from tests.web.conftest import Office

from .test_cases import opened

pytestmark = pytest.mark.django_db

ANSWER: dict[str, Any] = {
    "challenged_act": "本机关2026年3月20日作出的听泉公开〔2026〕1号答复",
    "answer_facts": "本机关检索了城建档案和财务系统。",
    "answer_reasons": "依据条例第三十六条第四项，本机关已尽合理检索。",
    "answer_request": "维持本机关的答复",
    "evidence": [["1", "检索记录", "本机关已检索"], ["2", "答复书", "答复的内容"]],
}


def case_with_copy(office: Office, **facts: Any) -> RemedyCase:
    return receive_copy(
        office.actor(Role.DISCLOSURE_OFFICE), opened(office, **facts), date(2026, 4, 22)
    )


def words_of(data: bytes) -> str:
    return "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)


def test_an_answer_is_written_approved_by_another_and_sent(office: Office, tmp_path: Path) -> None:
    writer, approver = office.actor(Role.DISCLOSURE_OFFICE), office.actor(Role.APPROVER)
    case = case_with_copy(office)
    draft = statements.write(writer, case, ANSWER)
    with pytest.raises(Forbidden, match="签发"):
        statements.approve(writer, draft)
    with pytest.raises(Forbidden, match="现在是“起草”"):
        statements.send(writer, draft, date(2026, 4, 28))
    done = statements.approve(approver, draft)
    assert done.state == StatementState.APPROVED
    assert done.number.startswith("听泉街道公开〔")
    text = words_of(file_of(done, "docx"))
    for said in ("行政复议答复书", "青禾区人民政府", "张三丰", "第五十四条", "维持本机关的答复"):
        assert said in text
    kept = filestore.read(done.pdf)
    assert b"%PDF" not in kept[:20]
    (tmp_path / "a.pdf").write_bytes(file_of(done, "pdf"))
    printed = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "a.pdf", "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "张三丰" in printed
    assert "检索记录" in printed
    with pytest.raises(Forbidden, match="早于落款日期"):
        statements.send(writer, done, date(2026, 4, 28))
    today = timezone.localdate()
    sent = statements.send(writer, done, today)
    case.refresh_from_db()
    assert (sent.state, case.answered_on) == (StatementState.SENT, today)
    with pytest.raises(Forbidden, match="不能再改"):
        statements.write(writer, case, ANSWER)


def test_what_an_answer_lacks_is_told(office: Office) -> None:
    case = case_with_copy(office, applicant="")
    draft = statements.write(office.actor(Role.DISCLOSURE_OFFICE), case, {"answer_facts": "事实"})
    with pytest.raises(Forbidden, match=r"还不能签发.*证据目录"):
        statements.approve(office.actor(Role.APPROVER), draft)
    draft.refresh_from_db()
    assert (draft.state, draft.number) == (StatementState.DRAFT, "")


def test_who_wrote_it_last_does_not_approve_it(office: Office) -> None:
    both = office.people[Role.APPROVER]
    both.appointments.create(
        agency=office.street, role=Role.DISCLOSURE_OFFICE, since=date(2020, 1, 1)
    )
    actor = office.actor(Role.APPROVER)
    draft = statements.write(actor, case_with_copy(office), ANSWER)
    with pytest.raises(Forbidden, match=r"这份是你写的.*没有别的人担任签发"):
        statements.approve(actor, draft)


def test_a_defence_names_the_court(office: Office) -> None:
    case = case_with_copy(
        office, kind="direct_suit", procedure="", body="青禾区人民法院", number="（2026）青行初3号"
    )
    facts = {**ANSWER, "agency_address": "听泉路8号", "legal_representative": "陈立，主任"}
    draft = statements.write(office.actor(Role.DISCLOSURE_OFFICE), case, facts)
    done = statements.approve(office.actor(Role.APPROVER), draft)
    text = words_of(file_of(done, "docx"))
    assert "行政诉讼答辩状" in text
    assert "青禾区人民法院" in text
    assert done.number == ""


def test_a_discarded_writing_makes_room_for_another(office: Office) -> None:
    writer = office.actor(Role.DISCLOSURE_OFFICE)
    case = case_with_copy(office)
    done = statements.approve(office.actor(Role.APPROVER), statements.write(writer, case, ANSWER))
    with pytest.raises(Forbidden, match="写明原因"):
        statements.discard(writer, done, "")
    statements.discard(writer, done, "案号写错")
    assert statements.write(writer, case, ANSWER).pk != done.pk


CORRECTION: dict[str, Any] = {
    "name": "李四光",
    "phone": "13800000001",
    "address": "听泉路3号",
    "channel": "counter",
    "received_on": date(2026, 5, 6),
    "record_concerned": "低保发放表第3行，家庭人口写成2人",
    "claimed": "家庭人口3人",
    "evidence": "户口簿复印件",
}


def registered(office: Office, **facts: Any) -> RecordCorrection:
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    return corrections.register(actor, office.street, {**CORRECTION, **facts})


def told(office: Office, correction: RecordCorrection) -> Statement:
    RequestSettings.objects.update_or_create(
        agency=office.street,
        defaults={"reconsideration_body": "青禾区人民政府", "court": "青禾区人民法院"},
    )
    office.street.phone = "000-1234567"
    office.street.save()
    writer = office.actor(Role.DISCLOSURE_OFFICE)
    draft = statements.write(writer, correction, {})
    return statements.approve(office.actor(Role.APPROVER), draft)


def test_a_record_is_corrected_and_the_applicant_told(office: Office) -> None:
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    correction = registered(office)
    assert correction.masked_name == "李**"
    found = corrections.Finding(
        "corrected", "核对户口簿，发放表原为2人，已改为3人", corrected_on=date(2026, 5, 8)
    )
    correction = corrections.find(actor, correction, found)
    done = told(office, correction)
    text = words_of(file_of(done, "docx"))
    assert "本机关已经更正" in text
    assert "李四光" in text
    today = timezone.localdate()
    statements.send(actor, done, today)
    correction.refresh_from_db()
    assert correction.concluded_on == today
    with pytest.raises(Forbidden, match="办结"):
        corrections.find(actor, correction, found)


def test_a_record_of_another_agency_is_passed_on_and_the_applicant_told(office: Office) -> None:
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    correction = registered(office)
    with pytest.raises(Forbidden, match="有权更正的是哪个机关"):
        corrections.find(actor, correction, corrections.Finding("transferred", "由区民政局制作"))
    found = corrections.Finding("transferred", "由区民政局制作", other_agency="青禾区民政局")
    correction = corrections.find(actor, correction, found)
    assert "已将申请转送有权更正的机关处理：青禾区民政局" in words_of(
        file_of(told(office, correction), "docx")
    )


@pytest.mark.parametrize(
    ("finding", "facts", "why"),
    [
        (corrections.Finding("", "核实"), {}, "选一个结果"),
        (corrections.Finding("corrected", ""), {}, "写明核实了什么"),
        (corrections.Finding("corrected", "核实"), {}, "哪一天更正"),
        (
            corrections.Finding("corrected", "核实", corrected_on=date(2026, 5, 1)),
            {},
            "早于收到日期",
        ),
        (
            corrections.Finding("corrected", "核实", corrected_on=date(2026, 5, 8)),
            {"evidence": ""},
            "没有记下申请人的证据",
        ),
    ],
)
def test_what_cannot_be_found_is_refused(
    office: Office, finding: corrections.Finding, facts: dict[str, Any], why: str
) -> None:
    correction = registered(office, **facts)
    with pytest.raises(Forbidden, match=why):
        corrections.find(office.actor(Role.DISCLOSURE_OFFICE), correction, finding)


def test_nothing_of_the_person_is_in_the_database_or_the_trail_as_it_was_said(
    office: Office,
) -> None:
    from django.db import connection

    from gongkai.web.audit.models import AuditEntry

    correction = registered(office)
    corrections.edit(office.actor(Role.DISCLOSURE_OFFICE), correction, {"phone": "13900000002"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM remedies_recordcorrection")
        row = str(cursor.fetchall())
    for secret in ("李四光", "13900000002", "听泉路3号", "低保", "户口簿"):
        assert secret not in row
    entry = AuditEntry.objects.get(act="record_correction.edit")
    assert entry.after == {"sealed": ["联系电话"]}
