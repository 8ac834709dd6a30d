"""The page of one request: next acts, the account of its limit, the course, the papers."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render

from gongkai.core.handling.clock import Account
from gongkai.core.handling.outcomes import Outcome, outcome_of
from gongkai.core.letters import letter_kind
from gongkai.core.personal_numbers import masked
from gongkai.web.policies import StaffRequest, staff

from ..acts.identity import may_view
from ..acts.split import splittable
from ..clock import account_of
from ..earlier import earlier_of
from ..models import DisclosureRequest, LetterState
from ..templatetags.law import short
from ..wishes import FormOfSupply, WayOfDelivery
from .clocks import day_words
from .course import ahead_of, course_of
from .found import found, head_of
from .next_acts import next_acts
from .weeks import weeks_of


@staff("request.read")
def case(request: StaffRequest, number: int) -> HttpResponseBase:
    """A request: what it is, where it stands, until when, and what can be done."""
    one = found(request, number)
    told = account_of(one)
    actor = request.actor
    may_handle = actor.may("request.handle", one.agency)
    weeks, cut = weeks_of(told)
    buttons = next_acts(actor, one, told)
    papers = list(one.papers.select_related("added_by"))
    letters = one.letters.exclude(state=LetterState.DISCARDED)
    context = {
        **head_of(one, told),
        "state_tone": _tone(told),
        "next": [button for button in buttons if not button.seldom],
        "seldom": [button for button in buttons if button.seldom],
        "ahead": ahead_of(one, told),
        "weeks": weeks,
        "weeks_cut": cut,
        "facts": _facts_of(told),
        "limits": [limit for limit in told.limits if limit.running or limit.late],
        "findings": told.findings,
        "changes": told.changes if not told.concluded_on else (),
        "course": course_of(one, may_handle),
        "papers": papers,
        "in_file": len(papers) + len(letters),
        "letters": [{"letter": letter, "kind": letter_kind(letter.kind)} for letter in letters],
        "phone": masked(one.requester.phone) if len(one.requester.phone) >= 7 else "",
        "form_of_supply": _label(FormOfSupply, one.form_of_supply),
        "way_of_delivery": _label(WayOfDelivery, one.way_of_delivery),
        "earlier": earlier_of(one) if may_handle else [],
        "messages_open": one.messages.filter(handled_at=None) if may_handle else [],
        "consultations": one.consultations.all(),
        "fees": one.fees.all(),
        "decision": _decision(one),
        "remarks": one.remarks.select_related("person"),
        "parts": one.parts.all(),
        "remedies": one.remedies.all() if actor.may("remedy.read", one.agency) else None,
        "may": {
            "view_identity": may_view(actor, one),
            "handle": may_handle,
            "export_file": actor.may("request.export_file", one.agency),
            "remedy": actor.may("remedy.record", one.agency),
            "split": actor.may("request.register", one.agency) and splittable(one),
        },
    }
    return render(request, "requests/case.html", context)


@staff("request.read")
def days(request: StaffRequest, number: int) -> HttpResponseBase:
    """逐日账: every day with whether it counts, why, and the article; to be printed."""
    one = found(request, number)
    told = account_of(one)
    weeks, _ = weeks_of(told)
    context = {**head_of(one, told), "facts": _facts_of(told), "weeks": weeks}
    return render(request, "requests/days.html", context)


def _facts_of(told: Account) -> list[dict[str, str]]:
    """The limit in a few lines: received, used, taken out, due."""
    today = told.today
    lines = []
    if told.received_on:
        basis = f"{told.receipt.says}（{short(told.receipt.citation)}）"
        lines.append(
            {"label": "收到之日", "text": day_words(told.received_on, today), "note": basis}
        )
    else:
        note = f"{told.receipt.says}（{short(told.receipt.citation)}）"
        lines.append({"label": "收到之日", "text": "未定", "note": note})
    if told.course.round:
        lines.append({"label": "已用", "text": f"{told.used} 个工作日", "note": ""})
    for pause in told.pauses:
        ended = pause.ended_on
        until = day_words(ended, today) if ended else "收到意见"
        what = f"{pause.kind.label}{'（' + pause.party + '）' if pause.party else ''}"
        text = f"{day_words(pause.sent_on, today)}发出，到{until}不计"
        lines.append({"label": "停计", "text": text, "note": f"{what}（第三十三条）"})
    limit = told.course.round
    if limit and limit.extended_on:
        text = f"{limit.extension} 个工作日"
        note = f"{day_words(limit.extended_on, today)}告知（第三十三条）"
        lines.append({"label": "延长", "text": text, "note": note})
    if told.due_on:
        count = "" if limit and limit.until else f"第 {limit.in_full} 个工作日" if limit else ""
        note = "　".join(filter(None, [count, f"暂定：{told.why}" if told.why else ""]))
        lines.append({"label": "到期", "text": day_words(told.due_on, today), "note": note})
    else:
        lines.append({"label": "到期", "text": "现在没有到期日", "note": told.says})
    return lines


def _tone(told: Account) -> str:
    if told.concluded_on:
        return "ok"
    return "info"


def _label(kinds: Any, value: str) -> str:
    return str(kinds(value).label) if value in kinds.values else value


def _decision(case: DisclosureRequest) -> dict[str, Any] | None:
    standing = case.decisions.filter(superseded_at=None).select_related("made_by").first()
    if standing is None:
        return None
    rule = outcome_of(Outcome(standing.outcome))
    return {"decision": standing, "rule": rule}
