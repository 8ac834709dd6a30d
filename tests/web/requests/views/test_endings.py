"""Endings that few requests have: without a letter of the law, and for the public at large."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gongkai.web.disclosure.models import InformationItem
from gongkai.web.people.models import Role
from gongkai.web.requests.acts.add_paper import add_paper
from gongkai.web.requests.acts.decide import decide
from gongkai.web.requests.acts.draft_letter import draft_reply
from gongkai.web.requests.models import DisclosureRequest, PaperKind
from tests.web.requests.acts.conftest import NAME
from tests.web.samples import PIXEL

from .conftest import Desk, Opening

pytestmark = pytest.mark.django_db


def fresh(case: DisclosureRequest) -> DisclosureRequest:
    return DisclosureRequest.objects.get(pk=case.pk)


def test_concluded_otherwise_by_a_second_person(desk: Desk, as_: Opening) -> None:
    case = desk.asked()
    author = as_(Role.AUTHOR)
    decided = reverse("requests:decide", args=[case.pk])
    sent = {"outcome": "otherwise_concluded", "why_otherwise": "申请人去世，没有人承受其权利"}
    answer = author.post(decided, sent, follow=True)
    assert "由另一个人同意后终止" in answer.content.decode()
    assert "同意终止" not in answer.content.decode()
    approver = as_(Role.APPROVER)
    page = reverse("requests:conclude", args=[case.pk])
    assert page in approver.get(reverse("requests:case", args=[case.pk])).content.decode()
    assert approver.post(page, {"on": "2025-09-22", "how_told": ""}).status_code == 422
    later = approver.post(page, {"on": "2025-09-30", "how_told": "电话告知其家属"})
    assert later.status_code == 422
    approver.post(page, {"on": "2025-09-22", "how_told": "电话告知其家属"})
    after = fresh(case)
    assert (after.outcome, after.concluded_on) == ("otherwise_concluded", desk.day)


def test_what_was_given_becomes_a_draft_for_all(desk: Desk, as_: Opening) -> None:
    case = desk.asked()
    paper = add_paper(desk.author, case, PaperKind.INFORMATION, "明细表.png", PIXEL)
    author, page = as_(Role.AUTHOR), reverse("requests:turn_public", args=[case.pk])
    early = author.post(page, {"title": "加装电梯补贴明细"})
    assert early.status_code == 422
    assert "已经送达的，才转为主动公开" in early.content.decode()
    decide(desk.author, case, "disclosed", facts={"supply_form": "电子文件"})
    desk.served(draft_reply(desk.author, fresh(case), enclosures=[paper]))
    assert page in author.get(reverse("requests:case", args=[case.pk])).content.decode()
    named = author.post(page, {"title": f"{NAME}要的明细"})
    assert named.status_code == 422
    assert "有申请人的信息" in named.content.decode()
    sent = {"title": "加装电梯补贴明细", "text": "第一段\n<b>第二段</b>", "papers": [paper.pk]}
    answer = author.post(page, sent)
    item = InformationItem.objects.get()
    assert answer.headers["Location"] == reverse("disclosure:edit", args=[item.pk])
    assert item.version.title == "加装电梯补贴明细"
    assert "&lt;b&gt;第二段" in item.version.body_html
    assert item.version.attachments.count() == 1
