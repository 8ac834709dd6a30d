"""What a run of the watch goes by: its day, its reach, its numbers; and what a rule hands back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q

from gongkai.core.days import WorkingDays
from gongkai.core.finding import Finding
from gongkai.core.watching.limits import default_limits
from gongkai.web.agencies.models import Agency
from gongkai.web.registers.days import working_days

from .models import WatchSetting


@dataclass(frozen=True)
class Reach:
    """Of which agencies and which items a run judges; None for all."""

    agencies: frozenset[int] | None = None
    items: frozenset[int] | None = None

    def of_agency(self, name: str = "agency") -> Q:
        """The rows of its agencies."""
        return Q() if self.agencies is None else Q(**{f"{name}__in": self.agencies})

    def of_item(self, number: str = "number", agency: str = "agency") -> Q:
        """The rows of its items; of all those of its agencies where it names none."""
        if self.items is None:
            return self.of_agency(agency)
        return Q(**{f"{number}__in": self.items})


EVERYTHING = Reach()


@dataclass(frozen=True)
class Found:
    """One thing found: what the rule says of it, whose it is, what it is about, where.

    ``lasting`` is what a finding set aside is known again by; the facts of the rule otherwise.
    """

    finding: Finding
    agency: int
    key: str
    place: str
    address: str = ""
    item: int | None = None
    lasting: Mapping[str, Any] | None = None

    @property
    def fingerprint(self) -> str:
        """The same as long as what is wrong is the same."""
        facts = self.finding.values if self.lasting is None else self.lasting
        said = json.dumps([self.finding.rule, self.key, facts], sort_keys=True, default=str)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class Looked:
    """What a family of rules found, and at how many things it looked."""

    count: int
    found: Sequence[Found] = ()


Progress = Callable[[str], None]


def _silent(said: str) -> None:
    """Nobody watches the watch."""


@dataclass
class Terms:
    """What every rule is told: the day, and the numbers by agency."""

    today: date
    tell: Progress = field(default=_silent)

    @cached_property
    def days(self) -> WorkingDays:
        """Working days as the platform knows them."""
        return working_days()

    @cached_property
    def agencies(self) -> dict[int, Agency]:
        """Every agency by its key."""
        return {agency.pk: agency for agency in Agency.objects.select_related("parent")}

    @cached_property
    def _set(self) -> dict[int | None, dict[str, int]]:
        found: dict[int | None, dict[str, int]] = {}
        for one in WatchSetting.objects.all():
            found.setdefault(one.agency_id, {})[one.name] = one.value
        return found

    @cached_property
    def region(self) -> dict[str, int]:
        """The numbers that hold where no agency has its own."""
        return {**default_limits(), **self._set.get(None, {})}

    def limits(self, agency: int) -> Mapping[str, int]:
        """The numbers that hold for an agency: its own, or of the nearest above it."""
        found = self.region
        if len(self._set) > (None in self._set):
            above = [int(number) for number in self.agencies[agency].path.split("/") if number]
            for key in above:
                if key in self._set:
                    found = {**found, **self._set[key]}
        return found
