"""The screens of rectification: lists with filters, forms that say what is wrong, no other door."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.web.oversight.rectification.columns import month_before, month_of
from gongkai.web.oversight.rectification.models import (
    CheckLine,
    Notice,
    RectificationTask,
    SelfCheck,
    TaskState,
)
from gongkai.web.oversight.watching.around import notes_of
from gongkai.web.people.models import Role
from tests.web.conftest import Office, make_person, signed_in, signed_in_as

from .made import PNG, found, make_rectification, ordered, own, telephone, watched

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *arguments: object, **query: str) -> str:
    return client.get(reverse(f"rectification:{name}", args=arguments), query).content.decode()


def test_a_finding_becomes_a_task_by_the_screens(office: Office) -> None:
    telephone(office)
    finding = found(office.street)
    above, clerk = signed_in(office, Role.COMPETENT_DEPARTMENT), signed_in(office, Role.AUTHOR)
    beside = above.get(reverse("watching:finding", args=[finding.pk])).content.decode()
    address = f"{reverse('rectification:new')}?finding={finding.pk}"
    assert address in beside
    form = above.get(address).content.decode()
    assert "“财政预算、决算”没有一条信息。" in form
    assert "同时发督办单" in form
    due = timezone.localdate() + timedelta(days=14)
    sent = {"agency": "QH0401", "title": "决算没有公开", "problem": "没有一条信息", "demand": "",
            "due_on": due.isoformat(), "notice": "on"}  # fmt: skip
    wrong = above.post(address, sent)
    assert wrong.status_code == 422
    assert "填怎样改" in wrong.content.decode()
    assert "决算没有公开" in wrong.content.decode()
    done = above.post(address, {**sent, "demand": "公开决算"}, follow=True)
    task = RectificationTask.objects.get()
    assert "已督办：决算没有公开" in done.content.decode()
    assert task.findings.get() == finding
    assert notes_of([finding.pk])[finding.pk] == f"待签收　到 {due.month}月{due.day}日"
    clerk.post(reverse("rectification:receive", args=[task.pk]), {"reply": "已安排"})
    empty = clerk.post(reverse("rectification:finish", args=[task.pk]), {"words": "已公开决算"})
    assert empty.status_code == 422
    assert "还没有证明材料" in empty.content.decode()
    assert "已公开决算" in empty.content.decode()
    files = [SimpleUploadedFile(name, PNG) for name in ("截图.png", "附表.png")]
    clerk.post(
        reverse("rectification:finish", args=[task.pk]), {"words": "已公开决算", "proofs": files}
    )
    assert sorted(task.proofs.values_list("name", flat=True)) == ["截图.png", "附表.png"]
    told = page(above, "task", task.pk)
    for words in ("检查发现", "发督办单", "听泉街道签收", "答复：已安排", "报改好", "等另一人确认"):
        assert words in told, words
    proof = task.proofs.first()
    assert proof is not None
    kept = above.get(reverse("rectification:proof", args=[task.pk, proof.pk]))
    assert kept.content == PNG
    assert kept["Content-Disposition"].startswith("attachment")
    still = above.post(reverse("rectification:confirm", args=[task.pk]), {"words": ""})
    assert "问题还在" in still.content.decode()
    above.post(reverse("rectification:confirm", args=[task.pk]), {"words": "已看网页"})
    task.refresh_from_db()
    assert task.state == TaskState.CONFIRMED


def test_the_list_is_narrowed_and_taken_away(office: Office) -> None:
    late = ordered(office, found(office.street), title="一件晚了的")
    RectificationTask.objects.filter(pk=late.pk).update(
        due_on=timezone.localdate() - timedelta(days=2)
    )
    own(office, title="自己列的", responsible=office.people[Role.AUTHOR])
    above, author = signed_in(office, Role.COMPETENT_DEPARTMENT), signed_in(office, Role.AUTHOR)
    for query, seen in (
        ({}, {"一件晚了的", "自己列的"}),
        ({"state": "late"}, {"一件晚了的"}),
        ({"state": "received"}, {"自己列的"}),
        ({"state": "closed"}, set()),
        ({"rule": "watch.column_blank"}, {"一件晚了的"}),
        ({"agency": "QH0402"}, set()),
        ({"q": "自己"}, {"自己列的"}),
        ({"mine": "1"}, {"一件晚了的"}),
    ):
        told = page(above, "list", **query)
        assert {one for one in ("一件晚了的", "自己列的") if f">{one}</a>" in told} == seen, query
    assert ">自己列的</a>" in page(author, "list", mine="1")
    assert ">一件晚了的</a>" not in page(author, "list", mine="1")
    answer = above.get(reverse("rectification:export"), {"state": "late"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [list(row) for row in sheet.values]
    assert [row[2] for row in rows] == ["事项", "一件晚了的"]
    assert rows[1][6] == "空白栏目"


def test_no_other_door(office: Office) -> None:
    made = make_rectification(office)
    stranger = make_person("stranger", "外人", office.neighbour, Role.DISCLOSURE_OFFICE)
    client = signed_in_as(stranger)
    month = f"{made.signed.month:%Y-%m}"
    for address in (
        reverse("rectification:task", args=[made.task.pk]),
        reverse("rectification:proof", args=[made.task.pk, made.proof.pk]),
        reverse("rectification:notice", args=[made.notice.pk]),
        reverse("rectification:notice_file", args=[made.notice.pk, "pdf"]),
        reverse("rectification:self_check", args=[office.street.pk, month]),
        reverse("rectification:sheet", args=[made.signed.pk, "pdf"]),
    ):
        assert client.get(address).status_code == 404, address
    assert made.task.title not in page(client, "list")
    # A proof of one task is not to be had by the number of another.
    other = own(office)
    clerk = signed_in(office, Role.AUTHOR)
    wrong = reverse("rectification:proof", args=[other.pk, made.proof.pk])
    assert clerk.get(wrong).status_code == 404
    # A finding of the neighbour's cannot be made the street's task.
    strange = found(office.neighbour)
    new = f"{reverse('rectification:new')}?finding={strange.pk}"
    assert signed_in(office, Role.DISCLOSURE_OFFICE).get(new).status_code == 404


def test_a_circular_is_looked_at_and_issued(office: Office) -> None:
    telephone(office)
    ordered(office)
    above = signed_in(office, Role.COMPETENT_DEPARTMENT)
    address, today = reverse("rectification:circular"), timezone.localdate()
    form = above.get(address).content.decode()
    assert "共列整改 1 件，已改好 0 件，在改 1 件" in form
    sent = {
        "since": today.replace(day=1).isoformat(), "until": today.isoformat(),
        "agencies": ["QH0401", "QH0402"], "addressees": "各街道办事处", "overview": "共列整改 1 件",
        "cases": "", "demands": "按期改好。",
    }  # fmt: skip
    looked = above.post(address, {**sent, "look": ""}).content.decode()
    assert "（印发时编号）" in looked
    assert not Notice.objects.exists()
    above.post(address, {**sent, "issue": ""})
    notice = Notice.objects.get()
    reader = signed_in(office, Role.DISCLOSURE_OFFICE)
    assert notice.number in reader.get("/desk/").content.decode()
    assert "看过" in page(reader, "notice", notice.pk)
    copy = notice.copies.get(agency=office.street)
    assert copy.read_by == office.people[Role.DISCLOSURE_OFFICE]
    assert notice.copies.get(agency=office.neighbour).read_at is None
    pdf = reader.get(reverse("rectification:notice_file", args=[notice.pk, "pdf"]))
    assert pdf.content.startswith(b"%PDF")
    above.post(reverse("rectification:send", args=[notice.pk, copy.pk]), {"on": today.isoformat()})
    assert f"{today}　周远" in page(above, "notice", notice.pk)
    assert notice.number in page(reader, "notices", kind="supervision_circular")


def test_a_self_check_is_filled_handed_in_and_signed(office: Office) -> None:
    month = month_before(month_of(timezone.localdate()))
    watched(f"{month:%Y-%m}-05T06:00+08:00")
    finding = found(office.street, found_at=f"{month:%Y-%m}-05T06:00+08:00")
    task = own(office, finding)
    clerk = signed_in(office, Role.DISCLOSURE_OFFICE)
    address = reverse("rectification:self_check", args=[office.street.pk, f"{month:%Y-%m}"])
    first = clerk.get(address).content.decode()
    # What a task was made of is suggested, and said to be.
    assert first.count("按已有的记录预填，还没有保存") == 1
    assert clerk.post(address, {"c20-3-none_until": "哪天"}).status_code == 422
    assert not CheckLine.objects.exists()
    done = clerk.post(address, {"c20-3-answer": "none_such", "blanks": ""}, follow=True)
    assert "已保存" in done.content.decode()
    check = SelfCheck.objects.get()
    assert check.lines.filter(answer="in_order").count() == 17
    assert check.lines.get(column="20-7").answer == ""
    until = timezone.localdate() + timedelta(days=60)
    rest = {f"c{line.column}-answer": line.answer for line in check.lines.all() if line.answer}
    rest |= {"c20-7-answer": "problem", "c20-7-task": str(task.pk), "hand_in": ""}
    lacking = clerk.post(address, rest)
    assert lacking.status_code == 422
    assert "（三）规划及相关政策：没有此类信息的，写确认到哪一天" in lacking.content.decode()
    clerk.post(address, {**rest, "c20-3-none_until": until.isoformat()})
    approver = signed_in(office, Role.APPROVER)
    assert "签自查" in approver.get("/desk/").content.decode()
    assert "签字" in approver.get(address).content.decode()
    back = reverse("rectification:return_self_check", args=[check.pk])
    approver.post(back, {"words": "核对第三项"})
    assert "核对第三项" in clerk.get(address).content.decode()
    clerk.post(address, {**rest, "c20-3-none_until": until.isoformat()})
    approver.post(reverse("rectification:sign", args=[check.pk]))
    kept = approver.get(address).content.decode()
    assert "与签字时一致" in kept
    assert clerk.post(address, rest).status_code == 422
    sheet = clerk.get(reverse("rectification:sheet", args=[check.pk, "docx"]))
    assert sheet.content.startswith(b"PK")
    above = signed_in(office, Role.COMPETENT_DEPARTMENT)
    matrix = page(above, "self_checks")
    assert f"听泉街道 {month.year}年{month.month}月 已签字" in matrix
    assert f"枕流街道 {month.year}年{month.month}月 没有做" in matrix
    missing = page(above, "self_checks", state="missing")
    assert f"听泉街道 {month.year}" not in missing
    assert f"枕流街道 {month.year}" in missing


def test_settings_are_the_departments(office: Office) -> None:
    above = signed_in(office, Role.COMPETENT_DEPARTMENT)
    address = reverse("rectification:settings")
    sent = {"days": "0", "office_after": "1", "above_after": "3", "self_check_day": "31"}
    wrong = above.post(address, sent)
    assert wrong.status_code == 422
    above.post(address, {**sent, "days": "5", "self_check_day": "8"})
    assert 'value="5"' in above.get(address).content.decode()
    task = ordered(office)
    assert (task.due_on - timezone.localdate()).days < 12
