"""Numbers of private persons in the text: identity card, mobile phone, bank card.

What such a number looks like is told in :mod:`gongkai.core.personal_numbers`.
Findings show it masked.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding
from ..personal_numbers import NumberKind, personal_numbers
from ..report import AnnualReport
from ..rules import find

_RULES = {
    NumberKind.IDENTITY: "privacy.identity_number",
    NumberKind.MOBILE: "privacy.mobile_number",
    NumberKind.BANK_CARD: "privacy.bank_card",
}


def privacy(report: AnnualReport) -> Iterator[Finding]:
    """One finding for each number, in the order of the text."""
    seen: set[str] = set()
    for place, text in _texts(report):
        for number in personal_numbers(text):
            rule = _RULES.get(number.kind)
            if rule and number.digits not in seen:
                seen.add(number.digits)
                yield find(rule, place=place, masked=number.masked)


def _texts(report: AnnualReport) -> Iterator[tuple[str, str]]:
    yield "开头", report.lead
    for section in report.sections:
        yield f"“{section.title}”" if section.title else "正文", section.text
    for table in report.local_tables:
        yield f"“{table.title}”", "\n".join("\n".join(row) for row in table.rows)
    yield "联系方式", report.contact or ""
    yield "落款", report.signature.text if report.signature is not None else ""
