"""The region's annual reports as the platform would hold them: written, published, handed in.

Each published report of the data has its row with every figure; of the years whose ledgers the
data hold whole, the figures open to the cases behind them; the region's open to its parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, Subquery

from gongkai.core.forms import edition_for
from gongkai.core.report import AnnualReport as Report
from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.models import State, Verdict
from gongkai.web.people.models import Person
from gongkai.web.reports.acts.versioning import seal
from gongkai.web.reports.checking import Checked
from gongkai.web.reports.figures import PARTS, Figure
from gongkai.web.reports.filling import Filled
from gongkai.web.reports.models import (
    AnnualReport,
    Collecting,
    Compilation,
    ReportLimit,
    ReportVersion,
    Submission,
    SubmissionState,
    Way,
)
from gongkai.web.reports.taking import put_figures

from .history import OPENS, moment
from .items import Items
from .records import Record
from .region import Facts, Region
from .report_text import report_of
from .staff import Staff

# The department answers a few days after a report has come in.
_DAYS_TO_ANSWER = timedelta(days=4)


@dataclass(frozen=True)
class _Kept:
    """A report of the data and its rows."""

    record: Record
    told: Report
    report: AnnualReport
    version: ReportVersion


def keep_reports(region: Region, staff: Staff, records: Sequence[Record], items: Items) -> None:
    """Make the rows of every published report, and what its department did with it."""
    told = region.settings["reports"]
    collector = staff.people[told["collector"]]
    whole = {(one["agency"], year) for one in told["from_ledgers"] for year in one["years"]}
    kept = _begun(records, items)
    region_first = sorted(kept, key=lambda one: one.report.agency.parent_id is None)
    for one in region_first:
        _fill(one, kept, collector, (one.report.agency.slug, one.report.year) in whole)
    only = ReportVersion.objects.filter(report=OuterRef("pk")).values("pk")[:1]
    AnnualReport.objects.update(current=Subquery(only), live=Subquery(only))
    _hand_in(kept, told["standing"], collector)
    for one in kept:
        checked = Checked(Filled(one.version))
        one.version.errors, one.version.warnings = len(checked.errors), len(checked.warnings)
    ReportVersion.objects.bulk_update([one.version for one in kept], ["errors", "warnings"])
    _settle(told, staff, collector)


def _begun(records: Sequence[Record], items: Items) -> list[_Kept]:
    chosen = [r for r in records if r.facts["kind"] == "annual_report"]
    made = []
    for record in chosen:
        if record.state is not State.PUBLISHED:
            continue
        told = report_of(record.facts, record.texts[0].body, record.agency.name)
        report = AnnualReport.objects.create(
            agency=record.agency,
            year=record.facts["report_year"],
            edition=edition_for(record.facts["report_year"]).id,
            item=items[record.key],
            begun_by=record.author,
            begun_at=record.began,
        )
        version = ReportVersion(
            report=report,
            number=1,
            sections={one.key: one.text for one in told.sections},
            signed_on=record.facts["made_on"],
            written_by=record.author,
            created_at=record.began,
            saved_at=record.began,
            item_version=items[record.key].versions.get(number=1),
            published_at=record.first_published_at,
        )
        made.append(_Kept(record, told, report, version))
    return made


def _fill(one: _Kept, kept: Sequence[_Kept], collector: Person, whole: bool) -> None:
    """The figures: from the ledgers, as the sum of parts, or as typed into the form."""
    version, printed = one.version, {a: cell.text for a, cell in one.told.cells.items()}
    if whole:
        put_figures(version, one.record.author, one.record.began)
        for address, text in printed.items():
            found = version.figures.get(address, {}).get("found")
            if address in version.figures and found is None:
                version.figures[address] |= _typed(one, text)
    elif one.report.agency.parent_id is None:
        parts = [
            other.version.pk
            for other in kept
            if other.report.year == one.report.year and other is not one
        ]
        version.way = Way.PARTS
        version.compilation = Compilation.objects.create(
            report=one.report, edition=one.report.edition, made_by=collector,
            made_at=one.record.began, parts=parts,
        )  # fmt: skip
        version.figures = {a: Figure(found=t, source=PARTS).kept() for a, t in printed.items()}
    else:
        version.way = Way.FORM
        version.figures = {a: _typed(one, text) for a, text in printed.items()}
    seal(version)
    version.save()


def _typed(one: _Kept, text: str) -> dict[str, Any]:
    at = one.record.began.isoformat(timespec="minutes")
    return Figure(typed=text, by=one.record.author.name, at=at).kept()


def _hand_in(kept: Sequence[_Kept], standing: Sequence[Facts], collector: Person) -> None:
    """Published, each was sent upward in the same moment; the department answered."""
    otherwise = {(one["agency"], one["year"]): one for one in standing}
    sent = []
    for one in kept:
        to = one.report.agency.parent
        published = one.record.first_published_at
        if to is None or published is None:
            continue
        facts = otherwise.get((one.report.agency.slug, one.report.year), {})
        state = SubmissionState(facts.get("state", SubmissionState.ACCEPTED))
        answered = state != SubmissionState.SUBMITTED
        on = facts.get("answered_on")
        at = moment(on, OPENS) if on else published + _DAYS_TO_ANSWER
        passed = [s for s in one.record.way.steps if s.verdict is Verdict.PASSED]
        sent.append(
            Submission(
                version=one.version,
                to=to,
                state=state,
                submitted_by=passed[-1].person,
                submitted_at=published,
                answered_by=collector if answered else None,
                answered_at=at if answered else None,
                answer=facts.get("answer", ""),
            )
        )
    Submission.objects.bulk_create(sent)


def _settle(told: Facts, staff: Staff, collector: Person) -> None:
    """The level of the government, and the days that its department set."""
    top: Agency = staff.agencies[told["government"]]
    Collecting.objects.create(government=top, level=told["level"])
    for one in told["limit"]:
        ReportLimit.objects.create(
            to=top, year=one["year"], submit_by=one["submit_by"], note=one.get("note", ""),
            set_by=collector, set_at=moment(one["set_on"], OPENS),
        )  # fmt: skip
