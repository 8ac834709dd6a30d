"""A letter of a case as a document: facts of the case, facts given, text as edited.

``preview`` is what people of the house read and review: the requester is masked, number and
day stand open.  ``final`` is what is signed.  The signed files lie sealed in the store, since
they name who asked; ``file_of`` opens them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from gongkai.core.document_number import DocumentNumber
from gongkai.core.letters import Lack, LetterDocument, Unready, letter_kind, render
from gongkai.core.letters import Letter as CoreLetter
from gongkai.web import filestore
from gongkai.web.sealed import unseal
from gongkai.web.typesetting import without_glyphs

from .letter_facts import (
    IDENTITY_FACTS,
    SIGNING_FACTS,
    facts_of_case,
    facts_of_consultation,
    facts_of_decision,
    identity_facts,
)
from .letter_text import REQUESTER, THIRD_PARTY, edited, lost, text_of, with_words
from .models import DisclosureRequest, Letter
from .venue import settings_of

UNNUMBERED = "（签发时编号）"
# A number that no letter will ever have, to be struck out again.
_STAND_IN = DocumentNumber("文号待编", 2099, 999999)


def stored_facts(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What may be kept with a letter of ``given``: what the kind knows, and nobody's identity."""
    known = letter_kind(kind)
    return {
        name: value
        for name, value in plain(given).items()
        if known.holds(name) and name not in IDENTITY_FACTS | SIGNING_FACTS
    }


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as the database gives them back: days and sums as text."""
    told: dict[str, Any] = json.loads(json.dumps(dict(facts), cls=DjangoJSONEncoder))
    return told


def facts_of(letter: Letter) -> dict[str, Any]:
    """Every fact of a letter but identity, number and day: of the case, the decision, as given."""
    facts = facts_of_case(letter.request) | facts_of_consultation(letter)
    if letter.decision is not None:
        facts |= facts_of_decision(letter.decision)
    names = [paper.name for paper in letter.enclosures.all()] if letter.pk else []
    if names:
        facts["attachments"] = names
    return stored_facts(letter.kind, facts | letter.facts)


def preview(letter: Letter, *, reveal: bool = False) -> LetterDocument | Unready:
    """The letter as it stands, without number; the requester masked unless ``reveal``."""
    if letter.number and letter.dated:
        return _document(letter, letter.number, letter.dated, reveal=reveal)
    made = _document(letter, str(_STAND_IN), timezone.localdate(), reveal=reveal)
    if isinstance(made, Unready):
        return made
    return with_words(made, lambda words: words.replace(str(_STAND_IN), UNNUMBERED))


def final(letter: Letter, number: str, dated: date) -> LetterDocument | Unready:
    """The letter as it will be signed."""
    return _document(letter, number, dated, reveal=True)


def lacks_of(letter: Letter) -> tuple[Lack, ...]:
    """What keeps the letter from being handed in; none when it is complete."""
    made = preview(letter, reveal=True)
    return made.lacks if isinstance(made, Unready) else ()


def printing_note(letter: Letter) -> str:
    """What the PDF cannot print: rare characters, other scripts; "" where it prints all."""
    shown, whole = preview(letter), preview(letter, reveal=True)
    if isinstance(shown, Unready) or isinstance(whole, Unready):
        return ""
    wanting = without_glyphs(shown.text)
    hidden = set(without_glyphs(whole.text)) - set(wanting)
    told = [*wanting, *(["收件人姓名里的字"] if hidden else [])]
    if not told:
        return ""
    return (
        f"PDF 里没有这些字的字形，会印成方框：{'、'.join(told)}。"
        "用 Word 文件印制、送达，或者在正文里改写。"
    )


def text_to_edit(letter: Letter) -> str:
    """The text for the editing field: as edited, or as it follows from the facts."""
    if letter.text:
        return letter.text
    made = _unedited(letter, str(_STAND_IN), timezone.localdate(), reveal=False)
    if isinstance(made, Unready):
        return ""
    open_ = with_words(made, lambda words: words.replace(str(_STAND_IN), UNNUMBERED))
    return text_of(open_, _names(letter, reveal=False))


def digest_of(letter: Letter) -> str:
    """What was read of a letter: a change of any word or fact makes another digest."""
    papers = sorted(letter.enclosures.values_list("digest", flat=True))
    read = [letter.kind, facts_of(letter), letter.text, letter.decision_id, papers]
    words = json.dumps(read, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


def paper_of_case(
    case: DisclosureRequest, kind: str, given: Mapping[str, Any] | None = None
) -> LetterDocument | Unready:
    """An internal paper of the file (登记表、检索记录、送达回证、归档目录 …), with full identity."""
    facts = facts_of_case(case) | identity_facts(case, None, reveal=True) | dict(given or {})
    return render(CoreLetter(kind, facts, settings_of(case.agency).templates.get(kind)))


def file_of(letter: Letter, form: str) -> bytes:
    """The signed letter as ``docx`` or ``pdf``; whoever calls has asked whether it may be seen."""
    return unseal(filestore.read(letter.pdf if form == "pdf" else letter.docx))


def _document(
    letter: Letter, number: str, dated: date, *, reveal: bool
) -> LetterDocument | Unready:
    made = _unedited(letter, number, dated, reveal=reveal)
    if isinstance(made, Unready) or not letter.text:
        return made
    text = letter.text.replace(UNNUMBERED, number)
    after = edited(made, text, _names(letter, reveal=reveal))
    facts = _told(letter, number, dated, reveal=reveal)
    missing = lost(letter.kind, facts, made, after)
    return Unready(letter.kind, missing) if missing else after


def _unedited(
    letter: Letter, number: str, dated: date, *, reveal: bool
) -> LetterDocument | Unready:
    template = settings_of(letter.agency).templates.get(letter.kind)
    facts = _told(letter, number, dated, reveal=reveal)
    made = render(CoreLetter(letter.kind, facts, template))
    return made if isinstance(made, Unready) else replace(made, agency=letter.agency.name)


def _told(letter: Letter, number: str, dated: date, *, reveal: bool) -> dict[str, Any]:
    who = identity_facts(letter.request, letter, reveal=reveal)
    # Whoever signs is who agrees to it.
    agreed = letter.signed_by.name if letter.signed_by else "待签发"
    signing = {"document_number": number, "made_on": dated, "approved_by": agreed}
    return facts_of(letter) | who | signing


def _names(letter: Letter, *, reveal: bool) -> dict[str, str]:
    who = identity_facts(letter.request, letter, reveal=reveal)
    names = {who["requester_name"]: REQUESTER}
    if who.get("third_party_name"):
        names[who["third_party_name"]] = THIRD_PARTY
    return names
