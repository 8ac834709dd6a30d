"""Annual reports on the desk: due in January, chased, returned, waiting to be examined."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.web.desk.waiting_reports import reports_for
from gongkai.web.people.models import Role
from gongkai.web.reports.acts.answer import give_back
from gongkai.web.reports.acts.begin import begin
from gongkai.web.reports.acts.chase import chase
from gongkai.web.reports.models import AnnualReport, Submission, Way
from tests.web.conftest import Office

pytestmark = pytest.mark.django_db
YEAR = 2025


def on(office: Office, role: Role, day: date) -> list[tuple[str, str]]:
    found = reports_for(office.actor(role), day)
    return [(one.what, one.clock.heading) for one in found]


def sent(office: Office) -> Submission:
    """The report of the street, as if it had been published and sent upward."""
    report = AnnualReport.objects.get(agency=office.street)
    return Submission.objects.create(
        version=report.version, to=office.district, state="submitted",
        submitted_by=office.people[Role.APPROVER],
    )  # fmt: skip


def test_it_is_due_by_its_day_and_not_for_ever(office: Office) -> None:
    (line,) = on(office, Role.AUTHOR, date(2026, 3, 30))
    assert line == ("编制2025年度报告", "还有 1 天")
    assert on(office, Role.AUTHOR, date(2026, 4, 20))[0][1].startswith("过了")
    assert on(office, Role.AUTHOR, date(2026, 9, 1)) == []
    assert on(office, Role.APPROVER, date(2026, 3, 30)) == []
    begin(office.actor(Role.AUTHOR), office.street, YEAR, Way.FORM)
    assert on(office, Role.AUTHOR, date(2026, 3, 30))[0][0] == "写完2025年度报告并送签"


def test_who_is_chased_sees_it_late_too(office: Office) -> None:
    chase(office.actor(Role.COMPETENT_DEPARTMENT), [office.street], YEAR, "本周报来")
    found = list(reports_for(office.actor(Role.AUTHOR), date(2026, 9, 1)))
    assert [one.note.partition("：")[2] for one in found] == ["本周报来"]


def test_what_was_sent_waits_above_and_what_is_returned_below(office: Office) -> None:
    begin(office.actor(Role.AUTHOR), office.street, YEAR, Way.FORM)
    one = sent(office)
    day = date(2026, 3, 30)
    assert on(office, Role.AUTHOR, day) == []
    assert ("审核年度报告", "等审核") in on(office, Role.COMPETENT_DEPARTMENT, day)
    give_back(office.actor(Role.COMPETENT_DEPARTMENT), one, "补写第五部分")
    assert on(office, Role.AUTHOR, day) == [("改正被退回的2025年度报告", "退回在改")]
    assert ("审核年度报告", "等审核") not in on(office, Role.COMPETENT_DEPARTMENT, day)
