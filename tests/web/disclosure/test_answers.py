"""The check before the secrecy review: what it finds must be answered, and answers have effects."""

from __future__ import annotations

import pytest

from gongkai.web.disclosure import screening
from gongkai.web.disclosure.acts.answer import answer
from gongkai.web.disclosure.acts.review import approve, pass_secrecy_review, return_item
from gongkai.web.disclosure.models import State
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.publication.models import Publication
from tests.web.conftest import Office

from .conftest import Drafting

pytestmark = pytest.mark.django_db


def with_check_digit(seventeen: str) -> str:
    """An identity number (GB 11643) out of its first seventeen digits."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(d) * w for d, w in zip(seventeen, weights, strict=True))
    return seventeen + "10X98765432"[total % 11]


NUMBER = with_check_digit("11010119900101123")
BODY = f"<p>吴某某，身份证号码 {NUMBER}，救助1500元。</p>"


def test_an_identity_number_stops_the_review_until_it_is_answered(
    office: Office, handed_in: Drafting
) -> None:
    item = handed_in(body_html=BODY)
    reviewer = office.actor(Role.SECRECY_REVIEWER)
    found = item.version.findings.get()
    assert found.rule == "screening.identity_number"
    assert NUMBER not in found.quote
    with pytest.raises(Forbidden, match="还有 1 项"):
        pass_secrecy_review(reviewer, item)
    answer(reviewer, found, "redact")
    item = pass_secrecy_review(reviewer, item)
    item = approve(office.actor(Role.APPROVER), item)
    public = Publication.objects.get(pk=item.pk)
    assert NUMBER not in public.body_html
    assert NUMBER not in public.text
    assert "救助1500元" in public.body_html
    assert NUMBER in item.version.body_html, "the original stays in the file"


def test_an_answer_that_overrules_gives_its_reason(office: Office, handed_in: Drafting) -> None:
    item = handed_in(body_html=BODY)
    reviewer = office.actor(Role.SECRECY_REVIEWER)
    found = item.version.findings.get()
    with pytest.raises(Forbidden, match="写明理由"):
        answer(reviewer, found, "mistaken")
    assert answer(reviewer, found, "mistaken", "是文件编号").answer == "mistaken"


def test_an_answer_to_return_does_not_let_pass(office: Office, handed_in: Drafting) -> None:
    item = handed_in(body_html=BODY)
    reviewer = office.actor(Role.SECRECY_REVIEWER)
    answer(reviewer, item.version.findings.get(), "return_to_author")
    with pytest.raises(Forbidden, match="退回起草人"):
        pass_secrecy_review(reviewer, item)


def test_an_answer_given_once_holds_in_the_next_version(
    office: Office, handed_in: Drafting
) -> None:
    item = handed_in(body_html=BODY)
    reviewer = office.actor(Role.SECRECY_REVIEWER)
    answer(reviewer, item.version.findings.get(), "mistaken", "是文件编号")
    item = return_item(reviewer, item, "标题改一下")
    screening.run.call(item.version.pk)
    again = item.version.findings.get()
    assert (again.version_id, again.answer) == (item.version.pk, "mistaken")


def test_only_the_reviewer_answers_and_only_what_is_offered(
    office: Office, handed_in: Drafting
) -> None:
    item = handed_in(body_html=BODY)
    found = item.version.findings.get()
    with pytest.raises(Forbidden):
        answer(office.actor(Role.AUTHOR), found, "redact")
    with pytest.raises(Forbidden, match="选一种"):
        answer(office.actor(Role.SECRECY_REVIEWER), found, "whatever")


def test_a_review_waits_for_the_check(office: Office, handed_in: Drafting) -> None:
    item = handed_in()
    item.version.screening.delete()
    with pytest.raises(Forbidden, match="没有做完"):
        pass_secrecy_review(office.actor(Role.SECRECY_REVIEWER), item)
    assert item.state == State.SECRECY_REVIEW


def test_a_clean_text_has_no_finding(office: Office, handed_in: Drafting) -> None:
    item = handed_in()
    assert screening.unanswered(item.version) == 0
    assert not item.version.screening.failures
