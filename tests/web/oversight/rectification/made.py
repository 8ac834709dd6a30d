"""What tests of rectification need: findings, tasks, files, an agency that can issue letters."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pdfplumber
from django.utils import timezone
from docx import Document

from gongkai.web import filestore
from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.rectification.acts.order import Order, order
from gongkai.web.oversight.rectification.columns import month_before, month_of
from gongkai.web.oversight.rectification.models import (
    CheckLine,
    Notice,
    NoticeCopy,
    Proof,
    RectificationTask,
    SelfCheck,
    Source,
)
from gongkai.web.oversight.rectification.models.self_checks import digest_of
from gongkai.web.oversight.watching.models import Watch, WatchFinding
from gongkai.web.people.models import Role
from tests.web.conftest import Office

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0"
    "00000301010018dd8db00000000049454e44ae426082"
)
PROOF = ("截图.png", PNG)


def found(agency: Agency, code: str = "20-7", **more: Any) -> WatchFinding:
    """A blank column of the agency."""
    facts = {
        "rule": "watch.column_blank",
        "severity": "warning",
        "key": f"column:{agency.pk}/{code}",
        "place": f"{agency.short_name}　财政预算、决算",
        "values": {"column": "财政预算、决算"},
        "fingerprint": code,
    }
    return WatchFinding.objects.create(agency=agency, **{**facts, **more})


def telephone(office: Office) -> None:
    """What a letter of the competent department must tell."""
    competent = office.competent
    competent.phone, competent.disclosure_office = "0000-1234567", "政务公开科"
    competent.address = "青禾区人民路1号"
    competent.save()


def pdf_words(digest: str) -> str:
    """What a kept PDF says, its cells apart once more, without blanks."""
    with pdfplumber.open(io.BytesIO(filestore.read(digest))) as file:
        texts = [page.extract_text() for page in file.pages]
        tables = [table for page in file.pages for table in page.extract_tables()]
    cells = [cell or "" for table in tables for row in table for cell in row]
    return re.sub(r"\s", "", "".join([*texts, *cells]))


def docx_words(digest: str) -> str:
    """What a kept Word file says, cells and all, without blanks."""
    document = Document(io.BytesIO(filestore.read(digest)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return re.sub(r"\s", "", "".join([*(one.text for one in document.paragraphs), *cells]))


def told(agency: Agency, *findings: WatchFinding, **more: Any) -> Order:
    """An order as the screen would make it."""
    facts: dict[str, Any] = {
        "title": "财政预算、决算没有公开",
        "problem": "“财政预算、决算”没有一条信息。",
        "demand": "公开预算、决算。",
        "source": Source.WATCH if findings else Source.INSPECTION,
        "basis": "条例第二十条",
        "findings": findings,
    }
    return Order(agency=agency, **{**facts, **more})


def ordered(office: Office, *findings: WatchFinding, **more: Any) -> RectificationTask:
    """A task of the street that the competent department set."""
    return order(office.actor(Role.COMPETENT_DEPARTMENT), told(office.street, *findings, **more))


def own(office: Office, *findings: WatchFinding, **more: Any) -> RectificationTask:
    """A task that the street set itself."""
    return order(office.actor(Role.DISCLOSURE_OFFICE), told(office.street, *findings, **more))


def watched(at: str) -> Watch:
    """A run of the watch."""
    return Watch.objects.create(started_at=at, ended_at=at)


def day(told: str) -> date:
    return date.fromisoformat(told)


@dataclass
class MadeRectification:
    """One record of every kind, at the street; made without printing anything."""

    task: RectificationTask
    proof: Proof
    notice: Notice
    copy: NoticeCopy
    check: SelfCheck
    signed: SelfCheck


def make_rectification(office: Office) -> MadeRectification:
    """A task with a proof and a notice; a self-check to be signed and a signed one."""
    task = ordered(office)
    clerk = office.people[Role.DISCLOSURE_OFFICE]
    digest, today = filestore.put(PNG), timezone.localdate()
    proof = Proof.objects.create(
        task=task, name="截图.png", digest=digest, size=len(PNG), media_type="image/png",
        added_by=clerk,
    )  # fmt: skip
    notice = Notice.objects.create(
        agency=office.competent, kind="supervision_notice", task=task, number="督〔2026〕1号",
        dated=today, shown=[{"text": "督办单", "place": "title"}], docx=digest, pdf=digest,
        issued_by=office.people[Role.COMPETENT_DEPARTMENT],
    )  # fmt: skip
    copy = NoticeCopy.objects.create(notice=notice, agency=office.street)
    month = month_of(today)
    check = SelfCheck.objects.create(
        agency=office.street, month=month, state="handed_in", prepared_by=clerk,
        handed_in_at=timezone.now(),
    )  # fmt: skip
    CheckLine.objects.create(check_of=check, column="20-7", answer="in_order", note="已公开")
    signed = SelfCheck.objects.create(
        agency=office.street, month=month_before(month), state="signed", prepared_by=clerk,
        handed_in_at=timezone.now(), signed_by=office.people[Role.APPROVER],
        signed_at=timezone.now(), snapshot=[], digest=digest_of([]), docx=digest, pdf=digest,
    )  # fmt: skip
    return MadeRectification(task, proof, notice, copy, check, signed)
