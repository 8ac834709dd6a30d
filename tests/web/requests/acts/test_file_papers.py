"""The papers of the file: made from the record, and honest about what it lacks."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.letters import LetterDocument, Unready
from gongkai.web.requests.acts.confirm import confirm
from gongkai.web.requests.acts.correction import ask_for_correction
from gongkai.web.requests.acts.decide import decide
from gongkai.web.requests.acts.search import record_search
from gongkai.web.requests.file_papers import (
    Made,
    elements_lacking,
    receipt,
    receipt_day_record,
    registration_form,
    review_sheet,
    search_sheet,
    service_sheet,
)

from .conftest import MONDAY, NAME, NUMBER, Desk

pytestmark = pytest.mark.django_db


def text(made: Made) -> str:
    assert isinstance(made, LetterDocument), getattr(made, "sentences", "")
    return made.text


def lacks(made: Made) -> set[str]:
    assert isinstance(made, Unready)
    return {lack.fact for lack in made.lacks}


def test_the_receipt_tells_code_and_due_day(desk: Desk) -> None:
    said = text(receipt(desk.asked(), "ABCD-EFGH-JKLM"))
    assert "ABCD-EFGH-JKLM" in said
    assert "2025年10月24日" in said
    assert f"{NAME}：" in said


def test_before_both_sides_confirmed_there_is_no_receipt(desk: Desk) -> None:
    assert {"received_on", "reply_due_on"} <= lacks(receipt(desk.asked("fax"), "ABCD"))


def test_the_form_of_registration(desk: Desk) -> None:
    case = desk.asked(way_of_delivery="email")
    said = text(registration_form(case))
    assert NUMBER in said
    assert "居民身份证" in said
    assert "齐全" in said
    other = desk.asked(form_of_supply="", requester={"document_number": ""})
    assert elements_lacking(other) == ["身份证明", "形式要求"]
    assert "requester_identity" in lacks(registration_form(other))


def test_the_record_of_confirmation(desk: Desk) -> None:
    case = desk.asked("fax")
    case = confirm(desk.clerk, case, MONDAY, "电话", with_whom="本人", at="10时20分")
    said = text(receipt_day_record(case))
    assert "10时20分" in said
    other = confirm(desk.clerk, desk.asked("fax"), MONDAY, "电话")
    assert lacks(receipt_day_record(other)) == {"confirmed_at", "confirmed_with"}


def test_search_review_and_service(desk: Desk) -> None:
    case = desk.asked()
    record = record_search(
        desk.author, case, on=MONDAY, places="综合档案室\n办公系统", words="加装电梯 补贴",
        found=False, result="没有查到",
    )  # fmt: skip
    assert "李敏" in text(search_sheet(record))
    decide(desk.author, case, "not_held")
    case.refresh_from_db()
    letter = desk.replied(case)
    said = text(review_sheet(letter))
    assert "王建国" in said
    assert "无法提供" in said
    said = text(service_sheet(letter.deliveries.get()))
    assert letter.number in said
    assert "XA12345678911" in said
    other = desk.asked()
    desk.on(date(2025, 9, 23))
    notice = ask_for_correction(desk.author, other, points=["年份"], guidance=["写年份"])
    assert "本人" in text(service_sheet(desk.served(notice, "direct")))
