"""``gongkai fee``: the handling fee with its working.

What is asked wrongly ends with code 2, as a case on stdin that cannot be read does.
"""

from __future__ import annotations

import json
from decimal import Decimal

import click

from ..core.fees import Fee, fee_by_item, fee_by_page
from ..core.law import cite
from .options import language_option
from .program import Command
from .session import Session, pass_session
from .words import Words

# No month has so many requests, no request so many pages; who gives more has mistyped.
_MOST = 1_000_000


def command(words: Words) -> click.Command:
    """The command in the language of ``words``."""
    number = words("common.number")

    @click.command("fee", cls=Command, help=words("fee.help"))
    @click.option("--items", metavar=number, help=words("fee.items"))
    @click.option("--pages", metavar=number, help=words("fee.pages"))
    @click.option("--already", metavar=number, help=words("fee.already"))
    @click.option("--json", "as_json", is_flag=True, help=words("fee.json"))
    @language_option(words)
    @pass_session
    def fee(
        session: Session,
        /,
        items: str | None,
        pages: str | None,
        already: str | None,
        as_json: bool,
    ) -> None:
        reckoned = _fee(session, items, pages, already)
        if reckoned is None:
            return
        if as_json:
            click.echo(json.dumps(_facts(reckoned), ensure_ascii=False))
            return
        for line in reckoned.working:
            session.console.print(line, soft_wrap=True)
        for note in reckoned.notes:
            session.console.print(session.words("fee.note", text=note), soft_wrap=True)

    return fee


def _fee(session: Session, items: str | None, pages: str | None, already: str | None) -> Fee | None:
    """The fee asked for, or None where that was said to be impossible."""
    wrong = ""
    if items is None and pages is None:
        wrong = "fee.neither"
    elif items is not None and pages is not None:
        wrong = "fee.both"
    elif pages is not None and already is not None:
        wrong = "fee.already_with_pages"
    if wrong:
        session.refuse("gongkai fee", session.words(wrong))
        return None
    counts: list[int] = []
    for name, value in (("--items", items), ("--pages", pages), ("--already", already)):
        if value is not None:
            count = _count(value)
            if count is None:
                session.refuse(name, session.words("fee.not_a_count", value=value, most=_MOST))
                return None
            counts.append(count)
    return fee_by_page(*counts) if pages is not None else fee_by_item(*counts)


def _count(value: str) -> int | None:
    # Ten digits are more than enough; Python refuses to read thousands of them.
    if not value.isascii() or not value.isdigit() or len(value) > len(str(_MOST)):
        return None
    count = int(value)
    return count if count <= _MOST else None


def _facts(fee: Fee) -> dict[str, object]:
    return {
        "method": fee.schedule.method.value,
        fee.schedule.method.value.removeprefix("by_") + "s": fee.count,
        "already": fee.already,
        "sum_yuan": _yuan(fee.sum_yuan),
        "working": list(fee.working),
        "lines": [
            {
                "first": line.first,
                "last": line.last,
                "price_yuan": _yuan(line.price_yuan),
                "sum_yuan": _yuan(line.sum_yuan),
                "basis": cite(line.basis),
            }
            for line in fee.lines
        ],
        "notes": list(fee.notes),
    }


def _yuan(sum_yuan: Decimal) -> int | str:
    """A whole sum as a number; one with fen as a string, which no reader rounds."""
    whole = int(sum_yuan)
    return whole if whole == sum_yuan else str(sum_yuan)
