"""When a year's holidays are announced, due days that were reckoned without them are reckoned anew."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.web.disclosure.acts.draft import start
from gongkai.web.disclosure.models import InformationItem
from gongkai.web.people.models import Role
from gongkai.web.registers.acts import announce_year
from gongkai.web.requests.acts.register import NewRequest, register
from gongkai.web.requests.models import DisclosureRequest
from tests.web.conftest import Office

pytestmark = pytest.mark.django_db

NOTICE = """
year = 2027

[[notice]]
title = "关于2027年部分节假日安排的通知"
number = "国办发明电〔2026〕9号"
made_on = 2026-11-20
verified = true

[[holiday]]
name = "元旦"
from = 2027-01-01
until = 2027-01-03
"""


def test_what_is_open_follows_and_what_is_over_stays(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = date(2026, 12, 21)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: today)
    asked = register(
        office.actor(Role.DISCLOSURE_OFFICE),
        office.street,
        NewRequest(
            channel="counter", arrived_on=today, description="加装电梯补助发放明细",
            requester={"kind": "natural_person", "name": "张三", "phone": "13800000000"},
        ),
    ).case  # fmt: skip
    item = start(office.actor(Role.AUTHOR), office.street)
    InformationItem.objects.filter(pk=item.pk).update(due_on=date(2027, 1, 15))
    item.version.made_on, item.version.disclosure_class = today, "proactive"
    item.version.save()
    assert asked.due_provisional
    before = asked.due_on
    announce_year(office.actor(Role.COMPETENT_DEPARTMENT), "放假通知", NOTICE)
    after = DisclosureRequest.objects.get(pk=asked.pk)
    item.refresh_from_db()
    assert before is not None
    assert after.due_on is not None
    assert after.due_on > before
    assert item.due_on == after.due_on
    assert not after.due_provisional
