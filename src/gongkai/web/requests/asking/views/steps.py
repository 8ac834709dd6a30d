"""Steps two to four: what, who, check; then the receipt.

Each step is kept as it is sent, right or wrong, before anything else happens.  What the check
page shows is what is submitted: where the draft changed meanwhile, it is shown again.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.web.agencies.models import Agency
from gongkai.web.policies import Forbidden, public

from ...acts import submit as act
from ...kept_files import IDENTITY_KINDS, discard
from ...models import PaperKind
from ...wishes import FormOfSupply, WayOfDelivery
from .. import drafts, sums, tries
from ..drafts import Draft
from ..forms import OrganisationForm, PersonForm, WhatForm, WhoForm
from ..pages import private, show
from ..suggestions import may_be_public
from ..uploads import bounded, take
from .choose import agency_of

PERSON, ORGANISATION = "person", "organisation"
_FILES = ("identity", "authorisation")
_FILE_KINDS = {"identity": PaperKind.IDENTITY, "authorisation": PaperKind.AUTHORISATION}
_STEPS = (
    ("agency", "向谁申请"),
    ("what", "要什么信息"),
    ("who", "您是谁"),
    ("check", "核对、提交"),
)

View = Callable[[HttpRequest, Agency, Draft], HttpResponseBase]


def step(view: View) -> Callable[[HttpRequest, str], HttpResponseBase]:
    """A step, with the agency and the draft; back to the agency where it takes nothing online."""

    @wraps(view)
    def opened(request: HttpRequest, slug: str) -> HttpResponseBase:
        found = agency_of(slug)
        draft = drafts.of(request, found)
        if act.why_not_online(found):
            return _to("agency", found)
        if draft.submitted:
            return _to("receipt", found)
        return view(request, found, draft)

    return opened


@public
@require_http_methods(["GET", "HEAD", "POST"])
@step
def what(request: HttpRequest, agency: Agency, draft: Draft) -> HttpResponseBase:
    """要什么信息: what is asked for, and whether it may be public already."""
    if request.method != "POST":
        form = WhatForm(initial=draft.what)
        return _shown(request, agency, draft, "what", form, suggested=[])
    draft.what = _typed(request, WhatForm.base_fields)
    if "save" in request.POST:
        return _saved(request, agency, draft, "what")
    form = WhatForm(draft.what)
    if not form.is_valid():
        return drafts.keep(
            request, _shown(request, agency, draft, "what", form, suggested=[]), agency, draft
        )
    description = form.cleaned_data["description"]
    suggested = may_be_public(description, agency)
    # Shown once for these words, then the requester goes on as he wishes.
    if suggested and request.POST.get("seen") != _seen(suggested):
        page = _shown(request, agency, draft, "what", form, suggested=suggested)
        return drafts.keep(request, page, agency, draft)
    return drafts.keep(request, _to("who", agency), agency, draft)


@public
@require_POST
def suggest(request: HttpRequest, slug: str) -> HttpResponseBase:
    """可能已经公开, while it is typed; sent as a form, so that no address holds the words."""
    agency = agency_of(slug)
    suggested = may_be_public(request.POST.get("description", "")[:1000], agency)
    return show(
        request,
        "suggested.html",
        title="",
        agency=agency,
        suggested=suggested,
        seen=_seen(suggested),
    )


@public
@bounded
@require_http_methods(["GET", "HEAD", "POST"])
@step
def who(request: HttpRequest, agency: Agency, draft: Draft) -> HttpResponseBase:
    """您是谁: a person or an organisation, with proof and contact."""
    if request.method != "POST":
        return _shown(request, agency, draft, "who", _who_form(draft))
    kept, refused = take(request, _FILES, IDENTITY_KINDS, sealed=True)
    before = _form_class(draft)
    draft.who |= _typed(request, before.base_fields)
    for field, file in kept:
        _let_go(draft, field)
        draft.files[field] = file
    if request.POST.get("remove") in draft.files:
        _let_go(draft, request.POST["remove"])
        return drafts.keep(request, _to("who", agency), agency, draft)
    if request.POST.get("as") in (PERSON, ORGANISATION):
        _change_kind(draft, request.POST["as"])
        return drafts.keep(request, _to("who", agency), agency, draft)
    if "save" in request.POST and not refused:
        return _saved(request, agency, draft, "who")
    form = _who_form(draft, draft.who, refused)
    if not form.is_valid():
        page = _shown(request, agency, draft, "who", form)
        return drafts.keep(request, page, agency, draft)
    return drafts.keep(request, _to("check", agency), agency, draft)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@step
def check(request: HttpRequest, agency: Agency, draft: Draft) -> HttpResponseBase:
    """核对、提交: everything once more; then it is sent."""
    asked, requester = WhatForm(draft.what), _who_form(draft, draft.who)
    if not asked.is_valid():
        return _to("what", agency)
    if not requester.is_valid():
        return _to("who", agency)
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
    return _to("receipt", agency)


@public
@require_safe
def receipt(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The receipt with number and code; for half an hour, in the browser that sent it."""
    agency = agency_of(slug)
    draft = drafts.of(request, agency)
    found = act.receipt_of(uuid.UUID(draft.submission)) if draft.submitted else None
    if found is None:
        return _to("agency", agency)
    return show(
        request,
        "receipt.html",
        title=f"已收到：{found.case.number}",
        agency=agency,
        crumbs=[("回执", None)],
        case=found.case,
        code=found.code,
    )


