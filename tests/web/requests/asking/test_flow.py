"""From choosing an agency to the receipt, in a browser without script."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from gongkai.core.handling.ledger import RequesterKind
from gongkai.web.agencies.models import Agency
from gongkai.web.registers.models import PowerEntry
from gongkai.web.requests.asking import drafts
from gongkai.web.requests.models import (
    AskingDraft,
    DisclosureRequest,
    PaperKind,
    RequestSettings,
)
from gongkai.web.requests.papers import bytes_of
from gongkai.web.sealed import Unsealable
from tests.web.conftest import Office
from tests.web.public.conftest import Region, region
from tests.web.samples import PIXEL

from .conftest import DESCRIPTION, IDENTITY_NUMBER, NAME, PHONE, UNIFIED_CODE, Citizen, picture

__all__ = ["region"]


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_a_request_from_the_chooser_to_the_receipt(citizen: Citizen) -> None:
    chooser = citizen.browser.get(reverse("asking:choose"))
    assert citizen.agency.name in text_of(chooser)
    assert citizen.get("agency").status_code == 200
    assert citizen.get("what").status_code == 200
    assert citizen.what().url == citizen.address("who")
    assert citizen.who().url == citizen.address("check")
    page = text_of(citizen.get("check"))
    for said in (DESCRIPTION, NAME, IDENTITY_NUMBER, PHONE, "电子文件", "在本网站下载", "自然人"):
        assert said in page
    assert citizen.check().url == citizen.address("receipt")
    case = DisclosureRequest.objects.get()
    receipt = text_of(citizen.get("receipt"))
    assert case.number in receipt
    assert re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", receipt)
    assert case.channel == "online"
    assert case.state == "awaiting_confirmation"
    assert case.received_on is None
    assert case.arrived_on == timezone.localdate()
    assert case.description == DESCRIPTION
    assert (case.form_of_supply, case.way_of_delivery) == ("electronic", "online")
    requester = case.requester
    assert (requester.name, requester.document_number) == (NAME, IDENTITY_NUMBER)
    assert requester.document_kind == "identity_card"
    assert requester.masked_name == "欧***"
    assert requester.same_as
    proof = case.papers.get()
    assert (proof.kind, proof.sealed, proof.from_requester) == (PaperKind.IDENTITY, True, True)
    assert bytes_of(proof) == PIXEL


def test_an_organisation_asks(citizen: Citizen) -> None:
    citizen.what()
    citizen.browser.post(citizen.address("who"), {"as": "organisation", "name": NAME})
    assert "统一社会信用代码" in text_of(citizen.get("who"))
    sent = {
        "organisation_kind": "research",
        "name": "青禾城市更新研究院",
        "unified_code": UNIFIED_CODE,
        "representative": "林某",
        "contact": "周某",
        "phone": "021-6000 0000",
        "identity": picture("证书.png"),
    }
    assert citizen.browser.post(citizen.address("who"), sent).status_code == 302
    assert citizen.check().status_code == 302
    requester = DisclosureRequest.objects.get().requester
    assert requester.kind == RequesterKind.RESEARCH
    assert requester.unified_code == UNIFIED_CODE
    assert requester.masked_name.startswith("青禾城市*")
    assert requester.document_number == ""


def test_changing_to_an_organisation_and_back_keeps_what_was_typed(citizen: Citizen) -> None:
    citizen.what()
    citizen.who(**{"as": "organisation"})
    page = text_of(citizen.get("who"))
    assert NAME not in page
    assert PHONE in page
    assert "已收到：身份证.png" in page
    citizen.browser.post(citizen.address("who"), {"as": "person", "name": "某研究院"})
    page = text_of(citizen.get("who"))
    assert NAME in page
    assert IDENTITY_NUMBER in page


def test_an_agent_with_a_letter_of_authority(citizen: Citizen) -> None:
    citizen.what()
    refused = citizen.who(agent="王代办")
    assert refused.status_code == 422
    assert "附上授权委托书" in text_of(refused)
    sent = {"agent": "王代办", "authorisation": picture("委托书.png")}
    assert citizen.who(proof=False, **sent).status_code == 302
    citizen.check()
    case = DisclosureRequest.objects.get()
    assert case.requester.agent == "王代办"
    kinds = set(case.papers.values_list("kind", "sealed"))
    assert kinds == {(PaperKind.IDENTITY, True), (PaperKind.AUTHORISATION, True)}


def test_what_is_public_already_is_offered_once(citizen: Citizen, region: Region) -> None:
    offered = citizen.what(description="听泉街道加装电梯补助的办法")
    assert offered.status_code == 200
    page = text_of(offered)
    assert "可能已经公开" in page
    assert region.document.path in page
    assert "听泉街道加装电梯补助的办法</textarea>" in page
    seen = re.search(r'name="seen" value="([\d,]+)"', page)
    assert seen
    going_on = citizen.what(description="听泉街道加装电梯补助的办法", seen=seen[1])
    assert going_on.url == citizen.address("who")


def test_suggestions_while_typing(citizen: Citizen, region: Region) -> None:
    sent = {"description": "加装电梯补助"}
    found = citizen.browser.post(citizen.address("suggest"), sent)
    assert region.document.title in text_of(found)
    assert "<html" not in text_of(found)
    none = citizen.browser.post(citizen.address("suggest"), {"description": "月球车停放点"})
    assert "可能已经公开" not in text_of(none)
    assert citizen.get("suggest").status_code == 405


def test_the_chooser_finds_by_name_duties_and_powers(office: Office, client: Client) -> None:
    Agency.objects.filter(pk=office.neighbour.pk).update(functions="负责河道保洁。")
    PowerEntry.objects.create(agency=office.street, kind="行政给付", name="临时救助审核")

    def found(query: str) -> list[str]:
        page = client.get(reverse("asking:choose"), {"q": query})
        return [one.agency.short_name for one in page.context["candidates"]]

    assert found("听泉") == ["听泉街道"]
    assert found("河道") == ["枕流街道"]
    assert found("临时救助") == ["听泉街道"]
    assert found("月球") == []
    assert len(found("")) == 4


def test_a_draft_is_kept_and_taken_up_again(citizen: Citizen) -> None:
    said = citizen.browser.post(citizen.address("what"), {"description": "写了一半", "save": "1"})
    cookie = citizen.browser.cookies[drafts.COOKIE]
    assert cookie["max-age"] == timedelta(days=30).total_seconds()
    assert cookie["httponly"]
    assert cookie["path"].endswith("/ask/")
    assert "草稿已保存" in text_of(citizen.browser.get(said.url))
    assert "写了一半" in text_of(citizen.get("agency"))
    assert "写了一半</textarea>" in text_of(citizen.get("what"))
    other = Citizen(citizen.agency)
    assert "写了一半" not in text_of(other.get("what"))
    citizen.browser.post(citizen.address("leave"))
    assert "写了一半" not in text_of(citizen.get("what"))


def test_a_draft_that_was_not_saved_ends_with_the_browser(citizen: Citizen) -> None:
    citizen.what()
    assert citizen.browser.cookies[drafts.COOKIE]["max-age"] == ""


def test_each_agency_has_a_draft_of_its_own(citizen: Citizen, office: Office) -> None:
    citizen.what()
    other = Citizen(office.neighbour, citizen.browser)
    assert DESCRIPTION not in text_of(other.get("what"))
    assert other.what(description="河道保洁的合同").status_code == 302
    assert DESCRIPTION in text_of(citizen.get("what"))


def test_old_drafts_and_their_files_go(citizen: Citizen) -> None:
    citizen.what()
    citizen.who()
    AskingDraft.objects.update(changed_at=timezone.now() - timedelta(hours=25))
    assert DESCRIPTION not in text_of(citizen.get("what"))
    stored = _stored_files()
    drafts.forget()
    assert not AskingDraft.objects.exists()
    assert len(stored - _stored_files()) == 1


def test_files_of_a_submitted_request_stay(citizen: Citizen) -> None:
    case = citizen.ask()
    AskingDraft.objects.update(changed_at=timezone.now() - timedelta(days=40))
    drafts.forget()
    assert bytes_of(case.papers.get()) == PIXEL


def test_an_agency_that_takes_nothing_online_says_how_else(citizen: Citizen) -> None:
    RequestSettings.objects.create(agency=citizen.agency, accepts_online=False)
    page = text_of(citizen.get("agency"))
    assert "没有开通网上申请" in page
    assert "下载纸质申请表" in page
    assert citizen.get("what").url == citizen.address("agency")
    assert citizen.what().url == citizen.address("agency")


def test_an_agency_that_ended_names_its_heir(citizen: Citizen, office: Office) -> None:
    Agency.objects.filter(pk=citizen.agency.pk).update(
        ended_on=date(2026, 1, 1), succeeded_by=office.neighbour
    )
    page = text_of(citizen.get("agency"))
    assert "已于 2026-01-01 撤销，向枕流街道办事处申请" in page
    assert citizen.get("check").status_code == 302


def test_the_form_on_paper(citizen: Citizen, region: Region) -> None:
    answer = citizen.get("blank_form")
    document = Document(BytesIO(answer.content))
    words = "\n".join(p.text for p in document.paragraphs)
    words += "\n".join(c.text for row in document.tables[0].rows for c in row.cells)
    for said in (
        "政府信息公开申请表",
        "听泉街道办事处",
        "青禾区听泉路1号203室",
        "证件号码",
        "邮寄",
    ):
        assert said in words
    assert "用途" not in words.replace("不需要说明用途", "")


def test_nobody_is_asked_what_it_is_for(citizen: Citizen) -> None:
    citizen.what()
    for step in ("what", "who"):
        labels = re.findall(r"<(?:label|legend)[^>]*>([^<]+)", text_of(citizen.get(step)))
        assert labels
        assert not [label for label in labels if "用途" in label or "理由" in label]


@pytest.mark.parametrize("step", ["who", "check", "receipt"])
def test_steps_in_between_cannot_be_left_out(citizen: Citizen, step: str) -> None:
    if step == "who":
        assert citizen.who().status_code == 302
        assert citizen.get("check").url == citizen.address("what")
    else:
        assert citizen.get(step).status_code == 302
    assert not DisclosureRequest.objects.exists()


def _stored_files() -> set[str]:
    return {str(path) for path in Path(settings.FILES).glob("*/*")}


def test_a_draft_that_no_key_opens_is_an_empty_one(
    citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    citizen.what()

    def other_keys(data: bytes) -> bytes:
        raise Unsealable("no key of this installation opens it")

    monkeypatch.setattr("gongkai.web.sealed.unseal", other_keys)
    page = citizen.get("what")
    assert page.status_code == 200
    assert DESCRIPTION not in text_of(page)


def test_files_replaced_or_taken_away_leave_the_store(citizen: Citizen) -> None:
    citizen.what()
    before = _stored_files()
    citizen.who()
    (first,) = _stored_files() - before
    citizen.who()
    (second,) = _stored_files() - before
    assert second != first
    citizen.browser.post(citizen.address("who"), {"remove": "identity", "name": NAME})
    assert _stored_files() == before
