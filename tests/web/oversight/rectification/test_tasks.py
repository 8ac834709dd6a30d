"""A task from its order to its end: who may do what, and nobody confirms what he did himself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.web import filestore
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.models import AuditEntry
from gongkai.web.oversight.rectification.acts import carry_out, confirm, order
from gongkai.web.oversight.rectification.models import RectificationTask, TaskState
from gongkai.web.oversight.watching.models import Standing, WatchFinding
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden, actor_of
from gongkai.web.registers.days import working_days
from tests.web.conftest import Office, make_person

from .made import PNG, PROOF, found, ordered, own, told

pytestmark = pytest.mark.django_db


def acts_of(task: RectificationTask) -> list[str]:
    entries = AuditEntry.objects.filter(subject_kind="rectification_task", subject=str(task.pk))
    return list(entries.order_by("number").values_list("act", flat=True))


def mended(finding: WatchFinding) -> None:
    """As the watch does when it no longer finds it."""
    WatchFinding.objects.filter(pk=finding.pk).update(
        state=Standing.MENDED, mended_at=timezone.now()
    )


def test_a_task_of_the_department_goes_its_whole_way(office: Office) -> None:
    finding = found(office.street)
    task = ordered(office, finding)
    today = timezone.localdate()
    assert (task.state, task.from_above) == (TaskState.ORDERED, True)
    assert task.due_on == working_days().nth_after(today, 10).day
    clerk, author = office.actor(Role.DISCLOSURE_OFFICE), office.actor(Role.AUTHOR)
    with pytest.raises(Forbidden, match="待签收"):
        carry_out.finish(author, task, "已公开", [PROOF])
    task = carry_out.receive(clerk, task, "正在核对金额", office.people[Role.AUTHOR])
    assert task.responsible == office.people[Role.AUTHOR]
    with pytest.raises(Forbidden, match="还没有证明材料"):
        carry_out.finish(author, task, "已公开")
    with pytest.raises(Forbidden, match="是空的"):
        carry_out.finish(author, task, "已公开", [("空.png", b"")])
    task = carry_out.finish(author, task, "已公开 2025 年度决算", [PROOF])
    assert filestore.read(task.proofs.get().digest) == PNG
    # What the department ordered the department confirms, not the office's own head.
    with pytest.raises(Forbidden, match="主管部门"):
        confirm.confirm(clerk, task)
    department = office.actor(Role.COMPETENT_DEPARTMENT)
    with pytest.raises(Forbidden, match="写明还差什么"):
        confirm.give_back(department, task, " ")
    task = confirm.give_back(department, task, "缺三公经费说明")
    assert task.state == TaskState.RETURNED
    task = carry_out.finish(author, task, "已补三公经费说明")
    # The watch has not looked again: then it must be said on what the confirmation rests.
    with pytest.raises(Forbidden, match="问题还在"):
        confirm.confirm(department, task)
    mended(finding)
    task = confirm.confirm(department, task)
    assert (task.state, task.closed_by) == (TaskState.CONFIRMED, department.person)
    assert [e.kind for e in task.events.all()] == [
        "ordered", "received", "done", "returned", "done", "confirmed",
    ]  # fmt: skip
    assert acts_of(task) == [
        f"rectification.{act}"
        for act in ("order", "receive", "add_proof", "finish", "give_back", "finish", "confirm")
    ]
    with pytest.raises(Forbidden, match="已改好"):
        order.withdraw(department, task, "弄错了")


def test_nobody_confirms_what_he_did_or_proved(office: Office) -> None:
    task = own(office)
    assert (task.state, task.from_above) == (TaskState.RECEIVED, False)
    clerk, author = office.actor(Role.DISCLOSURE_OFFICE), office.actor(Role.AUTHOR)
    carry_out.add_proof(clerk, task, *PROOF)
    task = carry_out.finish(author, task, "已公开")
    with pytest.raises(Forbidden, match="另一个人确认"):
        confirm.confirm(clerk, task)
    with pytest.raises(Forbidden, match="你没有这个角色"):
        confirm.confirm(author, task)
    second = make_person("second", "孙二", office.street, Role.DISCLOSURE_OFFICE)
    assert confirm.confirm(actor_of(second), task).state == TaskState.CONFIRMED


def test_a_wrong_proof_is_taken_off_before_it_is_reported(office: Office) -> None:
    task, author = own(office), office.actor(Role.AUTHOR)
    proof = carry_out.add_proof(author, task, *PROOF)
    again = carry_out.add_proof(author, task, *PROOF)
    assert again.name == "截图（2）.png"
    carry_out.remove_proof(author, proof)
    task = carry_out.finish(author, task, "已公开")
    with pytest.raises(Forbidden, match="待确认"):
        carry_out.remove_proof(author, again)


def test_a_finding_is_in_one_open_task_only(office: Office) -> None:
    finding = found(office.street)
    first = ordered(office, finding)
    with pytest.raises(Forbidden, match="已经列了整改"):
        own(office, finding)
    with pytest.raises(Forbidden, match=r"不是枕流街道的"):
        order.order(office.actor(Role.COMPETENT_DEPARTMENT), told(office.neighbour, finding))
    order.withdraw(office.actor(Role.COMPETENT_DEPARTMENT), first, "合并到另一件")
    assert own(office, finding).findings.get() == finding


def test_a_fault_that_comes_back_leads_to_the_old_task(office: Office) -> None:
    finding = found(office.street)
    task = ordered(office, finding)
    author = office.actor(Role.AUTHOR)
    carry_out.receive(author, task)
    mended(finding)
    # The watch saw it gone: proof enough.
    carry_out.finish(author, task, "已公开")
    confirm.confirm(office.actor(Role.COMPETENT_DEPARTMENT), task)
    back = found(office.street)
    assert ordered(office, back).previous == task
    assert ordered(office, found(office.street, "20-8")).previous is None


def test_extending_withdrawing_and_no_fault_want_a_reason(office: Office) -> None:
    finding = found(office.street)
    task, department = ordered(office, finding), office.actor(Role.COMPETENT_DEPARTMENT)
    clerk = office.actor(Role.DISCLOSURE_OFFICE)
    later = task.due_on + timedelta(days=7)
    with pytest.raises(Forbidden, match="要晚于"):
        order.extend(department, task, task.due_on, "等批复")
    for act in (order.withdraw, order.no_fault):
        with pytest.raises(Forbidden, match="写明"):
            act(department, task, " ")
        # The office does not take back what the department ordered.
        with pytest.raises(Forbidden, match="主管部门"):
            act(clerk, task, "不是我们的")
    with pytest.raises(Forbidden, match="主管部门"):
        order.extend(clerk, task, later, "等批复")
    task = order.extend(department, task, later, "等批复")
    event = task.events.last()
    assert event is not None
    assert (task.due_on, event.due_after) == (later, later)
    task = order.no_fault(department, task, "本机关没有单独预算")
    finding.refresh_from_db()
    assert (task.state, finding.state) == (TaskState.NO_FAULT, Standing.SET_ASIDE)
    assert finding.reason == "本机关没有单独预算"
    assert finding.set_aside_by == department.person


def test_only_who_may_sets_tasks_and_names_only_its_own_people(office: Office) -> None:
    for role in (Role.AUTHOR, Role.APPROVER, Role.SYSTEM_ADMIN):
        with pytest.raises(Forbidden):
            order.order(office.actor(role), told(office.street))
    clerk = office.actor(Role.DISCLOSURE_OFFICE)
    with pytest.raises(Forbidden, match="枕流街道"):
        order.order(clerk, told(office.neighbour))
    stranger = make_person("stranger", "外人", office.neighbour, Role.AUTHOR)
    with pytest.raises(Forbidden, match="外人不是听泉街道"):
        own(office, responsible=stranger)
    with pytest.raises(Forbidden, match="已经过了"):
        own(office, due_on=timezone.localdate() - timedelta(days=1))
    Agency.objects.filter(pk=office.neighbour.pk).update(ended_on=timezone.localdate())
    office.neighbour.refresh_from_db()
    with pytest.raises(Forbidden, match="撤销"):
        order.order(office.actor(Role.COMPETENT_DEPARTMENT), told(office.neighbour))
    task = own(office)
    with pytest.raises(Forbidden, match="外人不是听泉街道"):
        carry_out.name_responsible(clerk, task, stranger)
    named = carry_out.name_responsible(clerk, task, office.people[Role.AUTHOR])
    assert named.responsible == office.people[Role.AUTHOR]


def test_a_grave_finding_is_not_the_offices_to_judge(office: Office) -> None:
    grave = found(office.street, severity="error", rule="watch.column_blank_promised",
                  values={"column": "财政预算、决算", "rhythm": "每年", "due": "2026-09-30"})  # fmt: skip
    task, clerk = own(office, grave), office.actor(Role.DISCLOSURE_OFFICE)
    # It is proposed, and the task stays; a second time changes nothing.
    for _ in range(2):
        task = order.no_fault(clerk, task, "本机关没有单独预算")
        grave.refresh_from_db()
        assert (task.state, grave.state) == (TaskState.RECEIVED, Standing.OPEN)
        assert grave.proposed_by == clerk.person
    task = order.no_fault(office.actor(Role.COMPETENT_DEPARTMENT), task, "并入区财政局公开")
    grave.refresh_from_db()
    assert (task.state, grave.state) == (TaskState.NO_FAULT, Standing.SET_ASIDE)
