"""Numbers of private persons in the text: identity card, mobile phone, bank card.

A number is only called what its own check digit says it is: GB 11643 for
identity numbers, Luhn for cards.  Landlines, postcodes and mailboxes of an
office are meant to be published.  Findings show the number masked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from ..finding import Finding
from ..report import AnnualReport
from ..rules import find

# Looked for first: most texts have no run of digits so long.
_LONG = re.compile(r"[0-9０-９][0-9０-９ -]{9,}[0-9０-９Xx]")
# Eleven digits or more in one run or in the usual groups; not inside a web
# address, not the name of a mailbox.
_NUMBER = re.compile(
    r"(?<![0-9A-Za-z/=.&%_-])(?:1\d\d[ -]\d{4}[ -]\d{4}|\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?|"
    r"\d{6}[ -]\d{8}[ -]\d{3}[\dXx]|[1-9]\d{10,18}[Xx]?)(?![0-9A-Za-z])(?![\w.-]*@)"
)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
# Lengths of card numbers by their first digits (UnionPay, Visa, Mastercard, JCB).
_CARDS = re.compile(r"62\d{14,17}|4\d{15}|5[1-5]\d{14}|35\d{14}")


def privacy(report: AnnualReport) -> Iterator[Finding]:
    """One finding for each number, in the order of the text."""
    seen: set[str] = set()
    for place, text in _texts(report):
        if not _LONG.search(text):
            continue
        for match in _NUMBER.finditer(text):
            number = unicodedata.normalize("NFKC", re.sub(r"[^\dXx]", "", match.group())).upper()
            rule = _kind(number)
            if rule and number not in seen:
                seen.add(number)
                yield find(rule, place=place, masked=_masked(number))


def _texts(report: AnnualReport) -> Iterator[tuple[str, str]]:
    yield "开头", report.lead
    for section in report.sections:
        yield f"“{section.title}”" if section.title else "正文", section.text
    for table in report.local_tables:
        yield f"“{table.title}”", "\n".join("\n".join(row) for row in table.rows)
    yield "联系方式", report.contact or ""
    yield "落款", report.signature.text if report.signature is not None else ""


def _kind(number: str) -> str:
    if len(number) == 18 and _is_identity(number):
        return "privacy.identity_number"
    if _CARDS.fullmatch(number) and _luhn(number):
        return "privacy.bank_card"
    return "privacy.mobile_number" if _MOBILE.fullmatch(number) else ""


def _is_identity(number: str) -> bool:
    if not number[:17].isdecimal():
        return False
    total = sum(int(d) * w for d, w in zip(number, _WEIGHTS, strict=False))
    if _CHECK[total % 11] != number[17]:
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return born.year >= 1900


def _luhn(number: str) -> bool:
    digits = [int(d) for d in reversed(number)]
    doubled = [d * 2 - 9 if d > 4 else d * 2 for d in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _masked(number: str) -> str:
    """``138****0000``; of longer numbers the first three and the last two."""
    if len(number) == 11:
        return f"{number[:3]}****{number[-4:]}"
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"
