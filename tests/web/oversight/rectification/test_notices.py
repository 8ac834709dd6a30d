"""督办单 and 通报: numbered letters with their files, kept with the task, sent and read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.web.oversight.rectification.acts import carry_out, confirm, notices
from gongkai.web.oversight.rectification.acts.change_settings import change_settings
from gongkai.web.oversight.rectification.acts.order import order
from gongkai.web.oversight.rectification.letters import Circular, counted
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from tests.web.conftest import Office

from .made import PROOF, docx_words, found, ordered, own, pdf_words, telephone, told

pytestmark = pytest.mark.django_db


def test_a_task_is_ordered_with_its_notice(office: Office) -> None:
    department = office.actor(Role.COMPETENT_DEPARTMENT)
    finding = found(office.street)
    # What a letter must tell is missing: nothing is ordered, no number is used.
    with pytest.raises(Forbidden, match="没有填“联系电话”"):
        order(department, told(office.street, finding), notice=True)
    assert not finding.tasks.exists()
    telephone(office)
    task = order(department, told(office.street, finding), notice=True)
    notice = task.notices.get()
    year = timezone.localdate().year
    assert notice.number == f"区政府办公室公开督〔{year}〕1号"
    for text in (pdf_words(notice.pdf), docx_words(notice.docx)):
        for words in (
            "政府信息公开督办单", "听泉街道办事处：", "“财政预算、决算”没有一条信息", "第四十七条",
            "要求是：公开预算、决算。", "0000-1234567", notice.number, "青禾区人民政府办公室",
        ):  # fmt: skip
            assert words in text, words
    copy = notice.copies.get()
    assert (copy.agency, copy.sent_on, copy.read_at) == (office.street, None, None)
    today = timezone.localdate()
    with pytest.raises(Forbidden, match="不早于成文日期"):
        notices.mark_sent(department, copy, today - timedelta(days=1))
    with pytest.raises(Forbidden, match="主管部门"):
        notices.mark_sent(office.actor(Role.DISCLOSURE_OFFICE), copy, today)
    copy = notices.mark_sent(department, copy, today)
    with pytest.raises(Forbidden, match="已经记过"):
        notices.mark_sent(department, copy, today)
    # The department looking at it has not read it for the agency; signing for the task has.
    notices.mark_read(department, copy)
    carry_out.receive(office.actor(Role.DISCLOSURE_OFFICE), task)
    copy.refresh_from_db()
    assert copy.read_by == office.people[Role.DISCLOSURE_OFFICE]
    assert notices.issue_order(department, task).number.endswith("〕2号")


def test_the_office_issues_no_notice_to_itself(office: Office) -> None:
    telephone(office)
    task = own(office)
    with pytest.raises(Forbidden, match="主管部门"):
        notices.issue_order(office.actor(Role.DISCLOSURE_OFFICE), task)
    with pytest.raises(Forbidden, match="不用督办单"):
        notices.issue_order(office.actor(Role.COMPETENT_DEPARTMENT), task)


def test_a_circular_counts_from_the_tasks(office: Office) -> None:
    telephone(office)
    department = office.actor(Role.COMPETENT_DEPARTMENT)
    change_settings(
        department, office.competent,
        {"days": 5, "office_after": 0, "above_after": 3, "self_check_day": 10, "notice_mark": "青政办督"},
    )  # fmt: skip
    today = timezone.localdate()
    mended = ordered(office)
    carry_out.receive(office.actor(Role.AUTHOR), mended)
    carry_out.finish(office.actor(Role.AUTHOR), mended, "已公开", [PROOF])
    confirm.confirm(department, mended)
    late = ordered(office)
    type(late).objects.filter(pk=late.pk).update(due_on=today - timedelta(days=3))
    own(office)
    agencies = (office.street, office.neighbour)
    assert [counts for _, counts in counted(agencies, today, today)] == [(3, 1, 2, 1), (0, 0, 0, 0)]
    circular = Circular(
        agencies=agencies,
        addressees="各街道办事处",
        since=today - timedelta(days=30),
        until=today,
        overview="共列整改 3 件",
        cases=("听泉街道：财政预算、决算没有公开。",),
        demands=("按期改好。", "每月自查。"),
    )
    with pytest.raises(Forbidden):
        notices.issue_circular(office.actor(Role.DISCLOSURE_OFFICE), circular)
    notice = notices.issue_circular(department, circular)
    assert notice.number == f"青政办督〔{today.year}〕1号"
    assert {copy.agency for copy in notice.copies.all()} == set(agencies)
    word = docx_words(notice.docx)
    for text in (word, pdf_words(notice.pdf)):
        for words in (
            "工作情况通报",
            "各街道办事处：",
            "共列整改3件",
            "三、典型问题",
            "四、下一步要求",
            "听泉街道办事处",
        ):
            assert words in text, words
    assert "听泉街道办事处3121" in word
