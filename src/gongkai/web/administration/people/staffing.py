"""Whether an agency has people enough: each step of review another person, none the author.

Told before anything is drafted; ``disclosure/separation.py`` holds it for each item.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Appointment, Person
from gongkai.web.policies import RULES

Step = TypeVar("Step")

# The steps of review: what it is called, the act, the setting of the agency that leaves it out.
_STEPS = (
    ("科室审核", "item.review_section", "section_review"),
    ("保密审查", "item.review_secrecy", None),
    ("签发", "item.approve", "approval"),
)


def shortages(agency: Agency, today: date) -> list[str]:
    """What cannot be staffed today, in sentences for the screen; empty when all can."""
    held = Appointment.objects.on(today).filter(
        agency__in=agency.responsible(), person__is_active=True
    )
    people: dict[int, Person] = {}
    roles: dict[str, set[int]] = {}
    for one in held.select_related("person"):
        people[one.person_id] = one.person
        roles.setdefault(one.role, set()).add(one.person_id)

    def able(act: str) -> set[int]:
        return set().union(*(roles.get(role, set()) for role in RULES[act]))

    steps = [
        (label, able(act))
        for label, act, setting in _STEPS
        if setting is None or getattr(agency, setting)
    ]
    authors = sorted(able("item.draft"))
    found = [] if authors else ["没有人能起草。"]
    empty = [label for label, holders in steps if not holders]
    found.extend(f"没有人能办“{label}”。" for label in empty)
    if found:
        return found
    stuck: dict[str, list[str]] = {}
    for author in authors:
        choices = {label: sorted(holders - {author}) for label, holders in steps}
        for label in unfilled(choices):
            stuck.setdefault(label, []).append(people[author].name)
    for label, names in stuck.items():
        whose = "谁起草的" if len(names) == len(authors) else "、".join(names) + "起草的"
        found.append(f"{whose}信息，“{label}”都没有别的人能办（起草和各步审查要由不同的人）。")
    return found


def unfilled(choices: Mapping[Step, Sequence[int]]) -> list[Step]:
    """Which steps stay empty when each takes a person of its own: a matching of the most steps."""
    taken: dict[int, Step] = {}

    def place(step: Step, seen: set[int]) -> bool:
        for person in choices[step]:
            if person in seen:
                continue
            seen.add(person)
            if person not in taken or place(taken[person], seen):
                taken[person] = step
                return True
        return False

    return [step for step in choices if not place(step, set())]
