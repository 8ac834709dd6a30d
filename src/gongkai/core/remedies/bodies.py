"""Who reviews: the reconsideration body (复议机关) of an agency, by what the agency is.

Reconsideration Law arts. 24-28.  The organisation tree of the platform says who
stands in which slot; a slot that nobody fills is named and left open, never
guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ..handling.load import Data, entry, made, read_data
from ..law import cite

_FILE = "bodies.toml"


class RespondentKind(StrEnum):
    """What the agency is that replied, for articles 24 to 28."""

    DEPARTMENT = "department"
    GOVERNMENT = "government"
    PROVINCIAL_GOVERNMENT = "provincial_government"
    STATE_COUNCIL_DEPARTMENT = "state_council_department"
    VERTICAL_AGENCY = "vertical_agency"
    JUSTICE_DEPARTMENT = "justice_department"
    DISPATCHED_OFFICE = "dispatched_office"
    DISPATCHED_BODY = "dispatched_body"
    CENTRAL_DISPATCHED_BODY = "central_dispatched_body"
    AUTHORISED_ORGANISATION = "authorised_organisation"

    @property
    def label(self) -> str:
        return body_rule(self).label


@dataclass(frozen=True)
class Slot:
    """A place in the organisation whose holder reviews; ``when`` limits it to some cases."""

    id: str
    label: str
    when: str = ""


@dataclass(frozen=True)
class BodyRule:
    """To whom one applies against an agency of ``kind``; of several slots the applicant chooses."""

    kind: RespondentKind
    label: str
    basis: str
    slots: tuple[Slot, ...]
    verified: bool
    note: str

    @property
    def citation(self) -> str:
        return cite(self.basis)


@dataclass(frozen=True)
class ReviewingBody:
    """One body to which one may apply.  ``name`` is "" where nobody is known for the slot."""

    slot: Slot
    name: str
    basis: str
    verified: bool
    note: str


def body_rule(kind: RespondentKind | str) -> BodyRule:
    """The rule for an agency of ``kind``; HandlingError where there is no such kind."""
    return entry(_FILE, _rules(), str(kind))


def reviewing_bodies(
    kind: RespondentKind | str, names: Mapping[str, str]
) -> tuple[ReviewingBody, ...]:
    """The bodies to which one may apply; ``names`` say by slot who stands there."""
    rule = body_rule(kind)
    return tuple(
        ReviewingBody(slot, names.get(slot.id, ""), rule.basis, rule.verified, rule.note)
        for slot in rule.slots
    )


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, BodyRule]:
    data = read_data(_FILE, __package__)
    labels: Mapping[str, str] = data["slots"]

    def rule(name: str, given: Data) -> BodyRule:
        return BodyRule(
            kind=RespondentKind(name),
            label=given["label"],
            basis=given["basis"],
            slots=tuple(
                Slot(s["slot"], labels[s["slot"]], s.get("when", "")) for s in given["reviewed_by"]
            ),
            verified=given.get("verified", True),
            note=given.get("note", ""),
        )

    return made(_FILE, {k: v for k, v in data.items() if k != "slots"}, rule)
