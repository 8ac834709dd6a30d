"""Ten years of a province added up, level upon level: ``python -m bench.adding_up AGENCIES YEARS``.

The agencies stand in a tree of five levels, and every government collects what is below it.
Beside our act for each government and year, as an office does it, is the plain SQL that adds
the same figures level upon level in a table that holds nothing else.  The folder is that of
GONGKAI_DATA; prints JSON: seconds of each.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any
from unittest import mock

import django

from gongkai.core.forms import edition

from .cases import rows
from .report import made_up

_PERSON = "bench"
_EDITION = "2021"
_FIRST_YEAR = 2021
# How many governments each has below it: cities, counties, towns; what is left is departments.
_BELOW = (3, 3, 3)
_BATCH = 2_000
# Reports that are different; the others repeat them.
_DISTINCT = 250
_SCALE = 1_000_000


def measure(agencies: str, years: str) -> None:
    """Fill, add up by SQL, add up by our act, and see that both say the same."""
    from django.conf import settings
    from django.core.management import call_command

    (settings.DATA / "files").mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    governments, offices = _tree(int(agencies))
    span = range(_FIRST_YEAR, _FIRST_YEAR + int(years))
    cells = list(edition(_EDITION).cells)
    _report(offices, span)
    theirs = _plain(governments, cells)
    ours = _ours(governments, span)
    _same(governments, cells)
    print(json.dumps({"ours": ours, "theirs": theirs}))


def _tree(number: int) -> tuple[list[list[Any]], list[Any]]:
    """The governments, level by level, and departments below each until there are enough."""
    from gongkai.web.agencies.models import Agency, Kind

    count = itertools.count(1)

    def agency(parent: Any, kind: str) -> Any:
        at = next(count)
        return Agency.objects.create(
            slug=f"a{at}", code=f"A{at}", name=f"第{at}机关", short_name=f"机关{at}",
            kind=kind, parent=parent, position=at,
        )  # fmt: skip

    governments = [[agency(None, Kind.GOVERNMENT)]]
    for width in _BELOW:
        governments.append(
            [agency(top, Kind.GOVERNMENT) for top in governments[-1] for _ in range(width)]
        )
    every = list(chain.from_iterable(governments))
    offices = [agency(every[at % len(every)], Kind.DEPARTMENT) for at in range(number - len(every))]
    for top, office in zip(every, offices, strict=False):
        Agency.objects.filter(pk=office.pk).update(competent_for=top)
    return governments, offices


def _report(offices: list[Any], years: range) -> None:
    """Every department's reports, received and accepted, as the acts leave them."""
    from gongkai.web.people.models import Appointment, Person, Role
    from gongkai.web.reports.models import AnnualReport, ReportVersion, Submission

    clerk = Person.objects.make(_PERSON, "周远", None)
    top = offices[0].ancestors().get(parent=None)
    Appointment.objects.create(
        person=clerk, agency=top, role=Role.COMPETENT_DEPARTMENT, since=date(_FIRST_YEAR, 1, 1)
    )
    told = [_told(seed) for seed in range(_DISTINCT)]
    for year in years:
        reports = AnnualReport.objects.bulk_create(
            (AnnualReport(agency=o, year=year, edition=_EDITION, begun_by=clerk) for o in offices),
            batch_size=_BATCH,
        )
        versions = ReportVersion.objects.bulk_create(
            (
                ReportVersion(
                    report=report, number=1, way="document", written_by=clerk, sealed=True,
                    **told[(report.agency_id * 7 + year) % _DISTINCT],
                )
                for report in reports
            ),
            batch_size=100,
        )  # fmt: skip
        Submission.objects.bulk_create(
            (
                Submission(
                    version=version, to_id=version.report.agency.parent_id, state="accepted",
                    submitted_by=clerk,
                )
                for version in versions
            ),
            batch_size=_BATCH,
        )  # fmt: skip


def _told(seed: int) -> dict[str, Any]:
    """What is kept of a report: both numbers of each cell, and what it prints."""
    cells = made_up(seed).cells
    return {
        "figures": {a: {"found": cell.text, "source": "document"} for a, cell in cells.items()},
        "printed": {"cells": [cell.text for cell in cells.values()]},
    }


def _plain(governments: list[list[Any]], cells: Sequence[str]) -> float:
    """Add up by SQL; money counts in millionths of its unit, so that the sums are exact."""
    from django.db import connection, transaction

    from gongkai.web.reports.models import ReportVersion

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_figure (agency INTEGER, year INTEGER, cell INTEGER, value INTEGER,"
            " PRIMARY KEY (agency, year, cell)) WITHOUT ROWID"
        )
        found = ReportVersion.objects.values_list("report__agency", "report__year", "printed")
        with transaction.atomic():
            cursor.executemany(
                "INSERT INTO bench_figure VALUES (%s, %s, %s, %s)",
                (
                    (agency, year, place, _scaled(text))
                    for agency, year, printed in found.iterator(chunk_size=500)
                    for place, text in enumerate(printed["cells"])
                ),
            )
        began = time.perf_counter()
        for level in reversed(governments):
            keys = ", ".join(str(one.pk) for one in level)
            cursor.execute(
                "INSERT INTO bench_figure SELECT a.parent_id, f.year, f.cell, SUM(f.value)"
                " FROM agencies_agency a JOIN bench_figure f ON f.agency = a.id"
                f" WHERE a.parent_id IN ({keys}) GROUP BY a.parent_id, f.year, f.cell"
            )
        return time.perf_counter() - began


def _ours(governments: list[list[Any]], years: range) -> float:
    """Add up by our act; what goes up a level is handed in and accepted beside the clock."""
    from django.utils import timezone

    from gongkai.web.people.models import Person
    from gongkai.web.policies import actor_of
    from gongkai.web.reports.acts.add_up import add_up
    from gongkai.web.reports.acts.versioning import seal
    from gongkai.web.reports.models import Submission

    clerk = Person.objects.get(username=_PERSON)
    took = 0.0
    # The form has not governed ten years yet: the act is told that they are over.
    with mock.patch.object(timezone, "localdate", return_value=date(years[-1], 12, 31)):
        for level in reversed(governments):
            for government in level:
                for year in years:
                    actor = actor_of(clerk)
                    began = time.perf_counter()
                    report = add_up(actor, government, year)
                    took += time.perf_counter() - began
                    version = report.version
                    seal(version)
                    version.save()
                    if government.parent_id:
                        Submission.objects.create(
                            version=version, to_id=government.parent_id, state="accepted",
                            submitted_by=clerk,
                        )  # fmt: skip
    return took


def _same(governments: list[list[Any]], cells: Sequence[str]) -> None:
    """Whether both made the same of every government's years."""
    from gongkai.web.reports.models import ReportVersion

    for government in chain.from_iterable(governments):
        theirs = {
            (year, cells[place]): value
            for year, place, value in rows(
                "SELECT year, cell, value FROM bench_figure WHERE agency = %s", government.pk
            )
        }
        ours = {
            (version.report.year, address): _scaled(figure["found"])
            for version in ReportVersion.objects.filter(report__agency=government)
            for address, figure in version.figures.items()
        }
        if ours != theirs:
            raise RuntimeError(f"{government} is not the same sum")


@cache
def _scaled(text: str) -> int:
    return int(Decimal(text) * _SCALE)


if __name__ == "__main__":
    django.setup()
    measure(*sys.argv[1:])
