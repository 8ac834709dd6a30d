"""The three records as subjects of the audit trail: by number, never by the person's name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models

from gongkai.core.letters.evaluation import mask_numbers
from gongkai.web.audit.record import Subject
from gongkai.web.requests.discretion import discreet as discreet_of_request
from gongkai.web.requests.models.requesters import mask_name
from gongkai.web.sealed import SealedTextField

from .models import Complaint, RecordCorrection, RemedyCase

# What tells who it is, and stands in words that staff write; the rest tells of a matter.
_TELLING = {
    RemedyCase: ("applicant",),
    RecordCorrection: ("name", "document_number", "phone", "mailbox", "address"),
    Complaint: ("name", "contact"),
}
_SHORTEST = 2

Record = RemedyCase | RecordCorrection | Complaint


def subject_of(record: Record) -> Subject:
    """The record as a subject."""
    return Subject(kind_of(record), str(record.pk), str(record))


def kind_of(record: Record) -> str:
    """The kind of subject that it is."""
    match record:
        case RemedyCase():
            return "remedy_case"
        case RecordCorrection():
            return "record_correction"
        case _:
            return "complaint"


def facts_of(record: Record, names: Iterable[str]) -> dict[str, Any]:
    """What is told of the named fields; of a sealed one only whether there is something."""
    found: dict[str, Any] = {}
    for name in names:
        field = record._meta.get_field(name)
        if isinstance(field, SealedTextField) or name.startswith("masked_"):
            continue
        assert isinstance(field, models.Field)
        value = getattr(record, field.attname)
        found[name] = value.isoformat() if isinstance(value, date) else value
    return found


def discreet(record: Record, words: str) -> str:
    """``words`` for the trail and for names of files: whoever it is masked, and any number."""
    facts = [getattr(record, name).strip() for name in _TELLING[type(record)]]
    for fact in sorted(facts, key=len, reverse=True):
        if len(fact) >= _SHORTEST:
            words = words.replace(fact, mask_name(fact))
    asked = None if isinstance(record, RecordCorrection) else record.request
    return discreet_of_request(asked, words) if asked else mask_numbers(words)


def sealed_changed(record: Record, facts: dict[str, Any]) -> list[str]:
    """What sealed fields ``facts`` change, by what they are called; never what they say."""
    return [
        str(field.verbose_name)
        for name in facts
        if isinstance(field := record._meta.get_field(name), SealedTextField)
        and getattr(record, name) != facts[name]
    ]
