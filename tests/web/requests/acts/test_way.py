"""The way of a request by the acts of the staff, from registration to filing."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.handling.channels import Channel
from gongkai.web.audit.chain import verify
from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.requests.acts.archive import archive, missing_from_file
from gongkai.web.requests.acts.assign import assign
from gongkai.web.requests.acts.confirm import confirm
from gongkai.web.requests.acts.correction import ask_for_correction, correction_received
from gongkai.web.requests.acts.decide import decide
from gongkai.web.requests.acts.extend import extend
from gongkai.web.requests.acts.search import record_search
from gongkai.web.requests.letters import file_of
from gongkai.web.requests.models import DisclosureRequest, LetterState

from .conftest import ADDRESS, MAILBOX, NAME, NUMBER, PHONE, Desk

pytestmark = pytest.mark.django_db


def fresh(case: DisclosureRequest) -> DisclosureRequest:
    return DisclosureRequest.objects.get(pk=case.pk)


def test_from_the_counter_to_the_archive(desk: Desk) -> None:
    case = desk.asked()
    assert (case.number, case.state) == ("听公开申〔2025〕1号", "processing")
    assert (case.received_on, case.due_on) == (date(2025, 9, 22), date(2025, 10, 24))
    case = assign(desk.clerk, case, desk.author.person)
    assert case.internal_due_on == date(2025, 10, 11)

    desk.on(date(2025, 9, 26))
    letter = ask_for_correction(
        desk.author, case,
        points=["没有写明要哪一年的明细表"], guidance=["可以写年份、小区名称"],
    )  # fmt: skip
    desk.served(letter)
    letter.refresh_from_db()
    assert (letter.state, letter.number) == (LetterState.SERVED, "听公开〔2025〕1号")
    case = fresh(case)
    assert (case.state, case.due_on) == ("awaiting_correction", None)

    desk.on(date(2025, 10, 13))
    correction_received(desk.author, case, date(2025, 10, 13), text="要2024年的。")
    case = fresh(case)
    assert case.due_on == date(2025, 11, 10)

    desk.on(date(2025, 11, 3))
    desk.served(extend(desk.author, case, 10, "要逐页核对"))
    case = fresh(case)
    assert case.due_on == date(2025, 11, 24)

    desk.on(date(2025, 11, 12))
    record_search(
        desk.author, case, on=date(2025, 11, 12), places="综合档案室、办公系统", words="加装电梯 补贴",
        found=False, result="没有查到。",
    )  # fmt: skip
    decide(desk.author, case, "not_held")
    reply = desk.replied(fresh(case))
    case = fresh(case)
    assert (case.state, case.outcome, case.late) == ("served", "not_held", False)
    assert case.served_on == case.concluded_on == date(2025, 11, 12)
    assert [one.person.name for one in reply.opinions.all()] == ["李敏", "赵红", "王建国", "陈立"]
    assert file_of(reply, "pdf").startswith(b"%PDF-")
    assert file_of(reply, "docx").startswith(b"PK")

    assert missing_from_file(case) == []
    case = archive(desk.clerk, case)
    assert case.state == "archived"
    told = list(AuditEntry.objects.order_by("number").values_list("act", flat=True))
    assert told[:2] == ["request.register", "request.assign"]
    assert told[-1] == "request.archive"
    assert verify(AuditEntry.objects.order_by("number")).broken is None


def test_no_line_of_the_trail_names_who_asked(desk: Desk) -> None:
    test_from_the_counter_to_the_archive(desk)
    secrets = (NAME, NUMBER, PHONE, MAILBOX, ADDRESS, "欧阳")
    for entry in AuditEntry.objects.all():
        said = f"{entry.subject_name} {entry.reason} {entry.before} {entry.after}"
        assert not [secret for secret in secrets if secret in said], entry


def test_what_came_by_fax_waits_for_both_sides(desk: Desk) -> None:
    case = desk.asked(Channel.FAX)
    assert (case.state, case.received_on, case.due_on) == ("awaiting_confirmation", None, None)
    with pytest.raises(Forbidden, match="怎样确认"):
        confirm(desk.clerk, case, date(2025, 9, 22), " ")
    desk.on(date(2025, 9, 23))
    case = confirm(desk.clerk, case, date(2025, 9, 23), "电话", with_whom=NAME)
    assert (case.received_on, case.due_on) == (date(2025, 9, 23), date(2025, 10, 27))
    assert NAME not in case.events.get().note
    with pytest.raises(Forbidden, match="已经双方确认"):
        confirm(desk.clerk, case, date(2025, 9, 23), "电话")


def test_what_went_to_another_section_waits_too(desk: Desk) -> None:
    case = desk.asked(Channel.REGISTERED_POST, misaddressed=True)
    assert case.state == "awaiting_confirmation"


@pytest.mark.parametrize("role", [Role.SECTION_REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER])
def test_only_the_disclosure_office_registers(desk: Desk, role: Role) -> None:
    from gongkai.web.requests.acts.register import NewRequest, register

    from .conftest import REQUESTER

    new = NewRequest(Channel.COUNTER, desk.day, "要一份表", REQUESTER)
    with pytest.raises(Forbidden, match="公开工作机构"):
        register(desk.who(role), desk.office.street, new)
