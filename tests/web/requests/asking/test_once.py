"""Nothing accepted is lost, nothing is doubled, numbers have no gaps."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import close_old_connections, connections
from django.db.utils import DatabaseError
from pytest_django.fixtures import Settings

from gongkai.web import filestore
from gongkai.web.audit.models import AuditEntry
from gongkai.web.requests.acts import submit as act
from gongkai.web.requests.asking import drafts
from gongkai.web.requests.models import DisclosureRequest, NumberSequence, Paper
from tests.web.conftest import Office, make_office

from .conftest import Citizen

PEOPLE = 50


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_a_form_sent_twice_is_one_request_with_one_receipt(citizen: Citizen) -> None:
    citizen.what()
    citizen.who()
    checked = citizen.get("check").context["draft"].digest
    answers = [
        citizen.browser.post(citizen.address("check"), {"checked": checked}) for _ in range(3)
    ]
    assert {answer.url for answer in answers} == {citizen.address("receipt")}
    assert DisclosureRequest.objects.count() == 1
    codes = {citizen.code() for _ in range(3)}
    assert len(codes) == 1
    assert AuditEntry.objects.filter(act="request.submit").count() == 1


def test_a_lost_answer_leads_to_the_same_receipt(
    citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    citizen.what()
    citizen.who()
    checked = citizen.get("check").context["draft"].digest

    def lost(*args: Any) -> None:
        raise ConnectionResetError("the line is gone")

    # Committed, and ended before the draft was closed or anything was answered.
    with monkeypatch.context() as patch:
        patch.setattr(drafts, "close", lost)
        with pytest.raises(ConnectionResetError):
            citizen.browser.post(citizen.address("check"), {"checked": checked})
    case = DisclosureRequest.objects.get()
    again = citizen.browser.post(citizen.address("check"), {"checked": checked})
    assert again.url == citizen.address("receipt")
    assert DisclosureRequest.objects.get() == case
    assert case.number in text_of(citizen.get("receipt"))
    assert citizen.open(citizen.code()).status_code == 302


def test_what_fails_gives_its_number_back(
    citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    citizen.what()
    citizen.who()
    checked = citizen.get("check").context["draft"].digest

    def full(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(act, "tell", full)
        with pytest.raises(DatabaseError):
            citizen.browser.post(citizen.address("check"), {"checked": checked})
    assert not DisclosureRequest.objects.exists()
    assert not NumberSequence.objects.filter(last__gt=0).exists()
    # Typed and uploaded is still there; the next try is number 1.
    assert citizen.browser.post(citizen.address("check"), {"checked": checked}).status_code == 302
    assert DisclosureRequest.objects.get().number.endswith("〕1号")


def test_papers_are_on_disk_before_the_request_is_acknowledged(
    citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    settle = act.clock.settle

    def settled(case: DisclosureRequest) -> Any:
        seen.extend(filestore.path_of(p.stored).exists() for p in Paper.objects.all())
        return settle(case)

    monkeypatch.setattr(act.clock, "settle", settled)
    citizen.ask()
    assert seen == [True]


def test_the_code_of_a_form_is_told_only_by_the_form(citizen: Citizen) -> None:
    case = citizen.ask()
    code = citizen.code()
    assert case.submission
    assert act.receipt_of(case.submission) == act.Receipt(case, code)
    assert act.receipt_of(uuid.uuid4()) is None
    plain = code.replace("-", "")
    assert plain not in str(DisclosureRequest.objects.values().get())
    assert Citizen(citizen.agency).get("receipt").url == citizen.address("agency")


def test_the_receipt_ends_when_it_is_cleared_away(citizen: Citizen) -> None:
    citizen.ask()
    citizen.browser.post(citizen.address("leave"))
    assert citizen.get("receipt").url == citizen.address("agency")


@pytest.fixture
def crowd(transactional_db: None, settings: Settings) -> Office:
    settings.ASKING_AN_HOUR = settings.ASKING_UPLOADS_AN_HOUR = 10 * PEOPLE
    settings.ASKING_WITHOUT_SUM = settings.ASKING_WITHOUT_SUM_ALL = 10 * PEOPLE
    return make_office()


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """All at the same moment, each in a thread of its own."""
    ready = threading.Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        close_old_connections()
        ready.wait()
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_fifty_people_submit_at_once(crowd: Office) -> None:
    people = [Citizen(crowd.street) for _ in range(PEOPLE)]
    forms = []
    for person in people:
        person.what()
        person.who()
        checked = person.get("check").context["draft"].digest
        forms.append({"checked": checked})

    def sending(person: Citizen, form: dict[str, str]) -> Callable[[], Any]:
        return lambda: person.browser.post(person.address("check"), form)

    answers = at_once([sending(p, f) for p, f in zip(people, forms, strict=True)])
    assert {answer.url for answer in answers} == {people[0].address("receipt")}
    given = DisclosureRequest.objects.values_list("number", flat=True)
    numbers = sorted(int(number.rpartition("〕")[2].rstrip("号")) for number in given)
    assert numbers == list(range(1, PEOPLE + 1))
    assert len({person.code() for person in people}) == PEOPLE
    assert AuditEntry.objects.filter(act="request.submit").count() == PEOPLE


def test_one_form_sent_by_ten_threads_at_once_is_one_request(crowd: Office) -> None:
    citizen = Citizen(crowd.street)
    citizen.what()
    citizen.who()
    checked = citizen.get("check").context["draft"].digest

    def again() -> Any:
        twin = Citizen(crowd.street)
        twin.browser.cookies = citizen.browser.cookies
        return twin.browser.post(citizen.address("check"), {"checked": checked})

    answers = at_once([again] * 10)
    assert {answer.url for answer in answers} == {citizen.address("receipt")}
    case = DisclosureRequest.objects.get()
    assert case.number.endswith("〕1号")
    assert NumberSequence.objects.get(series="request").last == 1
