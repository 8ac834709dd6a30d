"""``gongkai aggregate``: many reports into one, every sum with its parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..core.finding import Severity
from ..core.forms import editions
from ..core.report import aggregate as adding
from ..core.report import form_of
from ..core.report.interchange import dumps, to_json
from ..core.rules import find
from .batch import each, put_json, sources_of
from .examine import Told, shown
from .options import (
    OneOf,
    force_option,
    language_option,
    output_option,
    reading_from,
    reading_options,
    sources_argument,
)
from .output import show_report
from .program import Command
from .save import put, refuse_overwriting, save
from .session import Session, pass_session
from .take import Take
from .words import Words


def command(words: Words) -> click.Command:
    """The command in the language of ``words``."""

    @click.command("aggregate", cls=Command, help=words("aggregate.help"))
    @sources_argument(words)
    @output_option(words, "aggregate.output")
    @click.option("--agency", metavar=words("common.name"), help=words("aggregate.agency"))
    @click.option(
        "--edition",
        "edition_id",
        type=OneOf(words, tuple(editions())),
        metavar="|".join(editions()),
        help=words("aggregate.edition"),
    )
    @click.option("--json", "as_json", is_flag=True, help=words("aggregate.json"))
    @force_option(words)
    @reading_options(words)
    @language_option(words)
    @pass_session
    def aggregate(
        session: Session,
        /,
        named: tuple[str, ...],
        target: str | None,
        agency: str | None,
        edition_id: str | None,
        as_json: bool,
        force: bool,
        **given: Any,
    ) -> None:
        reading = reading_from(given)
        if target:
            refuse_overwriting(Path(target), force, session)
            session.unwritten.append(target)
        sources = sources_of(named, session)
        added = [
            adding.Source(document.report, source.name)
            for source, document in each(
                Take(reading.limits, figures_only=True), sources, reading, session
            )
        ]
        try:
            total = adding.aggregate(added, edition_id=edition_id, agency=agency)
        except ValueError:
            session.refuse(" ".join(named), session.words("aggregate.nothing"))
            return
        _tell(total, session, target, as_json)

    return aggregate


def _tell(total: adding.Aggregate, session: Session, target: str | None, as_json: bool) -> None:
    """The sums in every form asked for; files that could not be read are said with them."""
    left_out = [
        find("aggregate.file_not_read", file=file, reason=reason)
        for file, reason in session.refusals
    ]
    findings = (*left_out, *total.findings)
    session.errors += sum(f.severity is Severity.ERROR for f in findings)
    data = to_json(
        total.report,
        findings=findings,
        language=session.language,
        parts=total.parts_as_dicts(),
    )
    if as_json:
        put_json(data)
    else:
        form = form_of(total.report)
        told = Told(
            errors=session.errors,
            edition=total.report.edition,
            year=total.report.year,
            agency=total.report.agency,
            read=len(total.report.cells),
            unread=len(total.report.unread),
            findings=tuple(shown(f, total.report, form, session.language) for f in findings),
        )
        title = session.words("aggregate.title", count=_reports_in(total))
        show_report(session, title, told, Severity.NOTE)
    if target:
        path = Path(target)
        if path.suffix.lower() == ".json":
            # With its parts, which no other kind of file has room for.
            reason = put(path, dumps(data, lines=True).encode(), session.language)
        else:
            reason = save(total.report, path, session.language)
        if reason:
            session.refuse(target, reason)
            return
        session.tell(session.words("common.written", path=target))


def _reports_in(total: adding.Aggregate) -> int:
    return max((len(parts) for parts in total.parts.values()), default=0)
