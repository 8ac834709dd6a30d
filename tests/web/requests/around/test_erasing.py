"""Who asked is forgotten in time: record, papers and words; the case stays, unless it is fought."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from gongkai.web import filestore
from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.remedies.acts.cases import open_case
from gongkai.web.remedies.acts.closing import Ending, close_case
from gongkai.web.remedies.acts.complaints import Answer, handle, register
from gongkai.web.requests.around.acts.erase import erase_due, erase_now
from gongkai.web.requests.around.erasing import erase_on
from gongkai.web.requests.models import DisclosureRequest, Message, RequestSettings
from gongkai.web.requests.papers import bytes_of
from gongkai.web.work.forgetting import forget
from tests.web.conftest import signed_in
from tests.web.requests.acts.conftest import ADDRESS, NAME, NUMBER, PHONE

from .conftest import Desk

pytestmark = pytest.mark.django_db
ENDED = date(2025, 10, 20)


def rows_of(case: DisclosureRequest) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM requests_requester WHERE id = %s", [case.requester_id])
        return str(cursor.fetchall())


def test_it_goes_the_day_the_period_is_over(
    desk: Desk, whole_case: DisclosureRequest, django_capture_on_commit_callbacks: Any
) -> None:
    Message.objects.create(request=whole_case, kind="contact", text=f"新电话 {PHONE}")
    paper = next(one for one in whole_case.papers.all() if one.kind == "identity")
    assert erase_on(whole_case) == ENDED + timedelta(days=365)
    desk.on(ENDED + timedelta(days=364))
    assert erase_due() == 0
    desk.on(ENDED + timedelta(days=365))
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_due() == 1
    assert erase_due() == 0
    case = DisclosureRequest.objects.get(pk=whole_case.pk)
    who = case.requester
    assert (who.name, who.document_number, who.phone, who.same_as) == ("", "", "", "")
    assert who.masked_name == "（已删除）"
    assert who.kind == "natural_person"
    assert not filestore.path_of(paper.stored).exists()
    paper.refresh_from_db()
    with pytest.raises(Forbidden, match="已于"):
        bytes_of(paper)
    assert PHONE not in case.messages.get(kind="contact").text
    # The case, its letters and the other papers stay.
    assert (case.state, case.outcome) == ("served", "not_held")
    assert case.letters.filter(state="served").count() == 2
    line = AuditEntry.objects.get(act="request.erase")
    assert (line.person_name, line.after["papers"]) == ("系统", 1)
    assert not {NAME, NUMBER} & set(str(line.after))


def test_an_agency_keeps_it_as_long_as_it_set(desk: Desk, whole_case: DisclosureRequest) -> None:
    RequestSettings.objects.update(identity_kept_days=90)
    desk.on(ENDED + timedelta(days=89))
    assert erase_due() == 0
    desk.on(ENDED + timedelta(days=90))
    assert erase_due() == 1


def test_an_open_case_holds_it(desk: Desk, whole_case: DisclosureRequest) -> None:
    facts = {
        "request": whole_case, "kind": "direct_suit", "body": "青禾区人民法院", "matter": "撤销",
        "opened_on": date(2025, 11, 3),
    }  # fmt: skip
    desk.on(date(2025, 11, 4))
    suit = open_case(desk.clerk, desk.office.street, facts)
    desk.on(ENDED + timedelta(days=500))
    assert erase_due() == 0
    with pytest.raises(Forbidden, match="没有审结"):
        erase_now(desk.clerk, whole_case, "本人要求")
    close_case(desk.clerk, suit, Ending("suit_claim_rejected", date(2026, 6, 1)))
    assert erase_due() == 1


def test_what_is_open_is_never_erased(desk: Desk) -> None:
    case = desk.asked()
    desk.on(date(2028, 1, 3))
    assert erase_due() == 0
    with pytest.raises(Forbidden, match="还没有办结"):
        erase_now(desk.clerk, case, "本人要求")
    assert erase_on(case) is None


def test_parts_of_one_request_are_forgotten_together(
    desk: Desk, whole_case: DisclosureRequest
) -> None:
    part = desk.asked()
    DisclosureRequest.objects.filter(pk=part.pk).update(requester=whole_case.requester)
    desk.on(ENDED + timedelta(days=400))
    assert erase_due() == 0
    DisclosureRequest.objects.filter(pk=part.pk).update(concluded_on=ENDED)
    assert erase_due() == 2
    assert AuditEntry.objects.filter(act="request.erase").count() == 2


def test_it_is_erased_at_once_when_asked(desk: Desk, whole_case: DisclosureRequest) -> None:
    address = reverse("requests:erase", args=[whole_case.pk])
    author = signed_in(desk.office, Role.AUTHOR)
    assert author.post(address, {"reason": "要求"}).status_code == 403
    browser = signed_in(desk.office, Role.DISCLOSURE_OFFICE)
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"reason": ""}).status_code == 422
    assert NAME not in rows_of(whole_case)
    assert browser.post(address, {"reason": f"{NAME}本人要求"}).status_code == 302
    line = AuditEntry.objects.get(act="request.erase")
    assert "本人要求" in line.reason
    assert NAME not in line.reason
    assert browser.post(address, {"reason": "再来"}).status_code == 422
    whole_case.requester.refresh_from_db()
    assert ADDRESS not in str(vars(whole_case.requester))


def test_complaints_are_forgotten_as_well(desk: Desk) -> None:
    given = {
        "about": desk.office.street, "kind": "complaint", "channel": "online", "name": "王五",
        "received_on": date(2025, 9, 1), "contact": "13800000009", "matter": "没有答复",
    }  # fmt: skip
    above = desk.who(Role.COMPETENT_DEPARTMENT)
    complaint = register(above, desk.office.competent, given)
    handle(above, complaint, Answer("查了", "unfounded", "", date(2025, 9, 10)))
    desk.on(date(2026, 9, 9))
    assert forget() == 0
    desk.on(date(2026, 9, 10))
    assert forget() == 1
    complaint.refresh_from_db()
    assert (complaint.name, complaint.contact, complaint.who) == ("", "", "已删除")
