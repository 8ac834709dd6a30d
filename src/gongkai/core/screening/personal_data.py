"""Numbers of persons in an item (art. 15): identity cards, passports, bank cards, mobile phones.

A number with the right check digit is one wherever it stands.  A number that the
text itself calls an identity number (身份证号：…, a column headed 身份证号) is
shown even where a digit of it is wrong: all but that digit is still the person's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..personal_numbers import NumberKind, is_identity_number, masked, personal_numbers, plain
from .placed_text import PlacedText
from .spotted import Sighting

_RULES = {
    NumberKind.IDENTITY: "screening.identity_number",
    NumberKind.OLD_IDENTITY: "screening.old_identity_number",
    NumberKind.BANK_CARD: "screening.bank_card",
    NumberKind.MOBILE: "screening.mobile_number",
}
_CALLED_IDENTITY = re.compile(
    r"(?:身份证|公民身份)(?:件?号码?|证号)?(?:为|是)?[：: ]{0,3}([1-9]\d{16}[\dXx])(?![\dXx])"
)
_HEADED_IDENTITY = re.compile(r"身份证|公民身份|证件号")
_NEVER = re.compile(r"(?!)")
_EIGHTEEN = re.compile(r"[1-9]\d{16}[\dXx]")
_PASSPORT = re.compile(r"护照(?:号码?)?(?:为|是)?[：: ]{0,3}([A-Z]{1,2}\d{7,8})(?![0-9A-Za-z])")


def personal_data(placed: PlacedText, today: date) -> Iterator[Sighting]:
    """Every number of a person in the text."""
    for number in personal_numbers(placed.text, today):
        rule = _RULES[number.kind]
        yield Sighting(rule, number.start, number.end, number.masked, number.digits, number.masked)
    said = plain(placed.text)
    yield from _mistyped(placed, said, today)
    for match in _PASSPORT.finditer(said):
        hidden = masked(match[1])
        yield Sighting(
            "screening.passport_number", match.start(1), match.end(1), hidden, match[1], hidden
        )


def _mistyped(placed: PlacedText, said: str, today: date) -> Iterator[Sighting]:
    called = {match.span(1) for match in _CALLED_IDENTITY.finditer(said)}
    for table in placed.tables:
        for column in table.columns(_HEADED_IDENTITY, _NEVER):
            for cell in table.below(column):
                match = _EIGHTEEN.search(said, cell.start, cell.end)
                if match and match.group() == cell.text.strip():
                    called.add(match.span())
    for start, end in called:
        number = said[start:end].upper()
        if not is_identity_number(number, today):
            hidden = masked(number)
            yield Sighting("screening.identity_number_mistyped", start, end, hidden, number, hidden)
