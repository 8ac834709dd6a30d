"""The way of an item: which steps it takes, and the one function that moves it.

An agency sets which steps it has beyond the secrecy review, which the law always asks for
(art. 17).  An urgent correction goes straight to it.
"""

from __future__ import annotations

from django.utils import timezone

from gongkai.web.people.models import Person

from .models import InformationItem, Opinion, State, Verdict


class OutOfTurn(Exception):
    """The act does not fit where the item stands; the message says so for the screen."""


def steps_of(item: InformationItem) -> tuple[State, ...]:
    """The steps of review ahead of this item, in order."""
    steps = []
    if item.agency.section_review and not item.urgent:
        steps.append(State.SECTION_REVIEW)
    steps.append(State.SECRECY_REVIEW)
    if item.agency.approval:
        steps.append(State.APPROVAL)
    return tuple(steps)


def step_after(item: InformationItem) -> State | None:
    """The step that follows the present one; None when nothing is left but to conclude."""
    steps = steps_of(item)
    if item.state == State.DRAFT:
        return steps[0]
    later = [s for s in steps if _ORDER.index(s) > _ORDER.index(State(item.state))]
    return later[0] if later else None


_ORDER = (State.SECTION_REVIEW, State.SECRECY_REVIEW, State.APPROVAL)


def require_state(item: InformationItem, *states: State) -> None:
    """Raise OutOfTurn unless the item stands in one of ``states``."""
    if item.state not in states:
        raise OutOfTurn(
            f"“{item}”现在是“{item.get_state_display()}”，"
            f"这件事要在“{'”“'.join(s.label for s in states)}”时办。可能别人刚刚办过，刷新看看。"
        )


def locked(item: InformationItem) -> InformationItem:
    """The item as it stands now, held until the act's transaction ends."""
    return InformationItem.objects.select_for_update(of=("self",)).get(pk=item.pk)


def move(
    item: InformationItem, to: State, verdict: Verdict, person: Person, text: str = ""
) -> None:
    """Take the item to ``to`` and keep what was said; only acts call this."""
    Opinion.objects.create(
        item=item,
        version=item.version,
        step=item.state,
        verdict=verdict,
        text=text,
        person=person,
    )
    item.state = to
    item.state_since = timezone.now()
    item.save()
