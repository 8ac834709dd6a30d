"""What tests of rectification need: findings, tasks, files, an agency that can issue letters."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pdfplumber
from docx import Document

from gongkai.web import filestore
from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.rectification.acts.order import Order, order
from gongkai.web.oversight.rectification.models import RectificationTask, Source
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
