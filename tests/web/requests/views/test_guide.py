"""The guide: one question of the law at a time, what follows, what the file lacks."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.core.handling.guide import Question, questions
from gongkai.web.people.models import Role
from gongkai.web.requests.acts.assign import assign
from gongkai.web.requests.acts.search import record_search
from gongkai.web.requests.models import Decision, DisclosureRequest, Letter
from gongkai.web.requests.views.guide import walk
from tests.web.samples import PIXEL

from .conftest import Desk, Opening

pytestmark = pytest.mark.django_db

TO_HELD = {
    "clear": "yes", "volume": "no", "aim": "information", "repeated": "no",
    "government_information": "yes", "responsible": "yes", "already_public": "no",
    "special_provision": "no",
}  # fmt: skip
TO_SEPARABLE = {
    **TO_HELD, "held": "found", "ready": "yes", "state_secret": "no", "prohibited_by_law": "no",
    "security_and_stability": "no", "third_party_interest": "no", "internal_affairs": "withhold",
}  # fmt: skip


def page(case: DisclosureRequest) -> str:
    return reverse("requests:decide", args=[case.pk])


@pytest.fixture
def case(desk: Desk) -> DisclosureRequest:
    made = desk.asked(title="加装电梯补助")
    return assign(desk.clerk, made, desk.author.person)


def test_each_question_has_its_article_and_says_where_an_answer_leads(
    case: DisclosureRequest, as_: Opening
) -> None:
    author = as_(Role.AUTHOR)
    said = author.get(page(case)).content.decode()
    first = questions()[0]
    assert "第 1 问" in said
    assert first.asks in said
    assert "第三十条" in said
    assert "结果：补正后仍不明确" in said or "补正后仍不明确" in said
    said = author.get(page(case), TO_HELD).content.decode()
    assert "第 9 问" in said
    assert "检索到了吗？" in said
    assert "结果：信息不存在" in said
    assert said.count(">改</a>") == 8


def test_changing_an_answer_drops_what_came_after_it() -> None:
    taken = walk(TO_SEPARABLE)
    at = next(one for one in taken.answered if one.question.id == "repeated")
    assert at.change == "clear=yes&volume=no&aim=information"
    assert taken.answered[0].change == ""


def test_an_answer_the_question_does_not_have_is_not_given() -> None:
    taken = walk({"clear": "yes", "volume": "perhaps", "aim": "petition", "nonsense": "x"})
    assert taken.answers == {"clear": "yes"}
    assert isinstance(taken.led, Question)
    assert taken.led.id == "volume"


@pytest.mark.parametrize(
    ("answers", "route"),
    [
        ({"clear": "no"}, "correction"),
        ({"clear": "yes", "volume": "not_asked"}, "reasons"),
        ({**TO_HELD, "held": "not_searched"}, "search"),
    ],
)
def test_what_must_come_first_is_one_click_away(
    case: DisclosureRequest, as_: Opening, answers: dict[str, str], route: str
) -> None:
    said = as_(Role.AUTHOR).get(page(case), answers).content.decode()
    assert "要先办一件事" in said
    assert f'href="{reverse(f"requests:{route}", args=[case.pk])}"' in said


def test_answers_are_kept_for_later(case: DisclosureRequest, as_: Opening) -> None:
    author = as_(Role.AUTHOR)
    author.get(page(case), {**TO_HELD, "save": "1"})
    assert "第 9 问" in author.get(page(case)).content.decode()


def test_not_held_needs_a_search(case: DisclosureRequest, as_: Opening, desk: Desk) -> None:
    author = as_(Role.AUTHOR)
    answers = {**TO_HELD, "held": "not_found"}
    said = author.get(page(case), answers).content.decode()
    assert "告知书（信息不存在）" in said
    assert "还缺" in said
    assert "自然人列，1 件" in said
    refused = author.post(page(case), {**answers, "outcome": "not_held"})
    assert refused.status_code == 422
    assert "案卷里还缺：检索记录" in refused.content.decode()
    record_search(
        desk.author, case, on=desk.day, places="档案室", words="电梯", found=False, result="没有",
    )  # fmt: skip
    said = author.get(page(case), answers).content.decode()
    assert "还缺" not in said.split("卷内还缺什么</h2>")[1].split("</ul>")[0]
    answer = author.post(page(case), {**answers, "outcome": "not_held"}, follow=True)
    assert "办理结果定为“信息不存在”" in answer.content.decode()
    decision, letter = Decision.objects.get(), Letter.objects.get()
    assert decision.answers == answers
    assert (letter.kind, letter.decision) == ("reply_not_held", decision)


def sent_partly(**more: Any) -> dict[str, Any]:
    return {
        **TO_SEPARABLE,
        "separable": "yes",
        "outcome": "partly_disclosed",
        "parts": "2",
        "part1-where": "第二页会议记录",
        "part1-ground": "internal_affairs",
        "part1-reasons": "是本机关人事管理的内部讨论，与申请事项无关",
        "disclosed_parts": "发放明细表",
        "severed_copy": "已隐去第二页的文本",
        "internal_kind": "人事管理的内部讨论",
        "supply_form": "电子文件",
        "new_papers": [SimpleUploadedFile("明细表.png", PIXEL)],
        **more,
    }


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"part1-reasons": "第三方不同意。"}, "不能只写“第三方不同意”"),
        ({"part1-where": ""}, "第 1 处在哪里：写在哪里"),
        ({"part1-ground": ""}, "第 1 处依据：选依据"),
        ({"part1-ground": "not_held"}, "第 1 处依据"),
        ({"part2-where": "第三页"}, "第 2 处理由：写理由"),
        ({"part1-where": "", "part1-ground": "", "part1-reasons": ""}, "逐处写明不公开什么"),
        ({"severed_copy": ""}, "区分处理后的文本"),
    ],
)
def test_withheld_parts_are_written_to_their_end(
    case: DisclosureRequest, as_: Opening, wrong: dict[str, str], words: str
) -> None:
    answer = as_(Role.AUTHOR).post(page(case), sent_partly(**wrong))
    said = answer.content.decode()
    assert answer.status_code == 422
    assert words in said
    assert "发放明细表" in said
    assert not Decision.objects.exists()


def test_partly_disclosed_with_what_is_supplied(case: DisclosureRequest, as_: Opening) -> None:
    author = as_(Role.AUTHOR)
    said = author.get(page(case), {**TO_SEPARABLE, "separable": "yes"}).content.decode()
    for words in (
        "部分公开",
        "不公开的部分：先申请行政复议",
        "只计这一行，不再计“属于内部事务信息”",
    ):
        assert words in said
    more = author.post(page(case), sent_partly(more="1"))
    assert more.status_code == 200
    assert "第 3 处" in more.content.decode()
    answer = author.post(page(case), sent_partly(), follow=True)
    assert "办理结果定为“部分公开”" in answer.content.decode(), answer.content.decode()
    decision, letter = Decision.objects.get(), Letter.objects.get()
    assert [part["where"] for part in decision.withheld] == ["第二页会议记录"]
    assert [paper.name for paper in letter.enclosures.all()] == ["明细表.png"]
    shown = answer.content.decode()
    assert "第二页会议记录" in shown
    assert "是本机关人事管理的内部讨论" in shown


def test_another_outcome_than_the_guides_needs_reasons(
    case: DisclosureRequest, as_: Opening, desk: Desk
) -> None:
    record_search(
        desk.author, case, on=desk.day, places="档案室", words="电梯", found=False, result="没有",
    )  # fmt: skip
    answers = {"clear": "yes", "volume": "no", "aim": "petition", "outcome": "not_held"}
    author = as_(Role.AUTHOR)
    assert "为什么不按逐问的结果" in author.get(page(case), answers).content.decode()
    refused = author.post(page(case), answers)
    assert refused.status_code == 422
    assert "另选“信息不存在”要写明理由" in refused.content.decode()
    answer = author.post(page(case), {**answers, "otherwise": "申请里有一句要文件"}, follow=True)
    assert "办理结果定为“信息不存在”" in answer.content.decode()
    assert Decision.objects.get().reasons == "申请里有一句要文件"


def test_an_outcome_that_is_none_leads_back_to_the_questions(
    case: DisclosureRequest, as_: Opening
) -> None:
    said = as_(Role.AUTHOR).get(page(case), {"outcome": "nonsense"}).content.decode()
    assert "第 1 问" in said


def test_a_request_that_ended_is_not_decided(
    case: DisclosureRequest, as_: Opening, desk: Desk
) -> None:
    from gongkai.web.requests.acts.withdraw import withdraw

    withdraw(desk.clerk, case, desk.day, "来信")
    answer = as_(Role.AUTHOR).get(page(case))
    assert answer.status_code == 409
    assert "已经办结" in answer.content.decode()
