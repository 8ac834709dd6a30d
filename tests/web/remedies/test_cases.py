"""A case of reconsideration or litigation: its clocks, its end, the order to reply again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.core.handling.transitions import State
from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.registers.days import working_days
from gongkai.web.remedies.acts.cases import (
    edit_case,
    look_at_applicant,
    note_event,
    open_case,
    receive_copy,
    record_answer,
    remove_event,
)
from gongkai.web.remedies.acts.closing import Ending, close_case, reopen_case
from gongkai.web.remedies.limits import limits_of
from gongkai.web.remedies.models import CaseEventKind, RemedyCase
from tests.web.conftest import Office

from .conftest import Asking, answered

pytestmark = pytest.mark.django_db

FACTS: dict[str, Any] = {
    "kind": "reconsideration",
    "body": "青禾区人民政府",
    "number": "青政复〔2026〕9号",
    "applicant": "张三丰",
    "matter": "撤销答复，责令重新答复",
    "procedure": "simplified",
    "opened_on": date(2026, 4, 20),
}


def opened(office: Office, **facts: Any) -> RemedyCase:
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    return open_case(actor, office.street, {**FACTS, **facts})


def test_the_answer_is_due_in_5_working_days_in_the_simplified_procedure(office: Office) -> None:
    case = receive_copy(office.actor(Role.DISCLOSURE_OFFICE), opened(office), date(2026, 4, 22))
    # 23, 24, 27, 28, 29 April.
    assert case.answer_due_on == date(2026, 4, 29)


def test_the_answer_is_due_in_10_working_days_in_the_ordinary_procedure(office: Office) -> None:
    case = opened(office, procedure="ordinary")
    case = receive_copy(office.actor(Role.DISCLOSURE_OFFICE), case, date(2026, 4, 22))
    # Labour Day 1 to 5 May, 9 May worked: 23, 24, 27, 28, 29, 30 April, 6, 7, 8, 9 May.
    assert case.answer_due_on == date(2026, 5, 9)


def test_a_defence_is_due_in_15_days_and_moves_off_a_day_off(office: Office) -> None:
    case = opened(office, kind="direct_suit", body="青禾区人民法院", procedure="")
    case = receive_copy(office.actor(Role.DISCLOSURE_OFFICE), case, date(2026, 4, 20))
    # 5 May is a day off.
    assert case.answer_due_on == date(2026, 5, 6)
    limit = limits_of(case, working_days())[0]
    assert limit.ours
    assert "未核" in limit.rule.note


def test_a_change_of_procedure_reckons_the_answer_anew(office: Office) -> None:
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    case = receive_copy(actor, opened(office), date(2026, 4, 22))
    case = edit_case(actor, case, {"procedure": "ordinary"})
    assert case.answer_due_on == date(2026, 5, 9)


def test_days_that_cannot_be_are_refused(office: Office) -> None:
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    case = opened(office)
    with pytest.raises(Forbidden, match="早于受理"):
        receive_copy(actor, case, date(2026, 4, 19))
    with pytest.raises(Forbidden, match="还没有到"):
        receive_copy(actor, case, date(2099, 1, 1))
    with pytest.raises(Forbidden, match="先记下收到副本"):
        record_answer(actor, case, date(2026, 4, 23))
    receive_copy(actor, case, date(2026, 4, 22))
    with pytest.raises(Forbidden, match="早于收到副本"):
        record_answer(actor, case, date(2026, 4, 21))
    assert record_answer(actor, case, date(2026, 4, 28)).answered_on == date(2026, 4, 28)


def test_only_the_disclosure_office_keeps_cases(office: Office) -> None:
    with pytest.raises(Forbidden, match="公开工作机构"):
        open_case(office.actor(Role.AUTHOR), office.street, FACTS)
    with pytest.raises(Forbidden):
        open_case(office.actor(Role.DISCLOSURE_OFFICE), office.neighbour, FACTS)
    assert not RemedyCase.objects.exists()


def test_a_case_of_another_agencys_request_is_refused(office: Office, asked: Asking) -> None:
    request = asked()
    type(request).objects.filter(pk=request.pk).update(agency=office.neighbour)
    request.refresh_from_db()
    with pytest.raises(Forbidden, match="不是听泉街道的申请"):
        opened(office, request=request)


def test_a_decision_that_orders_a_new_reply_opens_a_new_clock(
    office: Office, asked: Asking
) -> None:
    request = answered(asked(), date(2026, 3, 20))
    assert request.state == State.SERVED
    case = opened(office, request=request)
    ending = Ending(
        "annulled_and_redo",
        closed_on=date(2026, 5, 15),
        decision_number="青政复决〔2026〕9号",
        decision_received_on=date(2026, 5, 18),
    )
    close_case(office.actor(Role.DISCLOSURE_OFFICE), case, ending)
    request.refresh_from_db()
    assert request.state == State.PROCESSING
    assert request.concluded_on is None
    # 20 working days from 18 May.
    assert request.due_on == date(2026, 6, 15)
    assert CaseEventKind.REDO_ORDERED in set(case.events.values_list("kind", flat=True))
    assert AuditEntry.objects.filter(act="request.redo").exists()


def test_a_judgment_gives_its_own_limit(office: Office, asked: Asking) -> None:
    request = answered(asked(), date(2026, 3, 20))
    case = opened(office, request=request, kind="direct_suit", procedure="", body="青禾区人民法院")
    ending = Ending(
        "suit_ordered_to_perform", closed_on=date(2026, 5, 15), redo_until=date(2026, 5, 29)
    )
    close_case(office.actor(Role.DISCLOSURE_OFFICE), case, ending)
    request.refresh_from_db()
    assert request.due_on == date(2026, 5, 29)


@pytest.mark.parametrize(
    ("ending", "why"),
    [
        (Ending("upheld_by_reconsideration", date(2026, 4, 1)), "早于受理"),
        (Ending("annulled_and_redo", date(2026, 5, 15)), "收到复议决定书之日"),
        (Ending("suit_annulled", date(2026, 5, 15)), "选一个结果"),
        (Ending("annulled", date(2026, 5, 15), redo_days=20), "没有责令重新答复"),
        (Ending("annulled", date(2099, 5, 15)), "还没有到"),
        (
            Ending(
                "annulled_and_redo",
                date(2026, 5, 15),
                decision_received_on=date(2026, 5, 18),
                redo_days=10,
                redo_until=date(2026, 6, 1),
            ),
            "只填一个",
        ),
    ],
)
def test_an_ending_that_cannot_be_is_refused(office: Office, ending: Ending, why: str) -> None:
    case = opened(office)
    with pytest.raises(Forbidden, match=why):
        close_case(office.actor(Role.DISCLOSURE_OFFICE), case, ending)
    case.refresh_from_db()
    assert case.is_open


def test_an_ended_case_can_be_opened_again_with_a_reason(office: Office) -> None:
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    case = close_case(actor, opened(office), Ending("claim_rejected", date(2026, 5, 15)))
    with pytest.raises(Forbidden, match="已于 2026-05-15 审结"):
        close_case(actor, case, Ending("claim_rejected", date(2026, 5, 15)))
    with pytest.raises(Forbidden, match="写明为什么"):
        reopen_case(actor, case, " ")
    assert reopen_case(actor, case, "登记错了").is_open


def test_what_happened_is_noted_and_taken_back(office: Office) -> None:
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    case = opened(office)
    event = note_event(actor, case, "hearing", date(2026, 5, 6), "听取意见")
    remove_event(actor, event)
    assert not case.events.filter(kind="hearing").exists()
    with pytest.raises(Forbidden, match="不能单独删去"):
        remove_event(actor, case.events.get(kind="opened"))
    with pytest.raises(Forbidden, match="选一个事项"):
        note_event(actor, case, "closed", date(2026, 5, 6), "")


def test_who_applies_is_sealed_and_each_look_is_kept(office: Office) -> None:
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    case = opened(office)
    assert case.masked_applicant == "张**"
    assert look_at_applicant(actor, case, "写答复书") == "张三丰"
    with pytest.raises(Forbidden, match="写明为什么"):
        look_at_applicant(actor, case, "")
    trail = AuditEntry.objects.filter(subject_kind="remedy_case")
    assert trail.filter(act="remedy.view_identity", reason="写答复书").count() == 1
    for entry in trail:
        assert "张三丰" not in str((entry.before, entry.after, entry.subject_name, entry.reason))


def test_a_suit_names_the_reconsideration_it_follows(office: Office) -> None:
    first = opened(office)
    suit = opened(
        office,
        kind="suit_after_reconsideration",
        procedure="",
        body="青禾区人民法院",
        follows=first,
        opened_on=date(2026, 7, 1),
    )
    assert suit.follows == first
    with pytest.raises(Forbidden, match="只有复议后起诉"):
        opened(office, kind="direct_suit", follows=first)
    with pytest.raises(Forbidden, match="要选本机关的一件复议"):
        opened(office, kind="suit_after_reconsideration", follows=suit)
