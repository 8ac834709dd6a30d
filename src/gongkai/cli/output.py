"""What people see: a few lines a report, its findings as a table, and the counts at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..core.finding import Severity
from .examine import Shown, Told
from .folding import fold
from .session import Session

if TYPE_CHECKING:
    from rich.text import Text

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
# Places named for one finding; of more only the first, and their number.
_PLACES = 3
# Columns of the terminal taken by the places, and by number, weight and the gaps.
_PLACE_WIDTH = 30
_FIXED_WIDTH = 22


def show_report(session: Session, name: str, told: Told, least: Severity) -> None:
    """One report: its file, whose it is, what was read, and its findings down to ``least``."""
    words, console = session.words, session.console
    console.rule(_text(name, "bold"), align="left", style="dim")
    unknown = words("common.unknown")
    about = words(
        "common.about",
        agency=told.agency or unknown,
        year=words("common.year", year=told.year) if told.year else "",
        edition=edition_name(session, told.edition),
        format=told.format,
    )
    console.print(_text(about + words("common.cells_read", read=told.read, unread=told.unread)))
    by_weight = sorted(told.findings, key=lambda f: _rank(f.severity))
    wanted = [f for f in by_weight if _rank(f.severity) <= _rank(least)]
    if wanted:
        console.print(_findings(session, wanted))
    else:
        console.print(words("common.no_findings"))
    hidden = len(told.findings) - len(wanted)
    if hidden:
        console.print(words("common.hidden", count=hidden), style="dim")
    if told.review:
        # Printed as it is, never folded: it is a path to open.
        console.print(words("common.review", path=told.review), soft_wrap=True)
    console.print()


def show_counts(session: Session, counts: Counter[Severity], reports: int) -> None:
    """The last line: how many reports, findings of each weight, and files refused."""
    session.console.print(
        session.words(
            "common.counts",
            reports=reports,
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            notes=counts[Severity.NOTE],
            refused=len(session.refusals),
        ),
        style="bold",
    )


def edition_name(session: Session, edition: str | None) -> str:
    if edition is None:
        return session.words("common.no_edition")
    return session.words("common.edition", edition=edition)


def severity_name(session: Session, severity: Severity) -> str:
    return session.words(f"common.severity_{severity.value}")


def _findings(session: Session, findings: Sequence[Shown]) -> object:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    words = session.words
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=False)
    table.add_column(words("common.number_column"), justify="right", no_wrap=True)
    table.add_column(words("common.severity_column"), no_wrap=True)
    table.add_column(words("common.place_column"), no_wrap=True)
    table.add_column(words("common.message_column"), no_wrap=True)
    room = session.console.width - _FIXED_WIDTH - _PLACE_WIDTH
    for number, finding in enumerate(findings, 1):
        message = _text(fold(finding.message, room))
        message.append(f"\n{finding.rule}", style="dim")
        table.add_row(
            str(number),
            _text(severity_name(session, finding.severity), _COLOURS[finding.severity]),
            _text(fold(_places(session, finding.places), _PLACE_WIDTH)),
            message,
        )
    return table


def _places(session: Session, places: Sequence[str]) -> str:
    if len(places) <= _PLACES:
        return "\n".join(places)
    return f"{places[0]}\n" + session.words("common.more_places", count=len(places))


def _rank(severity: Severity) -> int:
    return list(Severity).index(severity)


def _text(words: str, style: str = "") -> Text:
    """Words of a document, without the control characters that would steer a terminal."""
    from rich.text import Text

    return Text("".join(c if c == "\n" or c.isprintable() else " " for c in words), style=style)


def counted(findings: Iterable[Shown]) -> Counter[Severity]:
    return Counter(f.severity for f in findings)
