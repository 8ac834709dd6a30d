"""Due days: told in time, once by each way, to whom it concerns; and as a calendar."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from gongkai.web.people.models import Role
from gongkai.web.registers.days import working_days
from gongkai.web.remedies.acts.cases import open_case
from gongkai.web.requests.acts.assign import assign
from gongkai.web.requests.around import due_days, reminders
from gongkai.web.requests.around.acts.feed import end_feed, make_feed, reader_of
from gongkai.web.requests.around.reminders import LATE, NotReminded, says, send_due, step_of
from gongkai.web.requests.models import FeedToken, ReminderSent, RequestSettings
from gongkai.web.work import reminding
from tests.web.conftest import signed_in
from tests.web.requests.acts.conftest import NAME

from .conftest import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _by_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MAIL_HOST", "mail.example.gov.cn")
    monkeypatch.setattr(reminding, "_resting", ("", 0.0))


def with_mailbox(desk: Desk, *roles: Role) -> None:
    for role in roles:
        person = desk.office.people[role]
        person.mailbox, person.phone = f"{person.username}@example.gov.cn", "13800000000"
        person.save()


def told() -> list[tuple[str, str]]:
    """Who was written to, and what, without the greeting."""
    return [(str(one.to[0]), one.body) for one in mail.outbox]


def test_it_is_told_5_and_2_days_before_and_on_the_day(desk: Desk) -> None:
    with_mailbox(desk, Role.DISCLOSURE_OFFICE, Role.AUTHOR)
    case = assign(desk.clerk, desk.asked(), desk.author.person)
    case.internal_due_on = None
    case.save()
    # Due on Friday, 24 October 2025.
    sent = {}
    day = date(2025, 9, 30)
    while day <= date(2025, 10, 24):
        desk.on(day)
        mail.outbox.clear()
        send_due()
        if mail.outbox:
            sent[day] = {to for to, _ in told()}
            assert all("听公开申〔2025〕1号" in body for _, body in told())
            assert all(NAME not in body for _, body in told())
        day += timedelta(days=1)
    both = {"author@example.gov.cn", "disclosure_office@example.gov.cn"}
    # The notice of correction was due on 30 September: told that very day.
    assert sent == {
        date(2025, 9, 30): both,
        date(2025, 10, 17): both,
        date(2025, 10, 22): both,
        date(2025, 10, 24): both,
    }


def test_what_was_missed_is_made_up_for_and_nothing_goes_twice(desk: Desk) -> None:
    with_mailbox(desk, Role.DISCLOSURE_OFFICE)
    desk.asked()
    desk.on(date(2025, 10, 20))
    assert send_due() == 1
    assert send_due() == 0
    assert "还剩 4 个工作日，10月24日前" in told()[0][1]


def test_what_is_late_goes_up(desk: Desk) -> None:
    with_mailbox(desk, Role.DISCLOSURE_OFFICE, Role.COMPETENT_DEPARTMENT)
    desk.asked()
    desk.on(date(2025, 10, 24))
    send_due()
    assert {to for to, _ in told()} == {"disclosure_office@example.gov.cn"}
    mail.outbox.clear()
    desk.on(date(2025, 10, 27))
    send_due()
    assert {to for to, _ in told()} == {
        "disclosure_office@example.gov.cn",
        "competent@example.gov.cn",
    }
    assert "已超期 1 个工作日" in told()[0][1]
    mail.outbox.clear()
    desk.on(date(2025, 10, 28))
    assert send_due() == 0


def test_nothing_goes_on_a_day_off(desk: Desk) -> None:
    with_mailbox(desk, Role.DISCLOSURE_OFFICE)
    desk.asked()
    desk.on(date(2025, 10, 25))
    assert send_due() == 0


def test_an_agency_sets_its_own_days(desk: Desk) -> None:
    with_mailbox(desk, Role.DISCLOSURE_OFFICE)
    desk.asked()
    RequestSettings.objects.update(reminder_days=[8])
    desk.on(date(2025, 10, 15))
    assert send_due() == 1
    desk.on(date(2025, 10, 24))
    assert send_due() == 0


def test_a_command_gets_text_messages_as_json(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MAIL_HOST", "")
    script = tmp_path / "sms"
    script.write_text(f"#!/bin/sh\ncat > {tmp_path}/said\n", encoding="utf-8")
    script.chmod(0o700)
    monkeypatch.setattr(settings, "SMS_COMMAND", str(script))
    with_mailbox(desk, Role.DISCLOSURE_OFFICE)
    desk.asked()
    desk.on(date(2025, 10, 22))
    assert send_due() == 1
    message = json.loads((tmp_path / "said").read_text(encoding="utf-8"))
    assert message["phone"] == "13800000000"
    assert message["items"][0]["due_on"] == "2025-10-24"
    assert "送达答复" in message["text"]
    assert NAME not in json.dumps(message, ensure_ascii=False)
    assert ReminderSent.objects.get().way == "sms"


def test_a_way_that_fails_is_tried_again_and_rests(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "sms"
    script.write_text("#!/bin/sh\necho 网关不通 >&2\nexit 1\n", encoding="utf-8")
    script.chmod(0o700)
    monkeypatch.setattr(settings, "SMS_COMMAND", str(script))
    with_mailbox(desk, Role.DISCLOSURE_OFFICE)
    desk.asked()
    desk.on(date(2025, 10, 22))
    with pytest.raises(NotReminded, match="网关不通"):
        reminding.remind()
    # The mail went all the same, and once.
    assert len(mail.outbox) == 1
    assert ReminderSent.objects.get().way == "mail"
    monkeypatch.setattr(reminding, "send_due", lambda: 1 / 0)
    with pytest.raises(NotReminded, match="网关不通"):
        reminding.remind()


def test_nobody_is_reached_without_a_mailbox_or_a_server(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.asked()
    desk.on(date(2025, 10, 22))
    assert send_due() == 0
    with_mailbox(desk, Role.DISCLOSURE_OFFICE)
    monkeypatch.setattr(settings, "MAIL_HOST", "")
    assert send_due() == 0


def test_the_nearest_reminder_counts(desk: Desk) -> None:
    desk.asked()
    days = working_days()
    due = next(d for d in due_days.of_requests(None, desk.day, days) if d.what == "送达答复")
    steps = {
        day: step_of(due, date(2025, 10, day), days, (5, 2, 0)) for day in (16, 17, 21, 22, 24, 25)
    }
    assert steps == {16: None, 17: 5, 21: 5, 22: 2, 24: 0, 25: LATE}
    assert says(due, date(2025, 10, 24), days) == "今天到期"


def test_answers_to_reconsiderations_are_due_days_too(desk: Desk) -> None:
    facts = {
        "kind": "reconsideration", "body": "青禾区人民政府", "matter": "撤销", "applicant": NAME,
        "procedure": "simplified", "opened_on": date(2025, 9, 19),
    }  # fmt: skip
    open_case(desk.clerk, desk.office.street, facts, copy_received_on=date(2025, 9, 22))
    found = due_days.of_person(desk.clerk.person, desk.day, working_days())
    assert [(one.what, one.due_on) for one in found] == [("提出复议答复和证据", date(2025, 9, 28))]


def test_a_calendar_has_numbers_and_days_and_nobodys_name(desk: Desk) -> None:
    case = desk.asked()
    token = make_feed(desk.clerk)
    answer = Client().get(reverse("requests:calendar", args=[token]))
    assert answer["Content-Type"].startswith("text/calendar")
    calendar = icalendar.Calendar.from_ical(answer.content)
    events = [one for one in calendar.walk("VEVENT") if "送达答复" in str(one["summary"])]
    assert [one["dtstart"].dt for one in events] == [date(2025, 10, 24)]
    assert case.number in str(events[0]["summary"])
    whole = answer.content.decode()
    assert NAME not in whole
    assert case.description[:8] not in whole
    # A person of the house sees only what is his.
    other = make_feed(desk.approver)
    empty = icalendar.Calendar.from_ical(
        Client().get(reverse("requests:calendar", args=[other])).content
    )
    assert not empty.walk("VEVENT")


def test_an_address_is_reset_and_ended(desk: Desk) -> None:
    first, second = make_feed(desk.clerk), make_feed(desk.clerk)
    assert reader_of(first) is None
    assert reader_of(second) == desk.clerk.person
    assert second not in str(FeedToken.objects.values())
    end_feed(desk.clerk)
    assert Client().get(reverse("requests:calendar", args=[second])).status_code == 404
    third = make_feed(desk.clerk)
    person = desk.clerk.person
    person.is_active = False
    person.save()
    assert reader_of(third) is None


def test_the_page_of_due_days_shows_the_address_once(desk: Desk) -> None:
    desk.asked()
    browser = signed_in(desk.office, Role.DISCLOSURE_OFFICE)
    page = reverse("requests:due_days")
    assert "送达答复" in browser.get(page).content.decode()
    shown = browser.post(reverse("requests:make_feed")).content.decode()
    assert ".ics" in shown
    assert ".ics" not in browser.get(page).content.decode()
    assert browser.post(reverse("requests:end_feed")).url == page


def test_sources_are_added_once() -> None:
    def nothing(*_: Any) -> Any:
        return iter(())

    before = len(due_days._SOURCES)
    due_days.also(nothing)
    due_days.also(nothing)
    assert len(due_days._SOURCES) == before + 1
    due_days._SOURCES.remove(nothing)
    assert reminders.DEFAULT_DAYS == (5, 2, 0)
