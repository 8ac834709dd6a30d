"""The year's calendar: earlier days, how things stand, feed and reminders, chases by mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.audit.models import AuditEntry
from gongkai.web.desk.waiting_reports import reports_for
from gongkai.web.disclosure.models import InformationItem
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.registers.days import working_days
from gongkai.web.reports.acts.begin import begin
from gongkai.web.reports.acts.chase import chase
from gongkai.web.reports.acts.chase import mail as write_to_them
from gongkai.web.reports.acts.limits import change_collecting, lift_limit, set_limit
from gongkai.web.reports.calendar import of_agency, of_region
from gongkai.web.reports.due import due_of
from gongkai.web.reports.models import AnnualReport, Chase, ReportLimit, Submission, Way
from gongkai.web.requests.around.calendar import calendar_of
from gongkai.web.requests.around.due_days import of_person
from gongkai.web.requests.around.reminders import send_due
from tests.web.conftest import Office, signed_in

from .conftest import Publishing
from .year import YEAR

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 15)
Moving = Callable[[date], None]


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Moving:
    """Put the clock to a day."""

    def to(day: date) -> None:
        noon = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: noon)

    return to


@pytest.fixture
def bureau(office: Office) -> Agency:
    """A department of the district with nobody on the platform."""
    return Agency.objects.create(
        slug="qh0103", code="QH0103", name="青禾区民政局", short_name="民政局",
        kind=Kind.DEPARTMENT, parent=office.district, mailbox="minzheng@example.gov.cn",
    )  # fmt: skip


def test_a_department_sets_an_earlier_day_and_never_a_later(office: Office, bureau: Agency) -> None:
    above = office.actor(Role.COMPETENT_DEPARTMENT)
    with pytest.raises(Forbidden, match="2026-01-31"):
        set_limit(above, office.district, YEAR, date(2026, 2, 1))
    with pytest.raises(Forbidden, match="2026-01-31"):
        set_limit(above, office.district, YEAR, date(2026, 2, 1), bureau)
    with pytest.raises(Forbidden, match="12 月 31 日"):
        set_limit(above, office.district, YEAR, date(2025, 12, 31))
    with pytest.raises(Forbidden):
        set_limit(office.actor(Role.AUTHOR), office.district, YEAR, DAY)
    # Of a street no text names the day: it may be set beyond that of the departments.
    set_limit(above, office.district, YEAR, date(2026, 2, 10), office.street)
    set_limit(above, office.district, YEAR, DAY, note="春节前报齐")
    assert due_of(office.neighbour, YEAR).on == due_of(bureau, YEAR).on == DAY
    assert due_of(bureau, YEAR).legal_on == date(2026, 1, 31)
    assert due_of(office.street, YEAR).limit is not None
    assert due_of(office.street, YEAR).on == date(2026, 1, 31), "never later than the day shown"
    set_limit(above, office.district, YEAR, date(2026, 1, 20))
    limit = ReportLimit.objects.get(agency=None)
    lift_limit(above, limit)
    assert due_of(bureau, YEAR).limit is None
    acts = AuditEntry.objects.filter(act__in=("report.set_limit", "report.lift_limit"))
    assert acts.count() == 4


def test_the_day_that_was_set_is_seen_everywhere(
    office: Office, bureau: Agency, written: AnnualReport, publish: Publishing, on: Moving
) -> None:
    set_limit(office.actor(Role.COMPETENT_DEPARTMENT), office.district, YEAR, DAY, note="开会要用")
    found = list(reports_for(office.actor(Role.AUTHOR), date(2026, 1, 10)))
    assert [(one.due_on, one.clock.heading) for one in found] == [(DAY, "还有 5 天")]
    assert "法定" not in found[0].clock.text
    assert "参照 1月31日" in found[0].clock.text
    on(date(2026, 1, 20))
    page = signed_in(office, Role.COMPETENT_DEPARTMENT).get(reverse("reports:list"))
    text = page.content.decode()
    assert "各机关2025年度报告 1月15日前报送" in text
    assert text.count("过了1月15日") == 4, "the street's draft, and three that were not begun"
    report = publish(written)
    came = datetime(2026, 1, 20, 4, tzinfo=UTC)
    Submission.objects.update(submitted_at=came)
    InformationItem.objects.filter(annual_report=report).update(first_published_at=came)
    page = signed_in(office, Role.AUTHOR).get(reverse("reports:list"))
    assert "晚于1月15日" in page.content.decode()
    (_, limit, legal) = of_agency(office.street, YEAR, date(2026, 1, 21))
    assert (limit.on, limit.done_on, limit.words) == (DAY, date(2026, 1, 20), "逾期办的")
    assert (legal.on, legal.done_on, legal.words) == (
        date(2026, 1, 31), date(2026, 1, 20), "已办",
    )  # fmt: skip


def test_a_region_has_its_own_days(office: Office, bureau: Agency) -> None:
    today = date(2026, 2, 3)
    days = {line.on: line for line in of_region(office.district, YEAR, today)}
    assert date(2026, 2, 20) not in days, "its level is not known, and not guessed"
    change_collecting(office.actor(Role.COMPETENT_DEPARTMENT), office.district, "county", [20, 1])
    lines = of_region(office.district, YEAR, today)
    assert [line.on for line in lines] == [
        date(2025, 12, 31), *[date(2026, 1, 31)] * len(lines[1:-2]), date(2026, 2, 20),
        date(2026, 3, 31),
    ]  # fmt: skip
    late = [line for line in lines if line.look == "bad"]
    assert [line.note for line in late] == ["还差 1 个：民政局"], "only departments are late yet"
    assert [line.words for line in lines[-2:]] == ["还有 17 天", "还有 56 天"]
    above = office.actor(Role.COMPETENT_DEPARTMENT)
    waits = [(one.what, one.due_on) for one in reports_for(above, today)]
    assert ("汇总2025年度报告", date(2026, 2, 20)) in waits


def test_feed_and_reminders_tell_it_to_those_whose_duty_it_is(
    office: Office, on: Moving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MAIL_HOST", "mail.example.gov.cn")
    above = office.actor(Role.COMPETENT_DEPARTMENT)
    for role in (Role.DISCLOSURE_OFFICE, Role.COMPETENT_DEPARTMENT, Role.APPROVER):
        person = office.people[role]
        person.mailbox = f"{role}@example.gov.cn"
        person.save()
    change_collecting(above, office.district, "county", [3])
    set_limit(above, office.district, YEAR, DAY)
    on(date(2026, 1, 9))
    assert send_due() == 0
    on(date(2026, 1, 12))
    assert send_due() == 1
    assert [one.to for one in mail.outbox] == [["disclosure_office@example.gov.cn"]]
    assert "2025年度报告" in mail.outbox[0].body
    assert "1月15日前" in mail.outbox[0].body
    on(date(2026, 1, 13))
    assert send_due() == 0, "once each"
    on(date(2026, 1, 16))
    mail.outbox.clear()
    send_due()
    assert {one.to[0] for one in mail.outbox} == {
        "disclosure_office@example.gov.cn", "competent_department@example.gov.cn",
    }  # fmt: skip
    office_person = office.people[Role.DISCLOSURE_OFFICE]
    assert "报送并公布：2025年度报告" in calendar_of(office_person).decode().replace("\r\n ", "")
    due = of_person(above.person, date(2026, 1, 16), working_days())
    assert {one.due_on for one in due} == {date(2026, 2, 20), date(2026, 3, 31)}
    report = begin(office.actor(Role.AUTHOR), office.street, YEAR, Way.FORM)
    Submission.objects.create(
        version=report.version, to=office.district, state="submitted", submitted_by=office_person
    )
    assert of_person(office_person, date(2026, 1, 16), working_days()) == []


def test_a_chase_writes_and_says_to_whom_it_could_not(
    office: Office, bureau: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MAIL_HOST", "mail.example.gov.cn")
    client = signed_in(office, Role.COMPETENT_DEPARTMENT)
    chosen: dict[str, Any] = {
        "agency": [bureau.pk, office.neighbour.pk], "year": YEAR, "note": "本周报来",
    }  # fmt: skip
    page = client.post(reverse("reports:chase"), chosen, follow=True)
    text = page.content.decode()
    assert "邮件发出 1 封" in text
    assert "没有发邮件给枕流街道：没有登记电子邮箱" in text
    assert [one.to for one in mail.outbox] == [["minzheng@example.gov.cn"]]
    assert "本周报来" in mail.outbox[0].body
    assert Chase.objects.get(agency=bureau).mailed_to == "minzheng@example.gov.cn"
    monkeypatch.setattr(settings, "MAIL_HOST", "")
    above = office.actor(Role.COMPETENT_DEPARTMENT)
    again = chase(above, [bureau], YEAR)
    write_to_them(above, again)
    assert (again[0].mailed_to, again[0].not_mailed) == ("", "平台没有设邮件服务器")


def test_the_screens_say_what_is_wrong_and_keep_what_was_typed(office: Office) -> None:
    client = signed_in(office, Role.COMPETENT_DEPARTMENT)
    address = reverse("reports:limits")
    page = client.post(address, {"year": "2025", "submit_by": "2026-02-05", "note": "早报"})
    assert page.status_code == 422
    assert "不能晚于 2026-01-31" in page.content.decode()
    assert "早报" in page.content.decode()
    done = client.post(address, {"year": "2025", "submit_by": "2026-01-15"}, follow=True)
    assert "已定：各机关2025年度报告 2026-01-15 前报送" in done.content.decode()
    saved = client.post(
        address, {"year": "2025", "settle": "1", "level": "county", "reminder_days": "10，3"},
        follow=True,
    )  # fmt: skip
    assert "收报的设置已保存" in saved.content.decode()
    calendar = client.get(reverse("reports:calendar"), {"year": "2025"}).content.decode()
    assert "2026-02-20" in calendar
    assert "没有设" not in calendar
    limit = ReportLimit.objects.get()
    client.post(reverse("reports:lift_limit", args=[limit.pk]))
    assert not ReportLimit.objects.exists()
    assert signed_in(office, Role.AUTHOR).get(address).status_code == 403
