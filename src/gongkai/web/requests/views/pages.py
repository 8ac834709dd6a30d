"""How a screen does an act: the reason of a refusal stands at the form, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.policies import Forbidden, StaffRequest

from ..models import DisclosureRequest, Event
from .found import head_of

T = TypeVar("T")

# What each page is called, by the name of its template.
HEADINGS = {
    "add_paper": "加材料",
    "answer": "登记意见",
    "answers": "征求的意见",
    "archive": "归档",
    "arrived": "登记签收、退回",
    "assign": "分办",
    "code": "重发查询码",
    "conclude": "终止（其他处理）",
    "confirm": "登记双方确认",
    "consult_agency": "征求其他机关意见",
    "consult_third_party": "征求第三方意见",
    "contact": "改联系方式",
    "corrected": "登记收到补正",
    "correction": "告知补正",
    "delay": "延迟答复",
    "deliver": "送达",
    "discard": "作废文书",
    "extend": "延长答复期限",
    "fee": "信息处理费",
    "fee_paid": "登记缴费",
    "lapsed": "逾期终止",
    "letter_facts": "文书要素",
    "letter_text": "改正文",
    "message": "申请人来件",
    "other_letter": "另写文书",
    "reasons": "要求说明理由",
    "reasons_given": "登记申请人的理由",
    "sealed_paper": "查看加密材料",
    "search": "记检索",
    "sign": "签发",
    "split": "拆分申请",
    "turn_public": "转为主动公开",
    "undo": "撤销",
    "withdraw": "登记撤回",
}


def attempt(form: forms.Form, act: Callable[[], T]) -> T | None:
    """What the act gives; None where it refused: then its reason stands at the form."""
    try:
        return act()
    except (Forbidden, OutOfTurn) as refusal:
        form.add_error(None, str(refusal))
        return None


def ask(
    request: StaffRequest, case: DisclosureRequest, form: forms.Form, name: str, **more: Any
) -> HttpResponseBase:
    """The page of one act on one request."""
    context = {**head_of(case), "form": form, "heading": HEADINGS[name], **more}
    status = 422 if form.errors else 200
    return render(request, f"requests/{name}.html", context, status=status)


def to_case(
    request: StaffRequest, case: DisclosureRequest, said: str, undo: Event | None = None
) -> HttpResponseBase:
    """Back to the request with what was done, and a way to undo it where there is one."""
    tag = f"undo:{reverse('requests:undo', args=[case.pk])}" if undo else ""
    messages.success(request, said, extra_tags=tag)
    return redirect("requests:case", case.pk)
