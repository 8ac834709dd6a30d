"""The way of an item from draft to public and after, by its acts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from gongkai.web.audit.chain import verify
from gongkai.web.audit.models import AuditEntry
from gongkai.web.disclosure.acts import afterwards, change
from gongkai.web.disclosure.acts.draft import save
from gongkai.web.disclosure.acts.publish import publish_due, publish_now
from gongkai.web.disclosure.acts.review import (
    approve,
    pass_secrecy_review,
    pass_section_review,
    return_item,
)
from gongkai.web.disclosure.acts.submit import recall, submit
from gongkai.web.disclosure.models import InformationItem, State
from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.publication.models import Change, Publication, Relation, Withdrawal
from tests.web.conftest import Office

from .conftest import Drafting

pytestmark = pytest.mark.django_db


def test_an_item_is_due_twenty_working_days_after_it_was_made(drafted: Drafting) -> None:
    item = drafted(made_on=date(2025, 9, 22))
    # 1 to 8 October 2025 off, 28 September and 11 October worked.
    assert (item.due_on, item.due_provisional) == (date(2025, 10, 24), False)


def test_a_due_day_in_a_year_not_announced_is_said_to_be_provisional(drafted: Drafting) -> None:
    assert drafted(made_on=date(2026, 12, 21)).due_provisional


def test_the_way_to_the_public(office: Office, handed_in: Drafting) -> None:
    item = handed_in()
    assert item.state == State.SECRECY_REVIEW
    assert not Publication.objects.exists()
    item = pass_secrecy_review(office.actor(Role.SECRECY_REVIEWER), item, "可以公开")
    assert item.state == State.APPROVAL
    assert not Publication.objects.exists()
    item = approve(office.actor(Role.APPROVER), item)
    assert item.state == State.PUBLISHED
    public = Publication.objects.get(pk=item.pk)
    assert public.title == "2026年8月临时救助发放情况公示"
    assert public.index_number == item.index_number == "QH0401-2026-00001"
    assert public.published_at == item.first_published_at
    assert [o.person.name for o in item.opinions.all()] == ["李敏", "赵红", "王建国", "陈立"]
    acts = list(AuditEntry.objects.order_by("number").values_list("act", flat=True))
    assert acts == [
        "item.draft", "item.submit", "item.review_section", "item.review_secrecy", "item.publish",
        "item.approve",
    ]  # fmt: skip
    assert verify(AuditEntry.objects.order_by("number")).broken is None
    assert Change.objects.filter(number=item.pk).count() == 1


def test_what_is_returned_is_mended_in_a_new_version(office: Office, handed_in: Drafting) -> None:
    item = return_item(office.actor(Role.SECRECY_REVIEWER), handed_in(), "备注列带身份证号码。")
    assert (item.state, item.returned, item.version.number) == (State.DRAFT, True, 2)
    assert item.versions.get(number=1).sealed
    item = save(office.actor(Role.AUTHOR), item, body_html="<p>改好了。</p>")
    assert item.versions.get(number=1).body_html != item.version.body_html
    item = submit(office.actor(Role.AUTHOR), item)
    assert item.state == State.SECTION_REVIEW


def test_a_return_gives_its_reasons(office: Office, handed_in: Drafting) -> None:
    with pytest.raises(Forbidden, match="原因"):
        return_item(office.actor(Role.SECRECY_REVIEWER), handed_in(), "  ")


def test_what_is_missing_is_named_before_review(office: Office, drafted: Drafting) -> None:
    item = drafted(made_on=None, statutory="", title="")
    with pytest.raises(Forbidden, match=r"标题；成文日期.*；法定项目"):
        submit(office.actor(Role.AUTHOR), item)
    assert InformationItem.objects.get(pk=item.pk).state == State.DRAFT


def test_a_submission_can_be_taken_back_until_somebody_passed_it(
    office: Office, drafted: Drafting
) -> None:
    author = office.actor(Role.AUTHOR)
    item = recall(author, submit(author, drafted()))
    assert item.state == State.DRAFT
    assert not item.version.sealed
    item = pass_section_review(office.actor(Role.SECTION_REVIEWER), submit(author, item))
    with pytest.raises(OutOfTurn):
        recall(author, item)


def test_an_act_out_of_turn_changes_nothing(office: Office, drafted: Drafting) -> None:
    item = drafted()
    with pytest.raises(OutOfTurn, match="起草"):
        approve(office.actor(Role.APPROVER), item)
    assert InformationItem.objects.get(pk=item.pk).state == State.DRAFT
    assert not item.opinions.exists()


def test_what_is_withheld_is_kept_and_looked_at_again(office: Office, handed_in: Drafting) -> None:
    item = handed_in(
        disclosure_class="withheld", legal_basis="state_secret", class_reason="秘密级文件"
    )
    item = pass_secrecy_review(office.actor(Role.SECRECY_REVIEWER), item)
    item = approve(office.actor(Role.APPROVER), item)
    assert item.state == State.KEPT
    assert not Publication.objects.exists()
    planned = item.reassessments.get()
    assert planned.due_on > timezone.localdate()
    afterwards.reassess(
        office.actor(Role.SECRECY_REVIEWER), planned, afterwards.REASSESSED_KEEP, "情况没有变化"
    )
    assert item.reassessments.count() == 2
    again = item.reassessments.get(done_on=None)
    assert again.due_on > planned.due_on or again.due_on >= timezone.localdate()


def test_a_withheld_item_needs_basis_and_reason(office: Office, drafted: Drafting) -> None:
    with pytest.raises(Forbidden, match="依据；不主动公开的理由"):
        submit(office.actor(Role.AUTHOR), drafted(disclosure_class="withheld"))


def test_withdrawal_takes_the_item_from_the_public_and_leaves_a_notice(
    office: Office, published: Drafting
) -> None:
    item = published()
    item = change.withdraw(office.actor(Role.DISCLOSURE_OFFICE), item, "发放名单有误")
    assert item.state == State.WITHDRAWN
    assert not Publication.objects.exists()
    assert Withdrawal.objects.get(pk=item.pk).reason == "发放名单有误"
    with pytest.raises(Forbidden, match="没有公开"):
        change.withdraw(office.actor(Role.DISCLOSURE_OFFICE), item, "再撤一次")


def test_a_correction_leaves_the_public_text_until_it_is_approved(
    office: Office, published: Drafting, django_capture_on_commit_callbacks: Any
) -> None:
    item = published()
    first = item.first_published_at
    author = office.actor(Role.AUTHOR)
    item = change.correct(author, item, "金额写错", urgent=True)
    item = save(author, item, body_html="<p>共发放4人10,900元。</p>")
    assert "10700" in Publication.objects.get(pk=item.pk).body_html
    with django_capture_on_commit_callbacks(execute=True):
        item = submit(author, item)
    assert item.state == State.SECRECY_REVIEW, "an urgent correction skips the section review"
    item = pass_secrecy_review(office.actor(Role.SECRECY_REVIEWER), item)
    item = approve(office.actor(Role.APPROVER), item)
    public = Publication.objects.get(pk=item.pk)
    assert "10,900" in public.body_html
    assert public.version == 2
    assert public.published_at == first, "the first day of release never changes"
    assert public.updated_at is not None


def test_withdrawal_during_a_correction_is_immediate(office: Office, published: Drafting) -> None:
    item = change.correct(office.actor(Role.AUTHOR), published(), "金额写错")
    item = change.withdraw(office.actor(Role.APPROVER), item, "先撤下")
    assert item.state == State.DRAFT
    assert not Publication.objects.exists()


def test_a_discarded_correction_leaves_what_was_public(office: Office, published: Drafting) -> None:
    item = change.correct(office.actor(Role.AUTHOR), published(), "想改一改")
    item = change.discard(office.actor(Role.AUTHOR), item)
    assert item.state == State.PUBLISHED
    assert item.version.number == 1
    assert Publication.objects.filter(pk=item.pk).exists()


def test_a_discarded_draft_can_be_restored(office: Office, drafted: Drafting) -> None:
    author = office.actor(Role.AUTHOR)
    item = change.discard(author, drafted())
    assert item.state == State.DISCARDED
    assert change.restore(author, item).state == State.DRAFT


def test_a_scheduled_item_waits_for_its_hour(office: Office, handed_in: Drafting) -> None:
    item = handed_in()
    InformationItem.objects.filter(pk=item.pk).update(
        scheduled_for=timezone.now() + timedelta(hours=1)
    )
    item = pass_secrecy_review(office.actor(Role.SECRECY_REVIEWER), item)
    item = approve(office.actor(Role.APPROVER), item)
    assert item.state == State.SCHEDULED
    assert publish_due(item).state == State.SCHEDULED
    InformationItem.objects.filter(pk=item.pk).update(
        scheduled_for=timezone.now() - timedelta(seconds=1)
    )
    assert publish_due(item).state == State.PUBLISHED
    assert Publication.objects.filter(pk=item.pk).exists()


def test_a_document_and_its_interpretation_come_out_together(
    office: Office, handed_in: Drafting
) -> None:
    secrecy, approver = office.actor(Role.SECRECY_REVIEWER), office.actor(Role.APPROVER)
    document = handed_in(
        "normative_document", document_number="青政规〔2026〕3号", statutory="20-1"
    )
    InformationItem.objects.filter(pk=document.pk).update(released_together=True)
    document = approve(approver, pass_secrecy_review(secrecy, document))
    assert document.state == State.SCHEDULED
    with pytest.raises(Forbidden, match="解读"):
        publish_now(approver, document)
    interpretation = _interpretation(office, document)
    interpretation = approve(approver, pass_secrecy_review(secrecy, interpretation))
    assert interpretation.state == State.PUBLISHED
    assert InformationItem.objects.get(pk=document.pk).state == State.PUBLISHED
    tie = Relation.objects.get()
    assert (tie.left_id, tie.tie, tie.right_id) == (interpretation.pk, "interprets", document.pk)


def _interpretation(office: Office, document: InformationItem) -> InformationItem:
    from gongkai.web.disclosure import screening
    from gongkai.web.disclosure.acts.draft import start

    from .conftest import WRITTEN

    author = office.actor(Role.AUTHOR)
    written = {**WRITTEN, "title": "解读：谁能领、领多少", "body_html": "<p>这样领取补助。</p>"}
    item = start(author, office.street, "interpretation", **written)
    item = submit(author, save(author, item, {"interprets": document}))
    screening.run.call(item.version.pk)
    return pass_section_review(office.actor(Role.SECTION_REVIEWER), item)


def test_repeal_is_shown_and_counted(office: Office, published: Drafting) -> None:
    from gongkai.web.disclosure.validity import counts

    item = published(
        "normative_document",
        document_number="青政规〔2025〕1号",
        statutory="20-1",
        made_on=date(2025, 3, 3),
    )
    approver = office.actor(Role.APPROVER)
    assert Publication.objects.get(pk=item.pk).validity == "in_force"
    event = afterwards.declare_validity(
        approver, item, "repealed", date(2026, 6, 1), by_document="青政规〔2026〕2号"
    )
    public = Publication.objects.get(pk=item.pk)
    assert public.validity == "repealed"
    assert public.validity_note == "2026-06-01起，由青政规〔2026〕2号"
    assert counts(office.street, 2025).cells("normative_documents") == {
        "normative_documents/issued": 1,
        "normative_documents/repealed": 0,
        "normative_documents/in_force": 1,
    }
    assert counts(office.street, 2026).cells("normative_documents") == {
        "normative_documents/issued": 0,
        "normative_documents/repealed": 1,
        "normative_documents/in_force": 0,
    }
    afterwards.revoke_validity(approver, event)
    assert Publication.objects.get(pk=item.pk).validity == "in_force"


def test_a_release_elsewhere_is_shown(office: Office, published: Drafting) -> None:
    item = published()
    author = office.actor(Role.AUTHOR)
    other = afterwards.record_release(author, item, "gazette", date(2026, 10, 9), where="第10期")
    assert [e.channel for e in Publication.objects.get(pk=item.pk).elsewhere.all()] == ["gazette"]
    afterwards.remove_release(author, other)
    assert not Publication.objects.get(pk=item.pk).elsewhere.exists()
