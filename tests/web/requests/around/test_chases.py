"""What is late goes up: the list, the chase, the answer."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.requests.around.acts.chase import answer_chase, chase
from tests.web.conftest import signed_in
from tests.web.requests.acts.conftest import NAME

from .conftest import Desk

pytestmark = pytest.mark.django_db


def test_an_overdue_request_is_chased_and_answered(desk: Desk) -> None:
    case = desk.asked()
    above = desk.who(Role.COMPETENT_DEPARTMENT)
    with pytest.raises(Forbidden, match="没有超期"):
        chase(above, case, "尽快答复")
    desk.on(date(2025, 10, 29))
    with pytest.raises(Forbidden):
        chase(desk.clerk, case, "尽快答复")
    with pytest.raises(Forbidden, match="写明催办什么"):
        chase(above, case, " ")
    with pytest.raises(Forbidden, match="已经过了"):
        chase(above, case, "尽快", date(2025, 10, 28))
    one = chase(above, case, f"给{NAME}的答复尽快送达", date(2025, 10, 31))
    assert NAME not in one.text
    done = answer_chase(desk.author, one, "明天送达")
    assert done.answered_by == desk.author.person
    with pytest.raises(Forbidden, match="已经回复过"):
        answer_chase(desk.author, one, "又一次")
    acts = set(AuditEntry.objects.values_list("act", flat=True))
    assert {"request.chase", "request.answer_chase"} <= acts


def test_the_list_shows_what_is_late_below(desk: Desk) -> None:
    case = desk.asked()
    browser = signed_in(desk.office, Role.COMPETENT_DEPARTMENT)
    page = reverse("requests:overdue")
    assert "没有超期的申请" in browser.get(page).content.decode()
    desk.on(date(2025, 10, 29))
    text = browser.get(page).content.decode()
    assert case.number in text
    assert "超期 3 个工作日" in text
    address = reverse("requests:chase", args=[case.pk])
    assert browser.post(address, {"text": ""}).status_code == 422
    assert browser.post(address, {"text": "尽快答复"}).url == page
    assert "尽快答复" in browser.get(page).content.decode()
    one = case.chases.get()
    office = signed_in(desk.office, Role.DISCLOSURE_OFFICE)
    assert office.get(page).status_code == 403
    answer = reverse("requests:answer_chase", args=[case.pk, one.pk])
    assert "尽快答复" in office.get(answer).content.decode()
    assert office.post(answer, {"answer": "今天送达"}).status_code == 302
    assert "今天送达" in browser.get(page).content.decode()
