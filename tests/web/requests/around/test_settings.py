"""How an agency handles requests: its marks, its days, what the law leaves open, its templates."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.core.letters import Unready, default_template, letter_kinds
from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.requests.around.acts.change_settings import change_settings, change_template
from gongkai.web.requests.around.sample_letters import sample_letter
from gongkai.web.requests.around.settings_form import SettingsForm, clock_questions
from gongkai.web.requests.models import RequestSettings
from tests.web.conftest import Office, signed_in

from .conftest import Desk

pytestmark = pytest.mark.django_db

FORM = {
    "accepts_online": "on", "request_mark": "听公开申", "letter_mark": "听公开",
    "reminder_days": "3，1", "internal_days": "8", "correction_days": "10",
    "identity_kept_days": "400", "reconsideration_body": "青禾区人民政府",
    "reconsideration_address": "", "court": "青禾区人民法院", "fee_account": "窗口",
    "rule_sending_day_counts": "on", "rule_longest_delay": "366",
}  # fmt: skip


def test_settings_are_kept_and_told_to_the_trail(office: Office) -> None:
    browser = signed_in(office, Role.DISCLOSURE_OFFICE)
    page = reverse("requests:settings_of", args=[office.street.pk])
    assert browser.get(reverse("requests:settings")).url == page
    text = browser.get(page).content.decode()
    for question in clock_questions().values():
        assert question.note in text
    assert browser.post(page, FORM).url == page
    kept = RequestSettings.objects.get()
    assert (kept.reminder_days, kept.internal_days) == ([3, 1], 8)
    assert kept.clock_rules == {}
    line = AuditEntry.objects.get(act="request.settings")
    assert line.after["reminder_days"] == [3, 1]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"reminder_days": "五"}, "0 到 20 的整数"),
        ({"reminder_days": ""}, "填到期前几个工作日提醒"),
        ({"identity_kept_days": "1"}, "大于或等于60"),
        ({"internal_days": "x"}, "整数"),
    ],
)
def test_what_makes_no_sense_is_said(office: Office, wrong: dict[str, str], why: str) -> None:
    browser = signed_in(office, Role.DISCLOSURE_OFFICE)
    page = reverse("requests:settings_of", args=[office.street.pk])
    answer = browser.post(page, {**FORM, **wrong})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not RequestSettings.objects.exists()


def test_a_changed_rule_moves_the_due_days_of_open_requests(desk: Desk) -> None:
    case = desk.asked()
    assert case.due_on == date(2025, 10, 24)
    form = SettingsForm(RequestSettings.objects.get(), {**FORM, "rule_count_first_day": "on"})
    assert form.is_valid(), form.errors
    assert form.facts()["clock_rules"] == {"count_first_day": True}
    assert change_settings(desk.clerk, desk.office.street, form.facts()) == 1
    case.refresh_from_db()
    assert case.due_on == date(2025, 10, 23)


def test_only_the_disclosure_office_changes_them(office: Office) -> None:
    for role in (Role.AUTHOR, Role.APPROVER, Role.COMPETENT_DEPARTMENT):
        with pytest.raises(Forbidden):
            change_settings(office.actor(role), office.street, {"court": "法院"})
        with pytest.raises(Forbidden):
            change_template(office.actor(role), office.street, "receipt", "")
    browser = signed_in(office, Role.DISCLOSURE_OFFICE)
    other = reverse("requests:settings_of", args=[office.neighbour.pk])
    assert browser.get(other).status_code == 404


@pytest.mark.parametrize("kind", list(letter_kinds()))
def test_every_letter_can_be_tried(office: Office, kind: str) -> None:
    made = sample_letter(office.street, kind, None, timezone.localdate())
    assert not isinstance(made, Unready), made.sentences
    assert made.title


def test_a_template_is_tried_kept_and_taken_back(office: Office) -> None:
    browser = signed_in(office, Role.DISCLOSURE_OFFICE)
    page = reverse("requests:settings_letter", args=[office.street.pk, "extension_notice"])
    assert "编出来的" in browser.get(page).content.decode()
    text = default_template("extension_notice") + "特此告知，请留意。\n"
    tried = browser.post(page, {"text": text, "try": "1"}).content.decode()
    assert "特此告知，请留意。" in tried
    assert not RequestSettings.objects.exists()
    assert browser.post(page, {"text": text}).status_code == 302
    kept: dict[str, Any] = RequestSettings.objects.get().templates
    assert "特此告知" in kept["extension_notice"]
    assert "本机关改过" in browser.get(
        reverse("requests:settings_letters", args=[office.street.pk])
    ).content.decode()  # fmt: skip
    pdf = browser.get(page, {"form": "pdf"})
    assert pdf.content.startswith(b"%PDF")
    assert browser.post(page, {"text": ""}).status_code == 302
    assert RequestSettings.objects.get().templates == {}


def test_a_template_without_what_the_law_wants_is_not_kept(office: Office) -> None:
    browser = signed_in(office, Role.DISCLOSURE_OFFICE)
    page = reverse("requests:settings_letter", args=[office.street.pk, "extension_notice"])
    answer = browser.post(page, {"text": "# 延期\n> {申请人}：\n延期了。"})
    assert answer.status_code == 422
    assert "没有写必备的" in answer.content.decode()
    unknown = reverse("requests:settings_letter", args=[office.street.pk, "nothing"])
    assert browser.get(unknown).status_code == 404
