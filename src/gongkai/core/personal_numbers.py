"""Numbers that belong to a private person: identity card, mobile phone, bank card.

A number is only called what its own make-up says it is: GB 11643 for identity
numbers (check digit and a real day of birth), Luhn and the issuer's first
digits for cards.  The fifteen digits of the first identity cards have no check
digit: they are told apart as doubtful.  Landlines, postcodes, mailboxes and web
addresses of an office are meant to be published and are no finding, and a sum
of money of eleven digits is no telephone.

Numbers may be printed full width, in the usual groups, beside letters, or with
invisible characters in them; where one stands is told by its place in the text
as given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class NumberKind(StrEnum):
    """What a number of a person is."""

    IDENTITY = "identity_number"
    OLD_IDENTITY = "old_identity_number"
    BANK_CARD = "bank_card"
    MOBILE = "mobile_number"


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """One number: what it is, where it stands in the text, its bare digits."""

    kind: NumberKind
    start: int
    end: int
    digits: str

    @property
    def masked(self) -> str:
        """``138****0000``; of longer numbers the first three and the last two."""
        return masked(self.digits)


# One character for one, so that places stay: full width to half, every dash to
# a hyphen, every space to a space.
_PLAIN = {
    **{ord("０") + i: ord("0") + i for i in range(10)},
    **{ord("Ａ") + i: ord("A") + i for i in range(26)},
    **{ord("ａ") + i: ord("a") + i for i in range(26)},
    **dict.fromkeys(map(ord, "‐‑‒–—―−－"), ord("-")),
    **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2004\u2005\u2009\u202f\u3000"), ord(" ")),
    **{ord(wide): ord(half) for wide, half in ("＠@", "．.", "／/", "＋+")},
}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")

# Looked for first: most texts have no run of digits so long.
_LONG = re.compile(r"\d(?:[ -]?\d){9}")
# What stands inside a web address or the name of a mailbox is not looked at.
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9+.-])(?:[A-Za-z][A-Za-z0-9+.-]{0,20}://|www\.)[!-~]+"
    r"|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9.-]+"
)
_FREE = r"(?<![0-9/=.&%_-])"
_SUM = r"(?!\.\d| ?(?:[万亿]?元(?![旦月宵])|吨|平方|立方|千瓦|公里))"

_CANDIDATES = (
    # The check digit is proof enough for letters, strokes and signs around.
    (
        NumberKind.IDENTITY,
        re.compile(
            # The number of a disability certificate is the identity number, kind and degree.
            r"(?<!\d)[1-9]\d{16}[\dXx](?:(?![\dXx])|(?=[1-7][1-4](?:B\d)?(?!\d)))"
            r"|(?<!\d)(?<!\d[ -])[1-9](?:[ -]?\d){16}[ -]?[\dXx](?![\dXx]|[ -]\d)"
        ),
    ),
    (
        NumberKind.BANK_CARD,
        re.compile(
            _FREE + r"(?:\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?|\d{6}[ -]\d{10,13}|[1-9]\d{15,18})"
            r"(?![0-9A-Za-z]|[ -]\d)"
        ),
    ),
    (
        NumberKind.OLD_IDENTITY,
        re.compile(_FREE + r"(?<![A-Za-z])[1-9]\d{14}(?![0-9A-Za-z-])" + _SUM),
    ),
    (
        NumberKind.MOBILE,
        re.compile(
            _FREE + r"(?:(?<![A-Za-z])|(?<=tel)|(?<=phone)|(?<=mobile))"
            r"(?:\(?\+?86\)?[ -]?|0)?(?P<bare>1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4}))"
            r"(?![0-9A-Za-z])" + _SUM,
            re.IGNORECASE,
        ),
    ),
)

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
# The first two digits of an identity number: province, region or municipality (GB/T 2260).
_OLD_IDENTITY = re.compile(r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])\d{13}")
# Lengths of card numbers by their first digits (UnionPay, Visa, Mastercard, JCB,
# and the two oldest debit cards).
_CARDS = re.compile(r"62\d{14,17}|4\d{15}|5[1-5]\d{14}|35\d{14}|9558\d{15}|6013\d{15}")


def personal_numbers(text: str, today: date | None = None) -> tuple[PersonalNumber, ...]:
    """Every number of a person in ``text``, in order; with ``today`` none of people yet unborn."""
    said, places = _seen(text)
    if not _LONG.search(said):
        return ()
    taken = bytearray(len(said))
    for match in _ADDRESS.finditer(said):
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    found: list[PersonalNumber] = []
    for kind, candidates in _CANDIDATES:
        for match in candidates.finditer(said):
            start, end = match.span()
            if 1 in taken[start:end]:
                continue
            digits = re.sub(r"[ -]", "", match.groupdict().get("bare") or match.group()).upper()
            if _is(kind, digits, today):
                taken[start:end] = b"\1" * (end - start)
                found.append(PersonalNumber(kind, places[start], places[end - 1] + 1, digits))
    return tuple(sorted(found, key=lambda number: number.start))


def is_identity_number(number: str, today: date | None = None) -> bool:
    """Eighteen characters with the check digit of GB 11643 and a real day of birth."""
    if len(number) != 18 or not number[:17].isdecimal():
        return False
    total = sum(int(d) * w for d, w in zip(number, _WEIGHTS, strict=False))
    return _CHECK[total % 11] == number[17] and _is_birth(number[6:14], today)


def masked(number: str) -> str:
    """``138****0000``; of longer numbers the first three and the last two."""
    if len(number) == 11:
        return f"{number[:3]}****{number[-4:]}"
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"


def plain(text: str) -> str:
    """The text with full-width digits, dashes and spaces as plain ones, each in its place."""
    return text.translate(_PLAIN)


def _seen(text: str) -> tuple[str, list[int] | range]:
    """The text as the eye has it, and the place of each of its characters in the original."""
    said = plain(text)
    if not _INVISIBLE.search(said):
        return said, range(len(text))
    places = [i for i, char in enumerate(said) if not _INVISIBLE.match(char)]
    return "".join(said[i] for i in places), places


def _is(kind: NumberKind, digits: str, today: date | None) -> bool:
    match kind:
        case NumberKind.IDENTITY:
            return is_identity_number(digits, today)
        case NumberKind.BANK_CARD:
            return _CARDS.fullmatch(digits) is not None and _luhn(digits)
        case NumberKind.OLD_IDENTITY:
            born = f"19{digits[6:12]}"
            return _OLD_IDENTITY.fullmatch(digits) is not None and _is_birth(born, today)
        case NumberKind.MOBILE:
            return True


def _is_birth(day: str, today: date | None) -> bool:
    try:
        born = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return False
    return born.year >= 1900 and (today is None or born <= today)


def _luhn(number: str) -> bool:
    digits = [int(d) for d in reversed(number)]
    doubled = [d * 2 - 9 if d > 4 else d * 2 for d in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
