"""Eight kinds of request, each by the screens from its arrival to its end and into table three.

A plain letter, a fax, an oral request, one withdrawn, one unpaid, one excessive, one for another
agency, one already public.  Then what is wrong at each step, with the sentence that says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.core.forms import address
from gongkai.core.forms import edition as edition_of
from gongkai.core.handling.tally import tally_requests
from gongkai.web.people.models import Role
from gongkai.web.requests.acts.correction import ask_for_correction
from gongkai.web.requests.clock import account_of
from gongkai.web.requests.ledger import entry_of
from gongkai.web.requests.models import DisclosureRequest, Letter, Paper
from tests.web.requests.asking.conftest import Citizen

from .conftest import Desk, Opening
from .test_procedure import out, page, said
from .test_registering import REGISTER, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]

AUTHOR, OFFICE = Role.AUTHOR, Role.DISCLOSURE_OFFICE
ARRIVED = date(2025, 9, 22)


@dataclass(frozen=True)
class Step:
    """A form sent by somebody on a day; ``goes_out``: the letter that it begins is served then."""

    on: str
    by: Role
    name: str
    sent: Mapping[str, str]
    goes_out: bool = False


@dataclass(frozen=True)
class Kind:
    """How it came, what was done, and what is to be true at the end."""

    came: Mapping[str, str]
    steps: tuple[Step, ...]
    state: str
    outcome: str
    received_on: str
    due_on: str | None
    rows: Mapping[str, str]
    # What the page of the request says when it has arrived.
    at_first: str = "10月24日"


def decided(on: str, outcome: str, **facts: str) -> Step:
    return Step(on, AUTHOR, "decide", {"outcome": outcome, **facts}, goes_out=True)


PUBLIC = {"access_ways": "本机关网站 https://example.gov.cn/a.html"}
GIVEN = {**PUBLIC, "access_on": "随时"}
CONFIRMED = Step("2025-09-24", OFFICE, "confirm", {"on": "2025-09-24", "how": "电话"})
BOTH = ("2019", "2021")
KINDS = {
    "a plain letter": Kind(
        {"channel": "plain_post"}, (CONFIRMED, decided("2025-09-30", "disclosed", **GIVEN)),
        "served", "disclosed", "2025-09-24", "2025-10-28",
        dict.fromkeys(BOTH, "disclosed"), at_first="等双方确认",
    ),
    "a fax": Kind(
        {"channel": "fax"}, (CONFIRMED, decided("2025-09-30", "disclosed", **GIVEN)),
        "served", "disclosed", "2025-09-24", "2025-10-28",
        dict.fromkeys(BOTH, "disclosed"), at_first="等双方确认",
    ),
    "an oral request": Kind(
        {"channel": "oral", "signature_confirmed": "on"},
        (decided("2025-09-30", "disclosed", **GIVEN),),
        "served", "disclosed", "2025-09-22", "2025-10-24", dict.fromkeys(BOTH, "disclosed"),
    ),
    "one withdrawn": Kind(
        {}, (Step("2025-09-25", AUTHOR, "withdraw", {"on": "2025-09-25", "how": "当面书面撤回"}),),
        "withdrawn", "withdrawn", "2025-09-22", "2025-10-24",
        {"2019": "otherwise_concluded", "2021": "otherwise_concluded.other"},
    ),
    "one unpaid": Kind(
        {},
        (
            Step("2025-09-25", AUTHOR, "fee",
                 {"charge": "1", "way": "by_page", "pages": "68", "reasons": "一年申请300件"}, True),
            Step("2025-11-20", AUTHOR, "fee_lapsed", {}, True),
        ),
        "abandoned_fee", "fee_lapsed", "2025-09-22", None,
        {"2019": "otherwise_concluded", "2021": "otherwise_concluded.fee_unpaid"},
    ),
    "an excessive one": Kind(
        {},
        (
            Step("2025-09-25", AUTHOR, "reasons",
                 {"volume_facts": "9月申请120件，内容雷同", "reasons_due_on": "2025-10-10"}, True),
            Step("2025-09-29", AUTHOR, "reasons_given", {"on": "2025-09-29", "text": "想看。"}),
            decided("2025-10-15", "excessive", volume_facts="9月申请120件",
                    unreasonable_because="与自身没有关系", requester_reasons="想看"),
        ),
        "served", "excessive", "2025-09-22", "2025-10-24",
        dict.fromkeys(BOTH, "not_processed.excessive"),
    ),
    "one for another agency": Kind(
        {},
        (decided("2025-09-29", "not_this_agency", not_responsible_because="由区住建局制作",
                 responsible_agency="青禾区住建局", responsible_contact="0531-88880003"),),
        "served", "not_this_agency", "2025-09-22", "2025-10-24",
        dict.fromkeys(BOTH, "unable_to_provide.not_held"),
    ),
    "one already public": Kind(
        {}, (decided("2025-09-23", "already_public", **PUBLIC),),
        "served", "already_public", "2025-09-22", "2025-10-24", dict.fromkeys(BOTH, "disclosed"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_each_kind(desk: Desk, as_: Opening, kind: Kind) -> None:
    browser = as_(OFFICE)
    answer = browser.post(REGISTER, typed(**kind.came), follow=True)
    case = DisclosureRequest.objects.get()
    assert case.number in said(answer)
    assert kind.at_first in said(browser.get(page("case", case)))
    for step in kind.steps:
        desk.on(date.fromisoformat(step.on))
        answer = as_(step.by).post(page(step.name, case), step.sent, follow=True)
        assert answer.status_code == 200, said(answer)
        assert answer.redirect_chain, said(answer)
        if step.goes_out:
            out(as_, case, Letter.objects.latest("pk"), desk.day)
        case.refresh_from_db()
        # What stands in the lists is what the core says.
        told = account_of(case)
        assert (case.due_on, case.state) == (told.due_on, told.state.value)
    assert (case.state, case.outcome, case.late) == (kind.state, kind.outcome, False)
    assert str(case.received_on) == kind.received_on
    assert kind.due_on in (None, str(case.due_on))
    assert "已办结" in said(browser.get(page("case", case)))
    for edition, row in kind.rows.items():
        cells = tally_requests([entry_of(case)], 2025, edition).cells
        counted = {
            line.id
            for line in edition_of(edition).requests.rows
            if cells[address("requests", "natural_person", line.id)]
        }
        assert counted == {"received_this_year", row, "concluded_total"}, edition


@dataclass(frozen=True)
class Wrong:
    """A form that is sent on a day, and the sentence that comes back."""

    on: str
    by: Role
    name: str
    sent: Mapping[str, str]
    words: str
    channel: str = "counter"


CORRECTION = {"points": "没有写明要哪一年的", "guidance": "写年份"}
WRONG = {
    "confirmed before it came": Wrong(
        "2025-09-24", OFFICE, "confirm", {"on": "2025-09-19", "how": "电话"}, "早于", "fax"),
    "confirmed tomorrow": Wrong(
        "2025-09-24", OFFICE, "confirm", {"on": "2025-09-25", "how": "电话"}, "晚于今天", "fax"),
    "a correction due yesterday": Wrong(
        "2025-09-24", AUTHOR, "correction", {**CORRECTION, "due_on": "2025-09-23"}, "要晚于今天"),
    "an extension after the due day": Wrong(
        "2025-10-27", AUTHOR, "extend", {"days": "10", "reasons": "件数多"}, "2025-10-24"),
    "an extension of 21 days": Wrong(
        "2025-10-20", AUTHOR, "extend", {"days": "21", "reasons": "件数多"}, "20"),
    "searched before it came": Wrong(
        "2025-09-24", AUTHOR, "search",
        {"on": "2025-09-19", "places": "档案室", "words": "电梯", "found": "no", "result": "没有"},
        "早于申请到达之日"),
    "withdrawn tomorrow": Wrong(
        "2025-09-24", AUTHOR, "withdraw", {"on": "2025-09-25", "how": "来信"}, "晚于今天"),
    "reasons due yesterday": Wrong(
        "2025-09-24", AUTHOR, "reasons",
        {"volume_facts": "9月申请120件", "reasons_due_on": "2025-09-23"}, "要晚于今天"),
    "a fee for no pages": Wrong(
        "2025-09-24", AUTHOR, "fee", {"charge": "1", "way": "by_page", "reasons": "量大"}, "多少页"),
    "a fee for one request": Wrong(
        "2025-09-24", AUTHOR, "fee", {"charge": "1", "way": "by_item", "reasons": "量大"},
        "没有达到收费的数量"),
    "assigned until yesterday": Wrong(
        "2025-09-24", OFFICE, "assign", {"internal_due_on": "2025-09-23"}, "早于今天"),
    "nothing found, and nothing searched": Wrong(
        "2025-09-24", AUTHOR, "decide", {"outcome": "not_held"}, "检索"),
    "withheld without reasons": Wrong(
        "2025-09-24", AUTHOR, "decide", {"outcome": "internal_affairs"}, "还缺"),
    "a delay without reasons asked for": Wrong(
        "2025-09-24", AUTHOR, "delay",
        {"until": "2026-01-30", "reasons": "件数多", "volume_facts": "9月申请120件"}, "理由"),
    "a correction that was not asked for": Wrong(
        "2025-09-24", AUTHOR, "corrected", {"on": "2025-09-24", "text": "要2024年的"}, "补正"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG.values(), ids=list(WRONG))
def test_what_is_wrong_is_told_at_the_form(desk: Desk, as_: Opening, wrong: Wrong) -> None:
    case = desk.asked(wrong.channel)
    sent = dict(wrong.sent)
    if wrong.name == "assign":
        sent["handler"] = str(desk.author.person.pk)
    desk.on(date.fromisoformat(wrong.on))
    before = (case.state, case.due_on, case.events.count(), case.letters.count())
    answer = as_(wrong.by).post(page(wrong.name, case), sent)
    assert answer.status_code == 422
    words = said(answer)
    assert wrong.words in words
    assert "gk-errors" in words
    for value in (one for one in sent.values() if len(one) > 4 and not one[:4].isdigit()):
        assert value in words, "what was typed is gone"
    case.refresh_from_db()
    assert (case.state, case.due_on, case.events.count(), case.letters.count()) == before


def test_a_second_correction_is_not_asked_for(desk: Desk, as_: Opening) -> None:
    case = desk.asked()
    desk.served(ask_for_correction(desk.author, case, points=["年份"], guidance=["写年份"]))
    desk.on(date(2025, 9, 29))
    author = as_(AUTHOR)
    corrected = {"on": "2025-09-29", "text": "要2024年的"}
    assert author.post(page("corrected", case), corrected).status_code == 302
    answer = author.post(page("correction", case), {"points": "哪个小区", "guidance": "写小区"})
    assert answer.status_code == 422
    assert "一次性告知" in said(answer)
    assert "哪个小区" in said(answer)
    assert case.letters.count() == 1


@pytest.mark.parametrize("name", ["register", "add_paper"])
def test_a_file_of_200_mb_is_named_with_its_size_and_nothing_else_is_lost(
    desk: Desk, as_: Opening, name: str
) -> None:
    huge = SimpleUploadedFile("扫描件.pdf", b"%PDF-1.4\n" + bytes(200 * 2**20 - 9))
    most = configured.ATTACHMENT_MAX_BYTES // 2**20
    if name == "register":
        answer = as_(OFFICE).post(REGISTER, typed() | {"request_papers": [huge]})
        assert "听泉街道2024年加装电梯补贴发放明细表" in said(answer)
    else:
        sent = {"kind": "information", "uploads": [huge]}
        answer = as_(AUTHOR).post(page("add_paper", desk.asked()), sent)
    assert answer.status_code == 422
    assert f"“扫描件.pdf”有 200.0 MB，最多 {most} MB" in said(answer)
    assert not Paper.objects.exists()


def test_a_file_of_200_mb_at_the_public_door(desk: Desk) -> None:
    citizen = Citizen(desk.office.street)
    citizen.what()
    huge = SimpleUploadedFile("身份证.png", b"\x89PNG\r\n\x1a\n" + bytes(200 * 2**20))
    answer = citizen.who(identity=huge)
    assert answer.status_code == 422
    most = configured.ASKING_FILE_BYTES // 2**20
    assert f"“身份证.png”没有收：一个文件最多 {most} MB" in said(answer)
    assert citizen.get("who").context["draft"].who["phone"]
    assert not citizen.get("who").context["draft"].files


def test_another_script_is_kept_and_what_the_pdf_cannot_print_is_told(
    desk: Desk, as_: Opening
) -> None:
    words = "བོད་ཡིག 的文件，𠮷野家 <b>إلى</b>"
    as_(OFFICE).post(REGISTER, typed(description=words))
    case = DisclosureRequest.objects.get()
    assert case.description == words
    facts = {"outcome": "already_public", **PUBLIC}
    answer = as_(AUTHOR).post(page("decide", case), facts, follow=True)
    letter = case.letters.get()
    told = said(answer)
    assert reverse("requests:letter", args=[case.pk, letter.pk]) in told
    assert "PDF 里没有这些字的字形，会印成方框" in told
    assert "𠮷" in told
    assert "<b>إلى" not in told
