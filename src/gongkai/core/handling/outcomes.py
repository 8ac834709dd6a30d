"""How a request ends (办理结果): each outcome with its article, report row, letter and remedy.

Articles 30, 35-39 and 42; the rows are those of table three of either edition
(``core/forms``).  ``outcomes.toml`` is the table, written so that a lawyer can
read it without Python.  Whether an outcome is right is for people to judge: here
stands only what the file must hold before it may be chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from ..errors import HandlingError
from ..law import cite
from .load import Data, made, read_data
from .requirements import Requirement, circumstance, requirement

_FILE = "outcomes.toml"


class Outcome(StrEnum):
    """How a request ended.  ``state`` is where it stands, ``outcome`` how it ended."""

    ALREADY_PUBLIC = "already_public"
    DISCLOSED = "disclosed"
    PARTLY_DISCLOSED = "partly_disclosed"
    STATE_SECRET = "state_secret"
    PROHIBITED_BY_LAW = "prohibited_by_law"
    SECURITY_AND_STABILITY = "security_and_stability"
    THIRD_PARTY_INTEREST = "third_party_interest"
    INTERNAL_AFFAIRS = "internal_affairs"
    PROCESS_INFORMATION = "process_information"
    ENFORCEMENT_CASE_FILE = "enforcement_case_file"
    ADMINISTRATIVE_ENQUIRY = "administrative_enquiry"
    NOT_HELD = "not_held"
    NOT_THIS_AGENCY = "not_this_agency"
    NEEDS_CREATION = "needs_creation"
    UNCLEAR_AFTER_CORRECTION = "unclear_after_correction"
    PETITION = "petition"
    REPEATED = "repeated"
    PUBLIC_PUBLICATION = "public_publication"
    EXCESSIVE = "excessive"
    REISSUE = "reissue"
    CORRECTION_LAPSED = "correction_lapsed"
    FEE_LAPSED = "fee_lapsed"
    WITHDRAWN = "withdrawn"
    OTHERWISE_CONCLUDED = "otherwise_concluded"

    @property
    def label(self) -> str:
        return outcome_of(self).label


class OutcomeGroup(StrEnum):
    """The heads of table three: （一）予以公开 … （六）其他处理."""

    DISCLOSED = "disclosed"
    PARTLY_DISCLOSED = "partly_disclosed"
    WITHHELD = "withheld"
    UNABLE_TO_PROVIDE = "unable_to_provide"
    NOT_PROCESSED = "not_processed"
    OTHERWISE_CONCLUDED = "otherwise_concluded"

    @property
    def label(self) -> str:
        return _GROUP_LABELS[self]


_GROUP_LABELS = {
    OutcomeGroup.DISCLOSED: "予以公开",
    OutcomeGroup.PARTLY_DISCLOSED: "部分公开",
    OutcomeGroup.WITHHELD: "不予公开",
    OutcomeGroup.UNABLE_TO_PROVIDE: "无法提供",
    OutcomeGroup.NOT_PROCESSED: "不予处理",
    OutcomeGroup.OTHERWISE_CONCLUDED: "其他处理",
}


class Remedy(StrEnum):
    """What a requester may do against an outcome, by the law in force since 2024-01-01.

    The law of another day, the limits and the body are in :mod:`gongkai.core.remedies`.
    """

    RECONSIDERATION_FIRST = "reconsideration_first"
    CHOICE = "choice"
    NOT_ACCEPTED_BY_COURT = "not_accepted_by_court"
    BY_PART = "by_part"
    NONE = "none"

    @property
    def label(self) -> str:
        return _REMEDY_LABELS[self]


_REMEDY_LABELS = {
    Remedy.RECONSIDERATION_FIRST: "先申请行政复议",
    Remedy.CHOICE: "行政复议或者行政诉讼任选",
    Remedy.NOT_ACCEPTED_BY_COURT: "法院不予立案",
    Remedy.BY_PART: "不公开的部分先复议，公开的部分任选",
    Remedy.NONE: "没有救济告知",
}


@dataclass(frozen=True)
class OutcomeRule:
    """What the law says of one outcome.

    ``rows`` name the row of table three by edition (``"2019"``, ``"2021"``).
    ``by_reply`` is false where no reply ends the request (lapsed, withdrawn).
    ``variants`` are what old ledgers call it.
    """

    outcome: Outcome
    ref: str
    label: str
    plain: str
    group: OutcomeGroup
    basis: tuple[str, ...]
    rows: Mapping[str, str]
    letter: str
    by_reply: bool
    remedy: Remedy
    remedy_basis: tuple[str, ...]
    remedy_note: str
    remedy_when: Mapping[str, Remedy]
    note: str
    requires: tuple[Requirement, ...]
    requires_when: Mapping[str, tuple[Requirement, ...]]
    variants: tuple[str, ...]

    @property
    def citations(self) -> tuple[str, ...]:
        return tuple(cite(reference) for reference in self.basis)

    @property
    def withheld(self) -> bool:
        """Whether articles 14-16 withhold it: reconsideration comes first (法释〔2025〕8号 art. 1(2))."""
        return self.remedy is Remedy.RECONSIDERATION_FIRST

    def row(self, edition: str) -> str:
        """The row of table three in ``edition``; HandlingError where it names none."""
        try:
            return self.rows[edition]
        except KeyError:
            raise HandlingError(f"{_FILE}, {self.outcome}: no row in edition {edition}") from None


def outcomes() -> tuple[OutcomeRule, ...]:
    """Every outcome in the order of table three."""
    return tuple(_outcomes().values())


def outcome_of(wanted: Outcome | str) -> OutcomeRule:
    """The rule of one outcome; HandlingError where there is no such outcome."""
    try:
        return _outcomes()[Outcome(wanted)]
    except ValueError:
        raise HandlingError(f"there is no outcome {wanted!r}") from None


def required(
    outcome: Outcome | str,
    circumstances: Iterable[str] = (),
    withheld_under: Iterable[Outcome | str] = (),
) -> tuple[Requirement, ...]:
    """What the file must hold for ``outcome``, each once, in order.

    ``circumstances`` are slugs of ``requirements.toml``; those that change nothing
    for this outcome are passed over.  ``withheld_under`` are the grounds of the
    parts taken out of a partial disclosure: each brings its own requirements.
    """
    rule = outcome_of(outcome)
    needed = list(rule.requires)
    for slug in circumstances:
        needed += rule.requires_when.get(circumstance(slug).id, ())
    for ground in withheld_under:
        part = outcome_of(ground)
        if rule.outcome is not Outcome.PARTLY_DISCLOSED or not part.withheld:
            raise HandlingError(f"{rule.outcome} takes out no part under {part.outcome}")
        needed += part.requires
    return tuple(dict.fromkeys(needed))


def lacking(
    outcome: Outcome | str,
    held: Collection[str],
    circumstances: Iterable[str] = (),
    withheld_under: Iterable[Outcome | str] = (),
) -> tuple[Requirement, ...]:
    """What a file that holds ``held`` still lacks before ``outcome`` may be chosen."""
    return tuple(r for r in required(outcome, circumstances, withheld_under) if not r.met(held))


@lru_cache(maxsize=1)
def _outcomes() -> Mapping[Outcome, OutcomeRule]:
    found = {rule.outcome: rule for rule in made(_FILE, read_data(_FILE), _rule).values()}
    missing = set(Outcome) - set(found)
    if missing:
        raise HandlingError(f"{_FILE}: nothing is said of {sorted(missing)}")
    return MappingProxyType(found)


def _rule(name: str, data: Data) -> OutcomeRule:
    return OutcomeRule(
        outcome=Outcome(name),
        ref=data["ref"],
        label=data["label"],
        plain=data["plain"],
        group=OutcomeGroup(data["group"]),
        basis=tuple(data["basis"]),
        rows=MappingProxyType(dict(data["rows"])),
        letter=data["letter"],
        by_reply=data.get("by_reply", True),
        remedy=Remedy(data["remedy"]),
        remedy_basis=tuple(data["remedy_basis"]),
        remedy_note=data.get("remedy_note", ""),
        remedy_when={k: Remedy(v) for k, v in data.get("remedy_when", {}).items()},
        note=data.get("note", ""),
        requires=tuple(requirement(r) for r in data["requires"]),
        requires_when={
            circumstance(w["circumstance"]).id: tuple(requirement(r) for r in w["requires"])
            for w in data.get("requires_when", ())
        },
        variants=tuple(data.get("variants", ())),
    )
