"""Acts: hand a letter in, take it back, pass a step of review, return it with reasons.

Each step reads the letter as it stands: what was read is kept as a digest, and a letter whose
words or facts changed since is not signed.
"""

from __future__ import annotations

from django.db import transaction

from gongkai.web.policies import Actor, Forbidden

from ..discretion import discreet
from ..keeping import tell
from ..letters import digest_of, lacks_of
from ..models import Letter, LetterState, Verdict
from ..separation import act_of, require_another, require_staffed
from ..steps import (
    OutOfTurn,
    held_letter,
    letter_facts_for_trail,
    move,
    require_state,
    step_after,
)

_STEPS = (LetterState.SECTION_REVIEW, LetterState.SECRECY_REVIEW, LetterState.SIGNING)


@transaction.atomic
def submit_letter(actor: Actor, letter: Letter, text: str = "") -> Letter:
    """To the first step. Refused while a fact is missing, with a sentence for each."""
    letter, case = held_letter(letter)
    who = actor.require("request.handle", case.agency)
    require_state(letter, LetterState.DRAFT)
    _require_current(letter)
    lacks = lacks_of(letter)
    if lacks:
        raise Forbidden(
            "文书还不全：" + "；".join(lack.sentence.rstrip("。") for lack in lacks) + "。"
        )
    letter.writers.add(actor.person)
    require_staffed(letter)
    before = letter_facts_for_trail(letter)
    text = discreet(case, text)
    move(
        letter,
        step_after(letter),
        Verdict.SUBMITTED,
        actor.person,
        text=text,
        read=digest_of(letter),
    )
    tell(
        "request.submit_letter", case, who, reason=text,
        before=before, after=letter_facts_for_trail(letter),
    )  # fmt: skip
    return letter


@transaction.atomic
def recall_letter(actor: Actor, letter: Letter) -> Letter:
    """Take it back while nobody has passed a step: the undo of handing in."""
    letter, case = held_letter(letter)
    who = actor.require("request.handle", case.agency)
    require_state(letter, *_STEPS)
    last = letter.opinions.order_by("-at", "-pk").first()
    if last is None or last.verdict != Verdict.SUBMITTED:
        raise OutOfTurn("已经有人审过，不能撤回；要改，请审的人退回。")
    before = letter_facts_for_trail(letter)
    move(letter, LetterState.DRAFT, Verdict.RETURNED, actor.person, text="撤回")
    tell("request.recall_letter", case, who, before=before, after=letter_facts_for_trail(letter))
    return letter


@transaction.atomic
def pass_section_review(actor: Actor, letter: Letter, text: str = "") -> Letter:
    """The section's head agrees."""
    return _pass(actor, letter, LetterState.SECTION_REVIEW, text)


@transaction.atomic
def pass_secrecy_review(actor: Actor, letter: Letter, text: str = "") -> Letter:
    """The secrecy reviewer agrees that it may leave the house (art. 17)."""
    return _pass(actor, letter, LetterState.SECRECY_REVIEW, text)


@transaction.atomic
def return_letter(actor: Actor, letter: Letter, reasons: str) -> Letter:
    """Back to the writer with reasons, from any step."""
    letter, case = held_letter(letter)
    require_state(letter, *_STEPS)
    who = actor.require(act_of(letter, LetterState(letter.state)), case.agency)
    require_another(letter, actor.person)
    if not reasons.strip():
        raise Forbidden("退回要写明原因，起草人才知道改什么。")
    before = letter_facts_for_trail(letter)
    reasons = discreet(case, reasons.strip())
    move(
        letter, LetterState.DRAFT, Verdict.RETURNED, actor.person,
        text=reasons, read=digest_of(letter),
    )  # fmt: skip
    tell(
        "request.return_letter", case, who, reason=reasons,
        before=before, after=letter_facts_for_trail(letter),
    )  # fmt: skip
    return letter


def require_as_read(letter: Letter) -> None:
    """Raise OutOfTurn where the letter is no longer what was handed in and reviewed."""
    now = digest_of(letter)
    last = letter.opinions.filter(verdict=Verdict.SUBMITTED).order_by("-at", "-pk").first()
    since = letter.opinions.filter(pk__gte=last.pk) if last else letter.opinions.none()
    if last is None or any(one.read != now for one in since):
        raise OutOfTurn("送审以后文书或者案情变了，审过的不是现在这一份；退回，改好重新送审。")


def _pass(actor: Actor, letter: Letter, step: LetterState, text: str) -> Letter:
    letter, case = held_letter(letter)
    require_state(letter, step)
    who = actor.require(act_of(letter, step), case.agency)
    require_another(letter, actor.person)
    _require_current(letter)
    require_as_read(letter)
    before = letter_facts_for_trail(letter)
    text = discreet(case, text)
    move(
        letter, step_after(letter), Verdict.PASSED, actor.person, text=text, read=digest_of(letter)
    )
    tell(
        act_of(letter, step), case, who, reason=text,
        before=before, after=letter_facts_for_trail(letter),
    )  # fmt: skip
    return letter


def _require_current(letter: Letter) -> None:
    """A reply stands or falls with the outcome that it tells of."""
    if letter.decision is not None and letter.decision.superseded_at is not None:
        raise OutOfTurn("办理结果已经另选，这份答复不再用；作废后按新的结果起草。")
