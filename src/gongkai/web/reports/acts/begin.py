"""Acts: begin the report of a year, take its figures from the ledgers, read it from a document."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.core.errors import UnknownEdition, UnreadableDocument
from gongkai.core.forms import edition_for
from gongkai.core.readers import Reading, read_bytes
from gongkai.core.report import AnnualReport as Report
from gongkai.core.report import form_of
from gongkai.core.report.interchange import dumps, to_json
from gongkai.core.rules import find, say
from gongkai.web import virus_scan
from gongkai.web.agencies.models import Agency
from gongkai.web.apart import NoAnswer, apart
from gongkai.web.audit.record import record
from gongkai.web.disclosure.models import StoredFile
from gongkai.web.file_names import clean_name
from gongkai.web.policies import Actor, Forbidden

from ..audited import subject_of
from ..figures import DOCUMENT, Figure
from ..filling import Filled
from ..models import AnnualReport, ReportVersion, Way
from ..papers import keep
from ..prose import facts_of, first_draft
from ..taking import put_figures
from ..versions import locked
from .versioning import save, writable


@transaction.atomic
def begin(actor: Actor, agency: Agency, year: int, way: str = Way.LEDGERS) -> AnnualReport:
    """The draft of the report of ``year``; from the ledgers, its figures and facts are in place."""
    who = actor.require("report.compile", agency)
    report = new_report(actor, agency, year, Way(way))
    if way == Way.LEDGERS:
        _take(actor, report)
        version = report.version
        facts = facts_of(agency, year, Filled(version).report)
        version.sections = first_draft(agency, year, facts)
        version.save()
    record("report.begin", subject_of(report), who, after={"way": way, "edition": report.edition})
    return report


@transaction.atomic
def take(actor: Actor, report: AnnualReport) -> AnnualReport:
    """Take the figures from the ledgers anew; what was typed over them stays, beside."""
    report = locked(report)
    who = actor.require("report.compile", report.agency)
    if report.version.way in (Way.DOCUMENT, Way.PARTS):
        raise Forbidden(f"这份报告是“{report.version.get_way_display()}”来的，不从台账取数。")
    before = {a: f.get("found") for a, f in report.version.figures.items()}
    writable(actor, report)
    _take(actor, report)
    after = {a: f.get("found") for a, f in report.version.figures.items()}
    changed = {a for a in before.keys() | after.keys() if before.get(a) != after.get(a)}
    record(
        "report.take",
        subject_of(report),
        who,
        before={a: before.get(a) for a in sorted(changed)},
        after={a: after.get(a) for a in sorted(changed)},
    )
    return report


@transaction.atomic
def read_in(
    actor: Actor, agency: Agency, year: int, name: str, data: bytes
) -> tuple[AnnualReport, list[str]]:
    """The report out of a document; also what is doubtful about it, in words.

    Into the report of that year where it is still a draft, else into a new one.
    """
    who = actor.require("report.compile", agency)
    reading = reading_of(name, data)
    doubts = _doubts(reading, agency, year)
    report = AnnualReport.objects.filter(agency=agency, year=year).first()
    if report is None:
        report = new_report(actor, agency, year, Way.DOCUMENT)
    else:
        report = locked(report)
        writable(actor, report)
    own = form_of(reading.report)
    if own is None or own.id != report.edition:
        raise Forbidden(
            f"“{name}”不是 {report.edition} 年版格式的报告，{year} 年度要用这一版；没有读入。"
        )
    version = report.version
    told = dumps(
        to_json(reading.report, file=clean_name(name), format=reading.format,
                sha256=reading.sha256, findings=reading.findings)
    )  # fmt: skip
    put_reading(version, reading.report, told, keep(data, _OCTETS), clean_name(name))
    save(actor, version)
    record(
        "report.read_in",
        subject_of(report),
        who,
        after={
            "file": version.document_name,
            "sha256": reading.sha256,
            "unread": len(reading.report.unread),
        },
    )
    return report, doubts


_OCTETS = "application/octet-stream"


def put_reading(
    version: ReportVersion, told: Report, reading: str, file: StoredFile, name: str
) -> None:
    """Fill a version from what the reader made of a document; it is not saved here."""
    form = form_of(told)
    unread = set(told.unread)
    version.way, version.compilation = Way.DOCUMENT, None
    version.document, version.document_name, version.reading = file, name, reading
    version.figures = {
        address: Figure(
            found=None if address in unread else told.cells[address].text,
            source=DOCUMENT,
            unread=address in unread,
        ).kept()
        for address in (form.cells if form else ())
    }
    version.sections = {s.key: s.text for s in told.sections if s.key}
    version.signed_on = told.signature.signed_on if told.signature else None


def reading_of(name: str, data: bytes) -> Reading:
    """What the core reads in a file, in a process of its own; Forbidden says why it cannot."""
    if len(data) > settings.ATTACHMENT_MAX_BYTES:
        most = settings.ATTACHMENT_MAX_BYTES // 2**20
        raise Forbidden(f"“{name}”有 {len(data) / 2**20:.1f} MB，最多 {most} MB。")
    try:
        virus_scan.scan(data)
        return apart(read_bytes, data, name)
    except UnreadableDocument as refused:
        raise Forbidden(f"“{name}”读不了：{say(find(refused.rule, **refused.values))}") from refused
    except (NoAnswer, virus_scan.Infected) as refused:
        raise Forbidden(f"“{name}”读不了：{refused}。") from refused


def new_report(actor: Actor, agency: Agency, year: int, way: Way) -> AnnualReport:
    """An empty report in the edition that governs the year; Forbidden where there can be none."""
    try:
        form = edition_for(year)
    except UnknownEdition:
        raise Forbidden(f"{year} 年度没有全国统一的格式，统一格式从 2019 年度开始。") from None
    if year > timezone.localdate().year:
        raise Forbidden(f"{year} 年还没有到。")
    if AnnualReport.objects.filter(agency=agency, year=year).exists():
        raise Forbidden(f"{agency.short_name}{year}年度报告已经有了，打开它接着写。")
    report = AnnualReport.objects.create(
        agency=agency, year=year, edition=form.id, begun_by=actor.person
    )
    report.current = ReportVersion.objects.create(
        report=report, number=1, way=way, written_by=actor.person
    )
    report.save()
    return report


def _take(actor: Actor, report: AnnualReport) -> None:
    """Ask every ledger; keep the figures, and by cell what stands behind them."""
    version = report.version
    put_figures(version, actor.person, timezone.now())
    save(actor, version)


def _doubts(reading: Reading, agency: Agency, year: int) -> list[str]:
    doubts = [say(one) for one in reading.findings]
    told = reading.report
    if told.year is not None and told.year != year:
        doubts.insert(0, f"文件写的是 {told.year} 年度，读进了 {year} 年度，核对一下。")
    if told.agency and told.agency not in (agency.name, agency.short_name):
        doubts.insert(0, f"文件写的是“{told.agency}”，读进了{agency.name}，核对一下。")
    return doubts
