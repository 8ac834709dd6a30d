"""A letter: its kind, its facts and its template, made into a document or the list of what is
missing.

A missing fact is never left blank: :func:`render` then gives an :class:`Unready`
with a sentence for each.  What leaves the house carries no identity number in full,
and nothing that its kind conceals (a third party isn't told who asks).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from ..handling.outcomes import outcome_of
from .document import Block, LetterDocument, PageBreak, Paragraph, Place, Signature
from .evaluation import Told, blocks_of, mask_numbers
from .fact_kinds import fact_kinds
from .facts import Facts, Lack, gather, missing
from .kinds import SIGNED, LetterKind, Signatory, letter_kind
from .phrases import chinese_day
from .remedy_notice import (
    NoSuitNotice,
    RemedyNotice,
    Venue,
    channel_is_due,
    choice_notice,
    remedy_notice,
)
from .template import check_template, default_template, parse_template


@dataclass(frozen=True)
class LetterSettings:
    """What is left to the agency: what to tell where the court takes no case (未核实)."""

    no_suit: NoSuitNotice = NoSuitNotice.AS_CHOICE


@dataclass(frozen=True)
class Letter:
    """One letter to be written.  ``kind`` is an id or a short code (``L04``); without a
    ``template`` the one that comes along is used."""

    kind: str
    facts: Mapping[str, object]
    template: str | None = None
    settings: LetterSettings = field(default_factory=LetterSettings)


@dataclass(frozen=True)
class Unready:
    """A letter that cannot be written yet, and everything it lacks."""

    kind: str
    lacks: tuple[Lack, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(str(lack) for lack in self.lacks)


def render(letter: Letter) -> LetterDocument | Unready:
    """The letter as a document, or what keeps it from being one."""
    kind = letter_kind(letter.kind)
    facts, lacks = gather(kind, letter.facts)
    lacks += _channel_lack(kind, facts)
    text = default_template(kind.id) if letter.template is None else letter.template
    lacks += tuple(Lack("", f"模板：{finding}") for finding in check_template(kind, text))
    if lacks:
        return Unready(kind.id, lacks)
    notice = _notice(kind, facts, letter.settings)
    parts, _ = parse_template(text)
    masks = kind.leaves_the_house
    blocks = blocks_of(parts, Told(facts, notice.paragraphs, masks))
    document = _document(kind, facts, blocks, _notes(kind, facts) + notice.notes)
    revealed = _revealed(kind, letter.facts, document.text)
    return Unready(kind.id, revealed) if revealed else document


def _channel_lack(kind: LetterKind, facts: Facts) -> tuple[Lack, ...]:
    """Served online, the letter names the internet channel for reconsideration."""
    made_on = facts.get("made_on")
    if not kind.holds("served_online") or not isinstance(made_on, date):
        return ()
    if "reconsideration_channel" in facts or not channel_is_due(
        made_on, facts.get("served_online") is True
    ):
        return ()
    return (missing("reconsideration_channel"),)


def _notice(kind: LetterKind, facts: Facts, settings: LetterSettings) -> RemedyNotice:
    made_on, bodies = facts.get("made_on"), facts.get("reconsideration_bodies")
    if not isinstance(made_on, date) or not isinstance(bodies, tuple):
        return RemedyNotice(())
    online = facts.get("served_online") is True
    channel = str(facts.get("reconsideration_channel", "")) if online else ""
    venue = Venue([str(body) for body in bodies], str(facts.get("court", "")), channel)
    name = f"本{kind.title[-3:]}" if kind.title.endswith("书") else "本文书"
    outcome = kind.outcome or facts.get("outcome")
    if not outcome:
        return choice_notice(venue, name)
    # A repeated request follows the reply that was given before.
    undisclosed = facts.get("previous_disclosed") is False
    circumstances = ("earlier_reply_not_disclosed",) if undisclosed else ()
    return remedy_notice(str(outcome), made_on, venue, name, settings.no_suit, circumstances)


def _notes(kind: LetterKind, facts: Facts) -> tuple[str, ...]:
    outcome = kind.outcome or facts.get("outcome")
    rule = outcome_of(str(outcome)) if outcome and kind.tells_of_remedies else None
    return tuple(note for note in (kind.note, rule.note if rule else "") if note)


def _document(
    kind: LetterKind, facts: Facts, blocks: tuple[Block, ...], notes: tuple[str, ...]
) -> LetterDocument:
    title, salutation = kind.title, ""
    match blocks:
        case (Paragraph(text, Place.HEADING), *rest):
            title, blocks = text, tuple(rest)
    match blocks:
        case (Paragraph(text, Place.FLUSH), *rest):
            salutation, blocks = text, tuple(rest)
    enclosed = next((at for at, b in enumerate(blocks) if isinstance(b, PageBreak)), len(blocks))
    attachments = facts.get("attachments", ())
    document = LetterDocument(
        kind=kind.id,
        title=title,
        number=str(facts.get("document_number", "")),
        salutation=salutation,
        blocks=blocks[:enclosed],
        attachments=tuple(map(str, attachments)) if isinstance(attachments, tuple) else (),
        signature=_signature(kind, facts),
        enclosure=blocks[enclosed:],
        notes=notes,
        agency=str(facts.get("agency", "")),
    )
    if kind.leaves_the_house:
        document = replace(document, attachments=tuple(map(mask_numbers, document.attachments)))
    return document


def _signature(kind: LetterKind, facts: Facts) -> Signature | None:
    if kind.signed_by is Signatory.NOBODY:
        return None
    who, when = SIGNED[kind.signed_by]
    day, sealed = facts[when], kind.signed_by is Signatory.AGENCY
    return Signature(
        name=str(facts[who]) if sealed else f"{facts[who]}（签名或者盖章）",
        day=chinese_day(day) if isinstance(day, date) else str(day),
        sealed=sealed,
    )


def _revealed(kind: LetterKind, told: Mapping[str, object], text: str) -> tuple[Lack, ...]:
    """What the letter says although its kind conceals it."""
    found = []
    for name in kind.conceals:
        words = str(told.get(name) or "").strip()
        if len(words) > 1 and words in text:
            label = fact_kinds()[name].label
            found.append(Lack(name, f"文书里写出了“{label}”：这种文书不得让对方知道申请人是谁。"))
    return tuple(found)
