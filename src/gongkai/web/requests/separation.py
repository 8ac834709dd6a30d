"""Everything that leaves the house has been seen by two people, a reply by more.

Who wrote a letter neither reviews nor signs it, and no two steps are one person's; held by
person, not by role.  Where an office has too few people, the message names who could and
what to do.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from gongkai.web.administration.people.staffing import unfilled
from gongkai.web.people.models import Appointment, Person, Role
from gongkai.web.policies import RULES, Forbidden

from .models import Letter, LetterState, Verdict
from .steps import read_in_full, steps_of


def act_of(letter: Letter, step: LetterState) -> str:
    """The act of the policy that a step of this letter asks for."""
    if step == LetterState.SECTION_REVIEW:
        return "request.review_section"
    if step == LetterState.SECRECY_REVIEW:
        return "request.review_secrecy"
    return "request.sign" if read_in_full(letter.kind) else "request.approve_process"


def writers(letter: Letter) -> set[int]:
    """Everybody who wrote or changed the letter, or chose the outcome it tells of, by key."""
    found = {letter.written_by_id, *letter.writers.values_list("pk", flat=True)}
    if letter.decision is not None:
        found.add(letter.decision.made_by_id)
    return found


def passed_by(letter: Letter) -> set[int]:
    """Everybody who passed a step since the letter was last handed in; a draft was read by none."""
    if letter.state == LetterState.DRAFT:
        return set()
    opinions = letter.opinions.all()
    last = opinions.filter(verdict=Verdict.SUBMITTED).order_by("-at", "-pk").first()
    if last is None:
        return set()
    passed = opinions.filter(verdict=Verdict.PASSED, pk__gt=last.pk)
    return set(passed.values_list("person_id", flat=True))


def require_another(letter: Letter, person: Person) -> None:
    """Raise Forbidden when ``person`` wrote the letter or already passed a step of it."""
    if person.pk in writers(letter):
        raise Forbidden(
            "你起草、改过这份文书或者选定了办理结果，不能再审、签"
            f"（写的人和审、签的人必须不同）。{_who_can(letter)}"
        )
    if person.pk in passed_by(letter):
        raise Forbidden(f"前面的步骤是你审的，这一步要换一个人。{_who_can(letter)}")


def able(letter: Letter, step: LetterState) -> list[Person]:
    """Those who hold the role for ``step`` today and neither wrote nor passed this letter."""
    barred = writers(letter) | passed_by(letter)
    held = Appointment.objects.on(timezone.localdate()).filter(
        agency__in=letter.agency.responsible(),
        role__in=RULES[act_of(letter, step)],
        person__is_active=True,
    )
    people = {one.person_id: one.person for one in held.select_related("person")}
    return [person for pk, person in sorted(people.items()) if pk not in barred]


def missing_steps(letter: Letter, steps: Iterable[LetterState] | None = None) -> list[LetterState]:
    """Steps for which nobody is left, each step taking a person of its own."""
    ahead = steps_of(letter) if steps is None else tuple(steps)
    return unfilled({step: [person.pk for person in able(letter, step)] for step in ahead})


def require_staffed(letter: Letter) -> None:
    """Raise Forbidden, before anything is handed in, where the office has too few people."""
    empty = missing_steps(letter)
    if empty:
        steps = "、".join(step.label for step in empty)
        raise Forbidden(
            f"{letter.agency.short_name}人手不够：{steps}没有别的人能办"
            "（写的人和审、签的人必须不同，各步也要不同的人）。请安全管理员增加任职。"
        )


def _who_can(letter: Letter) -> str:
    step = LetterState(letter.state)
    if step not in (LetterState.SECTION_REVIEW, LetterState.SECRECY_REVIEW, LetterState.SIGNING):
        return ""
    names = "、".join(person.name for person in able(letter, step))
    if names:
        return f"可以由{names}办理。"
    role = "、".join(Role(one).label for one in RULES[act_of(letter, step)])
    return f"{letter.agency.short_name}没有别的人担任{role}，请安全管理员给另一个人加上这个角色。"
