"""The paragraph that tells a person where and until when to seek a remedy.

Reconsideration Law arts. 20, 22, 23: what is withheld goes to reconsideration
first, and the letter must say so; everything else to reconsideration or to
court, as the person chooses.  A letter made before the law of 2023 came into
force told of the choice in all cases.  A reply that discloses one part and
withholds another tells of each in a paragraph of its own.  Served online, the
letter names the internet channel for reconsideration (art. 22, paragraph 2).

Where the court takes no case (法释〔2025〕8号 art. 10) it is unsettled what a letter
should say: the default is the choice, with a note for the agency's legal staff.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..handling.outcomes import Remedy
from ..law import instruments


class NoSuitNotice(StrEnum):
    """What a letter tells where the court takes no case (未核实): a setting of the agency."""

    AS_CHOICE = "as_choice"
    RECONSIDERATION_ONLY = "reconsideration_only"
    OMITTED = "omitted"

    @property
    def label(self) -> str:
        return {
            NoSuitNotice.AS_CHOICE: "写可以复议或者诉讼",
            NoSuitNotice.RECONSIDERATION_ONLY: "只写可以复议",
            NoSuitNotice.OMITTED: "不写",
        }[self]


@dataclass(frozen=True)
class RemedyNotice:
    """The paragraphs to be printed, and notes that are not printed but shown to the staff."""

    paragraphs: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Venue:
    """Where to turn: the reconsideration bodies, the court if known, the internet channel."""

    bodies: Sequence[str]
    court: str = ""
    channel: str = ""


_NO_SUIT = (
    "未核实：这类答复人民法院不予立案（法释〔2025〕8号第十条第二款），是否仍告知复议、诉讼没有定论；"
    "现按“{setting}”办理，请法制人员确认。"
)


def remedy_on(remedy: Remedy, made_on: date) -> Remedy:
    """What applied on the day the letter was made: before the law of 2023, always the choice."""
    if remedy is Remedy.NONE or made_on >= instruments()["reconsideration-2023"].in_force_from:
        return remedy
    return Remedy.CHOICE


def channel_is_due(made_on: date, served_online: bool) -> bool:
    """Whether the letter must name the internet channel (Reconsideration Law art. 22)."""
    return served_online and made_on >= instruments()["reconsideration-2023"].in_force_from


def remedy_notice(
    remedy: Remedy,
    made_on: date,
    venue: Venue,
    letter_name: str = "本答复书",
    no_suit: NoSuitNotice = NoSuitNotice.AS_CHOICE,
) -> RemedyNotice:
    """The notice for ``remedy`` in a letter of this day, called ``letter_name`` in its own text."""
    since = f"自收到{letter_name}之日起"
    match remedy_on(remedy, made_on):
        case Remedy.NONE:
            return RemedyNotice(())
        case Remedy.RECONSIDERATION_FIRST:
            return _with_channel((_first("本决定", since, venue),), venue)
        case Remedy.BY_PART:
            disclosed = _choice(f"{letter_name}中予以公开的部分", since, venue)
            withheld = _first(f"{letter_name}中不予公开的部分", since, venue)
            return _with_channel((disclosed, withheld), venue)
        case Remedy.NOT_ACCEPTED_BY_COURT:
            notes = (_NO_SUIT.format(setting=no_suit.label),)
            if no_suit is NoSuitNotice.OMITTED:
                return RemedyNotice((), notes)
            if no_suit is NoSuitNotice.RECONSIDERATION_ONLY:
                only = f"如不服{letter_name}，可以{since}60日内向{_bodies(venue)}申请行政复议。"
                return _with_channel((only,), venue, notes)
            return _with_channel((_choice(letter_name, since, venue),), venue, notes)
        case Remedy.CHOICE:
            return _with_channel((_choice(letter_name, since, venue),), venue)


def _first(what: str, since: str, venue: Venue) -> str:
    return (
        f"如不服{what}，依据《中华人民共和国行政复议法》第二十条第一款、第二十三条第一款第（四）项的规定，"
        f"应当先申请行政复议：可以{since}60日内向{_bodies(venue)}申请行政复议；"
        "对行政复议决定不服的，可以再依法向人民法院提起行政诉讼。"
    )


def _choice(what: str, since: str, venue: Venue) -> str:
    return (
        f"如不服{what}，可以{since}60日内向{_bodies(venue)}申请行政复议，"
        f"或者{since}6个月内向{venue.court or '有管辖权的人民法院'}提起行政诉讼。"
    )


def _bodies(venue: Venue) -> str:
    return "或者".join(venue.bodies)


def _with_channel(
    paragraphs: tuple[str, ...], venue: Venue, notes: tuple[str, ...] = ()
) -> RemedyNotice:
    if venue.channel:
        said = f"提交行政复议申请书的互联网渠道：{venue.channel.rstrip('。')}。"
        paragraphs = (*paragraphs, said)
    return RemedyNotice(paragraphs, notes)
