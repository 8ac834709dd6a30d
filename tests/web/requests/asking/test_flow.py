"""From choosing an agency to the receipt, in a browser without script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from gongkai.core.handling.ledger import RequesterKind
from gongkai.web.audit.models import AuditEntry
from gongkai.web.requests.models import AskingDraft, DisclosureRequest, PaperKind, Requester
from gongkai.web.requests.papers import bytes_of
from tests.web.conftest import Office
from tests.web.samples import PIXEL

from .conftest import DESCRIPTION, IDENTITY_NUMBER, NAME, PHONE, UNIFIED_CODE, Citizen, picture


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
    assert case.description == DESCRIPTION
    assert case.way_of_delivery == "在本网站下载"
    requester = case.requester
    assert (requester.name, requester.document_number) == (NAME, IDENTITY_NUMBER)
    assert requester.masked_name == "欧***"
    assert requester.same_as
    proof = case.papers.get()
    assert (proof.kind, proof.sealed, proof.from_requester) == (PaperKind.IDENTITY, True, True)
    assert bytes_of(proof) == PIXEL
