"""Many at the desk at once: numbers unique and without gaps, also where some acts fail."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from gongkai.core.handling.channels import Channel
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.requests.acts.draft_letter import draft_letter
from gongkai.web.requests.acts.register import NewPaper, NewRequest, register
from gongkai.web.requests.acts.review_letter import submit_letter
from gongkai.web.requests.acts.sign import sign
from gongkai.web.requests.models import DisclosureRequest, Letter, PaperKind
from gongkai.web.requests.numbers import digest_of_code
from gongkai.web.requests.steps import OutOfTurn

from .conftest import DESCRIPTION, REQUESTER, Desk

pytestmark = pytest.mark.django_db(transaction=True)


def together(work: list[Callable[[], None]]) -> None:
    def alone(one: Callable[[], None]) -> None:
        try:
            one()
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(alone, work))


def registering(clerk: Actor, number: int) -> Callable[[], None]:
    new = NewRequest(Channel.COUNTER, date(2025, 9, 22), f"{DESCRIPTION}{number}", REQUESTER)
    street = clerk.appointments[0].agency

    def go() -> None:
        if number % 5:
            register(clerk, street, new)
            return
        # A number is taken, then the paper is refused: the number is given back.
        empty = NewPaper(PaperKind.OTHER, "空.pdf", b"")
        wrong = NewRequest(new.channel, new.arrived_on, new.description, REQUESTER, papers=[empty])
        with pytest.raises(Forbidden):
            register(clerk, street, wrong)

    return go


def test_twenty_register_at_once(desk: Desk) -> None:
    clerk = desk.clerk
    together([registering(clerk, number) for number in range(40)])
    numbers = set(DisclosureRequest.objects.values_list("number", flat=True))
    assert numbers == {f"听公开申〔2025〕{n}号" for n in range(1, 33)}


def test_one_form_sent_many_times_is_one_request(desk: Desk) -> None:
    clerk, codes = desk.clerk, []
    form = NewRequest(
        Channel.COUNTER, date(2025, 9, 22), DESCRIPTION, REQUESTER, submission=uuid.uuid4()
    )

    def go() -> None:
        codes.append(register(clerk, desk.office.street, form).code)

    together([go] * 20)
    assert len(codes) == 20
    assert len(set(codes)) == 1
    case = DisclosureRequest.objects.get()
    assert (case.number, case.code_digest) == ("听公开申〔2025〕1号", digest_of_code(codes[0]))
    assert desk.asked().number == "听公开申〔2025〕2号"


def test_twenty_letters_are_signed_at_once(desk: Desk) -> None:
    author, approver = desk.author, desk.approver
    ready = []
    for _ in range(20):
        case = desk.asked()
        letter = draft_letter(
            author, case, "consultation_notice",
            {"consulted": "agency", "consulted_on": desk.day},
        )  # fmt: skip
        ready.append(submit_letter(author, letter))

    def signing(letter: Letter) -> Callable[[], None]:
        def go() -> None:
            sign(approver, letter)

        return go

    together([signing(letter) for letter in ready])
    numbers = set(Letter.objects.values_list("number", flat=True))
    assert numbers == {f"听公开〔2025〕{n}号" for n in range(1, 21)}


def test_one_letter_signed_by_two_at_once_has_one_number(desk: Desk) -> None:
    author, approver, clerk = desk.author, desk.approver, desk.clerk
    case = desk.asked()
    letter = submit_letter(
        author,
        draft_letter(
            author, case, "consultation_notice",
            {"consulted": "agency", "consulted_on": desk.day},
        ),
    )  # fmt: skip
    refused: list[str] = []

    def signing(actor: Actor) -> Callable[[], None]:
        def go() -> None:
            try:
                sign(actor, letter)
            except OutOfTurn as error:
                refused.append(str(error))

        return go

    together([signing(actor) for actor in (approver, clerk, approver, clerk)])
    assert len(refused) == 3
    letter.refresh_from_db()
    assert letter.number == "听公开〔2025〕1号"
