"""Nobody passes what he wrote; every step is another person's; too few people is said."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.web.disclosure.acts.draft import start
from gongkai.web.disclosure.acts.review import approve, pass_secrecy_review, pass_section_review
from gongkai.web.disclosure.acts.submit import submit
from gongkai.web.disclosure.models import InformationItem, State
from gongkai.web.people.models import Appointment, Role
from gongkai.web.policies import Forbidden, actor_of
from tests.web.conftest import Office, make_person

from .conftest import WRITTEN, Drafting

pytestmark = pytest.mark.django_db
REVIEWING = (Role.AUTHOR, Role.SECTION_REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER)


def test_the_same_person_in_all_roles_cannot_pass_his_own_draft(
    office: Office, django_capture_on_commit_callbacks: Any
) -> None:
    everything = actor_of(make_person("everything", "全能", office.street, *Role))
    with django_capture_on_commit_callbacks(execute=True):
        item = submit(everything, start(everything, office.street, **WRITTEN))
    for step, act in (
        (State.SECTION_REVIEW, pass_section_review),
        (State.SECRECY_REVIEW, pass_secrecy_review),
        (State.APPROVAL, approve),
    ):
        InformationItem.objects.filter(pk=item.pk).update(state=step)
        with pytest.raises(Forbidden, match="起草和审查必须是不同的人"):
            act(everything, item)
        assert InformationItem.objects.get(pk=item.pk).state == step


def test_the_message_names_who_can(office: Office, drafted: Drafting) -> None:
    author = office.people[Role.AUTHOR]
    Appointment.objects.create(
        person=author, agency=office.street, role=Role.SECTION_REVIEWER, since="2020-01-01"
    )
    item = submit(actor_of(author), drafted())
    with pytest.raises(Forbidden, match="可以由赵红办理"):
        pass_section_review(actor_of(author), item)


def test_one_person_passes_one_step(office: Office, handed_in: Drafting) -> None:
    section = office.people[Role.SECTION_REVIEWER]
    Appointment.objects.create(
        person=section, agency=office.street, role=Role.SECRECY_REVIEWER, since="2020-01-01"
    )
    item = handed_in()
    with pytest.raises(Forbidden, match="前面的步骤是你审的"):
        pass_secrecy_review(actor_of(section), item)


def test_whoever_wrote_any_version_does_not_review(office: Office, handed_in: Drafting) -> None:
    from gongkai.web.disclosure.acts.review import return_item

    item = return_item(office.actor(Role.SECRECY_REVIEWER), handed_in(), "改标题")
    # The returned version is written on by another author, who is a reviewer too.
    other = make_person("other", "另一人", office.street, *REVIEWING)
    from gongkai.web.disclosure.acts.draft import save

    item = save(actor_of(other), item, title="新标题")
    item = submit(actor_of(other), item)
    with pytest.raises(Forbidden, match="起草和审查"):
        pass_section_review(actor_of(other), item)
    with pytest.raises(Forbidden):
        pass_section_review(office.actor(Role.AUTHOR), item)


def test_too_few_people_is_said_before_anything_is_handed_in(office: Office) -> None:
    alone = make_person("alone", "小周", office.neighbour, *REVIEWING)
    second = make_person("second", "小吴", office.neighbour, Role.SECRECY_REVIEWER, Role.APPROVER)
    actor = actor_of(alone)
    item = start(actor, office.neighbour, **WRITTEN)
    with pytest.raises(Forbidden, match="枕流街道人手不够") as said:
        submit(actor, item)
    assert "保密审查不能省" in str(said.value)
    # Without the section's review two people are still one too few.
    office.neighbour.section_review = False
    office.neighbour.save()
    with pytest.raises(Forbidden, match="签发"):
        submit(actor, InformationItem.objects.get(pk=item.pk))
    make_person("third", "小郑", office.neighbour, Role.APPROVER)
    assert submit(actor, InformationItem.objects.get(pk=item.pk)).state == State.SECRECY_REVIEW
    assert second.appointments.count() == 2


def test_a_role_at_another_agency_is_none_here(office: Office, drafted: Drafting) -> None:
    stranger = actor_of(make_person("stranger", "外人", office.neighbour, *REVIEWING))
    item = submit(office.actor(Role.AUTHOR), drafted())
    with pytest.raises(Forbidden, match="听泉街道"):
        pass_section_review(stranger, item)


def test_a_role_that_has_ended_is_none(office: Office, drafted: Drafting) -> None:
    Appointment.objects.filter(role=Role.SECTION_REVIEWER).update(until="2020-12-31")
    with pytest.raises(Forbidden, match="人手不够：科室审核"):
        submit(office.actor(Role.AUTHOR), drafted())
