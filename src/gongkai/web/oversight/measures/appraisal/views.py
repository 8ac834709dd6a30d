"""What the public sees of appraisals: which there are, the questionnaire, the published result.

Nobody signs in and nothing personal is asked.  A page sent twice counts once (its token); one
device answers about an agency once a day (its cookie); one network address only so often an hour,
and after a few answers does a sum first, as where one asks for information.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.agencies.models import Agency
from gongkai.web.policies import Forbidden
from gongkai.web.public.shell import Crumb, has_columns
from gongkai.web.requests.asking import sums, tries

from ..acts import appraisals as acting
from ..models import Appraisal, AppraisalState
from ..questionnaire import DEFINITION, SCALE
from ..summary import summary_of
from .pages import FOLDER, for_everybody, show

COOKIE = "gk_appraised"
_SALT = "gongkai.appraisal"
_A_DAY = 24 * 3600


@for_everybody
@require_safe
def appraisals(request: HttpRequest) -> HttpResponseBase:
    """The appraisals that go on, and the results that were published."""
    today = timezone.localdate()
    begun = Appraisal.objects.exclude(state=AppraisalState.DRAFT).select_related("agency")
    return show(
        request,
        "list.html",
        title="社会评议",
        open=[one for one in begun if one.takes_answers(today)],
        coming=[one for one in begun if one.state == AppraisalState.OPEN and today < one.opens_on],
        published=[one for one in begun if one.state == AppraisalState.PUBLISHED],
    )


@for_everybody
@require_safe
def choose(request: HttpRequest, number: int) -> HttpResponseBase:
    """Which agency is appraised."""
    found = _found(number)
    if not found.takes_answers(timezone.localdate()):
        return _not_now(request, found)
    return show(
        request,
        "choose.html",
        title=found.title,
        crumbs=[(found.title, None)],
        appraisal=found,
        agencies=[one for one in found.agencies() if has_columns(one)],
    )


@for_everybody
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, number: int, slug: str) -> HttpResponseBase:
    """The questionnaire about one agency."""
    found, agency = _found(number), _agency(number, slug)
    if not found.takes_answers(timezone.localdate()):
        return _not_now(request, found)
    if _said_already(request, found, agency):
        return _thanks(request, found, agency, again=request.method == "POST")
    if request.method != "POST":
        return _asked(request, found, agency)
    given = {
        question["key"]: value
        for question in found.questions
        if (value := request.POST.get(question["key"], "")) in SCALE
    }
    token = _token(request, found, agency)
    problem = _why_not(request, given, token, _mark(found, agency))
    if problem or token is None:
        return _asked(request, found, agency, problem, given)
    try:
        acting.take(found, agency, token, given, request.POST.get("comment", ""))
    except Forbidden as refused:
        return _asked(request, found, agency, str(refused), given)
    tries.count(tries.APPRAISAL, request)
    response = HttpResponseRedirect(reverse("appraisal:form", args=[found.pk, agency.slug]))
    response.set_cookie(
        COOKIE,
        signing.dumps([*_appraised(request), _mark(found, agency)][-50:], salt=_SALT),
        max_age=_A_DAY,
        path=f"{settings.MOUNT}{FOLDER}",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


@for_everybody
@require_safe
def results(request: HttpRequest, number: int) -> HttpResponseBase:
    """The published result; nothing before it is published."""
    found = _found(number)
    if found.state != AppraisalState.PUBLISHED:
        raise Http404
    return show(
        request,
        "results.html",
        title=f"{found.title}结果",
        crumbs=[(f"{found.title}结果", None)],
        appraisal=found,
        summary=summary_of(found),
        scale=list(SCALE.values()),
        definition=DEFINITION,
    )


def _asked(
    request: HttpRequest,
    found: Appraisal,
    agency: Agency,
    problem: str = "",
    given: dict[str, str] | None = None,
) -> HttpResponseBase:
    name = str(uuid.uuid4())
    wanted = tries.sum_wanted(request, tries.APPRAISAL)
    question, sum_token = sums.ask(_mark(found, agency)) if wanted else ("", "")
    given = given or {}
    crumbs: list[Crumb] = [
        (found.title, f"{FOLDER}{found.pk}/"),
        (agency.short_name, None),
    ]
    return show(
        request,
        "form.html",
        title=f"评议{agency.name}",
        crumbs=crumbs,
        errors=1 if problem else 0,
        status=422 if problem else 200,
        appraisal=found,
        of=agency,
        problem=problem,
        questions=[
            {
                **one,
                "choices": [(v, label, given.get(one["key"]) == v) for v, label in SCALE.items()],
            }
            for one in found.questions
        ],
        comment=request.POST.get("comment", ""),
        most=acting.MOST_CHARACTERS,
        page=signing.dumps([name, found.pk, agency.pk], salt=_SALT),
        question=question,
        sum_token=sum_token,
    )


def _why_not(
    request: HttpRequest, given: dict[str, str], token: uuid.UUID | None, mark: str
) -> str:
    """What keeps an answer from being taken; "" where nothing does."""
    if not given:
        return "至少选一题。"
    if len(request.POST.get("comment", "")) > acting.MOST_CHARACTERS:
        return f"意见太长，最多 {acting.MOST_CHARACTERS} 字。"
    if token is None:
        return "这一页打开得太久，再交一次。选的、写的都还在。"
    if tries.too_many(tries.APPRAISAL, request):
        return f"这个网络地址一小时内交的评议太多，{tries.minutes_left()} 分钟以后再交。"
    if tries.sum_wanted(request, tries.APPRAISAL) and not sums.right(
        request.POST.get("answer", ""), request.POST.get("token", ""), mark
    ):
        return "加法没有算对，再算一次。可以写数字，也可以写汉字。"
    return ""


def _token(request: HttpRequest, found: Appraisal, agency: Agency) -> uuid.UUID | None:
    """What makes the page one, however often it is sent; None where it is not one of ours."""
    try:
        told: Any = signing.loads(request.POST.get("page", ""), salt=_SALT, max_age=_A_DAY)
        name, appraisal, about = told
        return uuid.UUID(name) if (appraisal, about) == (found.pk, agency.pk) else None
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _thanks(
    request: HttpRequest, found: Appraisal, agency: Agency, *, again: bool
) -> HttpResponseBase:
    return show(
        request,
        "thanks.html",
        title="评议已收到",
        crumbs=[(found.title, f"{FOLDER}{found.pk}/"), ("评议已收到", None)],
        appraisal=found,
        of=agency,
        again=again,
    )


def _not_now(request: HttpRequest, found: Appraisal) -> HttpResponseBase:
    today = timezone.localdate()
    return show(
        request,
        "closed.html",
        title=found.title,
        crumbs=[(found.title, None)],
        status=409 if request.method == "POST" else 200,
        appraisal=found,
        published=found.state == AppraisalState.PUBLISHED,
        over=found.over(today),
    )


def _said_already(request: HttpRequest, found: Appraisal, agency: Agency) -> bool:
    return _mark(found, agency) in _appraised(request)


def _appraised(request: HttpRequest) -> list[str]:
    """What this device answered today."""
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_A_DAY)
    except signing.BadSignature:
        return []
    return [str(one) for one in told] if isinstance(told, list) else []


def _mark(found: Appraisal, agency: Agency) -> str:
    return f"{found.pk}-{agency.pk}"


def _found(number: int) -> Appraisal:
    begun = Appraisal.objects.exclude(state=AppraisalState.DRAFT).select_related("agency")
    found = begun.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _agency(number: int, slug: str) -> Agency:
    agency = _found(number).agencies().filter(slug=slug).first()
    if agency is None or not has_columns(agency):
        raise Http404
    return agency
