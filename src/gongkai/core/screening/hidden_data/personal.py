"""Personal numbers in what an attachment shows: identity numbers, mobile numbers, bank cards.

One finding for each number, however often it is printed; a list of persons with
many numbers of one kind is one finding, to be answered as one.  The fingerprint
of a finding names its numbers to :mod:`gongkai.core.screening.redaction`, so that
nobody has to keep them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ...personal_numbers import NumberKind, PersonalNumber, personal_numbers
from .hidden import Hidden, Piece, found, places_told

RULES = {
    NumberKind.IDENTITY: "attachment.identity_number",
    NumberKind.OLD_IDENTITY: "attachment.old_identity_number",
    NumberKind.MOBILE: "attachment.mobile_number",
    NumberKind.BANK_CARD: "attachment.bank_card",
}
SHORTEST = 11
"""No personal number has fewer characters."""

# As many of one kind are answered one by one; more, as one.
_APART = 5


@dataclass(slots=True)
class _Met:
    """A number and everywhere it stands."""

    number: PersonalNumber
    places: list[str] = field(default_factory=list)


def numbers_shown(pieces: Iterable[Piece]) -> list[Hidden]:
    """The findings on the numbers in ``pieces``, in their order."""
    return [told for told, _ in numbers_told(pieces)]


def numbers_told(pieces: Iterable[Piece]) -> list[tuple[Hidden, tuple[str, ...]]]:
    """The same findings, each with the bare digits it is about."""
    met: dict[NumberKind, dict[str, _Met]] = {}
    for piece in pieces:
        # Most cells of a workbook are shorter than any number.
        for number in personal_numbers(piece.text) if len(piece.text) >= SHORTEST else ():
            of_kind = met.setdefault(number.kind, {})
            of_kind.setdefault(number.digits, _Met(number)).places.append(piece.place)
    told = []
    for of_kind in met.values():
        every = list(of_kind.values())
        groups = [every] if len(every) > _APART else [[one] for one in every]
        told += [(_told(group), tuple(one.number.digits for one in group)) for group in groups]
    return told


def _told(group: list[_Met]) -> Hidden:
    first = group[0].number
    masked = first.masked if len(group) == 1 else f"{first.masked} 等 {len(group)} 个"
    places = [place for one in group for place in one.places]
    listed = [f"{places_told(one.places)}：{one.number.masked}" for one in group]
    return found(
        RULES[first.kind],
        places_told(places),
        "\n".join(sorted(one.number.digits for one in group)),
        masked,
        len(places),
        listed,
        masked=masked,
    )
