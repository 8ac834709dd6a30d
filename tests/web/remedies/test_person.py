"""A person gets everything that is held of him, and nobody else's."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.urls import reverse

from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.remedies.acts.corrections import register
from gongkai.web.remedies.acts.export_person import export_person
from gongkai.web.requests.models import DisclosureRequest, IdentityView
from tests.web.conftest import signed_in
from tests.web.requests.acts.conftest import NAME, NUMBER, Desk, desk
from tests.web.requests.around.conftest import whole_case

from .test_statements import CORRECTION

__all__ = ["desk", "whole_case"]
pytestmark = pytest.mark.django_db


def opened(data: bytes) -> tuple[dict[str, Any], list[str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return json.loads(archive.read("data.json")), archive.namelist()


def test_everything_held_of_him_is_there(desk: Desk, whole_case: DisclosureRequest) -> None:
    other = desk.asked(requester={"name": "别人", "document_number": "11010119900307743X"})
    facts = {**CORRECTION, "document_number": NUMBER, "received_on": desk.day}
    register(desk.clerk, desk.office.street, facts)
    data = export_person(desk.clerk, desk.office.street, f" {NUMBER} ", "本人到场，看了身份证")
    told, names = opened(data)
    assert [one["number"] for one in told["requests"]] == [whole_case.number]
    assert told["requests"][0]["requester"]["name"] == NAME
    assert told["requests"][0]["looked_at"][0]["what"] == "导出本人的信息"
    assert len(told["corrections"]) == 1
    assert other.number not in str(told)
    assert sum(name.endswith(".pdf") for name in names) == 3
    assert IdentityView.objects.filter(request=whole_case).count() == 1
    line = AuditEntry.objects.get(act="request.export_person")
    assert NUMBER not in str((line.subject_name, line.reason, line.after))


@pytest.mark.parametrize(
    ("number", "reason", "why"),
    [
        ("11010119900307743X", "本人到场", "没有按这个号码登记"),
        (NUMBER, " ", "怎样核实"),
        ("", "本人到场", "填证件号码"),
        (NUMBER, f"看了身份证 {NUMBER}", "不写证件号码"),
    ],
)
def test_what_is_not_asked_properly_is_refused(
    desk: Desk, whole_case: DisclosureRequest, number: str, reason: str, why: str
) -> None:
    with pytest.raises(Forbidden, match=why):
        export_person(desk.clerk, desk.office.street, number, reason)


def test_only_the_disclosure_office_hands_it_over(
    desk: Desk, whole_case: DisclosureRequest
) -> None:
    with pytest.raises(Forbidden):
        export_person(desk.author, desk.office.street, NUMBER, "本人到场")
    browser = signed_in(desk.office, Role.DISCLOSURE_OFFICE)
    page = reverse("remedies:person")
    form = {"agency": desk.office.street.code, "number": NUMBER, "reason": "本人到场"}
    answer = browser.post(page, form)
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    wrong = browser.post(page, {**form, "number": "1"})
    assert wrong.status_code == 422
    assert signed_in(desk.office, Role.COMPETENT_DEPARTMENT).get(page).status_code == 403
