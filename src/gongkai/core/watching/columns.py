"""Whether a column is up to date, stale or blank, and whether such columns together are a veto.

A column of which somebody confirmed that there is nothing to publish is neither.  A column that
nobody promised anything of is only warned of: whether there was anything to publish is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ..finding import Finding
from ..rules import find
from .rhythms import Rhythm


class ColumnState(StrEnum):
    """How a column stands, in the words of the screen."""

    FINE = "fine"
    CONFIRMED = "confirmed"
    SOON = "soon"
    STALE = "stale"
    BLANK = "blank"

    @property
    def label(self) -> str:
        return {
            ColumnState.FINE: "正常",
            ColumnState.CONFIRMED: "已确认没有",
            ColumnState.SOON: "快到期",
            ColumnState.STALE: "没有更新",
            ColumnState.BLANK: "空白栏目",
        }[self]


@dataclass(frozen=True, slots=True)
class Column:
    """What is known of a column.

    ``promised_on`` is the day the agency promised its rhythm, None where it did not;
    ``confirmed_until`` the last day for which somebody confirmed that there is nothing.
    """

    name: str
    count: int
    newest: date | None
    rhythm: Rhythm
    promised_on: date | None = None
    confirmed_until: date | None = None


@dataclass(frozen=True, slots=True)
class ColumnVerdict:
    """How a column stands, until when it should be updated, and what there is to say."""

    state: ColumnState
    due_on: date | None = None
    finding: Finding | None = None
    longterm: bool = False


def judge_column(column: Column, limits: Mapping[str, int], today: date) -> ColumnVerdict:
    """How ``column`` stands on ``today``."""
    if column.confirmed_until is not None and today <= column.confirmed_until:
        return ColumnVerdict(ColumnState.CONFIRMED, column.confirmed_until)
    if column.newest is None:
        return _blank(column, limits, today)
    due = column.rhythm.due_after(column.newest, limits)
    if due is None:
        return ColumnVerdict(ColumnState.FINE)
    promised = column.promised_on is not None
    facts = {
        "column": column.name,
        "rhythm": column.rhythm.label,
        "newest": column.newest.isoformat(),
        "days": (today - column.newest).days,
        "due": due.isoformat(),
    }
    if today > due:
        rule = "watch.column_stale" if promised else "watch.column_stale_by_default"
        longterm = (today - column.newest).days > limits["longterm_days"]
        return ColumnVerdict(ColumnState.STALE, due, find(rule, **facts), longterm)
    if promised and today >= due - timedelta(days=limits["column_soon_days"]):
        return ColumnVerdict(ColumnState.SOON, due, find("watch.column_due", **facts))
    return ColumnVerdict(ColumnState.FINE, due)


def _blank(column: Column, limits: Mapping[str, int], today: date) -> ColumnVerdict:
    if column.promised_on is not None:
        due = column.rhythm.first_due(column.promised_on, limits)
        if due is not None and today > due:
            told = find(
                "watch.column_blank_promised",
                column=column.name,
                rhythm=column.rhythm.label,
                due=due.isoformat(),
            )
            return ColumnVerdict(ColumnState.BLANK, due, told)
    return ColumnVerdict(ColumnState.BLANK, None, find("watch.column_blank", column=column.name))


def judge_together(
    verdicts: Mapping[str, ColumnVerdict], limits: Mapping[str, int]
) -> Iterator[Finding]:
    """Whether an agency's columns, by name, add up to a veto of the inspection."""
    stale = [name for name, one in verdicts.items() if one.state is ColumnState.STALE]
    long = [name for name in stale if verdicts[name].longterm]
    blank = [name for name, one in verdicts.items() if one.state is ColumnState.BLANK]
    for rule, limit, names in (
        ("watch.columns_stale_together", "stale_columns", stale),
        ("watch.columns_stale_for_long", "longterm_columns", long),
        ("watch.columns_blank_together", "blank_columns", blank),
    ):
        if len(names) >= limits[limit]:
            yield find(rule, count=len(names), limit=limits[limit], columns=names)
