"""定办理结果: the questions of the law one at a time, what follows, and the choice itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.core.handling.guide import First, Proposal, Question
from gongkai.core.handling.outcomes import Outcome, outcome_of
from gongkai.core.letters import letter_kind
from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.policies import StaffRequest, staff

from ..acts import add_paper as filing
from ..acts import decide as choosing
from ..acts import draft_letter as drafting
from ..forms.decide import (
    DecisionForm,
    OtherOutcomeForm,
    PartsForm,
    SupplyForm,
    unmet_by_facts,
)
from ..letter_facts import facts_of_case
from ..letters import stored_facts
from ..models import Decision, DisclosureRequest, Letter, Paper, PaperKind
from .found import found, head_of
from .guide import Walk, leads_of, made_of, walk
from .pages import attempt

_KEPT = "guide"
# What must come first, and where it is done.
_FIRST = {
    "ask_for_correction": ("correction", "去写补正告知书"),
    "ask_for_reasons": ("reasons", "去写说明理由告知书"),
    "consult_agency": ("consult_agency", "去征求其他机关意见"),
    "consult_third_party": ("consult_third_party", "去征求第三方意见"),
    "search": ("search", "去记检索"),
}
# Art. 41 has a procedure of its own, which knows no number of this case.
_OWN_PROCEDURE = {"correct_own_record": ("remedies:correction_new", "去登记更正记录")}


@staff("request.handle")
def decide(request: StaffRequest, number: int) -> HttpResponseBase:
    """One question of the law at a time; at the end the outcome with everything it needs."""
    case = found(request, number)
    request.actor.require("request.handle", case.agency)
    if case.concluded_on:
        raise OutOfTurn(f"这件申请 {case.concluded_on} 已经办结，不能再定办理结果。")
    standing = case.decisions.filter(superseded_at=None).first()
    given = _given(request, case, standing)
    taken = walk(given)
    if "save" in request.GET:
        request.session[_key(case)] = taken.answers
        messages.success(request, "回答已保存，下次接着答。")
        return redirect("requests:case", case.pk)
    chosen = request.GET.get("outcome", "") or request.POST.get("outcome", "")
    proposal = taken.led if isinstance(taken.led, Proposal) else None
    outcome = _outcome(chosen, proposal)
    if outcome is not None:
        return _choose(request, case, taken, outcome, standing)
    context = {
        **head_of(case),
        "walk": taken,
        "question": taken.led if isinstance(taken.led, Question) else None,
        "first": taken.led if isinstance(taken.led, First) else None,
        "go": _where(case, taken.led),
        "nth": len(taken.answered) + 1,
        "answers": leads_of(taken.led) if isinstance(taken.led, Question) else [],
        "other": OtherOutcomeForm(),
        "standing": outcome_of(standing.outcome) if standing else None,
        "searches": case.searches.all(),
    }
    return render(request, "requests/decide.html", context)


def _given(
    request: StaffRequest, case: DisclosureRequest, standing: Decision | None
) -> dict[str, str]:
    """The answers of the address; where it has none, those kept, or of the standing decision."""
    sent = request.POST if request.method == "POST" else request.GET
    given = {name: str(value) for name, value in sent.items()}
    if given:
        return given
    kept: dict[str, str] | None = request.session.get(_key(case))
    if kept:
        return kept
    return dict(standing.answers) if standing and "again" in request.GET else {}


def _key(case: DisclosureRequest) -> str:
    return f"{_KEPT}-{case.pk}"


def _outcome(chosen: str, proposal: Proposal | None) -> Outcome | None:
    if chosen in list(Outcome):
        return Outcome(chosen)
    return proposal.outcome if proposal else None


def _where(case: DisclosureRequest, led: Any) -> tuple[str, str] | None:
    if not isinstance(led, First):
        return None
    if led.act in _OWN_PROCEDURE:
        address, words = _OWN_PROCEDURE[led.act]
        return reverse(address), words
    if led.act not in _FIRST:
        return None
    name, words = _FIRST[led.act]
    return reverse(f"requests:{name}", args=[case.pk]), words


def _choose(
    request: StaffRequest,
    case: DisclosureRequest,
    taken: Walk,
    outcome: Outcome,
    standing: Decision | None,
) -> HttpResponseBase:
    """The last screen: what the reply says and the file must hold, then the choice."""
    proposal = taken.led if isinstance(taken.led, Proposal) else None
    kind = letter_kind(outcome_of(outcome).letter or "reply_disclosed")
    of_case = stored_facts(kind.id, facts_of_case(case))
    before = dict(standing.facts) if standing and standing.outcome == outcome else {}
    parts = list(standing.withheld) if standing and standing.outcome == outcome else []
    more = 1 if "more" in request.POST else 0
    sent = request.POST if request.method == "POST" else None
    partly = outcome is Outcome.PARTLY_DISCLOSED
    parts_form = PartsForm(parts, sent, more=more) if partly else None
    supplies = outcome in (Outcome.DISCLOSED, Outcome.PARTLY_DISCLOSED)
    supply = SupplyForm(case, sent, request.FILES or None) if supplies else None
    empty = made_of(case, outcome, proposal, {}, [], head_of(case)["today"])
    needed = unmet_by_facts(case, kind, (one.requirement for one in empty.needed))
    otherwise = bool(taken.answers) and (proposal is None or proposal.outcome is not outcome)
    form = DecisionForm(
        kind, {**of_case, **before}, needed, sent, known=of_case, otherwise=otherwise
    )
    written = parts_form.told() if parts_form and sent and parts_form.is_valid() else parts
    ok = form.is_valid() if sent is not None else False
    told = form.told() if ok else before
    ok = ok and all(one is None or one.is_valid() for one in (parts_form, supply))
    if ok and not more:
        letter = attempt(
            form,
            lambda: _decided(request, case, outcome, taken, form, written, supply),
        )
        if letter is not None:
            request.session.pop(_key(case), None)
            messages.success(request, f"办理结果定为“{outcome.label}”，核对答复再送审。")
            return redirect("requests:letter", case.pk, letter.pk)
        if not form.errors:
            request.session.pop(_key(case), None)
            messages.success(request, f"办理结果定为“{outcome.label}”，由另一个人同意后终止。")
            return redirect("requests:case", case.pk)
    wrong = (sent is not None and not more and not ok) or bool(form.non_field_errors())
    context = {
        **head_of(case),
        "walk": taken,
        "proposal": proposal,
        "outcome": outcome,
        "made": made_of(case, outcome, proposal, told, written, head_of(case)["today"]),
        "form": form,
        "parts": parts_form,
        "supply": supply,
        "part_errors": parts_form.errors() if parts_form and sent and not more else [],
        "other": OtherOutcomeForm(initial={"outcome": outcome.value}),
        "wrong": wrong,
    }
    return render(request, "requests/outcome.html", context, status=422 if wrong else 200)


@transaction.atomic
def _decided(
    request: StaffRequest,
    case: DisclosureRequest,
    outcome: Outcome,
    taken: Walk,
    form: DecisionForm,
    withheld: list[dict[str, str]],
    supply: SupplyForm | None,
) -> Letter | None:
    """Choose, and begin the reply; None where no letter of the law follows."""
    proposal = taken.led if isinstance(taken.led, Proposal) else None
    enclosures = _supplied(request, case, supply)
    choosing.decide(
        request.actor,
        case,
        outcome,
        answers=taken.answers,
        circumstances=proposal.circumstances if proposal else (),
        withheld=withheld,
        facts=form.told(),
        reasons=form.reasons(),
    )
    if not outcome_of(outcome).letter or outcome is Outcome.OTHERWISE_CONCLUDED:
        return None
    return drafting.draft_reply(request.actor, case, enclosures=enclosures)


def _supplied(
    request: StaffRequest, case: DisclosureRequest, supply: SupplyForm | None
) -> list[Paper]:
    """What goes to the requester: papers of the file, and new ones."""
    if supply is None:
        return []
    new = [
        filing.add_paper(request.actor, case, PaperKind.INFORMATION, str(file.name), file.read())
        for file in supply.cleaned_data["new_papers"]
    ]
    return [*supply.cleaned_data["papers"], *new]
