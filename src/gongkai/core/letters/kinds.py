"""The letters of disclosure on request, one kind after another.

``kinds.toml`` is the list: receipt, notices and consultations, the replies of
articles 35 to 39, what ends a request without a reply, service, and what follows
in reconsideration and court.  A kind says when it is written, to whom, which facts
it must carry and on what basis.  ``ref`` is the short code people use for it.

Whether a letter tells of remedies follows from its outcome
(:mod:`gongkai.core.handling.outcomes`), so that it is not told twice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ..errors import LetterError
from ..handling.outcomes import Outcome, Remedy, outcome_of
from ..law import cite
from .fact_kinds import FactKind, fact_kind

_FILE = "kinds.toml"


class Addressee(StrEnum):
    """To whom a letter goes; INTERNAL papers do not leave the house."""

    REQUESTER = "requester"
    THIRD_PARTY = "third_party"
    AGENCY = "agency"
    INTERNAL = "internal"

    @property
    def label(self) -> str:
        return {
            Addressee.REQUESTER: "申请人",
            Addressee.THIRD_PARTY: "第三方",
            Addressee.AGENCY: "其他机关",
            Addressee.INTERNAL: "内部",
        }[self]


class Signatory(StrEnum):
    """Who signs."""

    AGENCY = "agency"
    REQUESTER = "requester"
    THIRD_PARTY = "third_party"
    NOBODY = "nobody"


# Who signs, and the fact with the day of signing.
SIGNED = {
    Signatory.AGENCY: ("agency", "made_on"),
    Signatory.REQUESTER: ("requester_name", "withdrawn_on"),
    Signatory.THIRD_PARTY: ("third_party_name", "answered_on"),
}


@dataclass(frozen=True)
class Need:
    """A fact that a letter must carry only ``when`` another is given (or has one of some values)."""

    fact: str
    when: str
    values: tuple[str, ...]
    because: str


@dataclass(frozen=True)
class LetterKind:
    """One kind of letter.

    ``held`` facts must be known but are not printed; of each group in ``any_of``
    one must be given; ``conceals`` must not be found in the letter.  ``remedy``
    is None where it depends on the fact ``outcome``.
    """

    id: str
    ref: str
    title: str
    label: str
    when: str
    limit: str
    addressee: Addressee
    signed_by: Signatory
    required: tuple[str, ...]
    optional: tuple[str, ...]
    held: tuple[str, ...]
    any_of: tuple[tuple[str, ...], ...]
    needs: tuple[Need, ...]
    conceals: tuple[str, ...]
    outcome: Outcome | None
    remedy: Remedy | None
    note: str
    basis: tuple[str, ...]

    def holds(self, name: str) -> bool:
        return name in self.required or name in self.held or name in self.optional

    @property
    def facts(self) -> tuple[FactKind, ...]:
        """Every fact the letter may be told, the required ones first."""
        names = dict.fromkeys((*self.required, *self.held, *self.optional))
        return tuple(fact_kind(name) for name in names)

    @property
    def citations(self) -> tuple[str, ...]:
        return tuple(cite(reference) for reference in self.basis)

    @property
    def leaves_the_house(self) -> bool:
        return self.addressee is not Addressee.INTERNAL

    @property
    def tells_of_remedies(self) -> bool:
        """Whether the letter carries the paragraph on reconsideration and litigation."""
        return self.remedy is not Remedy.NONE


@lru_cache(maxsize=1)
def letter_kinds() -> Mapping[str, LetterKind]:
    """Every kind by id, in the order of the list."""
    data = tomllib.loads((files(__package__) / _FILE).read_text(encoding="utf-8"))
    found: dict[str, LetterKind] = {}
    for number, entry in enumerate(data["kind"], 1):
        try:
            kind = _kind(entry, data["facts"])
        except (KeyError, TypeError, ValueError) as error:
            raise LetterError(f"{_FILE}, entry {number}: {error!r}") from error
        if kind.id in found:
            raise LetterError(f"{_FILE}: {kind.id!r} is declared twice")
        found[kind.id] = kind
    return found


def letter_kind(wanted: str) -> LetterKind:
    """The kind with this id or this ``ref`` (``L04``); LetterError where there is none."""
    kinds = letter_kinds()
    if wanted in kinds:
        return kinds[wanted]
    for kind in kinds.values():
        if kind.ref == wanted:
            return kind
    raise LetterError(f"{_FILE}: there is no {wanted!r}")


def kind_for_outcome(outcome: Outcome | str) -> LetterKind:
    """The letter with which a request of this outcome ends."""
    return letter_kind(outcome_of(outcome).letter)


def _kind(data: Mapping[str, Any], groups: Mapping[str, Mapping[str, list[str]]]) -> LetterKind:
    required: list[str] = []
    optional: list[str] = []
    held: list[str] = []
    for name in data.get("with", ()):
        required += groups[name].get("required", ())
        optional += groups[name].get("optional", ())
        held += groups[name].get("held", ())
    required += data.get("required", ())
    optional += data.get("optional", ())
    outcome = Outcome(data["outcome"]) if "outcome" in data else None
    return LetterKind(
        id=data["id"],
        ref=data["ref"],
        title=data["title"],
        label=data["label"],
        when=data["when"],
        limit=data["limit"],
        addressee=Addressee(data["addressee"]),
        signed_by=Signatory(data.get("signed_by", "agency")),
        required=tuple(dict.fromkeys(required)),
        optional=tuple(n for n in dict.fromkeys(optional) if n not in required),
        held=tuple(dict.fromkeys((*held, *data.get("held", ())))),
        any_of=tuple(tuple(group) for group in data.get("any_of", ())),
        needs=tuple(_need(need) for need in data.get("needs", ())),
        conceals=tuple(data.get("conceals", ())),
        outcome=outcome,
        remedy=_remedy(data, outcome, required),
        note=data.get("note", ""),
        basis=tuple(data["basis"]),
    )


def _remedy(data: Mapping[str, Any], outcome: Outcome | None, required: list[str]) -> Remedy | None:
    if outcome:
        return outcome_of(outcome).remedy
    if "outcome" in required:
        return None
    return Remedy(data.get("remedy", "none"))


def _need(data: Mapping[str, str]) -> Need:
    when, _, values = data["when"].partition("=")
    return Need(data["fact"], when, tuple(values.split("|")) if values else (), data["because"])
