"""Registration: what is right is taken once, what is wrong is said and what was typed stays."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.fixtures import Settings

from gongkai.web.people.models import Role
from gongkai.web.requests.models import DisclosureRequest, Paper
from tests.web.samples import PIXEL

from .conftest import Desk, Opening

pytestmark = pytest.mark.django_db
REGISTER = reverse("requests:register")


def typed(**more: Any) -> dict[str, Any]:
    """What a clerk types for a request from the counter."""
    return {
        "submission": str(uuid.uuid4()),
        "agency": "QH0401",
        "channel": "counter",
        "arrived_on": "2025-09-22",
        "description": "听泉街道2024年加装电梯补贴发放明细表",
        "title": "加装电梯补贴",
        "form_of_supply": "electronic",
        "way_of_delivery": "email",
        "kind": "natural_person",
        "name": "欧阳晓岚",
        "document_kind": "identity_card",
        "document_number": "110101199003078515",
        "phone": "13800002222",
        **more,
    }


def test_registered_with_number_and_code_once(desk: Desk, as_: Opening) -> None:
    browser = as_(Role.DISCLOSURE_OFFICE)
    answer = browser.post(REGISTER, typed(), follow=True)
    case = DisclosureRequest.objects.get()
    said = answer.content.decode()
    assert case.number == "听公开申〔2025〕1号"
    assert case.number in said
    assert "只显示这一次" in said
    assert "2025年9月22日" in said
    code = said.split("<dt>查询码</dt><dd><strong>")[1].split("<")[0]
    assert len(code) == 14
    again = browser.get(reverse("requests:registered", args=[case.pk])).content.decode()
    assert code not in again
    assert "已经显示过" in again


def test_the_same_form_twice_is_one_request(desk: Desk, as_: Opening) -> None:
    sent = typed()
    for _ in range(2):
        assert as_(Role.DISCLOSURE_OFFICE).post(REGISTER, sent).status_code == 302
    assert DisclosureRequest.objects.count() == 1


def test_papers_are_kept_and_sealed(desk: Desk, as_: Opening) -> None:
    files = {
        "request_papers": [SimpleUploadedFile("申请表.png", PIXEL)],
        "identity_papers": [SimpleUploadedFile("欧阳晓岚.png", PIXEL)],
    }
    assert as_(Role.DISCLOSURE_OFFICE).post(REGISTER, typed() | files).status_code == 302
    assert sorted(Paper.objects.values_list("kind", flat=True)) == ["identity", "request"]
    assert all(paper.sealed for paper in Paper.objects.all())


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"name": ""}, "name", "没有填"),
        ({"description": " "}, "description", "没有填"),
        ({"channel": ""}, "channel", "没有填"),
        ({"channel": "pigeon"}, "channel", "pigeon"),
        ({"arrived_on": "2025-09-23"}, "arrived_on", "晚于今天"),
        ({"arrived_on": "2025-13-40"}, "arrived_on", "日期"),
        ({"document_number": "110101199003078516"}, "document_number", "校验位"),
        ({"document_number": "11010119900307851"}, "document_number", "18 位，填了 17 位"),
        ({"document_kind": ""}, "document_kind", "选是什么证件"),
        ({"unified_code": "91110000600037341L"}, "unified_code", "自然人没有"),
        ({"kind": "business", "unified_code": "9111"}, "unified_code", "18 位，填了 4 位"),
        ({"phone": ""}, "phone", "至少写一种"),
        ({"mailbox": "不是邮箱"}, "mailbox", "name@example.cn"),
        ({"postcode": "12"}, "postcode", "6 位数字"),
        ({"form_of_supply": "paper"}, "way_of_delivery", "不能"),
        ({"agent": "李某"}, "authorisation_papers", "授权委托书"),
        ({"channel": "oral"}, "signature_confirmed", "签名确认"),
        ({"title": "长" * 121}, "title", "120"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    desk: Desk, as_: Opening, wrong: dict[str, str], field: str, words: str
) -> None:
    answer = as_(Role.DISCLOSURE_OFFICE).post(REGISTER, typed(**wrong))
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert words in "".join(errors[field])
    said = answer.content.decode()
    assert "处需要改" in said
    assert 'role="alert"' in said
    if "description" not in wrong:
        assert "听泉街道2024年加装电梯补贴发放明细表" in said
    assert not DisclosureRequest.objects.exists()


def test_a_file_too_large_loses_nothing_of_what_was_typed(
    desk: Desk, as_: Opening, settings: Settings
) -> None:
    from gongkai.web.requests.forms import files

    assert files.FilesField().most <= settings.ATTACHMENT_MAX_BYTES
    sent = typed() | {
        "identity_papers": [SimpleUploadedFile("大.pdf", b"%PDF-" + b" " * 11 * 2**20)]
    }
    answer = as_(Role.DISCLOSURE_OFFICE).post(REGISTER, sent)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "“大.pdf”有 11.0 MB，最多 10 MB" in said
    assert "欧阳晓岚" in said
    assert not Paper.objects.exists()


def test_a_file_that_is_none_is_refused_at_the_form(desk: Desk, as_: Opening) -> None:
    sent = typed() | {"identity_papers": [SimpleUploadedFile("证.pdf", b"MZ\x90\x00 not a pdf")]}
    answer = as_(Role.DISCLOSURE_OFFICE).post(REGISTER, sent)
    assert answer.status_code == 422
    assert "不能收" in answer.content.decode()
    assert not DisclosureRequest.objects.exists()


def test_the_same_person_is_found_again_by_number_only(desk: Desk, as_: Opening) -> None:
    browser = as_(Role.DISCLOSURE_OFFICE)
    browser.post(REGISTER, typed())
    said = browser.post(REGISTER, typed(name="又一个写法"), follow=True).content.decode()
    assert "以前申请过 1 件" in said
    assert "内容相近" in said
    other = typed(document_number="11010119900307109X")
    assert "以前申请过" not in browser.post(REGISTER, other, follow=True).content.decode()


def test_split_into_matters(desk: Desk, as_: Opening) -> None:
    case = desk.asked()
    address = reverse("requests:split", args=[case.pk])
    browser = as_(Role.DISCLOSURE_OFFICE)
    assert browser.post(address, {"description_1": "只有一项"}).status_code == 422
    sent = {"description_1": "明细表", "description_2": "采购合同", "title_2": "合同"}
    answer = browser.post(address, sent, follow=True)
    assert "拆成 2 件：听公开申〔2025〕1号、听公开申〔2025〕2号" in answer.content.decode()
    answer = browser.post(address, sent)
    assert answer.status_code == 422
    assert "已经" in answer.content.decode()
