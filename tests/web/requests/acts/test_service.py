"""Service: the day that counts, the day it truly came, what came back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.web.policies import Forbidden
from gongkai.web.requests.acts.consult import answer_received, consult, last_day_of, silent, weigh
from gongkai.web.requests.acts.correction import ask_for_correction
from gongkai.web.requests.acts.decide import decide
from gongkai.web.requests.acts.draft_letter import draft_letter, draft_reply
from gongkai.web.requests.acts.serve import record_arrival, record_return, serve
from gongkai.web.requests.letters import preview
from gongkai.web.requests.models import Consultation, DisclosureRequest, Letter
from gongkai.web.requests.steps import OutOfTurn

from .conftest import DESCRIPTION, NAME, Desk

pytestmark = pytest.mark.django_db
WAYS = {"access_ways": ["本机关网站"], "access_on": "随时"}


def notice(desk: Desk, **told: Any) -> Letter:
    letter = ask_for_correction(
        desk.author, desk.asked(), points=["年份"], guidance=["写年份"], **told
    )
    return desk.signed(letter)


@pytest.mark.parametrize(
    ("way", "told", "why"),
    [
        ("direct", {}, "签收"),
        ("entrusted", {"came_on": date(2025, 9, 22)}, "签收人"),
        ("post", {}, "邮政单号"),
        ("public_notice", {}, "公告登在哪里"),
        ("email", {"came_on": date(2025, 9, 21)}, "早于交出日期"),
        ("email", {"came_on": date(2025, 9, 23)}, "晚于今天"),
        ("email", {"sent_on": date(2025, 9, 23)}, "晚于今天"),
        ("email", {"sent_on": date(2025, 9, 19)}, "早于签发日期"),
    ],
)
def test_a_service_without_proof_is_refused(
    desk: Desk, way: str, told: dict[str, Any], why: str
) -> None:
    letter = notice(desk)
    with pytest.raises(Forbidden, match=why):
        serve(desk.clerk, letter, way, **{"sent_on": desk.day, **told})
    letter.refresh_from_db()
    assert not letter.deliveries.exists()
    assert not letter.request.events.exists()


def test_handed_over_counts_the_day_of_signature(desk: Desk) -> None:
    letter = notice(desk)
    desk.on(date(2025, 9, 25))
    serve(
        desk.clerk, letter, "direct", date(2025, 9, 24),
        came_on=date(2025, 9, 25), signed_for_by="本人",
    )  # fmt: skip
    assert letter.request.events.get().on == date(2025, 9, 25)


def test_posted_counts_the_day_of_posting(desk: Desk) -> None:
    letter = notice(desk)
    desk.on(date(2025, 9, 26))
    delivery = serve(desk.clerk, letter, "post", date(2025, 9, 23), tracking_number="XA1")
    event = letter.request.events.get()
    assert (event.act, event.on) == ("ask_for_correction", date(2025, 9, 23))
    delivery = record_arrival(desk.clerk, delivery, date(2025, 9, 26), "本人")
    event.refresh_from_db()
    assert event.on == date(2025, 9, 23)
    assert event.facts["received_on"] == "2025-09-26"
    with pytest.raises(Forbidden, match="已经记过"):
        record_arrival(desk.clerk, delivery, date(2025, 9, 26))


def test_what_came_back_goes_out_again_and_counts_once(desk: Desk) -> None:
    letter = notice(desk)
    delivery = serve(desk.clerk, letter, "post", desk.day, tracking_number="XA1")
    letter.refresh_from_db()
    with pytest.raises(OutOfTurn):
        serve(desk.clerk, letter, "post", desk.day, tracking_number="XA2")
    desk.on(date(2025, 9, 29))
    record_return(desk.clerk, delivery, desk.day, f"{NAME}已搬走")
    delivery.refresh_from_db()
    assert NAME not in delivery.note
    serve(desk.clerk, letter, "post", desk.day, tracking_number="XA2")
    assert letter.deliveries.count() == 2
    assert letter.request.events.get().on == date(2025, 9, 22)


def test_only_the_disclosure_office_serves(desk: Desk) -> None:
    letter = notice(desk)
    with pytest.raises(Forbidden, match="公开工作机构"):
        serve(desk.author, letter, "post", desk.day, tracking_number="XA1")


def test_a_correction_notice_served_after_its_own_day_is_refused(desk: Desk) -> None:
    letter = notice(desk, due_on=date(2025, 9, 26))
    desk.on(date(2025, 9, 26))
    with pytest.raises(Forbidden, match="不晚于送达之日"):
        serve(desk.clerk, letter, "post", desk.day, tracking_number="XA1")


def test_served_online_it_names_the_channel_of_reconsideration(desk: Desk) -> None:
    case = desk.asked()
    decide(desk.author, case, "disclosed", facts=WAYS)
    case.refresh_from_db()
    letter = desk.signed(draft_reply(desk.author, case))
    with pytest.raises(Forbidden, match="互联网渠道"):
        serve(desk.clerk, letter, "online", desk.day)
    other = desk.asked(way_of_delivery="online")
    decide(desk.author, other, "disclosed", facts=WAYS)
    other.refresh_from_db()
    letter = desk.signed(draft_reply(desk.author, other))
    serve(desk.clerk, letter, "online", desk.day)
    other.refresh_from_db()
    assert other.state == "served"


def asked_party(desk: Desk, case: DisclosureRequest, party: str = "陶乐电梯公司") -> Consultation:
    one = consult(desk.author, case, "third_party", party=party, what=["价格"])
    assert one.letter is not None
    desk.served(one.letter)
    one.refresh_from_db()
    return one


def test_a_third_party_is_asked_without_being_told_who_asks(desk: Desk) -> None:
    case = desk.asked(description=f"{NAME}申请：{DESCRIPTION}")
    one = consult(desk.author, case, "third_party", party="陶乐电梯公司", what=["价格"])
    assert one.letter is not None
    with pytest.raises(Forbidden, match="不得让对方知道申请人是谁"):
        desk.signed(one.letter)
    with pytest.raises(Forbidden, match="逐项"):
        consult(desk.author, case, "third_party", party="陶乐电梯公司", what=[" "])
    with pytest.raises(Forbidden, match="征求谁"):
        consult(desk.author, case, "third_party", what=["价格"])


def test_the_limit_waits_for_a_third_party(desk: Desk) -> None:
    case = desk.asked()
    one = asked_party(desk, case)
    case.refresh_from_db()
    assert (case.state, case.paused) == ("awaiting_third_party", True)
    assert last_day_of(one) == date(2025, 10, 17)
    desk.on(date(2025, 9, 29))
    assert one.letter is not None
    record_arrival(desk.clerk, one.letter.deliveries.get(), date(2025, 9, 24), "前台")
    assert last_day_of(one) == date(2025, 10, 21)
    with pytest.raises(Forbidden, match="另记"):
        answer_received(desk.author, one, on=desk.day, answer="silent")
    answer_received(desk.author, one, on=desk.day, answer="agrees")
    case.refresh_from_db()
    assert (case.state, case.paused, case.due_on) == ("processing", False, date(2025, 11, 3))
    with pytest.raises(Forbidden, match="已经记过"):
        answer_received(desk.author, one, on=desk.day, answer="agrees")


def test_silence_is_recorded_when_the_days_are_over(desk: Desk) -> None:
    case = desk.asked()
    one = asked_party(desk, case)
    desk.on(date(2025, 10, 17))
    with pytest.raises(Forbidden, match="还没有过"):
        silent(desk.author, one)
    with pytest.raises(Forbidden, match="还在等第三方"):
        decide(desk.author, case, "disclosed", facts=WAYS)
    desk.on(date(2025, 10, 18))
    silent(desk.author, one)
    case.refresh_from_db()
    assert case.paused is False
    # Silence is not consent (art. 32): the agency says why it discloses.
    with pytest.raises(Forbidden, match="本机关自行决定的理由"):
        decide(desk.author, case, "disclosed", facts=WAYS)
    weigh(desk.author, one, "价格已在中标公告公开")
    assert decide(desk.author, case, "disclosed", facts=WAYS).outcome == "disclosed"


def test_against_an_objection_only_with_reasons(desk: Desk) -> None:
    case = desk.asked()
    one = asked_party(desk, case)
    answer_received(desk.author, one, on=desk.day, answer="refuses", reasons="商业秘密")
    with pytest.raises(Forbidden, match="第三方不同意公开"):
        decide(desk.author, case, "disclosed", facts=WAYS)
    with pytest.raises(Forbidden, match="为什么不合理"):
        decide(desk.author, case, "disclosed", facts=WAYS, circumstances=["third_party_unfounded"])
    weigh(desk.author, one, "中标价已经公示，不是秘密")
    decide(desk.author, case, "disclosed", facts=WAYS, circumstances=["third_party_unfounded"])


def test_a_co_makers_silence_is_consent(desk: Desk) -> None:
    case = desk.asked()
    one = consult(desk.author, case, "co_maker", agency=desk.office.neighbour, what=["联合通知"])
    assert one.letter is not None
    desk.served(one.letter)
    case.refresh_from_db()
    assert case.state == "awaiting_agency"
    desk.on(date(2025, 10, 18))
    silent(desk.author, one)
    assert decide(desk.author, case, "disclosed", facts=WAYS).outcome == "disclosed"


def test_an_agency_that_made_nothing_of_it_has_no_limit(desk: Desk) -> None:
    case = desk.asked()
    one = consult(desk.author, case, "agency", party="青禾区档案馆", what=["查找1998年文件"])
    assert one.letter is not None
    desk.served(one.letter)
    case.refresh_from_db()
    assert (case.state, case.due_on) == ("awaiting_agency", None)
    desk.on(date(2025, 10, 31))
    with pytest.raises(Forbidden, match="没有法定期限"):
        silent(desk.author, one)
    answer_received(desk.author, one, on=desk.day, answer="agrees")
    case.refresh_from_db()
    assert case.due_on == date(2025, 11, 28)


def test_two_are_asked_side_by_side(desk: Desk) -> None:
    case = desk.asked()
    one, other = asked_party(desk, case), asked_party(desk, case, "甲乙物业公司")
    answer_received(desk.author, one, on=desk.day, answer="agrees")
    case.refresh_from_db()
    assert case.state == "awaiting_third_party"
    answer_received(desk.author, other, on=desk.day, answer="agrees")
    case.refresh_from_db()
    assert case.state == "processing"
    parties = [event.facts.get("party") for event in case.events.all()]
    assert parties == ["第三方1", "第三方2", "第三方1", "第三方2"]


def test_for_the_public_interest_the_third_party_is_told_first(desk: Desk) -> None:
    case = desk.asked()
    one, other = asked_party(desk, case), asked_party(desk, case, "甲乙物业公司")
    answer_received(desk.author, other, on=desk.day, answer="agrees")
    answer_received(desk.author, one, on=desk.day, answer="refuses", reasons="商业秘密")
    chosen: dict[str, Any] = {
        "facts": {**WAYS, "public_interest": "涉及电梯安全"},
        "circumstances": ["against_third_party"],
    }
    with pytest.raises(Forbidden, match="书面告知第三方"):
        decide(desk.author, case, "disclosed", **chosen)
    given = {
        "proposed_content": ["价格"], "public_interest": "涉及电梯安全",
        "disclosure_on": date(2025, 10, 20),
    }  # fmt: skip
    with pytest.raises(Forbidden, match="哪一个第三方"):
        draft_letter(desk.author, case, "disclosure_notice_to_third_party", given)
    letter = draft_letter(
        desk.author, case, "disclosure_notice_to_third_party", given, consultation=one
    )
    desk.served(letter)
    letter.refresh_from_db()
    assert letter.opinions.count() == 4
    said = getattr(preview(letter, reveal=True), "text", "")
    assert "陶乐电梯公司：" in said
    # Whom it names is for who serves it; those who read it first see him masked.
    shown = getattr(preview(letter), "text", "")
    assert "陶乐电梯**（第三方）：" in shown
    assert "陶乐电梯公司" not in shown
    assert one.letter is not None
    assert one.letter.number in said
    assert "不同意公开" in said
    assert decide(desk.author, case, "disclosed", **chosen).outcome == "disclosed"
