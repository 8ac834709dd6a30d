"""The ledger's screens: out, in, refused lines to take away."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.web.people.models import Role
from gongkai.web.requests.models import DisclosureRequest, LedgerUpload
from tests.web.conftest import Office, signed_in
from tests.web.remedies.conftest import Asking

from .test_ledger import BAD, GOOD, book

pytestmark = pytest.mark.django_db


def sent(data: bytes, name: str = "旧台账.xlsx") -> dict[str, object]:
    return {"agency": "QH0401", "channel": "", "file": SimpleUploadedFile(name, data)}


def test_a_ledger_is_looked_through_and_taken_in(office: Office) -> None:
    browser = signed_in(office, Role.DISCLOSURE_OFFICE)
    answer = browser.post(reverse("requests:ledger_upload"), sent(book([*GOOD[:2], BAD[0][0]])))
    upload = LedgerUpload.objects.get()
    check = reverse("requests:ledger_check", args=[upload.pk])
    assert answer.url == check
    text = browser.get(check).content.decode()
    assert "能转入 2 件，不能转入 1 件" in text
    assert "不是你管的机关" in text
    assert not DisclosureRequest.objects.exists()
    sheet = openpyxl.load_workbook(
        io.BytesIO(browser.get(reverse("requests:ledger_refused", args=[upload.pk])).content)
    ).active
    assert sheet is not None
    assert "不能转入" in str(list(sheet.iter_rows(values_only=True)))
    take = reverse("requests:ledger_take_in", args=[upload.pk])
    assert browser.post(take, {"expected": "3"}).url == check
    assert not DisclosureRequest.objects.exists()
    assert browser.post(take, {"expected": "2"}).status_code == 302
    assert DisclosureRequest.objects.count() == 2
    assert browser.get(check).url == reverse("requests:ledger")


def test_what_cannot_be_read_is_said_at_the_form(office: Office) -> None:
    browser = signed_in(office, Role.DISCLOSURE_OFFICE)
    answer = browser.post(reverse("requests:ledger_upload"), sent(b"PK\x03\x04 no"))
    assert answer.status_code == 422
    assert "打不开" in answer.content.decode()
    answer = browser.post(reverse("requests:ledger_upload"), {"agency": "QH0401"})
    assert answer.status_code == 422


def test_the_ledger_is_taken_away(office: Office, asked: Asking) -> None:
    asked()
    browser = signed_in(office, Role.DISCLOSURE_OFFICE)
    assert browser.get(reverse("requests:ledger")).status_code == 200
    answer = browser.get(reverse("requests:ledger_export"), {"agency": "QH0401"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet.max_row == 2
    wrong = browser.get(reverse("requests:ledger_export"), {"first": "三月"})
    assert wrong.status_code == 422
    author = signed_in(office, Role.AUTHOR)
    assert author.get(reverse("requests:ledger_export")).status_code == 403


def test_a_file_of_another_agency_is_not_found(office: Office) -> None:
    browser = signed_in(office, Role.DISCLOSURE_OFFICE)
    browser.post(reverse("requests:ledger_upload"), sent(book(GOOD[:1])))
    LedgerUpload.objects.update(agency=office.neighbour)
    upload = LedgerUpload.objects.get()
    for name in ("ledger_check", "ledger_refused"):
        assert browser.get(reverse(f"requests:{name}", args=[upload.pk])).status_code == 404
    for name in ("ledger_take_in", "ledger_drop"):
        assert browser.post(reverse(f"requests:{name}", args=[upload.pk])).status_code == 404
