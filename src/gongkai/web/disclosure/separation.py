"""Separation of duties: nobody passes what he wrote, and each step is another person's.

Held by person, not by role: somebody with every role still cannot pass his own draft.
Where an office has too few people, the message names who could and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from gongkai.web.administration.people.staffing import unfilled
from gongkai.web.people.models import Appointment, Person, Role
from gongkai.web.policies import RULES, Forbidden

from .models import InformationItem, State, Verdict

# The act of each step of review.
STEP_ACTS = {
    State.SECTION_REVIEW: "item.review_section",
    State.SECRECY_REVIEW: "item.review_secrecy",
    State.APPROVAL: "item.approve",
}


def writers(item: InformationItem) -> set[int]:
    """Everybody who wrote a version of the item, by key."""
    return {item.author_id, *item.versions.values_list("written_by_id", flat=True)}


def passed_by(item: InformationItem) -> set[int]:
    """Everybody who passed a step of the present version."""
    passed = item.opinions.filter(version=item.version, verdict=Verdict.PASSED)
    return set(passed.values_list("person_id", flat=True))


def require_another(item: InformationItem, person: Person) -> None:
    """Raise Forbidden when ``person`` wrote the item or already passed this version."""
    if person.pk in writers(item):
        raise Forbidden(
            f"你起草或修改过这条信息，不能再审（起草和审查必须是不同的人）。{_who_can(item)}"
        )
    if person.pk in passed_by(item):
        raise Forbidden(f"前面的步骤是你审的，这一步要换一个人。{_who_can(item)}")


def able(item: InformationItem, step: State) -> list[Person]:
    """Those who hold the role for ``step`` today and neither wrote nor passed this version."""
    barred = writers(item) | passed_by(item)
    held = Appointment.objects.on(timezone.localdate()).filter(
        agency__in=item.agency.responsible(),
        role__in=RULES[STEP_ACTS[step]],
        person__is_active=True,
    )
    people = {a.person_id: a.person for a in held.select_related("person")}
    return [person for pk, person in sorted(people.items()) if pk not in barred]


def missing_steps(item: InformationItem, steps: Iterable[State]) -> list[State]:
    """Steps for which nobody is left, each step taking a person of its own."""
    return unfilled({step: [person.pk for person in able(item, step)] for step in steps})


def _who_can(item: InformationItem) -> str:
    step = State(item.state)
    if step not in STEP_ACTS:
        return ""
    names = "、".join(p.name for p in able(item, step))
    if names:
        return f"可以由{names}办理。"
    role = "、".join(Role(r).label for r in RULES[STEP_ACTS[step]])
    return f"{item.agency.short_name}没有别的人担任{role}，请安全管理员给另一个人加上这个角色。"
