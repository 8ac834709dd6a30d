"""Agencies change and keep their past."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.web.administration.agencies.acts import change, keep
from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.audit.models import AuditEntry
from gongkai.web.disclosure.models import InformationItem, ItemVersion
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden, actor_of
from gongkai.web.publication.models import Change
from tests.web.conftest import Office, make_person

TODAY = timezone.localdate()
WHY = "青编发〔2026〕3号"


def fresh(agency: Agency) -> Agency:
    return Agency.objects.get(pk=agency.pk)


def announced() -> list[str]:
    return list(Change.objects.values_list("scope", flat=True))


def test_contact_is_changed_by_the_office_and_the_pages_are_told(office: Office) -> None:
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    keep.edit_contact(actor, office.street, phone="0571-1234", functions="办事")
    street = fresh(office.street)
    assert (street.phone, street.contact_changed_on) == ("0571-1234", TODAY)
    assert announced() == [f"agency:{street.pk}"]
    entry = AuditEntry.objects.get(act="agency.edit_contact")
    assert entry.before == {"phone": "", "functions": ""}
    with pytest.raises(Forbidden, match="枕流街道"):
        keep.edit_contact(actor, office.neighbour, phone="1")
    with pytest.raises(KeyError):
        keep.edit_contact(actor, office.street, name="别的")


def test_what_did_not_change_leaves_no_line(office: Office) -> None:
    keep.edit_contact(office.actor(Role.DISCLOSURE_OFFICE), office.street, phone="")
    assert not AuditEntry.objects.exists()
    assert announced() == []


def test_a_change_is_undone_while_nobody_changed_it_since(office: Office) -> None:
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    keep.edit_contact(actor, office.street, phone="1")
    keep.undo(actor, office.street, keep.last_entry(office.street, actor))
    assert fresh(office.street).phone == ""
    keep.edit_contact(actor, office.street, phone="2")
    entry = keep.last_entry(office.street, actor)
    keep.edit_contact(office.actor(Role.COMPETENT_DEPARTMENT), office.street, phone="3")
    with pytest.raises(Forbidden, match="后来又改过"):
        keep.undo(actor, office.street, entry)
    with pytest.raises(Forbidden, match="自己"):
        keep.undo(office.actor(Role.COMPETENT_DEPARTMENT), office.street, entry)


def test_a_move_in_the_tree_is_undone(office: Office) -> None:
    actor = office.actor(Role.COMPETENT_DEPARTMENT)
    keep.edit(actor, office.street, parent=office.neighbour, began_on=date(2001, 2, 3))
    assert fresh(office.street).is_under(office.neighbour)
    keep.undo(actor, office.street, keep.last_entry(office.street, actor))
    street = fresh(office.street)
    assert street.parent == office.district
    assert street.began_on is None
    assert not street.is_under(office.neighbour)


def test_officers_are_kept_in_their_order(office: Office) -> None:
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    officers = [{"name": "陈立", "post": "主任", "duty": "全面"}, {"name": "王", "post": "副主任"}]
    keep.set_officers(actor, office.street, officers)
    kept = list(office.street.officers.values_list("name", "post", "duty"))
    assert kept == [("陈立", "主任", "全面"), ("王", "副主任", "")]
    keep.set_officers(actor, office.street, officers[:1])
    entry = AuditEntry.objects.first()
    assert entry is not None
    assert entry.after == {"officers": ["陈立 主任 全面"]}


def test_only_the_competent_department_sets_steps(office: Office) -> None:
    competent = office.actor(Role.COMPETENT_DEPARTMENT)
    keep.set_steps(competent, office.street, section_review=False, approval=True)
    assert fresh(office.street).section_review is False
    for role in set(Role) - {Role.COMPETENT_DEPARTMENT}:
        with pytest.raises(Forbidden):
            keep.set_steps(office.actor(role), office.street, section_review=True, approval=True)


class TestMaking:
    def test_below_what_one_reaches(self, office: Office) -> None:
        competent = office.actor(Role.COMPETENT_DEPARTMENT)
        made = keep.make(competent, **facts(parent=office.street))
        assert made.path == f"{office.street.path}{made.pk}/"
        with pytest.raises(Forbidden):
            keep.make(competent, **facts(code="B", slug="b", parent=None))
        keep.make(office.actor(Role.SYSTEM_ADMIN), **facts(code="B", slug="b", parent=None))
        with pytest.raises(Forbidden):
            keep.make(office.actor(Role.AUTHOR), **facts(code="C", slug="c", parent=office.street))

    def test_a_ring_or_a_bad_template_is_refused(self, office: Office) -> None:
        system = office.actor(Role.SYSTEM_ADMIN)
        with pytest.raises(Forbidden, match="自己"):
            keep.edit(system, office.district, parent=office.street)
        with pytest.raises(Forbidden, match="没有流水号"):
            keep.edit(system, office.street, index_template="{org}-{year}")
        assert fresh(office.street).index_template == "{org}-{year}-{seq:05d}"


def facts(**more: object) -> dict[str, object]:
    return {
        "name": "泉苑一村", "short_name": "泉苑一村", "slug": "a", "code": "A",
        "kind": Kind.COMMUNITY, **more,
    }  # fmt: skip


class TestRenaming:
    def test_the_old_name_is_kept_and_can_be_taken_back(self, office: Office) -> None:
        actor = office.actor(Role.COMPETENT_DEPARTMENT)
        change.rename(actor, office.street, "清泉街道办事处", "清泉街道", TODAY, WHY)
        street = fresh(office.street)
        past = street.past_names.get()
        assert (street.name, past.name, past.until, past.reason) == (
            "清泉街道办事处", "听泉街道办事处", TODAY, WHY,
        )  # fmt: skip
        assert announced() == [f"agency:{street.pk}"]
        change.take_back_name(actor, street)
        street = fresh(street)
        assert (street.name, street.short_name) == ("听泉街道办事处", "听泉街道")
        assert not street.past_names.exists()
        with pytest.raises(Forbidden, match="没有改过名"):
            change.take_back_name(actor, street)

    def test_a_name_that_is_taken_is_refused(self, office: Office) -> None:
        actor = office.actor(Role.COMPETENT_DEPARTMENT)
        with pytest.raises(Forbidden, match="已经有一个机关"):
            change.rename(actor, office.street, office.neighbour.name, "x", TODAY)
        with pytest.raises(Forbidden, match="和现在的一样"):
            change.rename(actor, office.street, office.street.name, "x", TODAY)


class TestMerging:
    @pytest.fixture
    def merged(self, office: Office) -> Agency:
        """听泉街道 has merged into 枕流街道."""
        actor = office.actor(Role.COMPETENT_DEPARTMENT)
        return change.merge(actor, office.street, office.neighbour, TODAY, WHY)

    def test_it_keeps_its_address_and_both_pages_are_told(
        self, office: Office, merged: Agency
    ) -> None:
        street = fresh(office.street)
        assert (street.ended_on, street.succeeded_by) == (TODAY, office.neighbour)
        assert street.slug == "qh0401"
        assert announced() == [f"agency:{office.street.pk}", f"agency:{office.neighbour.pk}"]

    def test_nothing_new_is_begun_in_its_name(self, office: Office, merged: Agency) -> None:
        actor, street = office.actor(Role.AUTHOR), fresh(office.street)
        with pytest.raises(Forbidden, match=r"已于.*撤销，由枕流街道办"):
            actor.require("item.draft", street)
        assert actor.agencies("item.draft") == []
        # What is on its way goes on.
        assert actor.may("item.edit", street)

    def test_the_successor_goes_on_with_its_records(self, office: Office, merged: Agency) -> None:
        author = actor_of(make_person("n", "新", office.neighbour, Role.AUTHOR))
        street = fresh(office.street)
        assert author.may("item.correct", street)
        assert {a.pk for a in author.agencies("item.read")} == {street.pk, office.neighbour.pk}
        assert [a.pk for a in author.agencies("item.draft")] == [office.neighbour.pk]
        # But not the other way round.
        assert not office.actor(Role.AUTHOR).may("item.edit", fresh(office.neighbour))

    def test_it_can_be_taken_back(self, office: Office, merged: Agency) -> None:
        change.revive(office.actor(Role.COMPETENT_DEPARTMENT), merged)
        street = fresh(office.street)
        assert (street.ended_on, street.succeeded_by) == (None, None)
        assert office.actor(Role.AUTHOR).may("item.draft", street)

    def test_an_ended_one_takes_nobody_in(self, office: Office, merged: Agency) -> None:
        with pytest.raises(Forbidden, match="不能并入"):
            change.merge(
                office.actor(Role.COMPETENT_DEPARTMENT), office.neighbour, merged, TODAY, WHY
            )


def test_an_agency_ends_only_in_order(office: Office) -> None:
    actor = office.actor(Role.COMPETENT_DEPARTMENT)
    with pytest.raises(Forbidden, match="下面还有"):
        change.end(office.actor(Role.SYSTEM_ADMIN), office.district, TODAY, WHY)
    with pytest.raises(Forbidden, match="主管部门"):
        change.end(actor, office.competent, TODAY, WHY)
    with pytest.raises(Forbidden, match="写明依据"):
        change.end(actor, office.street, TODAY, " ")
    with pytest.raises(Forbidden, match="还没有到"):
        change.end(actor, office.street, TODAY + timedelta(days=1), WHY)
    item = InformationItem.objects.create(
        agency=office.street, author=office.people[Role.AUTHOR], state="approval"
    )
    ItemVersion.objects.create(item=item, number=1, title="某", written_by=item.author)
    with pytest.raises(Forbidden, match="还有 1 条信息"):
        change.end(actor, office.street, TODAY, WHY)
    InformationItem.objects.update(state="published")
    change.end(actor, office.street, TODAY, WHY)
    with pytest.raises(Forbidden, match="已于"):
        change.end(actor, office.street, TODAY, WHY)
    assert AuditEntry.objects.get(act="agency.end").reason == WHY
