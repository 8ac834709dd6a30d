"""An old ledger looked through: which lines can be taken in, and why the others cannot.

Nothing is written here.  A line becomes a request with the events that the ledger tells; where
an event of the law must have been and the ledger does not tell its day, it is put on the day of
receipt and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from gongkai.core.days import WorkingDays
from gongkai.core.finding import Severity
from gongkai.core.handling.channels import Channel
from gongkai.core.handling.clock import account
from gongkai.core.handling.history import Act, History
from gongkai.core.handling.ledger import LedgerEntry, columns
from gongkai.core.handling.ledger_reading import LedgerLine, read_line
from gongkai.core.handling.ledger_words import plain
from gongkai.core.handling.outcomes import Outcome
from gongkai.core.handling.transitions import ActKind, arrivals
from gongkai.core.rules import say
from gongkai.web import sheets
from gongkai.web.agencies.models import Agency

MOST_LINES = 20_000
# So many headings of ours, and a row is the head row.
_ENOUGH_HEADS = 3
_HEAD_WITHIN = 20
_ASSUMED = "台账没有记这一天，按收到之日补记"
_ASSUMED_ORDER = "台账没有记责令之日，按重新答复之日补记"


@dataclass(frozen=True)
class PastEvent:
    """One event that the ledger tells, or that must have been."""

    act: ActKind
    on: date
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True)
class Taken:
    """A line that can be taken in, and what is to be known of it."""

    row: int
    agency: Agency
    entry: LedgerEntry
    arrived_on: date
    channel: Channel
    events: tuple[PastEvent, ...]
    aside: Mapping[str, str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """A line that cannot be taken in, and why."""

    row: int
    number: str
    why: tuple[str, ...]


@dataclass
class Judgement:
    """What an old ledger came to."""

    taken: list[Taken] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unknown_heads: list[str] = field(default_factory=list)

    @property
    def noted(self) -> list[Taken]:
        """Those taken with something to be known."""
        return [one for one in self.taken if one.notes]


@dataclass(frozen=True)
class Reader:
    """For whom the ledger is read.  ``channel`` is for lines that name none; None refuses them."""

    agencies: Sequence[Agency]
    default: Agency
    channel: Channel | None
    known: Mapping[int, frozenset[str]]
    today: date
    days: WorkingDays


def judge(data: bytes, reader: Reader) -> Judgement:
    """Every line of the file judged; raises sheets.Unreadable where it is no ledger."""
    heads, lines = _table(sheets.read_grid(data))
    if len(lines) > MOST_LINES:
        raise sheets.Unreadable(f"有 {len(lines)} 行，一次最多 {MOST_LINES} 行，分几个文件。")
    judged = Judgement(unknown_heads=[head for head in heads if head and not _known(head)])
    by_name = {
        plain(name): agency
        for agency in reader.agencies
        for name in (agency.name, agency.short_name, agency.code)
    }
    seen: dict[tuple[int, str], int] = {}
    for row, cells in lines:
        line = {head: cell for head, cell in zip(heads, cells, strict=False) if head}
        read = read_line(line, f"第 {row} 行", reader.default.name, reader.today)
        taken = _one(row, read, by_name, reader, seen)
        if isinstance(taken, Taken):
            seen[taken.agency.pk, taken.entry.number] = row
            judged.taken.append(taken)
        else:
            number = next((line[h] for h in line if _is(h, "number")), "")
            judged.refused.append(replace(taken, number=number))
    return judged


def _table(grid: list[list[str]]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    for place, row in enumerate(grid[:_HEAD_WITHIN]):
        heads = [cell.strip() for cell in row]
        if sum(_known(head) for head in heads if head) >= _ENOUGH_HEADS:
            lines = [
                (number, cells)
                for number, cells in enumerate(grid[place + 1 :], start=place + 2)
                if any(cell.strip() for cell in cells)
            ]
            return heads, lines
    needed = "、".join(column.label for column in columns() if column.required)
    raise sheets.Unreadable(
        f"没有找到表头。前 {_HEAD_WITHIN} 行里要有一行写着栏名，至少有{needed}。"
    )


def _one(
    row: int,
    read: LedgerLine,
    by_name: Mapping[str, Agency],
    reader: Reader,
    seen: Mapping[tuple[int, str], int],
) -> Taken | Refused:
    place = f"第 {row} 行："
    why = [say(f).removeprefix(place) for f in read.findings if f.severity is Severity.ERROR]
    notes = [say(f).removeprefix(place) for f in read.findings if f.severity is not Severity.ERROR]
    entry = read.entry
    if entry is None:
        return Refused(row, "", tuple(why))
    agency = by_name.get(plain(entry.agency))
    if agency is None:
        why.append(f"受理机关“{entry.agency}”不是你管的机关，按机关名册上的名称写。")
    elif entry.number in reader.known.get(agency.pk, frozenset()):
        why.append(f"编号“{entry.number}”平台上已经有了。")
    elif (agency.pk, entry.number) in seen:
        why.append(f"编号“{entry.number}”和第 {seen[agency.pk, entry.number]} 行相同。")
    channel = entry.channel or reader.channel
    if channel is None:
        why.append("没有写申请渠道。补上，或者在导入时选“没有写渠道的按”哪一种。")
    elif entry.channel is None:
        notes.append(f"没有写申请渠道，按{channel.label}。")
    if why or agency is None or channel is None or entry.received_on is None:
        return Refused(row, entry.number, tuple(why))
    arrived_on = entry.arrived_on or entry.received_on
    if not arrivals()[channel.value].confirmed and arrived_on != entry.received_on:
        notes.append(
            f"{channel.label}以到达之日为收到之日，台账写的到达日期 {arrived_on} 和收到日期 "
            f"{entry.received_on} 不同，按收到日期。"
        )
        arrived_on = entry.received_on
    events = _events(entry, arrived_on, channel, reader)
    notes += _of_the_limit(entry, arrived_on, channel, events, reader)
    notes += [f"{event.act.label}：{event.note}。" for event in events if event.note]
    return Taken(row, agency, entry, arrived_on, channel, events, read.kept_aside, tuple(notes))


def _events(
    entry: LedgerEntry, arrived_on: date, channel: Channel, reader: Reader
) -> tuple[PastEvent, ...]:
    assert entry.received_on is not None
    past: list[PastEvent] = []
    if arrivals()[channel.value].confirmed:
        past.append(PastEvent(ActKind.CONFIRMED, entry.received_on))
    if entry.outcome is not None and entry.concluded_on is not None:
        usual = [*past, *_ending(entry.outcome, entry.concluded_on, entry.received_on)]
        # What the law would not have allowed as the ledger tells it stands as a plain answer.
        told = _account(usual, arrived_on, channel, reader)
        past = usual if told.concluded_on else [*past, *_reply(entry.outcome, entry.concluded_on)]
    if entry.redone_outcome is not None and entry.redone_on is not None:
        past.append(PastEvent(ActKind.ORDERED_REDO, entry.redone_on, note=_ASSUMED_ORDER))
        past += _reply(entry.redone_outcome, entry.redone_on)
    return tuple(past)


def _ending(outcome: Outcome, on: date, received_on: date) -> Iterator[PastEvent]:
    lapsed = {
        Outcome.CORRECTION_LAPSED: (ActKind.ASK_FOR_CORRECTION, ActKind.CORRECTION_LAPSED),
        Outcome.FEE_LAPSED: (ActKind.CHARGE_FEE, ActKind.FEE_LAPSED),
    }
    if outcome in lapsed:
        asked, ended = lapsed[outcome]
        yield PastEvent(asked, received_on, note=_ASSUMED)
        yield PastEvent(ended, on)
    elif outcome is Outcome.WITHDRAWN:
        yield PastEvent(ActKind.WITHDRAWN, on)
    else:
        yield from _reply(outcome, on)


def _reply(outcome: Outcome, on: date) -> list[PastEvent]:
    return [PastEvent(ActKind.DECIDE, on, outcome.value), PastEvent(ActKind.SERVED, on)]


def _of_the_limit(
    entry: LedgerEntry,
    arrived_on: date,
    channel: Channel,
    events: Sequence[PastEvent],
    reader: Reader,
) -> Iterator[str]:
    told = _account(events, arrived_on, channel, reader)
    if entry.concluded_on is not None:
        if entry.due_on is None:
            yield "没有写答复期限，不判断是否逾期。"
    elif entry.due_on is not None and told.due_on != entry.due_on:
        yield (
            f"还没有办结，台账写的答复期限 {entry.due_on} 和按收到日期推算的 {told.due_on} 不同。"
            "先按推算的，转入后把补正、延长、征求意见补记上去。"
        )


def _account(
    events: Sequence[PastEvent], arrived_on: date, channel: Channel, reader: Reader
) -> Any:
    acts = tuple(Act(event.act, event.on, outcome=event.outcome) for event in events)
    return account(History(arrived_on, channel, acts), reader.days, reader.today)


def _known(head: str) -> bool:
    return any(_is(head, column.id) for column in columns())


def _is(head: str, column: str) -> bool:
    return plain(head) in _heads()[column]


def _heads() -> Mapping[str, frozenset[str]]:
    return {
        column.id: frozenset(map(plain, (column.label, *column.variants, *column.doubtful)))
        for column in columns()
    }
