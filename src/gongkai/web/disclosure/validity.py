"""Whether a normative document holds on a day, out of the events of its life."""

from __future__ import annotations

from datetime import date

from gongkai.web.publication.models import Validity

from .models import InformationItem, ItemKind, LifeEventKind


def validity_of(item: InformationItem, today: date) -> tuple[str, str]:
    """(validity, what it rests on in words); two empty texts for what is no such document."""
    if item.kind != ItemKind.NORMATIVE_DOCUMENT:
        return Validity.NONE, ""
    events = [event for event in item.life_events.all() if event.on <= today]
    for event in reversed(events):
        if event.kind in (LifeEventKind.REPEALED, LifeEventKind.LAPSED):
            ended = Validity.REPEALED if event.kind == LifeEventKind.REPEALED else Validity.LAPSED
            return ended, f"{event.on:%Y-%m-%d}起{ended.label[1:]}" + _by(event.by_document)
    expires_on = item.version.expires_on
    if expires_on and expires_on < today:
        return Validity.LAPSED, f"有效期至{expires_on:%Y-%m-%d}"
    for event in reversed(events):
        if event.kind == LifeEventKind.AMENDED:
            return Validity.AMENDED, f"{event.on:%Y-%m-%d}起修改" + _by(event.by_document)
    return Validity.IN_FORCE, f"有效期至{expires_on:%Y-%m-%d}" if expires_on else ""


def _by(document: str) -> str:
    return f"（{document}）" if document else ""
