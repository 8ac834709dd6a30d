"""One request of the region on its way: what its steps share, and the event that each leaves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.core.letters import FactType, fact_kinds
from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Person
from gongkai.web.requests.letters import plain
from gongkai.web.requests.models import DisclosureRequest, Event, Letter

from .days_told import Days
from .region import Facts
from .request_letters import Press
from .request_papers import Papers
from .staff import Office

_REPLY = re.compile(r"\{(reply:[\w-]+)\}")


@dataclass(frozen=True)
class World:
    """What every case shares."""

    days: Days
    press: Press
    agencies: Mapping[str, Agency]
    # Recipes of what is supplied, by name; numbers of letters by case and place of the step.
    files: Mapping[str, Facts]
    numbers: Mapping[str, str]


class Course:
    """One case, whose steps are told in their order."""

    def __init__(self, case: DisclosureRequest, office: Office, world: World) -> None:
        self.case, self.office, self.world = case, office, world
        self.papers = Papers(case)
        # When the outcome was chosen, of which the reply was written.
        self.decided_on: date | None = None
        self._done = 0

    @property
    def writer(self) -> Person:
        """Who has it in hand."""
        return self.case.handler or self.office.authors[0]

    def at(self, day: date) -> datetime:
        """The moment of the next thing done on ``day``."""
        self._done += 1
        return self.world.days.moment(day, self._done)

    def event(
        self,
        step: Facts,
        act: str,
        on: date,
        facts: Mapping[str, Any] | None = None,
        letter: Letter | None = None,
    ) -> None:
        """The event by which the core reckons, as an act leaves it."""
        Event.objects.create(
            request=self.case,
            act=act,
            on=on,
            facts=plain(facts or {}),
            note=step.get("note", ""),
            letter=letter,
            person=self.writer,
            recorded_at=self.at(on),
        )

    def told(self, facts: Facts) -> Facts:
        """Facts of a letter as the data tell them, their days read."""
        return {
            name: self.world.days.day(value) if _is_day(name) else self._named(value)
            for name, value in facts.items()
        }

    def _named(self, value: Any) -> Any:
        """``{reply:key}`` stands for the number of the reply of another case."""
        if not isinstance(value, str):
            return value
        return _REPLY.sub(lambda found: self.world.numbers[found[1]], value)


def _is_day(name: str) -> bool:
    known = fact_kinds().get(name)
    return known is not None and known.type is FactType.DATE
