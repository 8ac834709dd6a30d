"""What the answers given so far make: outcome, basis, letter, row of the report, remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from gongkai.core.errors import HandlingError
from gongkai.core.forms import editions
from gongkai.core.handling.guide import (
    Answer,
    First,
    Proposal,
    Question,
    next_question,
    questions,
)
from gongkai.core.handling.ledger import RequesterKind
from gongkai.core.handling.outcomes import Outcome, OutcomeRule, outcome_of, required
from gongkai.core.handling.requirements import Requirement
from gongkai.core.letters import LetterKind, letter_kind
from gongkai.core.remedies.means import Means, means

from ..evidence import circumstances_of, held
from ..models import DisclosureRequest


@dataclass(frozen=True)
class Answered:
    """One question answered, and where to change it: the answers before it stay."""

    question: Question
    label: str
    change: str


@dataclass(frozen=True)
class Walk:
    """Where the answers lead, and the answers on the way; others are passed over."""

    led: Question | Proposal | First
    answered: list[Answered]
    answers: dict[str, str]


def walk(given: Mapping[str, str]) -> Walk:
    """Follow the answers; one that the question does not have counts as not given."""
    answers = {q.id: given[q.id] for q in questions() if given.get(q.id)}
    for name in list(answers):
        try:
            next_question({name: answers[name]}, start=name)
        except HandlingError:
            del answers[name]
    led = next_question(answers)
    path = led.path if isinstance(led, First | Proposal) else _path_to(led, answers)
    known = {q.id: q for q in questions()}
    on_way: dict[str, str] = {}
    answered = []
    for name in path:
        query = QueryDict(mutable=True)
        query.update(on_way)
        label = known[name].answer(answers[name]).label
        answered.append(Answered(known[name], label, query.urlencode()))
        on_way[name] = answers[name]
    return Walk(led, answered, on_way)


def _path_to(question: Question, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The questions answered before ``question`` is asked."""
    known = {q.id: q for q in questions()}
    at, path = questions()[0].id, []
    while at != question.id:
        path.append(at)
        at = known[at].answer(answers[at]).then
    return tuple(path)


def leads_of(question: Question) -> list[tuple[Answer, str]]:
    """Each answer, and in a few words where it leads; "" where another question follows."""
    found = []
    for answer in question.answers:
        words = answer.says
        if answer.outcome:
            label = outcome_of(answer.outcome).label if answer.outcome in list(Outcome) else ""
            words = f"结果：{label or '按前面选的理由不予公开'}"
        found.append((answer, "　".join(filter(None, [words, answer.note]))))
    return found


@dataclass(frozen=True)
class Row:
    """Where it counts in table three, of the editions that call it so."""

    editions: str
    group: str
    label: str


@dataclass(frozen=True)
class Needed:
    """One thing the file must hold, and what of it is there."""

    requirement: Requirement
    what: str


@dataclass(frozen=True)
class Made:
    """What an outcome makes."""

    rule: OutcomeRule
    letter: LetterKind | None
    rows: list[Row]
    column: str
    means: tuple[Means, ...]
    needed: list[Needed]
    circumstances: tuple[str, ...]
    also_not: str


def made_of(
    case: DisclosureRequest,
    outcome: Outcome,
    proposal: Proposal | None,
    told: Mapping[str, Any],
    withheld: list[dict[str, str]],
    today: date,
) -> Made:
    """Everything that follows from ``outcome`` on this case."""
    rule = outcome_of(outcome)
    led = proposal.circumstances if proposal else ()
    circumstances = tuple(dict.fromkeys((*circumstances_of(case), *led)))
    grounds = _grounds(outcome, proposal, withheld)
    holds = held(case, told, withheld)
    needed = [
        Needed(one, next((holds[e.id] for e in one.any_of if e.id in holds), ""))
        for one in required(outcome, circumstances, grounds)
    ]
    labels = "、".join(outcome_of(ground).label for ground in grounds)
    return Made(
        rule=rule,
        letter=letter_kind(rule.letter) if rule.letter else None,
        rows=_rows(rule),
        column=RequesterKind(case.requester.kind).label,
        means=means(outcome, today, circumstances),
        needed=needed,
        circumstances=circumstances,
        also_not=f"只计这一行，不再计“{labels}”" if labels else "",
    )


def _grounds(
    outcome: Outcome, proposal: Proposal | None, withheld: Iterable[Mapping[str, str]]
) -> tuple[Outcome, ...]:
    if outcome is not Outcome.PARTLY_DISCLOSED:
        return ()
    written = [Outcome(part["ground"]) for part in withheld if part.get("ground")]
    led = list(proposal.withheld_under) if proposal else []
    return tuple(dict.fromkeys(written or led))


def _rows(rule: OutcomeRule) -> list[Row]:
    found: dict[tuple[str, str], list[str]] = {}
    for name, form in editions().items():
        row = next((r for r in form.requests.rows if r.id == rule.rows.get(name)), None)
        group = next((g for g in form.requests.row_groups if row and g.id == row.group), None)
        if row is not None:
            found.setdefault((group.label if group else "", row.label), []).append(name)
    return [Row("、".join(names), group, label) for (group, label), names in found.items()]
