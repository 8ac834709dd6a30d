"""The figures of a year as the ledgers give them, kept with what stands behind each cell."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongkai.core.forms import edition
from gongkai.core.rules import say
from gongkai.web.people.models import Person

from .figures import Figure, figure_of
from .models import Behind, Compilation, ReportVersion, Way
from .sources import sources


def put_figures(version: ReportVersion, person: Person, at: datetime) -> None:
    """Ask every ledger and fill the version; what was typed over stays. It is not saved here."""
    report = version.report
    form = edition(report.edition)
    compilation = Compilation.objects.create(
        report=report, edition=form.id, made_by=person, made_at=at
    )
    figures: dict[str, dict[str, Any]] = {}
    behind: list[Behind] = []
    remarks: list[list[str]] = []
    for source in sources():
        ledger = source.take(report.agency, report.year, form)
        remarks += ([one.severity.value, say(one)] for one in ledger.findings)
        for address, taken in ledger.cells.items():
            old = figure_of(version.figures.get(address))
            figures[address] = Figure(
                found=taken.text, source=source.slug, note=taken.note,
                typed=old.typed, why=old.why, by=old.by, at=old.at,
            ).kept()  # fmt: skip
            if taken.keys:
                behind.append(
                    Behind(compilation=compilation, address=address, kind=taken.kind,
                           keys=list(taken.keys))
                )  # fmt: skip
    Behind.objects.bulk_create(behind, batch_size=200)
    compilation.remarks = remarks
    compilation.save()
    version.way, version.compilation, version.reading = Way.LEDGERS, compilation, ""
    version.document, version.document_name = None, ""
    version.figures = figures
