"""下一步: what may be done with a request now, by the core's table and by who looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from gongkai.core.handling.clock import Account
from gongkai.core.handling.outcomes import Outcome
from gongkai.core.handling.transitions import ActKind
from gongkai.core.letters import letter_kind
from gongkai.web.policies import Actor, Forbidden

from ..models import DisclosureRequest, Letter, LetterState
from ..separation import act_of, require_another

_UNDER_REVIEW = (LetterState.SECTION_REVIEW, LetterState.SECRECY_REVIEW, LetterState.SIGNING)

# The screen of each act of the core's table: (route, words on the button, act of the policy).
# What a letter's delivery does is reached through the letter.
_SCREENS = {
    ActKind.CONFIRMED: ("confirm", "登记双方确认", "request.handle"),
    ActKind.CORRECTED: ("corrected", "登记收到补正", "request.handle"),
    ActKind.FEE_PAID: ("fee_paid", "登记缴费", "request.handle"),
    ActKind.REASONS_GIVEN: ("reasons_given", "登记申请人的理由", "request.handle"),
    ActKind.THIRD_PARTY_ANSWERED: ("answers", "登记第三方意见", "request.handle"),
    ActKind.AGENCY_ANSWERED: ("answers", "登记机关意见", "request.handle"),
    ActKind.DECIDE: ("decide", "定办理结果、写答复", "request.handle"),
    ActKind.CORRECTION_LAPSED: ("correction_lapsed", "逾期不补正，终止", "request.handle"),
    ActKind.FEE_LAPSED: ("fee_lapsed", "逾期不缴费，终止", "request.handle"),
    ActKind.ASK_FOR_CORRECTION: ("correction", "告知补正", "request.handle"),
    ActKind.CONSULT_THIRD_PARTY: ("consult_third_party", "征求第三方意见", "request.handle"),
    ActKind.CONSULT_AGENCY: ("consult_agency", "征求其他机关意见", "request.handle"),
    ActKind.EXTEND: ("extend", "延长期限", "request.handle"),
    ActKind.ASK_FOR_REASONS: ("reasons", "要求说明理由", "request.handle"),
    ActKind.DELAY: ("delay", "延迟答复", "request.handle"),
    ActKind.CHARGE_FEE: ("fee", "收信息处理费", "request.handle"),
    ActKind.WITHDRAWN: ("withdraw", "登记撤回", "request.handle"),
    ActKind.ARCHIVED: ("archive", "归档", "request.archive"),
}
# What the office does first where several are open.
_FIRST = (
    ActKind.CONFIRMED, ActKind.CORRECTED, ActKind.FEE_PAID, ActKind.DECIDE, ActKind.ARCHIVED,
)  # fmt: skip

# Folded away: what few requests need.
_SELDOM = frozenset({ActKind.ASK_FOR_REASONS, ActKind.DELAY, ActKind.CHARGE_FEE, ActKind.WITHDRAWN})


@dataclass(frozen=True)
class Button:
    """One thing to do."""

    words: str
    address: str
    main: bool = False
    seldom: bool = False


def next_acts(actor: Actor, case: DisclosureRequest, told: Account) -> list[Button]:
    """What this person may do now, the likeliest first."""
    letters = list(_of_letters(actor, case))
    buttons = [*letters, *_of_the_table(actor, case, told, bool(letters))]
    if not told.concluded_on and actor.may("request.assign", case.agency):
        words = "改派" if case.handler else "分办"
        buttons.insert(0 if case.handler is None else len(buttons), _button(words, "assign", case))
    if _to_conclude(case) and actor.may("request.sign", case.agency):
        buttons.append(_button("同意终止", "conclude", case))
    if _to_publish(case) and actor.may("request.handle", case.agency):
        buttons.append(_button("转为主动公开", "turn_public", case, seldom=True))
    if told.late and not told.concluded_on and actor.may("request.chase", case.agency):
        buttons.append(_button("催办", "chase", case))
    if buttons:
        first = next((one for one in buttons if not one.seldom), buttons[0])
        buttons[buttons.index(first)] = Button(first.words, first.address, main=True)
    return buttons


def _to_conclude(case: DisclosureRequest) -> bool:
    """Whether it was decided to end it without a letter of the law."""
    return case.outcome == Outcome.OTHERWISE_CONCLUDED and not case.concluded_on


def _to_publish(case: DisclosureRequest) -> bool:
    """Whether what was given may become public for all (art. 44)."""
    given = (Outcome.DISCLOSED, Outcome.PARTLY_DISCLOSED)
    return case.outcome in given and case.served_on is not None


def _of_the_table(
    actor: Actor, case: DisclosureRequest, told: Account, busy: bool
) -> Iterator[Button]:
    notice = next((one for one in told.limits if one.id == "correction_notice"), None)
    # Past the seven working days it may still be sent, but is no longer offered first.
    too_late = ActKind.ASK_FOR_CORRECTION if notice and not notice.running else None
    acts = [act for act in told.acts_open if act in _SCREENS]
    acts.sort(key=lambda act: (act not in _FIRST, list(_SCREENS).index(act)))
    seen: set[str] = set()
    for act in acts:
        name, words, policy = _SCREENS[act]
        # A reply under way is written on; another outcome is chosen from its own page.
        if name in seen or (act is ActKind.DECIDE and busy and told.state.value == "decided"):
            continue
        seen.add(name)
        if actor.may(policy, case.agency):
            yield _button(words, name, case, seldom=act in _SELDOM or act is too_late)
    if not told.concluded_on and actor.may("request.handle", case.agency):
        yield _button("记检索", "search", case)
        yield _button("另写文书", "other_letter", case, seldom=True)


def _of_letters(actor: Actor, case: DisclosureRequest) -> Iterator[Button]:
    for letter in case.letters.exclude(state__in=[LetterState.SERVED, LetterState.DISCARDED]):
        label = letter_kind(letter.kind).label
        address = reverse("requests:letter", args=[case.pk, letter.pk])
        state = LetterState(letter.state)
        if state == LetterState.DRAFT and actor.may("request.handle", case.agency):
            yield Button(f"接着写{label}", address)
        elif state in _UNDER_REVIEW and may_review(actor, letter):
            yield Button(f"{label}{state.label}", address)
        elif state == LetterState.SIGNED and actor.may("request.serve", case.agency):
            yield Button(f"送达{label}", reverse("requests:deliver", args=[case.pk, letter.pk]))


def may_review(actor: Actor, letter: Letter) -> bool:
    """Whether this person may pass or return the letter at the step where it stands."""
    state = LetterState(letter.state)
    if state not in _UNDER_REVIEW or not actor.may(act_of(letter, state), letter.agency):
        return False
    try:
        require_another(letter, actor.person)
    except Forbidden:
        return False
    return True


def _button(words: str, name: str, case: DisclosureRequest, *, seldom: bool = False) -> Button:
    return Button(words, reverse(f"requests:{name}", args=[case.pk]), seldom=seldom)
