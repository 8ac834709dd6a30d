"""A letter with invented facts, to look at a template before it is used."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from gongkai.core.letters import FactKind, FactType, Letter, LetterDocument, Unready, letter_kind
from gongkai.core.letters import render as rendered
from gongkai.web.agencies.models import Agency

from ..venue import reconsideration_bodies, settings_of


def sample_letter(
    agency: Agency, kind: str, template: str | None, today: date
) -> LetterDocument | Unready:
    """The letter of this kind as ``template`` makes it; everything in it but the agency is invented."""
    wanted = letter_kind(kind)
    facts = {fact.id: _sample(fact, today) for fact in wanted.facts if wanted.holds(fact.id)}
    chosen = settings_of(agency)
    facts |= {
        "agency": agency.name,
        "agency_address": agency.address or "（机关地址）",
        "contact_office": agency.disclosure_office or agency.name,
        "contact_phone": agency.phone or "（联系电话）",
        "contact_address": agency.address or "（机关地址）",
        "requester_name": "张某某",
        "third_party_name": "某某公司",
        "reconsideration_bodies": reconsideration_bodies(agency) or ("（复议机关）",),
        "reconsideration_channel": chosen.reconsideration_address or "https://example.gov.cn",
        "court": chosen.court or "（人民法院）",
    }
    return rendered(Letter(kind, facts, template))


def _sample(fact: FactKind, today: date) -> Any:
    match fact.type:
        case FactType.DATE:
            return today - timedelta(days=3)
        case FactType.COUNT:
            return max(fact.least or 0, min(fact.most or 10, 10))
        case FactType.YUAN:
            return "100"
        case FactType.LIST:
            return [f"（{fact.label}之一）", f"（{fact.label}之二）"]
        case FactType.CHOICE:
            return next(iter(fact.choices))
        case FactType.FLAG:
            return False
        case FactType.ROWS:
            return [["1", *(f"（{column}）" for column in fact.columns[1:])]]
        case FactType.DOCUMENT_NUMBER:
            return f"某公开〔{today.year}〕1号"
        case FactType.IDENTITY:
            return "110101199003078515"
        case _:
            return f"（{fact.label}）"
