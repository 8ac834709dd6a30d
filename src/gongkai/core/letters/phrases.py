"""Phrases that several letters share and that follow from the facts: how the request came in,
how its sender is addressed, whom to ask.

Each covers some facts: a template that has the phrase need not name them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .fact_kinds import fact_kinds
from .facts import Facts

# Article 31: through these channels the day of receipt is the day both sides confirmed.
_CONFIRMED = {"plain_post", "fax", "online", "email"}


@dataclass(frozen=True)
class Phrase:
    """A phrase by name and label; ``covers`` are the facts it prints."""

    id: str
    label: str
    covers: tuple[str, ...]


PHRASES: Mapping[str, Phrase] = {
    phrase.id: phrase
    for phrase in (
        Phrase("you", "你", ()),
        Phrase(
            "receipt_account",
            "收到经过",
            ("received_on", "channel", "request_number", "corrected_on", "extended_to"),
        ),
        Phrase("contact_line", "联系方式", ("contact_office", "contact_phone", "contact_address")),
        Phrase("remedy", "救济告知", ("reconsideration_bodies",)),
    )
}

# The phrases that print a fact.
COVERED: Mapping[str, set[str]] = {
    name: {phrase.id for phrase in PHRASES.values() if name in phrase.covers}
    for name in {name for phrase in PHRASES.values() for name in phrase.covers}
}


def chinese_day(day: date) -> str:
    """2026年3月5日, as GB/T 9704 prints it."""
    return f"{day.year}年{day.month}月{day.day}日"


def phrase(name: str, facts: Facts) -> str:
    """A phrase in words; "" where the facts say nothing of it."""
    match name:
        case "you":
            return "你" if facts.get("requester_kind") == "natural_person" else "你单位"
        case "receipt_account":
            return _receipt_account(facts)
        case "contact_line":
            parts = [
                f"{fact_kinds()[n].label}：{facts[n]}"
                for n in PHRASES["contact_line"].covers
                if n in facts
            ]
            return "，".join(parts) + "。" if parts else ""
        case _:
            return ""


def _receipt_account(facts: Facts) -> str:
    you = phrase("you", facts)
    received_on, channel = facts.get("received_on"), str(facts.get("channel", ""))
    if not isinstance(received_on, date):
        return ""
    way = fact_kinds()["channel"].choices.get(channel, "")
    number = f"（登记编号：{facts['request_number']}）" if "request_number" in facts else ""
    if channel in _CONFIRMED:
        said = (
            f"{you}以{way}方式向本机关提出政府信息公开申请{number}。"
            f"经确认，本机关收到申请之日为{chinese_day(received_on)}。"
        )
    else:
        said = f"{chinese_day(received_on)}，本机关收到{you}以{way}方式提出的政府信息公开申请{number}。"
    corrected_on, extended_to = facts.get("corrected_on"), facts.get("extended_to")
    if isinstance(corrected_on, date):
        said += f"{chinese_day(corrected_on)}，本机关收到{you}补正的申请。"
    if isinstance(extended_to, date):
        said += (
            "经本机关政府信息公开工作机构负责人同意，"
            f"答复期限延长至{chinese_day(extended_to)}，并已告知{you}。"
        )
    return said
