"""``gongkai days``: working days counted, by the holidays that the State Council announces."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import click

from ..core.days import WorkingDays, Year, parse_year
from ..core.errors import ArrangementError, UnreadableDocument
from .obstacles import why
from .options import Amount, Decorator, language_option
from .program import Command
from .session import Session, pass_session
from .words import Words

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Centuries of working days; beyond it the calendar itself ends.
_MOST = 100_000
_FIRST, _LAST = 1900, 2200


class Day(click.ParamType[date]):
    """A date as 2025-09-22, in years that people count working days of."""

    name = "date"

    def __init__(self, words: Words) -> None:
        self._words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value) if _DAY.fullmatch(value) else None
        except ValueError:
            day = None
        if day is None or not _FIRST <= day.year <= _LAST:
            self.fail(self._words("days.not_day", value=value), param, ctx)
        return day


def holidays_option(words: Words) -> Decorator:
    """``--holidays``: years announced since, or changed."""
    return click.option(
        "--holidays",
        multiple=True,
        type=click.Path(readable=False),
        metavar=words("common.file"),
        help=words("days.holidays"),
    )


def working_days(session: Session, holidays: tuple[str, ...]) -> WorkingDays | None:
    """Working days by what ships and by the files named; None where one was refused."""
    years: dict[int, Year] = {}
    for path in holidays:
        try:
            year = parse_year(Path(path).read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            session.refuse(path, session.reason(UnreadableDocument("input.missing")))
        except OSError as error:
            session.refuse(path, why(error, session.words))
        except UnicodeDecodeError:
            session.refuse(path, session.words("days.not_text"))
        except ArrangementError as error:
            session.refuse(path, str(error))
        else:
            years[year.year] = year
    return None if session.refusals else WorkingDays(years)


def command(words: Words) -> click.Command:
    """The command in the language of ``words``."""

    @click.command("days", cls=Command, help=words("days.help"))
    @click.argument("start", type=Day(words), metavar=words("days.start"))
    @click.argument("end", type=Day(words), required=False, metavar=words("days.end"))
    @click.option(
        "--after", type=Amount(words), metavar=words("common.number"), help=words("days.after")
    )
    @click.option("--json", "as_json", is_flag=True, help=words("days.json"))
    @holidays_option(words)
    @language_option(words)
    @pass_session
    def days(
        session: Session,
        /,
        start: date,
        end: date | None,
        after: int | None,
        as_json: bool,
        holidays: tuple[str, ...],
    ) -> None:
        if end and after:
            raise click.UsageError(session.words("days.both"))
        if end and end < start:
            raise click.UsageError(session.words("days.backwards", start=start, end=end))
        if after and after > _MOST:
            raise click.UsageError(session.words("days.too_many", limit=_MOST))
        found = working_days(session, holidays)
        if found is None:
            return
        told = _counted(session, found, start, end, after)
        if as_json:
            click.echo(json.dumps(told["data"], ensure_ascii=False))
            return
        session.console.print(told["says"], soft_wrap=True)
        if told["data"].get("why"):
            reason = told["data"]["why"]
            session.console.print(session.words("days.provisional", why=reason), soft_wrap=True)

    return days


def _counted(
    session: Session, days: WorkingDays, start: date, end: date | None, after: int | None
) -> dict[str, Any]:
    """What was asked, as a sentence and as data."""
    words = session.words
    if after:
        due = days.nth_after(start, after)
        week = _week(words, due.day)
        return {
            "says": words("days.nth", start=start, count=after, day=due.day, week=week),
            "data": {
                "start": start.isoformat(),
                "after": after,
                "day": due.day.isoformat(),
                "provisional": due.provisional,
                "why": due.why,
            },
        }
    if end:
        count = days.count_between(start, end)
        return {
            "says": words("days.between", start=start, end=end, count=count.days),
            "data": {
                "start": start.isoformat(),
                "end": end.isoformat(),
                "days": count.days,
                "provisional": count.provisional,
                "why": count.why,
            },
        }
    return _one(words, days, start)


def _one(words: Words, days: WorkingDays, day: date) -> dict[str, Any]:
    worked, name = days.is_working_day(day), days.name_of(day)
    facts = {"day": day, "week": _week(words, day), "name": name}
    if worked:
        says = words("days.worked_for" if name else "days.worked", **facts)
    else:
        says = words("days.off_for" if name else "days.off", **facts)
    reason = days.doubt(day.fromordinal(day.toordinal() - 1), day)
    return {
        "says": says,
        "data": {
            "day": day.isoformat(),
            "working": worked,
            "name": name,
            "provisional": bool(reason),
            "why": reason,
        },
    }


def _week(words: Words, day: date) -> str:
    return words("days.week").split()[day.weekday()]
