"""The screens of cases, corrections and complaints, as the people of the office use them."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongkai.core.handling.tally import tally_requests
from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Role
from gongkai.web.remedies.acts.closing import Ending, close_case
from gongkai.web.remedies.models import Complaint, RecordCorrection, RemedyCase, Statement
from gongkai.web.remedies.tables import tally_of
from gongkai.web.requests import clock
from gongkai.web.requests.around.lines import entries_of
from gongkai.web.requests.models import DisclosureRequest, Event
from tests.web.conftest import Office, signed_in
from tests.web.samples import PIXEL

from .conftest import Asking, answered
from .test_cases import opened
from .test_complaints import registered as complained
from .test_statements import ANSWER, registered

pytestmark = pytest.mark.django_db

FORM = {
    "agency": "QH0401", "kind": "reconsideration", "body": "青禾区人民政府",
    "number": "青政复〔2026〕9号", "applicant_is": "requester", "applicant": "张三丰",
    "matter": "撤销答复", "opened_on": "2026-04-20", "copy_received_on": "2026-04-22",
    "procedure": "simplified", "original_agency": "on",
}  # fmt: skip


def test_a_case_is_entered_read_answered_and_closed(office: Office) -> None:
    browser = signed_in(office, Role.DISCLOSURE_OFFICE)
    answer = browser.post(reverse("remedies:new"), FORM)
    case = RemedyCase.objects.get()
    page = reverse("remedies:case", args=[case.pk])
    assert answer.url == page
    text = browser.get(page).content.decode()
    assert "2026-04-29" in text
    assert "张**" in text
    assert "张三丰" not in text
    assert "复议法第五十四条" in text or "第五十四条" in text
    written = {**ANSWER, "evidence": "检索记录 | 已检索\n答复书｜答复内容"}
    answer = browser.post(reverse("remedies:write", args=[case.pk]), written)
    statement = Statement.objects.get()
    assert answer.url == reverse("remedies:statement", args=[statement.pk])
    assert "由另一个担任签发的人签发" in browser.get(answer.url).content.decode()
    approver = signed_in(office, Role.APPROVER)
    assert "张三丰" in approver.get(answer.url).content.decode()
    approver.post(reverse("remedies:approve", args=[statement.pk]))
    file = browser.get(reverse("remedies:statement_file", args=[statement.pk, "pdf"]))
    assert file.content.startswith(b"%PDF")
    assert "no-store" in file["Cache-Control"]
    sent = browser.post(
        reverse("remedies:send", args=[statement.pk]), {"on": timezone.localdate().isoformat()}
    )
    assert sent.url == page
    ended = browser.post(
        reverse("remedies:close", args=[case.pk]),
        {"result": "claim_rejected", "closed_on": "2026-06-01"},
    )
    assert ended.url == page
    assert "驳回行政复议请求" in browser.get(page).content.decode()


def test_what_is_refused_stands_at_the_form_and_what_was_typed_stays(office: Office) -> None:
    browser = signed_in(office, Role.DISCLOSURE_OFFICE)
    answer = browser.post(reverse("remedies:new"), {**FORM, "opened_on": "2099-01-01"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "还没有到" in text
    assert 'value="青政复〔2026〕9号"' in text
    answer = browser.post(reverse("remedies:new"), {**FORM, "request_number": "没有〔2026〕1号"})
    assert "没有编号“没有〔2026〕1号”的申请" in answer.content.decode()
    assert not RemedyCase.objects.exists()


def test_who_applies_is_shown_only_with_a_reason(office: Office) -> None:
    case = opened(office)
    browser = signed_in(office, Role.DISCLOSURE_OFFICE)
    address = reverse("remedies:look", args=[case.pk])
    assert browser.post(address, {"reason": ""}).status_code == 422
    shown = browser.post(address, {"reason": "写答复书"})
    assert "张三丰" in shown.content.decode()
    assert AuditEntry.objects.filter(act="remedy.view_identity").count() == 1


def test_readers_see_the_case_and_neither_name_nor_papers(office: Office) -> None:
    case = opened(office)
    office_browser = signed_in(office, Role.DISCLOSURE_OFFICE)
    file = SimpleUploadedFile("复议申请书.png", PIXEL, "image/png")
    office_browser.post(
        reverse("remedies:file_case", args=[case.pk]), {"kind": "application", "file": file}
    )
    paper = case.papers.get()
    for role in (Role.AUTHOR, Role.APPROVER, Role.COMPETENT_DEPARTMENT):
        browser = signed_in(office, role)
        text = browser.get(reverse("remedies:case", args=[case.pk])).content.decode()
        assert "张三丰" not in text
        assert "复议申请书.png" not in text
        assert browser.get(reverse("remedies:paper", args=[paper.pk])).status_code in (403, 404)
        answer = browser.post(reverse("remedies:look", args=[case.pk]), {"reason": "看看"})
        assert answer.status_code == 403
    assert office_browser.get(reverse("remedies:paper", args=[paper.pk])).content == PIXEL


def test_the_list_is_filtered_and_exported_without_names(office: Office) -> None:
    opened(office)
    opened(office, number="（2026）青行初3号", kind="direct_suit", procedure="")
    browser = signed_in(office, Role.DISCLOSURE_OFFICE)
    text = browser.get(reverse("remedies:list"), {"kind": "direct_suit"}).content.decode()
    assert "青行初3号" in text
    assert "青政复" not in text
    answer = browser.get(reverse("remedies:export"), {"q": "青政复"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    assert "张三丰" not in str(rows)
    assert AuditEntry.objects.get(act="remedy.export").after == {"entries": 1}


def test_a_correction_is_entered_and_found(office: Office) -> None:
    browser = signed_in(office, Role.DISCLOSURE_OFFICE)
    form = {
        "agency": "QH0401", "name": "李四光", "is_natural_person": "on", "phone": "13800000001",
        "channel": "counter", "received_on": "2026-05-06", "record_concerned": "发放表第3行",
        "claimed": "3人", "evidence": "户口簿",
    }  # fmt: skip
    assert browser.post(reverse("remedies:correction_new"), form).status_code == 302
    one = RecordCorrection.objects.get()
    page = reverse("remedies:correction", args=[one.pk])
    assert "李四光" not in browser.get(page).content.decode()
    look = browser.post(reverse("remedies:correction_look", args=[one.pk]), {"reason": "核实"})
    assert "李四光" in look.content.decode()
    find = reverse("remedies:correction_find", args=[one.pk])
    assert (
        browser.post(find, {"result": "transferred", "findings": "不是本机关的"}).status_code == 422
    )
    found = {"result": "transferred", "findings": "由民政局制作", "other_agency": "区民政局"}
    assert browser.post(find, found).url == page
    assert browser.post(reverse("remedies:write_notice", args=[one.pk])).status_code == 302
    assert "转送有权机关" in browser.get(reverse("remedies:corrections")).content.decode()


def test_a_complaint_is_entered_and_hidden_from_whom_it_is_about(office: Office) -> None:
    browser = signed_in(office, Role.COMPETENT_DEPARTMENT)
    form = {
        "agency": "QH0001", "kind": "report", "about": "QH0401", "channel": "online",
        "received_on": "2026-06-01", "name": "王五", "contact": "13800000009",
        "matter": "指南一年没有更新",
    }  # fmt: skip
    assert browser.post(reverse("remedies:complaint_new"), form).status_code == 302
    one = Complaint.objects.get()
    page = reverse("remedies:complaint", args=[one.pk])
    assert "王*" in browser.get(page).content.decode()
    theirs = signed_in(office, Role.DISCLOSURE_OFFICE)
    assert theirs.get(page).status_code == 404
    assert "指南一年" not in theirs.get(reverse("remedies:complaints")).content.decode()
    answer = browser.post(
        reverse("remedies:complaint_handle", args=[one.pk]),
        {"findings": "确实没有更新", "result": "upheld", "measures": "督促更新",
         "answered_on": "2026-06-10"},
    )  # fmt: skip
    assert answer.url == page
    assert "2026-06-10 答复" in browser.get(page).content.decode()


def test_the_pages_of_each_record_open(office: Office) -> None:
    correction, complaint = registered(office), complained(office)
    browser = signed_in(office, Role.DISCLOSURE_OFFICE)
    for name in ("correction", "correction_edit", "correction_find", "correction_look"):
        assert browser.get(reverse(f"remedies:{name}", args=[correction.pk])).status_code == 200
    browser = signed_in(office, Role.COMPETENT_DEPARTMENT)
    for name in ("complaint", "complaint_edit", "complaint_handle", "complaint_look"):
        assert browser.get(reverse(f"remedies:{name}", args=[complaint.pk])).status_code == 200


def test_the_year_counts_and_opens_each_number(office: Office, asked: Asking) -> None:
    case = answered(asked(), date(2026, 3, 20))
    asked("听泉公开申〔2026〕2号", date(2026, 4, 1))
    opened(office, request=case)
    browser = signed_in(office, Role.DISCLOSURE_OFFICE)
    cell = "requests.unable_to_provide.not_held/natural_person"
    answer = browser.get(reverse("remedies:year"), {"year": "2026", "cell": cell})
    told = answer.context["tables"]
    numbers = {
        c["cell"].address: c["value"]
        for table in told for row in table["body"] for c in row if c["cell"].address
    }  # fmt: skip
    assert numbers[cell] == 1
    assert numbers["requests.received_this_year/total"] == 2
    assert numbers["requests.carried_to_next_year/total"] == 1
    assert numbers["reconsideration/pending"] == 1
    assert [one.number for one in answer.context["opened"]["requests"]] == [case.number]
    assert "不掌握" in answer.content.decode()
    sheet = openpyxl.load_workbook(
        io.BytesIO(browser.get(reverse("remedies:year_export"), {"year": "2026"}).content)
    ).active
    assert sheet is not None
    lines = [row for row in sheet.iter_rows(values_only=True) if row[3]]
    assert any(case.number in str(row[4]) for row in lines)
    assert browser.get(reverse("remedies:year"), {"year": "2099"}).status_code == 422


def test_the_columns_count_as_the_events_do(office: Office, asked: Asking) -> None:
    """What is counted fast from columns is what the ledger's own lines come to."""
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    redone = answered(asked("1", date(2026, 3, 2)), date(2026, 3, 20))
    answered(asked("2", date(2025, 12, 1)), date(2026, 1, 5), "partly_disclosed")
    asked("3", date(2026, 3, 2), channel="online")
    asked("4", date(2026, 3, 3))
    withdrawn = asked("5", date(2026, 3, 3))
    for act, on in (("withdrawn", date(2026, 3, 9)), ("archived", date(2026, 3, 10))):
        Event.objects.create(request=withdrawn, act=act, on=on)
    clock.settle(withdrawn)
    case = opened(office, request=redone)
    order = Ending("annulled_and_redo", date(2026, 5, 15), decision_received_on=date(2026, 5, 18))
    close_case(actor, case, order)
    answered(redone, date(2026, 6, 1), "disclosed")
    for year in (2025, 2026):
        entries = [entry for _, entry in entries_of(DisclosureRequest.objects.all())]
        told = tally_of([office.street], year)
        assert told.requests.cells == tally_requests(entries, year).cells
        assert len(told.findings) == len(tally_requests(entries, year).findings)
    assert told.cells["requests.disclosed/natural_person"] == 1
