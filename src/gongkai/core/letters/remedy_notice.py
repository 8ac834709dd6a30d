"""The paragraph that tells a person where and until when to seek a remedy.

Reconsideration Law arts. 20, 22, 23: what is withheld goes to reconsideration
first, and the letter must say so; everything else to reconsideration or to
court, as the person chooses.  A letter made before the law of 2023 came into
force told of the choice in all cases.  A reply that discloses one part and
withholds another tells of each in a paragraph of its own.  Served online, the
letter names the internet channel for reconsideration (art. 22, paragraph 2).

Which way is open on which day is told by :mod:`gongkai.core.remedies.means`; here
are the words.  Where the court takes no case (法释〔2025〕8号 art. 10) it is unsettled
what a letter should say: the default is the choice, with a note for the agency's
legal staff.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..handling.outcomes import Outcome, Remedy
from ..law import instruments
from ..remedies.limits import remedy_limit
from ..remedies.means import Means, Part, means


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


def channel_is_due(made_on: date, served_online: bool) -> bool:
    """Whether the letter must name the internet channel (Reconsideration Law art. 22)."""
    return served_online and made_on >= instruments()["reconsideration-2023"].in_force_from


def remedy_notice(
    outcome: Outcome | str,
    made_on: date,
    venue: Venue,
    letter_name: str = "本答复书",
    no_suit: NoSuitNotice = NoSuitNotice.AS_CHOICE,
    circumstances: Iterable[str] = (),
) -> RemedyNotice:
    """The notice for an outcome in a letter of this day.

    ``letter_name`` is what the letter calls itself; ``circumstances`` are those of
    ``handling/requirements.toml``.
    """
    ways = means(outcome, made_on, circumstances)
    # The disclosed part stands first in the letter.
    ways = tuple(sorted(ways, key=lambda way: way.part is Part.WITHHELD))
    paragraphs = [_paragraph(way, venue, letter_name, no_suit) for way in ways]
    notes = [way.note for way in ways]
    if any(way.remedy is Remedy.NOT_ACCEPTED_BY_COURT for way in ways):
        notes.append(_NO_SUIT.format(setting=no_suit.label))
    said = tuple(paragraph for paragraph in paragraphs if paragraph)
    return RemedyNotice(_with_channel(said, venue), tuple(note for note in notes if note))


def choice_notice(venue: Venue, letter_name: str) -> RemedyNotice:
    """The notice of a decision that ends no request: reconsideration or litigation."""
    return RemedyNotice(_with_channel((_choice(letter_name, letter_name, venue),), venue))


def _paragraph(way: Means, venue: Venue, letter_name: str, no_suit: NoSuitNotice) -> str:
    match way.part:
        case Part.WHOLE:
            what = letter_name
        case Part.DISCLOSED:
            what = f"{letter_name}中予以公开的部分"
        case Part.WITHHELD:
            what = f"{letter_name}中不予公开的部分"
    if way.remedy is Remedy.RECONSIDERATION_FIRST:
        return _first("本决定" if way.part is Part.WHOLE else what, letter_name, venue)
    if way.remedy is Remedy.NOT_ACCEPTED_BY_COURT:
        if no_suit is NoSuitNotice.OMITTED:
            return ""
        if no_suit is NoSuitNotice.RECONSIDERATION_ONLY:
            return f"如不服{what}，可以{_apply(letter_name, venue)}。"
    return _choice(what, letter_name, venue)


def _first(what: str, letter_name: str, venue: Venue) -> str:
    return (
        f"如不服{what}，依据《中华人民共和国行政复议法》第二十条第一款、第二十三条第一款第（四）项的规定，"
        f"应当先申请行政复议：可以{_apply(letter_name, venue)}；"
        "对行政复议决定不服的，可以再依法向人民法院提起行政诉讼。"
    )


def _choice(what: str, letter_name: str, venue: Venue) -> str:
    return (
        f"如不服{what}，可以{_apply(letter_name, venue)}，"
        f"或者自收到{letter_name}之日起{remedy_limit('sue_directly')}内"
        f"向{venue.court or '有管辖权的人民法院'}提起行政诉讼。"
    )


def _apply(letter_name: str, venue: Venue) -> str:
    limit = remedy_limit("apply_for_reconsideration")
    bodies = "或者".join(venue.bodies)
    return f"自收到{letter_name}之日起{limit}内向{bodies}申请行政复议"


def _with_channel(paragraphs: tuple[str, ...], venue: Venue) -> tuple[str, ...]:
    if not paragraphs or not venue.channel:
        return paragraphs
    return (*paragraphs, f"提交行政复议申请书的互联网渠道：{venue.channel.rstrip('。')}。")
