"""Progress by code: where it stands, until when, the letters, what may be handed in."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.core.errors import HandlingError
from gongkai.core.letters import Addressee, letter_kind
from gongkai.core.remedies.means import Means, means
from gongkai.web.public import links
from gongkai.web.public.guide import competent_of

from ...acts.hand_in import letters_online, may_hand_in, record_reading
from ...letters import file_of
from ...models import DisclosureRequest, Letter, MessageKind, Paper
from ...papers import bytes_of
from ...views.clocks import clock_of_case
from ...views.weeks import weeks_of
from .. import key, telling, tries
from ..pages import for_everybody, private, show

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORMS = {"pdf": "application/pdf", "docx": _DOCX}
# In the order of the page: what is asked for first.
_OFFERED = (
    (MessageKind.CORRECTION, "交补正材料"),
    (MessageKind.REASONS, "说明理由"),
    (MessageKind.PAYMENT, "交缴费凭证"),
    (MessageKind.SUPPLEMENT, "补充说明或者材料"),
    (MessageKind.CONTACT, "改联系方式"),
    (MessageKind.WITHDRAWAL, "撤回申请"),
)
# So many of them are waited for; the others are free.
_ASKED_FOR = 3


@for_everybody
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponseBase:
    """Number and code, or the code alone, in a form; never in an address."""
    if request.method != "POST":
        return _door(request)
    number, code = request.POST.get("number", "")[:100], request.POST.get("code", "")[:100]
    if not code.strip():
        return _door(request, "填查询码。它在提交时的回执上，12 个字母和数字。", number)
    if tries.too_many(tries.WRONG_CODE, request):
        wait = f"错的次数太多，{tries.minutes_left()} 分钟以后再试。急的，打机关的电话，说编号。"
        return _door(request, wait, number, status=429)
    found = key.case_of_code(number, code)
    if found is None:
        tries.count(tries.WRONG_CODE, request)
        wrong = "没有找到。核对编号和查询码；查询码里没有数字 0、1 和字母 I、O。"
        return _door(request, wrong, number)
    return key.hold_open(private(HttpResponseRedirect(reverse("asking:case"))), found)


@for_everybody
@require_safe
def case(request: HttpRequest) -> HttpResponseBase:
    """The case that was opened."""
    found = key.opened(request)
    if found is None:
        return to_door()
    told = telling.account_told(found)
    offered = may_hand_in(told)
    first = next((line for line in _OFFERED[:_ASKED_FOR] if line[0] in offered), None)
    weeks, earlier = weeks_of(told)
    served = letters_online(found)
    competent = competent_of(found.agency)
    return opened_page(
        request,
        found,
        "case.html",
        title=f"申请进度：{found.number}",
        heading=telling.sentence(told),
        happenings=telling.happenings(told),
        told=told,
        clock=clock_of_case(told),
        weeks=weeks,
        earlier=earlier,
        letters=[_line(letter) for letter in served],
        means=_means(found, served),
        first=first,
        offered=[
            {"kind": kind.value, "label": label, "address": address_of(kind)}
            for kind, label in _OFFERED
            if kind in offered and (kind, label) != first
        ],
        messages=found.messages.all(),
        arrived=next((m for m in MessageKind if m.value == request.GET.get("arrived")), None),
        competent=competent,
        competent_path=links.agency_home(competent.slug) if competent else "",
    )


@for_everybody
@require_safe
def letter(request: HttpRequest, number: int) -> HttpResponseBase:
    """A letter served here, as PDF or Word; the first opening is recorded before it is sent."""
    found = key.opened(request)
    if found is None:
        return to_door()
    one = next((one for one in letters_online(found) if one.pk == number), None)
    if one is None or not _for_requester(one):
        raise Http404
    form = "docx" if request.GET.get("form") == "docx" else "pdf"
    data = file_of(one, form)
    record_reading(one)
    return _sent(data, f"{one.number or letter_kind(one.kind).label}.{form}", _FORMS[form])


@for_everybody
@require_safe
def paper(request: HttpRequest, number: int) -> HttpResponseBase:
    """What goes with a letter served here."""
    found = key.opened(request)
    if found is None:
        return to_door()
    for one in letters_online(found):
        if _for_requester(one) and one.enclosures.filter(pk=number).exists():
            enclosed = get_object_or_404(Paper, pk=number)
            data = bytes_of(enclosed)
            record_reading(one)
            return _sent(data, enclosed.name, enclosed.media_type)
    raise Http404


@for_everybody
@require_POST
def leave(request: HttpRequest) -> HttpResponseBase:
    """Close the case in this browser."""
    return key.close(private(HttpResponseRedirect(reverse("asking:progress"))))


def opened_page(
    request: HttpRequest, found: DisclosureRequest, template: str, **content: Any
) -> HttpResponseBase:
    """A page of the opened case; half an hour runs anew."""
    crumbs = content.pop("crumbs", [("申请进度", None)])
    page = show(request, template, agency=found.agency, crumbs=crumbs, case=found, **content)
    return key.hold_open(page, found) if isinstance(page, HttpResponse) else page


def to_door() -> HttpResponseBase:
    """Back to the code, where nothing is open or the half hour has passed."""
    return private(HttpResponseRedirect(f"{reverse('asking:progress')}?closed=1"))


def address_of(kind: MessageKind) -> str:
    """Where a kind of message is handed in."""
    if kind is MessageKind.CONTACT:
        return reverse("asking:contact")
    return reverse("asking:hand_in", args=[kind.value])


def _door(
    request: HttpRequest, problem: str = "", number: str = "", status: int = 422
) -> HttpResponseBase:
    return show(
        request,
        "progress.html",
        title="查申请进度",
        crumbs=[("查进度", None)],
        errors=1 if problem else 0,
        status=status if problem else 200,
        problem=problem,
        number=number,
        closed="closed" in request.GET and not problem,
        here=key.opened(request),
    )


def _line(one: Letter) -> dict[str, Any]:
    return {
        "letter": one,
        "label": letter_kind(one.kind).label,
        "papers": list(one.enclosures.all()),
        "unread": one.deliveries.filter(came_on=None).exists(),
    }


def _for_requester(one: Letter) -> bool:
    """Online deliveries are the requester's; a letter to somebody else never opens here."""
    return letter_kind(one.kind).addressee is Addressee.REQUESTER


def _means(found: DisclosureRequest, served: list[Letter]) -> tuple[Means, ...]:
    """What may be done against the outcome, by the law of the day of the reply."""
    if not found.outcome or found.served_on is None:
        return ()
    day = next((one.dated for one in served if one.dated), found.served_on)
    try:
        return means(found.outcome, day)
    except HandlingError:
        return ()


def _sent(data: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=name
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return private(response)
