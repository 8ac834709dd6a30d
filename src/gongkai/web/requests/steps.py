"""The way of a letter through the house, and the one function that moves it.

A reply goes to the section (where the agency has that step), to the secrecy review
(art. 17), then to whoever signs.  A letter of the procedure goes to whoever signs at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.core.letters import letter_kind
from gongkai.web.audit.record import Who
from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.people.models import Person
from gongkai.web.policies import Actor

from .keeping import locked
from .models import DisclosureRequest, Letter, LetterState, Opinion, Verdict

__all__ = [
    "UNDER_WAY",
    "OutOfTurn",
    "held",
    "held_letter",
    "is_reply",
    "letter_facts_for_trail",
    "move",
    "read_in_full",
    "require_state",
    "step_after",
    "steps_of",
]

_ORDER = (LetterState.SECTION_REVIEW, LetterState.SECRECY_REVIEW, LetterState.SIGNING)
# On its way, not yet out of the house.
UNDER_WAY = (LetterState.DRAFT, *_ORDER, LetterState.SIGNED)
# Letters that decide or answer for the agency, and are read as a reply is.
_READ_AS_REPLIES = frozenset(
    {
        "disclosure_notice_to_third_party",
        "record_correction_notice",
        "reconsideration_answer",
        "litigation_answer",
        "renewed_reply",
    }
)


def is_reply(kind: str) -> bool:
    """Whether a letter of this kind answers the request."""
    known = letter_kind(kind)
    ends = known.outcome is not None and known.ref.startswith("R")
    return ends or known.id == "renewed_reply"


def read_in_full(kind: str) -> bool:
    """Whether it takes the steps of a reply."""
    return is_reply(kind) or kind in _READ_AS_REPLIES


def steps_of(letter: Letter) -> tuple[LetterState, ...]:
    """The steps ahead of a draft, in order."""
    if not read_in_full(letter.kind):
        return (LetterState.SIGNING,)
    return _ORDER if letter.agency.section_review else _ORDER[1:]


def step_after(letter: Letter) -> LetterState:
    """The step that follows the present one; the last is the signing."""
    steps = steps_of(letter)
    if letter.state == LetterState.DRAFT:
        return steps[0]
    place = _ORDER.index(LetterState(letter.state))
    return next((step for step in steps if _ORDER.index(step) > place), LetterState.SIGNING)


def require_state(letter: Letter, *states: LetterState) -> None:
    """Raise OutOfTurn unless the letter stands in one of ``states``."""
    if letter.state not in states:
        raise OutOfTurn(
            f"“{letter_kind(letter.kind).label}”现在是“{letter.get_state_display()}”，"
            f"这件事要在“{'”“'.join(state.label for state in states)}”时办。"
            "可能别人刚刚办过，刷新看看。"
        )


def held(actor: Actor, case: DisclosureRequest, act: str) -> tuple[DisclosureRequest, Who]:
    """The request as it stands now, held; and who acts, where the policy permits it."""
    case = locked(case)
    return case, actor.require(act, case.agency)


def held_letter(letter: Letter) -> tuple[Letter, DisclosureRequest]:
    """The letter and its request as they stand now, held until the transaction ends."""
    case = locked(letter.request)
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    letter.request = case
    return letter, case


def move(
    letter: Letter,
    to: LetterState,
    verdict: Verdict,
    person: Person,
    *,
    text: str = "",
    read: str = "",
) -> None:
    """Take the letter to ``to`` and keep what was said of what was ``read``; acts call this."""
    Opinion.objects.create(
        letter=letter, step=letter.state, verdict=verdict, text=text, read=read, person=person
    )
    letter.state = to
    letter.save()


def letter_facts_for_trail(letter: Letter) -> Mapping[str, Any]:
    """What the audit line keeps of a letter: its kind and where it stands, nobody's name."""
    return {"letter": letter.pk, "letter_kind": letter.kind, "letter_state": letter.state}
