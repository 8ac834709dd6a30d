"""How each item came where it stands: who did what, when, and what he said of it.

Of drafts the data tell every step.  Of what is finished they tell two days; the steps between
are laid here on working days, by the people of the agency, each step another person's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongkai.core.days import WorkingDays
from gongkai.web.disclosure.models import State, Verdict
from gongkai.web.people.models import Person

from .region import Facts
from .staff import Office

OPENS = time(9, 30)
# Of one day: written, handed in, passed by the section, passed by the secrecy reviewer.
_HOURS = (time(9, 5), time(10, 40), time(14, 10), time(16, 15))
_MINUTES = 25
_SAID = {
    State.SECTION_REVIEW: ("同意。", "内容属实，同意。", "已核对，同意。"),
    State.SECRECY_REVIEW: (
        "不含国家秘密，可以公开。",
        "不涉及国家秘密、商业秘密和个人隐私，可以公开。",
        "可以公开。",
    ),
    State.APPROVAL: ("同意。", "同意公开。", "同意发布。"),
}
_SAID_OF_KEPT = {
    State.SECTION_REVIEW: ("同意。",),
    State.SECRECY_REVIEW: ("依据、理由已写明，不主动公开。",),
    State.APPROVAL: ("同意不主动公开，定期评估。",),
}
_ACTS = {
    "submitted": (State.DRAFT, Verdict.SUBMITTED),
    "section_passed": (State.SECTION_REVIEW, Verdict.PASSED),
    "section_returned": (State.SECTION_REVIEW, Verdict.RETURNED),
    "secrecy_passed": (State.SECRECY_REVIEW, Verdict.PASSED),
    "secrecy_returned": (State.SECRECY_REVIEW, Verdict.RETURNED),
    "approved": (State.APPROVAL, Verdict.PASSED),
    "withdrawn": (State.PUBLISHED, Verdict.WITHDRAWN),
}


@dataclass(frozen=True)
class Step:
    """One opinion: at which step of which version."""

    at: datetime
    state: State
    verdict: Verdict
    person: Person
    text: str = ""
    version: int = 1


@dataclass(frozen=True)
class Way:
    """From the first word to where the item stands now; moments of each version's beginning."""

    began: Mapping[int, datetime]
    steps: tuple[Step, ...]

    @property
    def last(self) -> datetime:
        """When the present step began."""
        return self.steps[-1].at if self.steps else max(self.began.values())


@dataclass(frozen=True)
class Passing:
    """What it takes to tell how a version passed: by whom, and on which days."""

    author: Person
    office: Office
    days: WorkingDays
    # Tells one item's hours and words from another's.
    serial: int
    kept: bool = False

    def way(self, made_on: date, concluded: datetime, version: int = 1) -> Way:
        """Written on the day made, concluded at the moment told, reviewed between."""
        days = self._working_days(made_on, timezone.localtime(concluded).date())
        last = len(days) - 1
        later = min(1, last)
        on = (days[0], days[0], days[later], days[max(later, last * 2 // 3)])
        minutes = timedelta(minutes=self.serial * 7 % _MINUTES)
        began, handed_in, section, secrecy = (
            moment(day, hour) + minutes for day, hour in zip(on, _HOURS, strict=True)
        )
        steps = [Step(handed_in, State.DRAFT, Verdict.SUBMITTED, self.author, "", version)]
        if self.office.section is not None:
            steps.append(self._passed(State.SECTION_REVIEW, self.office.section, section, version))
        steps.append(self._passed(State.SECRECY_REVIEW, self.office.secrecy, secrecy, version))
        steps.append(self._passed(State.APPROVAL, self.office.approver, concluded, version))
        return Way({version: began}, tuple(steps))

    def _passed(self, state: State, person: Person, at: datetime, version: int) -> Step:
        said = (_SAID_OF_KEPT if self.kept else _SAID)[state]
        text = said[self.serial % len(said)]
        return Step(at, state, Verdict.PASSED, person, text, version)

    def _working_days(self, first: date, before: date) -> list[date]:
        """From ``first`` to the day before ``before``; the working day before where none is."""
        span = range(first.toordinal(), before.toordinal())
        days = [d for d in map(date.fromordinal, span) if self.days.is_working_day(d)]
        day = before
        while not days:
            day -= timedelta(days=1)
            days = [day] if self.days.is_working_day(day) else []
        return days


def told(draft: Facts, people: Mapping[str, Person]) -> Way:
    """The way of a draft as its data tell it; what is returned is mended in a new version."""
    began, steps = {1: moment_of(draft["step"][0]["at"])}, []
    version = 1
    for one in draft["step"]:
        if one["act"] not in _ACTS:
            continue
        state, verdict = _ACTS[one["act"]]
        at = moment_of(one["at"])
        text = one.get("opinion", "")
        steps.append(Step(at, state, verdict, people[one["by"]], text, version))
        if verdict is Verdict.RETURNED:
            version += 1
            began[version] = at
    return Way(began, tuple(steps))


def joined(first: Way, *others: Way) -> Way:
    """One way after another."""
    began = dict(first.began)
    steps = list(first.steps)
    for other in others:
        began |= other.began
        steps += other.steps
    return Way(began, tuple(steps))


def moment(day: date, hour: time) -> datetime:
    """An hour of a day here."""
    return timezone.make_aware(datetime.combine(day, hour))


def moment_of(local: datetime) -> datetime:
    """A moment as the data write it, without a zone."""
    return timezone.make_aware(local)
