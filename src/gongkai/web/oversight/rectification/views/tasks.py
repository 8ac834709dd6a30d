"""The page of a task and what is done on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.web import filestore
from gongkai.web.oversight.watching.models import Standing
from gongkai.web.policies import StaffRequest, staff
from gongkai.web.registers.days import working_days
from gongkai.web.remedies.views.asking import sent, taken

from ..acts import carry_out, confirm, moving, order
from ..clock import clock_of
from ..course import course_of
from ..forms.tasks import ExtendForm, FinishForm, NameForm, ReceiveForm, WordsForm
from ..models import Proof, RectificationTask, TaskState
from .found import HERE, address_of, ask, found_task

_RECTIFY = "oversight.rectify"


@staff("oversight.read")
def task(request: StaffRequest, number: int) -> HttpResponseBase:
    """One task: what is wrong, its course, what comes next."""
    one = found_task(request, number)
    today, days = timezone.localdate(), working_days()
    findings = list(one.findings.order_by("pk"))
    orders = moving.orders(request.actor, one)
    rectifies = request.actor.may(_RECTIFY, one.agency)
    in_hand = one.state in (TaskState.RECEIVED, TaskState.RETURNED)
    context = {
        "here": HERE,
        "tab": "rectification",
        "task": one,
        "clock": clock_of(one, today, days),
        "course": course_of(one, today, days),
        "findings": findings,
        "gone": carry_out.seen_gone(one),
        "judged": bool(findings) and all(f.state == Standing.SET_ASIDE for f in findings),
        "proofs": one.proofs.select_related("added_by"),
        "notices": one.notices.all(),
        "returns": one.returns.all(),
        "look": _LOOKS.get(TaskState(one.state), "info"),
        "may_receive": rectifies and one.state == TaskState.ORDERED,
        "may_finish": rectifies and in_hand,
        "may_name": rectifies and (in_hand or one.state == TaskState.ORDERED),
        "may_confirm": one.state == TaskState.DONE and confirm.may_confirm(request.actor, one),
        "waits_for_another": one.state == TaskState.DONE
        and request.actor.person.pk in confirm.doers(one),
        "may_order": orders and one.is_open,
        "may_issue": orders and one.is_open and one.from_above,
    }
    return render(request, "rectification/task.html", context)


@staff(_RECTIFY)
def receive(request: StaffRequest, number: int) -> HttpResponseBase:
    """Sign for it."""
    one = _of(request, number, _RECTIFY)
    form = ReceiveForm(one.agency, request.POST or None, initial={"responsible": one.responsible})
    return _asked(
        request, one, form, "签收", "签收", "已签收。",
        lambda: carry_out.receive(request.actor, one, **form.cleaned_data),
    )  # fmt: skip


@staff(_RECTIFY)
def name(request: StaffRequest, number: int) -> HttpResponseBase:
    """Say who answers for it."""
    one = _of(request, number, _RECTIFY)
    form = NameForm(one.agency, request.POST or None, initial={"person": one.responsible})
    return _asked(
        request, one, form, "定责任人", "保存", "已定责任人。",
        lambda: carry_out.name_responsible(request.actor, one, form.cleaned_data["person"]),
    )  # fmt: skip


@staff(_RECTIFY)
def finish(request: StaffRequest, number: int) -> HttpResponseBase:
    """Report it done."""
    one = _of(request, number, _RECTIFY)
    form = FinishForm(request.POST or None, request.FILES or None)

    def act() -> None:
        files = [(str(file.name), file.read()) for file in form.cleaned_data["proofs"]]
        carry_out.finish(request.actor, one, form.cleaned_data["words"], files)

    return _asked(
        request, one, form, "报改好", "报改好", "已报改好，等另一人确认。", act,
        proofs=one.proofs.all(), gone=carry_out.seen_gone(one), keep=f"finish-{one.pk}",
    )  # fmt: skip


@require_POST
@staff(_RECTIFY)
def remove_proof(request: StaffRequest, number: int, proof: int) -> HttpResponseBase:
    """Take a wrong file off."""
    one = _of(request, number, _RECTIFY)
    carry_out.remove_proof(request.actor, _proof(one, proof))
    messages.success(request, "已去掉。")
    return redirect(address_of(one))


@staff("oversight.read")
def proof(request: StaffRequest, number: int, proof: int) -> HttpResponseBase:
    """A proof to take away."""
    kept = _proof(found_task(request, number), proof)
    return sent(filestore.read(kept.digest), kept.name, kept.media_type)


@staff("oversight.confirm")
def confirmed(request: StaffRequest, number: int) -> HttpResponseBase:
    """Another confirms that it is mended."""
    one = _of(request, number, "oversight.confirm")
    form = WordsForm("确认的依据", request.POST or None, optional=True)
    return _asked(
        request, one, form, "确认改好", "确认改好", "已确认改好。",
        lambda: confirm.confirm(request.actor, one, form.cleaned_data["words"]),
        proofs=one.proofs.all(), gone=carry_out.seen_gone(one), told=one.done_words,
    )  # fmt: skip


@staff("oversight.confirm")
def give_back(request: StaffRequest, number: int) -> HttpResponseBase:
    """Not mended yet."""
    one = _of(request, number, "oversight.confirm")
    form = WordsForm("还差什么", request.POST or None)
    return _asked(
        request, one, form, "退回再改", "退回再改", "已退回再改。",
        lambda: confirm.give_back(request.actor, one, form.cleaned_data["words"]),
        proofs=one.proofs.all(), told=one.done_words,
    )  # fmt: skip


@staff("oversight.task")
def extend(request: StaffRequest, number: int) -> HttpResponseBase:
    """A later day."""
    one = _of(request, number, "oversight.task")
    form = ExtendForm(request.POST or None)

    def act() -> None:
        facts = form.cleaned_data
        order.extend(request.actor, one, facts["until"], facts["words"])

    return _asked(request, one, form, "延长期限", "延长", "期限已延长。", act)


@staff("oversight.task")
def withdraw(request: StaffRequest, number: int) -> HttpResponseBase:
    """It need not be done."""
    one = _of(request, number, "oversight.task")
    form = WordsForm("撤回的原因", request.POST or None)
    return _asked(
        request, one, form, "撤回整改", "撤回", "已撤回。",
        lambda: order.withdraw(request.actor, one, form.cleaned_data["words"]),
    )  # fmt: skip


@staff("oversight.task")
def no_fault(request: StaffRequest, number: int) -> HttpResponseBase:
    """What was found is no fault."""
    one = _of(request, number, "oversight.task")
    judged = one.findings.filter(state=Standing.SET_ASIDE).order_by("-set_aside_at").first()
    initial = {"words": judged.reason if judged else ""}
    form = WordsForm("不是问题的理由", request.POST or None, initial=initial)

    def act() -> None:
        if order.no_fault(request.actor, one, form.cleaned_data["words"]).is_open:
            messages.success(request, "已提出不是问题，等主管部门判断；判断以前这件整改还在。")
        else:
            messages.success(request, "已关闭，以后不再报。")

    return _asked(request, one, form, "不是问题", "关闭，以后不再报", "", act)


_LOOKS = {
    TaskState.ORDERED: "warn",
    TaskState.RECEIVED: "info",
    TaskState.RETURNED: "back",
    TaskState.DONE: "info",
    TaskState.CONFIRMED: "ok",
    TaskState.NO_FAULT: "plain",
    TaskState.WITHDRAWN: "plain",
}


def _of(request: StaffRequest, number: int, act: str) -> RectificationTask:
    one = found_task(request, number)
    request.actor.require(act, one.agency)
    return one


def _proof(one: RectificationTask, number: int) -> Proof:
    kept = one.proofs.filter(pk=number).first()
    if kept is None:
        raise Http404
    return kept


def _asked(
    request: StaffRequest,
    one: RectificationTask,
    form: forms.Form,
    title: str,
    button: str,
    said: str,
    act: Callable[[], Any],
    **context: Any,
) -> HttpResponseBase:
    """Ask, do, say, and go back to the task."""
    if taken(request, form, act):
        if said:
            messages.success(request, said)
        return redirect(address_of(one))
    return ask(request, one, form, title, button, **context)
