"""``gongkai clock``: the reply limit of one request, reckoned day by day."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

import click

from ..core.errors import HistoryError
from ..core.handling.clock import Account, account
from ..core.handling.day_lines import DayLine
from ..core.handling.interchange import account_data, parse_history
from .days import Day, holidays_option, working_days
from .options import language_option
from .program import Command
from .session import Session, pass_session
from .words import Words

# A case of hundreds of acts is far below this.
_MOST_BYTES = 1_000_000


def command(words: Words) -> click.Command:
    """The command in the language of ``words``."""

    @click.command("clock", cls=Command, help=words("clock.help"))
    @click.option("--json", "as_json", is_flag=True, help=words("clock.json"))
    @click.option(
        "--today", type=Day(words), metavar=words("clock.date"), help=words("clock.today")
    )
    @holidays_option(words)
    @language_option(words)
    @pass_session
    def clock(
        session: Session,
        /,
        as_json: bool,
        today: date | None,
        holidays: tuple[str, ...],
    ) -> None:
        days = working_days(session, holidays)
        given = _given(session)
        if days is None or given is None:
            return
        try:
            history = parse_history(given)
        except HistoryError as error:
            session.refuse(session.words("clock.stdin"), str(error))
            return
        told = account(history, days, today or _machines_date())
        if as_json:
            click.echo(json.dumps(account_data(told), ensure_ascii=False))
        else:
            _show(session, told)

    return clock


def _machines_date() -> date:
    """The core has no clock of its own: here is where it is told the day."""
    return date(*time.localtime()[:3])


def _given(session: Session) -> object | None:
    """What stands on stdin; None where it is refused, which is said."""
    words = session.words
    name = words("clock.stdin")
    read = sys.stdin.buffer.read(_MOST_BYTES + 1)
    if len(read) > _MOST_BYTES:
        session.refuse(name, words("clock.too_long", limit=_MOST_BYTES))
        return None
    try:
        text = read.decode("utf-8-sig")
    except UnicodeDecodeError:
        session.refuse(name, words("clock.not_text"))
        return None
    if not text.strip():
        session.refuse(name, words("clock.nothing"))
        return None
    try:
        found: object = json.loads(text)
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno}
        session.refuse(name, words("clock.not_json", **where))
    except (RecursionError, ValueError):
        session.refuse(name, words("clock.too_deep"))
    else:
        # ``null`` is JSON too, and no history.
        return found if found is not None else []
    return None


def _show(session: Session, told: Account) -> None:
    words, console = session.words, session.console
    received_on = told.received_on or words("clock.undecided")
    console.print(told.says, style="bold", soft_wrap=True)
    console.print(
        words("clock.received", received=told.history.received, received_on=received_on),
        soft_wrap=True,
    )
    state = "、".join(state.label for state in told.states)
    console.print(words("clock.state", state=state), soft_wrap=True)
    if told.days_left is not None:
        key = "clock.left" if told.days_left >= 0 else "clock.over"
        console.print(words(key, count=abs(told.days_left)))
    if told.why:
        console.print(words("clock.provisional", why=told.why), style="yellow", soft_wrap=True)
    _show_days(session, told)
    limits = [
        f"{limit.label}{f'（{limit.party}）' if limit.party else ''}：{limit.last_day}"
        f"（{_standing(words, limit.running, limit.met_on, limit.last_day < told.today)}）"
        for limit in told.limits
    ]
    _list(session, "clock.limits", limits)
    _list(session, "clock.changes", (change.says for change in told.changes))
    _list(
        session,
        "clock.findings",
        (
            f"{found.text}（{found.citation}）" if found.citation else found.text
            for found in told.findings
        ),
    )
    _list(session, "clock.notes", told.notes)


def _show_days(session: Session, told: Account) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    words = session.words
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(words("clock.day_column"), no_wrap=True)
    table.add_column(words("clock.number_column"), justify="right", no_wrap=True)
    table.add_column(words("clock.why_column"), overflow="fold")
    table.add_column(words("clock.article_column"), overflow="fold")
    for lines in _alike(told.days):
        first, last = lines[0], lines[-1]
        span = f"{first.day}" if first is last else f"{first.day} – {last.day}"
        number = "" if first.number is None else str(first.number)
        style = None if first.counted else "dim"
        table.add_row(span, number, first.why, _brief(first.article), style=style)
    session.console.print(table)


def _alike(lines: Iterable[DayLine]) -> Iterator[list[DayLine]]:
    """Neighbouring days that don't count, for the same reason, together."""
    for _, found in groupby(lines, key=lambda line: (line.number, line.why, line.article)):
        yield list(found)


def _brief(article: str) -> str:
    """An article without the number of its instrument, which JSON gives."""
    return re.sub(r"《(?:中华人民共和国)?(.+?)》（.+?）", r"\1", article)


def _list(session: Session, name: str, lines: Iterable[str]) -> None:
    found = list(lines)
    if found:
        session.console.print(session.words(name), style="bold")
        for line in found:
            session.console.print(f"- {line}", soft_wrap=True)


def _standing(words: Words, running: bool, met_on: date | None, past: bool) -> str:
    if met_on:
        return words("clock.met", day=met_on)
    if past:
        return words("clock.passed")
    return words("clock.running" if running else "clock.ended")
