"""Acts: take uploaded files in: hand over a batch, say whose a file is, take it in, leave it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.conf import settings
from django.db import transaction

from gongkai.core.report.interchange import from_json, loads
from gongkai.web import virus_scan
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Subject, record
from gongkai.web.file_names import clean_name
from gongkai.web.policies import Actor, Forbidden

from ..audited import subject_of
from ..checking import Checked
from ..filling import Filled
from ..models import (
    AnnualReport,
    Batch,
    FileState,
    ReportVersion,
    Submission,
    SubmissionState,
    UploadedReport,
    Way,
)
from ..papers import keep_all
from ..versions import locked
from .begin import new_report, put_reading
from .read_files import read_batch
from .versioning import seal

MOST_FILES = 2_000
_OCTETS = "application/octet-stream"


@transaction.atomic
def hand_over(
    actor: Actor, to: Agency, year: int, files: Sequence[tuple[str, bytes]]
) -> tuple[Batch, list[str]]:
    """Keep a batch of files and have them read; also what was not kept, and why."""
    who = actor.require("report.collect", to)
    if not files:
        raise Forbidden("选一份或者几份报告文件。")
    if len(files) > MOST_FILES:
        raise Forbidden(f"一次最多 {MOST_FILES} 份，这里有 {len(files)} 份，分几次传。")
    batch = Batch.objects.create(to=to, year=year, uploaded_by=actor.person)
    refused: list[str] = []
    kept: dict[bytes, str] = {}
    for name, data in files:
        why = _refusal(data)
        if why:
            refused.append(f"“{name}”没有收：{why}。")
        elif data in kept:
            refused.append(f"“{name}”和这一批里另一份完全一样，没有再收。")
        else:
            kept[data] = name
    if not kept:
        raise Forbidden("一份也没有收下。" + "".join(refused[:5]))
    UploadedReport.objects.bulk_create(
        (
            UploadedReport(batch=batch, name=clean_name(name), file=stored)
            for name, stored in zip(kept.values(), keep_all(list(kept), _OCTETS), strict=True)
        ),
        batch_size=500,
    )
    record(
        "report.hand_over",
        Subject("batch", str(batch.pk), str(batch)),
        who,
        after={"count": len(kept), "year": year},
    )
    transaction.on_commit(partial(read_batch.enqueue, batch.pk))
    return batch, refused


def _refusal(data: bytes) -> str:
    if not data:
        return "是空文件"
    if len(data) > settings.ATTACHMENT_MAX_BYTES:
        return f"超过 {settings.ATTACHMENT_MAX_BYTES // 2**20} MB"
    try:
        virus_scan.scan(data)
    except virus_scan.Infected as error:
        return str(error)
    return ""


@transaction.atomic
def take_in(actor: Actor, file: UploadedReport, agency: Agency) -> AnnualReport:
    """The file as the report of ``agency``, submitted; what was received before stays beside."""
    file = UploadedReport.objects.select_for_update(of=("self",)).get(pk=file.pk)
    batch = file.batch
    actor.require("report.collect", batch.to)
    who = actor.require("report.collect", agency)
    if file.state != FileState.READ:
        raise Forbidden(f"“{file.name}”现在是“{file.get_state_display()}”，不能收入。")
    told = from_json(loads(file.reading))
    report = AnnualReport.objects.filter(agency=agency, year=batch.year).first()
    report = locked(report) if report else new_report(actor, agency, batch.year, Way.DOCUMENT)
    if file.edition != report.edition:
        raise Forbidden(f"{batch.year} 年度要用 {report.edition} 年版格式，这份文件不是。")
    version = _version(actor, report)
    put_reading(version, told, file.reading, file.file, file.name)
    version.received_by, version.written_by = actor.person, actor.person
    version.save()
    count(version)
    file.state, file.version, file.agency = FileState.TAKEN, version, agency
    file.save()
    Submission.objects.create(
        version=version, to=batch.to, state=SubmissionState.SUBMITTED, submitted_by=actor.person
    )
    record(
        "report.receive",
        subject_of(report),
        who,
        after={"file": file.name, "version": version.number, "errors": version.errors,
               "warnings": version.warnings},
    )  # fmt: skip
    return report


def count(version: ReportVersion) -> None:
    """Keep beside a received version how much is found in it, for the matrix."""
    checked = Checked(Filled(version))
    version.errors, version.warnings = len(checked.errors), len(checked.warnings)
    version.save(update_fields=["errors", "warnings"])


def _version(actor: Actor, report: AnnualReport) -> ReportVersion:
    """An empty version to receive into; Forbidden where the agency writes its report here."""
    old = report.version
    fresh = not old.figures and not old.sections and not old.reading and not old.sealed
    if fresh:
        return old
    if report.item_id is not None or old.received_by_id is None:
        raise Forbidden(f"“{report}”由{report.agency.short_name}在平台上编制，等它报送。")
    if not old.sealed:
        seal(old)
        old.save(update_fields=["sealed", "printed"])
    old.submissions.filter(state=SubmissionState.SUBMITTED).delete()
    version = ReportVersion.objects.create(
        report=report, number=old.number + 1, way=Way.DOCUMENT, written_by=actor.person
    )
    report.current = version
    report.save()
    return version


@transaction.atomic
def drop(actor: Actor, file: UploadedReport) -> UploadedReport:
    """Leave a file out; it stays listed, and can be taken up again."""
    return _turn(actor, file, FileState.READ, FileState.DROPPED)


@transaction.atomic
def pick_up(actor: Actor, file: UploadedReport) -> UploadedReport:
    """The undo of ``drop``."""
    return _turn(actor, file, FileState.DROPPED, FileState.READ)


def _turn(
    actor: Actor, file: UploadedReport, before: FileState, after: FileState
) -> UploadedReport:
    file = UploadedReport.objects.select_for_update(of=("self",)).get(pk=file.pk)
    who = actor.require("report.collect", file.batch.to)
    if file.state != before:
        raise Forbidden(f"“{file.name}”现在是“{file.get_state_display()}”。")
    file.state = after
    file.save()
    record(
        "report.sort",
        Subject("batch", str(file.batch_id), file.name),
        who,
        before={"state": before},
        after={"state": after},
    )
    return file
