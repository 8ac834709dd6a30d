"""What becomes public or changes by the hour or the day alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongkai.web.audit.models import AuditEntry
from gongkai.web.disclosure.acts.draft import save
from gongkai.web.disclosure.acts.review import approve, pass_secrecy_review
from gongkai.web.disclosure.models import InformationItem, State
from gongkai.web.people.models import Role
from gongkai.web.public import bake
from gongkai.web.publication.models import Change, Publication
from gongkai.web.work import releases
from tests.web.conftest import Office
from tests.web.disclosure.conftest import Drafting

pytestmark = pytest.mark.django_db
Later = Callable[..., object]


@pytest.fixture
def scheduled(office: Office, handed_in: Drafting) -> Drafting:
    """An approved item that waits for its hour, two hours from now."""

    def make(**written: object) -> InformationItem:
        item = handed_in(**written)
        InformationItem.objects.filter(pk=item.pk).update(
            scheduled_for=timezone.now() + timedelta(hours=2)
        )
        item = pass_secrecy_review(office.actor(Role.SECRECY_REVIEWER), item)
        return approve(office.actor(Role.APPROVER), item)

    return make


def test_an_item_is_published_when_its_hour_has_come(scheduled: Drafting, later: Later) -> None:
    item = scheduled()
    assert item.state == State.SCHEDULED
    assert releases.publish_scheduled() == 0
    assert not Publication.objects.exists()
    later(hours=2, minutes=1)
    assert releases.publish_scheduled() == 1
    assert Publication.objects.get().number == item.pk
    assert releases.publish_scheduled() == 0
    entry = AuditEntry.objects.filter(act="item.publish").get()
    assert (entry.person, entry.person_name) == ("", "系统")


def test_one_that_fails_does_not_keep_back_the_others(
    scheduled: Drafting, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = scheduled(), scheduled(title="另一件")
    later(hours=3)
    publish_due = releases.publish_due

    def failing(item: InformationItem) -> InformationItem:
        if item.pk == first.pk:
            raise ZeroDivisionError
        return publish_due(item)

    monkeypatch.setattr(releases, "publish_due", failing)
    with pytest.raises(releases.NotReleased, match=str(first.pk)):
        releases.publish_scheduled()
    assert [p.number for p in Publication.objects.all()] == [second.pk]


def test_a_document_lapses_on_its_day(published: Drafting, later: Later) -> None:
    today = timezone.localdate()
    item = published(
        "normative_document",
        document_number="听街规〔2026〕1号",
        made_on=today - timedelta(days=3),
        expires_on=today + timedelta(days=10),
    )
    Change.objects.all().delete()
    assert releases.renew_validities() == 0
    assert not Change.objects.exists()
    later(days=12)
    assert releases.renew_validities() == 1
    public = Publication.objects.get()
    assert (public.number, public.validity) == (item.pk, "lapsed")
    entry = AuditEntry.objects.get(act="item.validity_changed")
    assert (entry.before["validity"], entry.after["validity"]) == ("in_force", "lapsed")
    assert [change.number for change in Change.objects.all()] == [item.pk]
    assert releases.renew_validities() == 0


def test_a_document_comes_into_force_on_its_day(published: Drafting, later: Later) -> None:
    today = timezone.localdate()
    published(
        "normative_document",
        document_number="听街规〔2026〕2号",
        made_on=today - timedelta(days=3),
        effective_on=today + timedelta(days=5),
    )
    assert Publication.objects.get().validity == "pending"
    later(days=5)
    releases.renew_validities()
    assert Publication.objects.get().validity == "in_force"


def test_what_is_being_rewritten_does_not_leak_when_a_document_lapses(
    office: Office, published: Drafting, later: Later
) -> None:
    from gongkai.web.disclosure.acts.change import correct

    today = timezone.localdate()
    item = published(
        "normative_document",
        document_number="听街规〔2026〕3号",
        made_on=today,
        expires_on=today + timedelta(days=5),
    )
    item = correct(office.actor(Role.AUTHOR), item, "改名称")
    save(office.actor(Role.AUTHOR), item, title="还没有审过的名称", expires_on=date(2099, 1, 1))
    later(days=7)
    releases.renew_validities()
    public = Publication.objects.get()
    assert (public.validity, public.title) == ("lapsed", "2026年8月临时救助发放情况公示")


def test_many_documents_are_looked_at_with_few_queries(
    published: Drafting, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        published("normative_document", document_number=f"听街规〔2026〕{number}号")
    with django_assert_max_num_queries(4):
        releases.renew_validities()


def test_pages_are_turned_once_a_day(office: Office, data: Path, later: Later) -> None:
    assert releases.turn_pages() > 0
    asked = Change.objects.get()
    assert "annual/index.html" in asked.before["paths"]
    Change.objects.all().delete()
    releases.turn_pages()
    assert not Change.objects.exists()
    later(days=1)
    releases.turn_pages()
    assert Change.objects.get().scope == bake.PAGES


def test_after_a_long_silence_everything_is_baked(office: Office, data: Path, later: Later) -> None:
    releases.turn_pages()
    Change.objects.all().delete()
    later(days=100)
    releases.turn_pages()
    assert [change.scope for change in Change.objects.all()] == [bake.SITE]