@public
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Throw the draft or the receipt of this browser away."""
    agency = agency_of(slug)
    drafts.drop(request, agency)
    return _to("what" if "again" in request.POST else "agency", agency)


def _shown(
    request: HttpRequest, agency: Agency, draft: Draft, name: str, form: forms.Form, **more: Any
) -> HttpResponseBase:
    headings = {"what": "您要什么信息？", "who": "您是谁？"}
    if "suggested" in more:
        more["seen"] = _seen(more["suggested"])
    return show(
        request,
        f"{name}.html",
        title=f"申请公开：{dict(_STEPS)[name]}",
        agency=agency,
        crumbs=[(agency.short_name, _path("agency", agency)), (dict(_STEPS)[name], None)],
        errors=len(form.errors),
        status=422 if form.errors else 200,
        heading=headings[name],
        steps=_steps(name, agency),
        form=form,
        draft=draft,
        organisation=isinstance(form, OrganisationForm),
        just_saved="saved" in request.GET,
        **more,
    )


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
        crumbs=[(agency.short_name, _path("agency", agency)), ("核对、提交", None)],
        errors=1 if problem else 0,
        status=422 if problem else 200,
        steps=_steps("check", agency),
        problem=problem,
        draft=draft,
        form_of_supply=FormOfSupply(asked.cleaned_data["form_of_supply"]).label,
        way_of_delivery=WayOfDelivery(asked.cleaned_data["way_of_delivery"]).label,
        asked=asked.cleaned_data,
        requester=requester.requester(),
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


def _saved(request: HttpRequest, agency: Agency, draft: Draft, name: str) -> HttpResponseBase:
    draft.saved = True
    response = HttpResponseRedirect(f"{_address(name, agency)}?saved=1")
    return drafts.keep(request, private(response), agency, draft)


def _typed(request: HttpRequest, fields: dict[str, forms.Field]) -> dict[str, str]:
    """What was typed, as it was; a cap against what no field could mean."""
    names = [name for name, field in fields.items() if not isinstance(field, forms.FileField)]
    return {name: request.POST.get(name, "").replace("\x00", "")[:20_000] for name in names}


def _form_class(draft: Draft) -> type[WhoForm]:
    return OrganisationForm if draft.who.get("as") == ORGANISATION else PersonForm


def _who_form(
    draft: Draft, data: dict[str, str] | None = None, refused: dict[str, str] | None = None
) -> WhoForm:
    way = draft.what.get("way_of_delivery", "")
    form = _form_class(draft)
    return form(data, way=way, held=draft.files, refused=refused, initial=draft.who)


def _change_kind(draft: Draft, wanted: str) -> None:
    """As a person or as an organisation: each with a name of its own, the rest stays."""
    was = draft.who.get("as", PERSON)
    draft.who[f"{was}_name"] = draft.who.get("name", "")
    draft.who |= {"as": wanted, "name": draft.who.get(f"{wanted}_name", "")}


def _let_go(draft: Draft, field: str) -> None:
    if field in draft.files:
        discard(draft.files.pop(field))


def _seen(suggested: list[Any]) -> str:
    return ",".join(str(publication.pk) for publication in suggested)


def _steps(here: str, agency: Agency) -> list[dict[str, Any]]:
    places = [name for name, _ in _STEPS]
    return [
        {
            "label": label,
            "done": places.index(name) < places.index(here),
            "here": name == here,
            "address": _address(name, agency),
        }
        for name, label in _STEPS
    ]


def _address(name: str, agency: Agency) -> str:
    return reverse(f"asking:{name}", args=[agency.slug])


def _path(name: str, agency: Agency) -> str:
    """The address of a step as the frame of the page wants it, below the mount."""
    return _address(name, agency).removeprefix(reverse("public:home"))


def _to(name: str, agency: Agency) -> HttpResponseBase:
    return private(HttpResponseRedirect(_address(name, agency)))
