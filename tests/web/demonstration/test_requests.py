"""The region's requests as loaded: each as the law lets it go, and as acts would have left it."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from docx import Document

from gongkai.core.handling.channels import Channel
from gongkai.core.handling.ledger import RequesterKind
from gongkai.core.handling.outcomes import Outcome
from gongkai.core.handling.transitions import State
from gongkai.core.letters import LetterDocument, letter_kind
from gongkai.core.personal_numbers import is_identity_number
from gongkai.web.demonstration.region import Region
from gongkai.web.people.models import Person
from gongkai.web.policies import actor_of
from gongkai.web.registers.days import working_days
from gongkai.web.requests import clock
from gongkai.web.requests.acts.archive import missing_from_file
from gongkai.web.requests.acts.handle_message import handle_message
from gongkai.web.requests.acts.review_letter import pass_secrecy_review, pass_section_review
from gongkai.web.requests.acts.serve import serve
from gongkai.web.requests.acts.sign import sign
from gongkai.web.requests.evidence import still_lacking
from gongkai.web.requests.letters import file_of, lacks_of, preview
from gongkai.web.requests.models import (
    Decision,
    DisclosureRequest,
    Letter,
    LetterState,
    Message,
    MessageKind,
    Paper,
    Requester,
    Verdict,
)
from gongkai.web.requests.papers import bytes_of
from gongkai.web.requests.separation import missing_steps
from gongkai.web.requests.unified_code import problem_with_code

from .requested_region import load_requests

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region"), pytest.mark.once]
_OUT = (LetterState.SIGNED, LetterState.SERVED)


@pytest.fixture(scope="module")
def region(django_db_setup: None, django_db_blocker: Any) -> Iterator[Region]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_requests()
        transaction.set_rollback(True)


def cases() -> list[DisclosureRequest]:
    return list(DisclosureRequest.objects.select_related("agency", "requester"))


def open_letter(state: LetterState) -> Letter:
    """The reply that waits at ``state``."""
    return Letter.objects.get(state=state, act="served")


def test_the_core_refuses_nothing() -> None:
    for case in cases():
        told = clock.account_of(case)
        assert [found.text for found in told.findings if found.ignored] == [], case.number
        assert case.state == told.state.value
        assert case.received_on == told.received_on
        if not case.imported_from:
            assert (case.due_on, case.late) == (told.due_on, told.late), case.number


def test_every_kind_of_thing_is_there_once() -> None:
    assert set(DisclosureRequest.objects.values_list("channel", flat=True)) == set(Channel)
    assert set(Requester.objects.values_list("kind", flat=True)) == set(RequesterKind)
    ended = DisclosureRequest.objects.exclude(concluded_on=None)
    assert set(ended.values_list("outcome", flat=True)) == set(Outcome)
    open_ = [clock.account_of(case).states for case in cases() if not case.concluded_on]
    assert {state for states in open_ for state in states} == {
        State.AWAITING_CONFIRMATION, State.PROCESSING, State.AWAITING_CORRECTION,
        State.AWAITING_REASONS, State.AWAITING_THIRD_PARTY, State.AWAITING_AGENCY,
        State.AWAITING_FEE, State.DECIDED, State.SIGNED,
    }  # fmt: skip
    assert 3 * len(open_) >= len(cases()) - len(open_)
    waiting = Counter(
        Letter.objects.exclude(state=LetterState.SERVED).values_list("state", flat=True)
    )
    assert waiting == {
        "draft": 2, "section_review": 1, "secrecy_review": 1, "signing": 2, "signed": 1,
    }  # fmt: skip
    unread = Message.objects.filter(handled_at=None).values_list("kind", flat=True)
    assert sorted(unread) == ["correction", "payment", "supplement", "withdrawal"]
    assert DisclosureRequest.objects.exclude(split_from=None).count() == 1


def test_the_due_days_stand_around_today() -> None:
    today, days = timezone.localdate(), working_days()
    open_ = DisclosureRequest.objects.filter(concluded_on=None).exclude(due_on=None)
    left = [
        days.count_between(today, one.due_on).days if one.due_on else 0
        for one in open_.filter(due_on__gte=today)
    ]
    assert 2 in left
    assert max(left) >= 15
    overdue = open_.filter(due_on__lt=today)
    assert overdue.count() == 2
    assert all(one.late for one in overdue)
    assert not DisclosureRequest.objects.filter(concluded_on__gt=today).exists()


def test_every_decision_has_on_file_what_the_law_wants() -> None:
    standing = Decision.objects.filter(superseded_at=None).select_related("request")
    assert standing.count() >= 50
    for one in standing:
        lacks = still_lacking(
            one.request, one.outcome, one.facts, circumstances=one.facts["circumstances"],
            withheld=one.withheld, reasons=one.reasons,
        )  # fmt: skip
        assert lacks == (), one.request.number


def test_letters_are_numbered_in_the_order_of_signing_and_printed() -> None:
    out = Letter.objects.filter(state__in=_OUT).order_by("pk")
    assert out.count() >= 70
    by_series: dict[tuple[int, int], list[tuple[int, Any]]] = {}
    for letter in out:
        assert letter.dated is not None
        assert timezone.localdate(letter.signed_at) == letter.dated
        assert file_of(letter, "pdf").startswith(b"%PDF-")
        number = int(letter.number.split("〕")[1].removesuffix("号"))
        by_series.setdefault((letter.agency_id, letter.dated.year), []).append(
            (number, letter.dated)
        )
        assert isinstance(preview(letter, reveal=True), LetterDocument), letter.number
    for told in by_series.values():
        told.sort()
        assert [day for _, day in told] == sorted(day for _, day in told)
        assert len({number for number, _ in told}) == len(told)


def test_a_letter_opened_names_who_asked_and_its_number() -> None:
    letter = Letter.objects.filter(state=LetterState.SERVED, kind="reply_not_held").first()
    assert letter is not None
    document = Document(io.BytesIO(file_of(letter, "docx")))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert letter.number in said
    assert letter.request.requester.name in said
    assert "行政复议" in said


def test_nobody_reads_what_he_wrote() -> None:
    for letter in Letter.objects.exclude(state=LetterState.DRAFT):
        passed = letter.opinions.filter(verdict=Verdict.PASSED)
        hands = [letter.written_by_id, *passed.values_list("person", flat=True)]
        assert len(set(hands)) == len(hands), letter
        if letter.state in _OUT:
            assert letter.signed_by_id == hands[-1]
    for letter in Letter.objects.filter(state=LetterState.DRAFT):
        assert lacks_of(letter) == ()
        assert missing_steps(letter) == []


def test_what_came_is_sealed_and_opens_again() -> None:
    papers = Paper.objects.all()
    assert papers.count() >= 120
    assert not papers.filter(from_requester=True, sealed=False).exists()
    for paper in papers:
        assert len(bytes_of(paper)) == paper.size
        assert paper.added_at <= timezone.now()


def test_files_that_were_closed_are_complete() -> None:
    closed = DisclosureRequest.objects.filter(state="archived", imported_from="")
    assert closed.count() == 22
    for case in closed:
        assert missing_from_file(case) == [], case.number


def test_the_people_are_invented_and_their_numbers_are_nobodys(region: Region) -> None:
    people = [one for one in region.requests["who"] if "document_number" in one]
    assert len(people) >= 20
    for one in people:
        assert one["document_number"].startswith("990000")
        assert is_identity_number(one["document_number"])
    others = [one for one in region.requests["who"] if "unified_code" in one]
    assert not any(problem_with_code(one["unified_code"]) for one in others)
    names = [one["name"] for one in region.requests["who"]]
    texts = DisclosureRequest.objects.values_list("description", "title")
    assert not any(name in "".join(text) for name in names for text in texts)


def test_the_work_goes_on_from_where_it_stands() -> None:
    people = Person.objects.in_bulk(field_name="username")
    letter = open_letter(LetterState.SECTION_REVIEW)
    letter = pass_section_review(actor_of(people["qh0401-section"]), letter)
    letter = pass_secrecy_review(actor_of(people["qh0401-secrecy"]), letter)
    letter = sign(actor_of(people["qh0401-approver"]), letter)
    serve(actor_of(people["qh0401-office"]), letter, "online", timezone.localdate())
    case = DisclosureRequest.objects.get(pk=letter.request_id)
    assert (case.state, case.outcome) == ("served", "disclosed")
    numbers = Letter.objects.filter(agency=case.agency, dated__year=timezone.localdate().year)
    assert len(set(numbers.values_list("number", flat=True))) == numbers.count()


def test_what_was_handed_in_is_taken() -> None:
    message = Message.objects.get(kind=MessageKind.CORRECTION, handled_at=None)
    writer = message.request.handler
    assert writer is not None
    handle_message(actor_of(writer), message)
    case = DisclosureRequest.objects.get(pk=message.request_id)
    assert case.state == "processing"
    assert case.due_on is not None
    assert case.due_on > timezone.localdate() + timedelta(days=20)


def test_letters_are_of_every_kind_that_a_request_meets() -> None:
    kinds = set(Letter.objects.values_list("kind", flat=True))
    assert {letter_kind(kind).id for kind in kinds} >= {
        "correction_notice", "correction_lapsed_notice", "reasons_notice", "extension_notice",
        "delay_notice", "fee_notice", "fee_lapsed_notice", "third_party_consultation",
        "disclosure_notice_to_third_party", "agency_consultation", "assistance_request",
        "renewed_reply",
    }  # fmt: skip
