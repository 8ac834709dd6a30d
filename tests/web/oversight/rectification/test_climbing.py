"""What is overdue goes up the tree: who has it, the office, those above, each after its days."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.desk.waiting_rectification import rectification_for
from gongkai.web.oversight.rectification.acts import carry_out
from gongkai.web.oversight.rectification.acts.change_settings import change_settings
from gongkai.web.oversight.rectification.course import course_of
from gongkai.web.oversight.rectification.due_days import of_rectification
from gongkai.web.oversight.rectification.models import RectificationSettings, RectificationTask
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.registers.days import working_days
from gongkai.web.requests.around.reminders import send
from tests.web.conftest import Office

from .made import PROOF, day, ordered, watched

pytestmark = pytest.mark.django_db
# A Monday; the next working days follow without a holiday.
DUE = date(2026, 6, 1)
LADDER = {"days": 7, "office_after": 2, "above_after": 4, "self_check_day": 10, "notice_mark": ""}


@pytest.fixture
def overdue(office: Office) -> RectificationTask:
    """A task of 李敏's, due on ``DUE``, in a tree whose department set the ladder."""
    change_settings(office.actor(Role.COMPETENT_DEPARTMENT), office.competent, LADDER)
    task = ordered(office)
    carry_out.receive(office.actor(Role.DISCLOSURE_OFFICE), task, "", office.people[Role.AUTHOR])
    RectificationTask.objects.filter(pk=task.pk).update(due_on=DUE)
    task.refresh_from_db()
    return task


def on_desk(office: Office, role: Role, today: date) -> list[tuple[str, str]]:
    found = rectification_for(office.actor(role), today, working_days())
    return [(one.what, one.clock.heading) for one in found]


def written_to(today: date) -> set[str]:
    """Who is written to on a day."""
    mail.outbox.clear()
    days = working_days()
    send(of_rectification(None, today, days), today, days)
    return {str(one.to[0]).partition("@")[0] for one in mail.outbox}


def test_it_climbs_by_its_days(
    overdue: RectificationTask, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MAIL_HOST", "mail.example.gov.cn")
    for person in office.people.values():
        person.mailbox = f"{person.username}@example.gov.cn"
        person.save()
    assert {on: written_to(day(on)) for on in (
        "2026-05-26", "2026-05-27", "2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04",
        "2026-06-05", "2026-06-08",
    )} == {
        "2026-05-26": set(),
        "2026-05-27": {"author"},
        "2026-06-01": {"author"},
        "2026-06-02": {"author"},
        "2026-06-03": {"disclosure_office"},
        "2026-06-04": set(),
        "2026-06-05": {"competent"},
        # Nothing goes twice.
        "2026-06-08": set(),
    }  # fmt: skip
    roles = (Role.AUTHOR, Role.DISCLOSURE_OFFICE, Role.COMPETENT_DEPARTMENT)
    desks = {
        on: [len(on_desk(office, role, day(on))) for role in roles]
        for on in ("2026-06-02", "2026-06-03", "2026-06-05")
    }
    assert desks == {"2026-06-02": [1, 0, 0], "2026-06-03": [1, 1, 0], "2026-06-05": [1, 1, 1]}
    assert on_desk(office, Role.COMPETENT_DEPARTMENT, day("2026-06-05")) == [
        ("过问超期的整改", "超期 4 个工作日")
    ]
    told = [one.what for one in course_of(overdue, day("2026-06-05"), working_days())]
    assert [one for one in told if one.startswith("超期")] == [
        "超期，告知公开工作机构", "超期，告知主管部门",
    ]  # fmt: skip
    assert told[-2:] == ["等改好", "另一人确认"]


def test_what_is_reported_done_waits_for_another(
    overdue: RectificationTask, office: Office
) -> None:
    today = timezone.localdate()
    carry_out.finish(office.actor(Role.AUTHOR), overdue, "已公开", [PROOF])
    assert on_desk(office, Role.AUTHOR, today) == []
    assert on_desk(office, Role.DISCLOSURE_OFFICE, today) == []
    assert on_desk(office, Role.COMPETENT_DEPARTMENT, today) == [("确认整改", "等另一人确认")]


def test_without_anybody_named_it_is_the_offices_from_the_first_day(office: Office) -> None:
    task = ordered(office)
    today = timezone.localdate()
    assert on_desk(office, Role.DISCLOSURE_OFFICE, today) == [("签收督办", "还剩 10 个工作日")]
    carry_out.receive(office.actor(Role.DISCLOSURE_OFFICE), task)
    assert on_desk(office, Role.DISCLOSURE_OFFICE, today) == [("整改", "还剩 10 个工作日")]
    assert on_desk(office, Role.AUTHOR, today) == []


def test_last_months_self_check_is_asked_for_once_there_was_a_watch(office: Office) -> None:
    today = day("2026-06-12")
    assert on_desk(office, Role.DISCLOSURE_OFFICE, today) == []
    watched("2026-05-20T06:00+08:00")
    assert on_desk(office, Role.DISCLOSURE_OFFICE, today) == [("栏目自查", "超期 2 个工作日")]
    # 听泉街道, 枕流街道, 区政府, 区政府办公室: none has done it.
    found = list(rectification_for(office.actor(Role.COMPETENT_DEPARTMENT), today, working_days()))
    assert [(one.what, one.about) for one in found] == [
        ("看没有自查的机关", "5月有 4 个机关没有签字")
    ]
    assert on_desk(office, Role.COMPETENT_DEPARTMENT, day("2026-06-10")) == []
    # What was set up in June has nothing to check of May.
    Agency.objects.filter(pk=office.neighbour.pk).update(began_on=day("2026-06-01"))
    found = list(rectification_for(office.actor(Role.COMPETENT_DEPARTMENT), today, working_days()))
    assert [one.about for one in found] == ["5月有 3 个机关没有签字"]


def test_the_ladder_is_the_departments_to_set(office: Office) -> None:
    for role in (Role.DISCLOSURE_OFFICE, Role.APPROVER):
        with pytest.raises(Forbidden):
            change_settings(office.actor(role), office.street, LADDER)
    assert not RectificationSettings.objects.exists()
