"""Personal numbers in what an attachment shows: identity numbers, mobile numbers, bank cards.

One finding for each number, however often it is printed; its fingerprint names
it to :mod:`gongkai.core.screening.redaction` without anyone having to keep it.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...personal_numbers import NumberKind, PersonalNumber, personal_numbers
from .hidden import Hidden, Piece, found, places_told

SHORTEST = 11
"""No personal number has fewer characters."""

RULES = {
    NumberKind.IDENTITY: "attachment.identity_number",
    NumberKind.OLD_IDENTITY: "attachment.old_identity_number",
    NumberKind.MOBILE: "attachment.mobile_number",
    NumberKind.BANK_CARD: "attachment.bank_card",
}


def numbers_shown(pieces: Iterable[Piece]) -> list[Hidden]:
    """A finding for each number in ``pieces``, in their order."""
    places: dict[tuple[NumberKind, str], list[str]] = {}
    numbers: dict[tuple[NumberKind, str], PersonalNumber] = {}
    for piece in pieces:
        # Most cells of a workbook are shorter than any number.
        for number in personal_numbers(piece.text) if len(piece.text) >= SHORTEST else ():
            key = (number.kind, number.digits)
            numbers.setdefault(key, number)
            places.setdefault(key, []).append(piece.place)
    return [_told(number, places[key]) for key, number in numbers.items()]


def fingerprint_of(number: PersonalNumber) -> str:
    """The fingerprint that a finding of ``number`` bears."""
    return _told(number, [""]).fingerprint


def _told(number: PersonalNumber, places: list[str]) -> Hidden:
    return found(
        RULES[number.kind],
        places_told(places),
        number.digits,
        number.masked,
        len(places),
        list(dict.fromkeys(places)),
        masked=number.masked,
    )
