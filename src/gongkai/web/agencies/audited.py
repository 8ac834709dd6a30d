"""How the audit trail names an agency, and what it keeps of it."""

from __future__ import annotations

from typing import Any

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Subject

CONTACT = (
    "disclosure_office", "address", "postcode", "phone", "fax", "mailbox", "office_hours",
    "functions",
)  # fmt: skip
# Slug and code are for ever: addresses, index numbers and the audit trail are made of them.
PLACE = (
    "short_name", "kind", "parent", "unified_code", "competent_for", "position",
    "index_template", "began_on",
)  # fmt: skip
STEPS = ("section_review", "approval")


def subject_of(agency: Agency) -> Subject:
    """The agency as a subject of the audit trail."""
    return Subject("agency", agency.code, agency.name)


def facts_of(agency: Agency, names: tuple[str, ...]) -> dict[str, Any]:
    """The named facts, other agencies by their code."""
    facts: dict[str, Any] = {}
    for name in names:
        value = getattr(agency, name)
        facts[name] = value.code if isinstance(value, Agency) else value
    return facts
