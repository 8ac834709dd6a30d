"""Complaints and reports: who received them handles them; who is complained about learns nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.remedies.acts import complaints
from gongkai.web.remedies.acts.papers import file_paper, open_paper
from gongkai.web.remedies.models import Complaint
from tests.web.conftest import Office

from .conftest import Asking

pytestmark = pytest.mark.django_db


def registered(office: Office, **facts: Any) -> Complaint:
    given = {
        "about": office.street,
        "kind": "complaint",
        "channel": "online",
        "received_on": date(2026, 6, 1),
        "name": "王五",
        "contact": "13800000009",
        "matter": "超过二十个工作日没有答复",
        **facts,
    }
    return complaints.register(office.actor(Role.COMPETENT_DEPARTMENT), office.competent, given)


def test_the_agency_complained_about_sees_nothing(office: Office) -> None:
    complaint = registered(office)
    theirs = office.actor(Role.DISCLOSURE_OFFICE)
    assert not theirs.may("complaint.read", complaint.agency)
    with pytest.raises(Forbidden):
        complaints.look(theirs, complaint, "想知道")
    with pytest.raises(Forbidden):
        complaints.handle(theirs, complaint, complaints.Answer("没有超期"))


def test_it_is_looked_into_and_answered(office: Office, asked: Asking) -> None:
    actor = office.actor(Role.COMPETENT_DEPARTMENT)
    complaint = registered(office, request=asked())
    complaint = complaints.handle(actor, complaint, complaints.Answer("查看了期限账，已超期"))
    assert complaint.is_open
    with pytest.raises(Forbidden, match="写明怎样处理"):
        complaints.handle(
            actor, complaint, complaints.Answer("已超期", "upheld", "", date(2026, 6, 8))
        )
    answer = complaints.Answer("已超期", "upheld", "督促三日内答复，通报", date(2026, 6, 8))
    assert not complaints.handle(actor, complaint, answer).is_open
    with pytest.raises(Forbidden, match="已于 2026-06-08 答复"):
        complaints.handle(actor, complaint, answer)
    assert complaints.reopen(actor, complaint).is_open


@pytest.mark.parametrize(
    ("facts", "why"),
    [({"matter": " "}, "写明投诉举报的事项"), ({"received_on": date(2099, 1, 1)}, "还没有到")],
)
def test_what_is_not_complete_is_refused(office: Office, facts: dict[str, Any], why: str) -> None:
    with pytest.raises(Forbidden, match=why):
        registered(office, **facts)


def test_a_request_of_another_agency_is_refused(office: Office, asked: Asking) -> None:
    with pytest.raises(Forbidden, match="不是枕流街道的申请"):
        registered(office, about=office.neighbour, request=asked())


def test_papers_are_sealed_and_each_opening_is_kept(office: Office) -> None:
    from gongkai.web import filestore
    from gongkai.web.audit.models import AuditEntry
    from tests.web.samples import PIXEL

    actor = office.actor(Role.COMPETENT_DEPARTMENT)
    complaint = registered(office)
    paper = file_paper(actor, complaint, "application", "来信.png", PIXEL)
    assert filestore.read(paper.stored) != PIXEL
    assert open_paper(actor, paper) == PIXEL
    assert AuditEntry.objects.filter(act="remedy.open_paper").count() == 1
    with pytest.raises(Forbidden, match="空的"):
        file_paper(actor, complaint, "other", "空.pdf", b"")
    with pytest.raises(Forbidden, match="不能收"):
        file_paper(actor, complaint, "other", "a.exe", b"MZ\x90\x00" * 20)
    with pytest.raises(Forbidden):
        open_paper(office.actor(Role.DISCLOSURE_OFFICE), paper)
