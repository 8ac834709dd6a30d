"""The three records as subjects of the audit trail: by number, never by the person's name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models

from gongkai.web.audit.record import Subject
from gongkai.web.sealed import SealedTextField

from .models import Complaint, RecordCorrection, RemedyCase

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


def sealed_changed(record: Record, facts: dict[str, Any]) -> list[str]:
    """What sealed fields ``facts`` change, by what they are called; never what they say."""
    return [
        str(field.verbose_name)
        for name in facts
        if isinstance(field := record._meta.get_field(name), SealedTextField)
        and getattr(record, name) != facts[name]
    ]
