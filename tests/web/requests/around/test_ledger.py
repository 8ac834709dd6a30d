"""The ledger goes out and comes in again; an old one is taken in whole, with what it says."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from gongkai.core.handling.ledger import columns
from gongkai.core.handling.tally import tally_requests
from gongkai.core.handling.transitions import State
from gongkai.web import filestore, sheets
from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.requests import clock
from gongkai.web.requests.around.acts.export_ledger import export_ledger
from gongkai.web.requests.around.acts.import_ledger import drop, hand_in, look_through, take_in
from gongkai.web.requests.around.lines import entries_of
from gongkai.web.requests.ledger import entry_of
from gongkai.web.requests.models import DisclosureRequest, Event, LedgerUpload
from tests.web.conftest import Office
from tests.web.remedies.conftest import Asking, answered

pytestmark = pytest.mark.django_db

HEADS = (
    "登记编号", "受理单位", "申请人", "申请人类别", "申请方式", "受理日期", "申请内容", "办理情况",
    "办结时间", "答复书文号", "到期日", "联系电话",
)  # fmt: skip
GOOD = [
    ("2024-1", "听泉街道", "张三", "自然人", "现场", date(2024, 3, 4), "低保名单", "信息不存在",
     date(2024, 3, 20), "听〔2024〕1号", date(2024, 4, 1), "13800000000"),
    ("2024-2", "听泉街道办事处", "某公司", "商业企业", "网络", date(2024, 5, 6), "合同", "予以公开",
     date(2024, 7, 1), "听〔2024〕2号", date(2024, 7, 1), ""),
    ("2024-3", "", "李四", "公民", "EMS", date(2024, 6, 3), "预算", "逾期不补正",
     date(2024, 8, 1), "", None, ""),
    ("2024-4", "", "王五", "个人", "当面", date(2024, 12, 30), "台账", "", None, "", None, ""),
    ("2024-5", "", "赵六", "个人", "当面", date(2024, 9, 2), "补偿", "撤回", date(2024, 9, 5), "",
     None, ""),
]  # fmt: skip


def book(rows: list[Any], heads: tuple[str, ...] = HEADS) -> bytes:
    work = openpyxl.Workbook()
    sheet = work.active
    assert sheet is not None
    sheet.append(["听泉街道依申请公开台账（2024年）"])
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
    buffer = io.BytesIO()
    work.save(buffer)
    return buffer.getvalue()


def handed_in(office: Office, rows: list[Any], **more: Any) -> LedgerUpload:
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    return hand_in(actor, office.street, "旧台账.xlsx", book(rows), **more)


def test_an_old_ledger_is_taken_in_with_its_numbers(
    office: Office, django_capture_on_commit_callbacks: Any
) -> None:
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    upload = handed_in(office, GOOD)
    judged = look_through(actor, upload)
    assert judged.refused == []
    assert judged.unknown_heads == ["联系电话"]
    assert not DisclosureRequest.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        take_in(actor, upload, 5)
    first = DisclosureRequest.objects.get(number="2024-1")
    assert first.requester.name == "张三"
    assert first.requester.masked_name == "张*"
    assert (first.state, first.concluded_on) == (State.SERVED, date(2024, 3, 20))
    assert first.outcome == "not_held"
    assert (first.due_on, first.late) == (date(2024, 4, 1), False)
    entry = entry_of(first)
    assert (entry.reply_number, entry.matter) == ("听〔2024〕1号", "低保名单")
    # What the ledger cannot say is told, not guessed: without a printed limit nothing is late.
    lapsed = DisclosureRequest.objects.get(number="2024-3")
    assert lapsed.state == State.ABANDONED_CORRECTION
    assert (lapsed.due_on, lapsed.late) == (None, False)
    assert "台账没有记这一天" in lapsed.events.get(act="ask_for_correction").note
    assert DisclosureRequest.objects.get(number="2024-5").state == State.WITHDRAWN
    # A telephone number in a column that we don't have is kept, and sealed.
    assert "13800000000" in first.imported_aside
    assert "13800000000" not in str(
        DisclosureRequest.objects.filter(pk=first.pk).extra(
            select={"raw": "imported_aside"}
        ).values_list("raw", "imported_line")
    )  # fmt: skip
    # The file is gone.
    assert not filestore.path_of(upload.stored).exists()
    with pytest.raises(Forbidden, match="转入"):
        take_in(actor, upload, 5)
    assert AuditEntry.objects.get(act="request.import").after["entries"] == 5


def test_what_was_taken_in_counts_as_the_ledger_says(office: Office) -> None:
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    take_in(actor, handed_in(office, GOOD), 5)
    entries = [entry for _, entry in entries_of(DisclosureRequest.objects.all())]
    cells = tally_requests(entries, 2024).cells
    assert cells["requests.received_this_year/total"] == 5
    assert cells["requests.disclosed/business"] == 1
    assert cells["requests.unable_to_provide.not_held/natural_person"] == 1
    assert cells["requests.carried_to_next_year/total"] == 1
    assert cells["requests.concluded_total/total"] == 4


def test_the_limit_printed_in_the_ledger_stays_when_the_case_is_filed(office: Office) -> None:
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    take_in(actor, handed_in(office, GOOD), 5)
    case = DisclosureRequest.objects.get(number="2024-2")
    # Received on 6 May, answered on 1 July: late by the bare count, but the ledger says extended.
    assert (case.due_on, case.late) == (date(2024, 7, 1), False)
    Event.objects.create(request=case, act="archived", on=date(2024, 7, 3))
    clock.settle(case)
    assert (case.state, case.due_on, case.late) == (State.ARCHIVED, date(2024, 7, 1), False)


BAD = [
    (("2024-1", "别的局", "张三", "自然人", "现场", date(2024, 3, 4), "x"), "不是你管的机关"),
    (("2024-1", "", "张三", "外星人", "现场", date(2024, 3, 4), "x"), "不是表三的六种之一"),
    (("2024-1", "", "张三", "自然人", "邮寄", date(2024, 3, 4), "x"), "认不出申请渠道"),
    (("2024-1", "", "张三", "自然人", "", date(2024, 3, 4), "x"), "没有写申请渠道"),
    (("", "", "张三", "自然人", "现场", date(2024, 3, 4), "x"), "没有填“编号”"),
    (("2024-1", "", "张三", "自然人", "现场", "三月", "x"), "认不出是哪一天"),
    (("2024-1", "", "张三", "自然人", "现场", date(2099, 3, 4), "x"), "晚于今天"),
    (
        ("2024-1", "", "张三", "自然人", "现场", date(2024, 3, 4), "x", "信息不存在", date(2024, 3, 1)),
        "早于",
    ),
    (("2024-1", "", "张三", "自然人", "现场", date(2024, 3, 4), "x", "予以公开"), "办结"),
    (("2024-1", "", "张三", "自然人", "现场", date(2024, 3, 4), "x", "无法提供", date(2024, 3, 9)), "不够具体|没有写明"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "why"), BAD)
def test_a_line_that_cannot_be_taken_says_why(office: Office, row: Any, why: str) -> None:
    import re

    upload = handed_in(office, [row])
    judged = look_through(office.actor(Role.DISCLOSURE_OFFICE), upload)
    assert judged.taken == []
    assert [one.row for one in judged.refused] == [3]
    assert re.search(why, "；".join(judged.refused[0].why)), judged.refused[0].why
    with pytest.raises(Forbidden, match="没有能转入的行"):
        take_in(office.actor(Role.DISCLOSURE_OFFICE), upload, 0)


def test_a_channel_for_blank_ones_is_chosen_not_guessed(office: Office) -> None:
    row = ("2024-1", "", "张三", "自然人", "", date(2024, 3, 4), "x")
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    upload = handed_in(office, [row], channel="registered_post")
    judged = look_through(actor, upload)
    assert "没有写申请渠道，按邮寄（签收）。" in judged.taken[0].notes
    assert take_in(actor, upload, 1)[0].channel == "registered_post"


def test_a_number_is_taken_once(office: Office, asked: Asking) -> None:
    asked("2024-1")
    rows = [GOOD[0], GOOD[1], GOOD[1]]
    judged = look_through(office.actor(Role.DISCLOSURE_OFFICE), handed_in(office, rows))
    assert [one.entry.number for one in judged.taken] == ["2024-2"]
    why = ["；".join(one.why) for one in judged.refused]
    assert "平台上已经有了" in why[0]
    assert "和第 4 行相同" in why[1]


def test_nothing_is_half_done(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    upload = handed_in(office, GOOD)
    with pytest.raises(Forbidden, match="刚才看到能转入 4 件，现在是 5 件"):
        take_in(actor, upload, 4)
    monkeypatch.setattr(Event.objects, "bulk_create", lambda events, **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take_in(actor, upload, 5)
    assert not DisclosureRequest.objects.exists()
    assert LedgerUpload.objects.get().imported_at is None


def test_what_is_no_ledger_is_refused(office: Office) -> None:
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    with pytest.raises(sheets.Unreadable):
        hand_in(actor, office.street, "a.xlsx", b"PK\x03\x04 no")
    upload = hand_in(actor, office.street, "a.csv", "甲,乙\n1,2\n".encode())
    with pytest.raises(sheets.Unreadable, match="没有找到表头"):
        look_through(actor, upload)
    with pytest.raises(Forbidden):
        hand_in(office.actor(Role.AUTHOR), office.street, "a.csv", b"x")


def test_a_dropped_file_is_gone(office: Office, django_capture_on_commit_callbacks: Any) -> None:
    upload = handed_in(office, GOOD)
    path = filestore.path_of(upload.stored)
    assert path.exists()
    assert "张三".encode() not in path.read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        drop(office.actor(Role.DISCLOSURE_OFFICE), upload)
    assert not path.exists()
    assert not LedgerUpload.objects.exists()


def test_the_ledger_goes_out_masked_and_comes_in_again(office: Office, asked: Asking) -> None:
    answered(asked(), date(2026, 3, 20))
    asked("听泉公开申〔2026〕2号", date(2026, 4, 1), channel="online")
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    data = export_ledger(actor, [office.street], date(2026, 1, 1), date(2026, 12, 31))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0]) == [column.label for column in columns()]
    assert len(rows) == 3
    assert "张三丰" not in str(rows)
    assert "张**" in str(rows)
    line = AuditEntry.objects.get(act="request.export")
    assert line.after["entries"] == 2
    # Elsewhere it can be taken in.
    DisclosureRequest.objects.all().delete()
    upload = hand_in(actor, office.street, "台账.xlsx", data)
    judged = look_through(actor, upload)
    assert [one.entry.number for one in judged.taken] == ["听泉公开申〔2026〕1号"]
    assert "没有填“收到日期”" in "".join(judged.refused[0].why)


def test_only_those_received_between_the_days_go_out(office: Office, asked: Asking) -> None:
    asked()
    actor = office.actor(Role.COMPETENT_DEPARTMENT)
    data = export_ledger(actor, [office.street], date(2026, 3, 3), None)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert sheet.max_row == 1
    with pytest.raises(Forbidden):
        export_ledger(office.actor(Role.AUTHOR), [office.street], None, None)
