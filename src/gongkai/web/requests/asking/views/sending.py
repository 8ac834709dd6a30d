"""Step four, and the receipt: everything once more, then it is sent.

What the page of checking shows is what is submitted: where the draft changed meanwhile, it is
shown again.
"""

from __future__ import annotations

import uuid

from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.web.agencies.models import Agency
from gongkai.web.policies import Forbidden

from ...acts import submit as act
from ...models import PaperKind
from ...wishes import DocumentKind, FormOfSupply, WayOfDelivery
from .. import drafts, sums, tries
from ..drafts import Draft
from ..forms import WhatForm, WhoForm
from ..pages import for_everybody, show
from .choose import agency_of
from .step import path_of, step, steps_at, to, who_form

_FILE_KINDS = {"identity": PaperKind.IDENTITY, "authorisation": PaperKind.AUTHORISATION}


@for_everybody
@require_http_methods(["GET", "HEAD", "POST"])
@step
def check(request: HttpRequest, agency: Agency, draft: Draft) -> HttpResponseBase:
    """核对、提交: everything once more; then it is sent."""
    asked, requester = WhatForm(draft.what), who_form(draft, draft.who)
    if not asked.is_valid():
        return to("what", agency)
    if not requester.is_valid():
        return to("who", agency)
    if request.method != "POST":
        return _checked(request, agency, draft, asked, requester)
    problem = _why_not_now(request, draft)
    if problem:
        return _checked(request, agency, draft, asked, requester, problem)
    told = asked.cleaned_data
    submission = uuid.UUID(draft.submission)
    try:
        act.submit(
            agency,
            submission,
            {
                "description": told["description"],
                "form_of_supply": told["form_of_supply"],
                "way_of_delivery": told["way_of_delivery"],
                "help_needed": told["help_needed"],
            },
            requester.requester(),
            [(_FILE_KINDS[field], file) for field, file in draft.files.items()],
        )
    except Forbidden as refused:
        return _checked(request, agency, draft, asked, requester, str(refused))
    tries.count(tries.SUBMISSION, request)
    drafts.close(request, agency, draft)
    return to("receipt", agency)


@for_everybody
@require_safe
def receipt(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The receipt with number and code; for half an hour, in the browser that sent it."""
    agency = agency_of(slug)
    draft = drafts.of(request, agency)
    found = act.receipt_of(uuid.UUID(draft.submission)) if draft.submitted else None
    if found is None:
        return to("agency", agency)
    return show(
        request,
        "receipt.html",
        title=f"已收到：{found.case.number}",
        agency=agency,
        crumbs=[("回执", None)],
        case=found.case,
        code=found.code,
    )


@for_everybody
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Throw the draft or the receipt of this browser away."""
    agency = agency_of(slug)
    drafts.drop(request, agency)
    return to("what" if "again" in request.POST else "agency", agency)


def _checked(
    request: HttpRequest,
    agency: Agency,
    draft: Draft,
    asked: WhatForm,
    requester: WhoForm,
    problem: str = "",
) -> HttpResponseBase:
    question, token = sums.ask(draft.submission) if tries.sum_wanted(request) else ("", "")
    return show(
        request,
        "check.html",
        title="申请公开：核对、提交",
        agency=agency,
        crumbs=[(agency.short_name, path_of("agency", agency)), ("核对、提交", None)],
        errors=1 if problem else 0,
        status=422 if problem else 200,
        steps=steps_at("check", agency),
        problem=problem,
        draft=draft,
        form_of_supply=_label(FormOfSupply, asked.cleaned_data["form_of_supply"]),
        way_of_delivery=_label(WayOfDelivery, asked.cleaned_data["way_of_delivery"]),
        asked=asked.cleaned_data,
        requester=requester.requester(),
        document_kind=_label(DocumentKind, requester.cleaned_data.get("document_kind", "")),
        question=question,
        token=token,
    )


def _why_not_now(request: HttpRequest, draft: Draft) -> str:
    """What keeps a checked request from being submitted at this moment; "" where nothing does."""
    if act.receipt_of(uuid.UUID(draft.submission)) is not None:
        return ""
    if request.POST.get("checked") != draft.digest:
        return "在另一个窗口里改过内容，所以没有提交。下面是现在的内容，再核对一次。"
    if tries.too_many(tries.SUBMISSION, request):
        return (
            f"这个网络地址一小时内提交的申请太多，{tries.minutes_left()} 分钟以后再提交。"
            "填的内容已保留；也可以寄信或者当面申请。"
        )
    if tries.sum_wanted(request) and not sums.right(
        request.POST.get("answer", ""), request.POST.get("token", ""), draft.submission
    ):
        return "加法没有算对，再算一次。可以写数字，也可以写汉字。"
    return ""


def _label(choices: type[TextChoices], value: str) -> str:
    return dict(choices.choices).get(value, value)
