"""Whether a published document holds today, and what its life was and will be.

What the page says is worked out of the dates when it is written, since a document lapses by
itself when its term ends; a repeal or lapse that was declared stands in any case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from gongkai.core.catalogue import Validity
from gongkai.core.normative_document import Event, EventKind, Life, Standing, standing_on
from gongkai.web.publication.models import Publication

_DECLARED = {"repealed": Validity.REPEALED, "lapsed": Validity.LAPSED}
_LOOK = {
    Validity.PENDING: "warn",
    Validity.IN_FORCE: "ok",
    Validity.AMENDED: "warn",
    Validity.REPEALED: "bad",
    Validity.LAPSED: "bad",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a document's life; ``number``: the publication that made it happen."""

    on: date
    what: str
    by: str = ""
    number: int | None = None
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a document stands: the word, since when, by which document, until when."""

    validity: Validity
    since: date | None
    by: str
    until: date | None
    note: str
    begins: date | None
    coming: tuple[Happening, ...]

    @property
    def label(self) -> str:
        """现行有效, 已废止 …"""
        return self.validity.label

    @property
    def look(self) -> str:
        """How banner and tag are coloured: ok, warn, bad."""
        return _LOOK[self.validity]

    @property
    def text(self) -> str:
        """What it rests on, in sentences."""
        return self._what() + (
            f"有效期至 {spoken(self.until)}。" if self.until and self.validity.holds else ""
        )

    def _what(self) -> str:
        if self.note:
            return f"{self.note.rstrip('。')}。"
        if self.validity in (Validity.IN_FORCE, Validity.PENDING):
            return f"{spoken(self.begins)}起施行。" if self.begins else ""
        since = f"{spoken(self.since)}起" if self.since else ""
        by = f"（{self.by}）" if self.by else ""
        word = {"amended": "修改", "repealed": "废止", "lapsed": "失效"}[self.validity]
        end = "，仍然有效。" if self.validity.holds else "。"
        return f"{since}{word}{by}{end}" if since or by else ""


def spoken(day: date) -> str:
    """2026年10月28日."""
    return f"{day.year}年{day.month}月{day.day}日"


def has_life(publication: Publication) -> bool:
    """Whether validity is a question here at all."""
    return bool(publication.validity) or publication.kind == "normative_document"


def stand_of(publication: Publication, today: date) -> Stand | None:
    """Where ``publication`` stands on ``today``; None for what is no such document."""
    if not has_life(publication):
        return None
    life = _life_of(publication)
    found = standing_on(life, today) or Standing(Validity.PENDING, today)
    declared = _DECLARED.get(publication.validity)
    note = ""
    if declared is not None and found.validity is not declared:
        # Declared so where the life was not told (documents of a former site) or tells less.
        found, note = Standing(declared, today), publication.validity_note
    elif publication.validity == "amended" and found.validity is Validity.IN_FORCE:
        found, note = Standing(Validity.AMENDED, today), publication.validity_note
    ahead = tuple(h for h in happenings(publication, today) if h.ahead)
    told = "" if note else found.by
    since = None if note else found.since
    last_day = _last_day(life, today)
    return Stand(found.validity, since, told, last_day, note, publication.effective_on, ahead)


def happenings(publication: Publication, today: date) -> list[Happening]:
    """The life of a document in the order of days, what is still to come at the end."""
    found = [Happening(timezone.localdate(publication.published_at), "发布")]
    if publication.made_on:
        found.append(Happening(publication.made_on, "制发"))
    if publication.effective_on:
        found.append(Happening(publication.effective_on, "施行"))
    for event, number in _events(publication):
        found.append(Happening(event.on, event.kind.label, event.by, number))
    last = _last_day(_life_of(publication), date.max)
    ended = any(e.kind in (EventKind.REPEALED, EventKind.LAPSED) for e, _ in _events(publication))
    if last and not ended:
        found.append(Happening(last, "有效期满"))
    return [
        Happening(h.on, h.what, h.by, h.number, ahead=h.on > today)
        for h in sorted(found, key=lambda h: h.on)
    ]


def holding(validity: Validity, today: date) -> Q:
    """The normative documents of which ``stand_of`` says ``validity`` on ``today``."""
    documents = Q(kind="normative_document")
    over = Q(expires_on__lt=today)
    ahead = Q(effective_on__gt=today)
    stored = Q(validity__in=["", "pending", "in_force"])
    match validity:
        case Validity.REPEALED:
            return documents & Q(validity="repealed")
        case Validity.LAPSED:
            return documents & ~Q(validity="repealed") & (Q(validity="lapsed") | over)
        case Validity.PENDING:
            return (
                documents & Q(validity__in=["", "pending", "in_force", "amended"]) & ahead & ~over
            )
        case Validity.AMENDED:
            return documents & Q(validity="amended") & ~ahead & ~over
        case _:
            return documents & stored & ~ahead & ~over


def _life_of(publication: Publication) -> Life:
    return Life(
        key=str(publication.pk),
        issued_on=publication.made_on or timezone.localdate(publication.published_at),
        effective_on=publication.effective_on,
        expires_on=publication.expires_on,
        events=tuple(event for event, _ in _events(publication)),
    )


def _events(publication: Publication) -> list[tuple[Event, int | None]]:
    """The events after the issue, with the number of the document that made each."""
    kinds = {kind.value: kind for kind in EventKind}
    told: list[dict[str, Any]] = publication.facts.get("life", [])
    return [
        (
            Event(
                kinds[line["kind"]],
                date.fromisoformat(line["on"]),
                line.get("by", ""),
                date.fromisoformat(line["until"]) if line.get("until") else None,
            ),
            line.get("by_number"),
        )
        for line in told
        if line["kind"] in kinds
    ]


def _last_day(life: Life, day: date) -> date | None:
    """The last day the document holds, extensions up to ``day`` counted."""
    last = life.expires_on
    for event in sorted(life.events, key=lambda e: e.on):
        if event.kind is EventKind.EXTENDED and event.on <= day:
            last = event.until
    return last
