"""Published reports with everything a cell can hold, and their open data read by other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl
import polars
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client

from gongkai.core.forms import edition_for
from gongkai.core.report import AnnualReport, Cell
from gongkai.core.report.blank import blank_report
from gongkai.core.writers import render
from gongkai.web.agencies.models import Agency
from tests.web.conftest import Office
from tests.web.public.publishing import at, public_file, publish

PLACE = f"{settings.MOUNT}open-data/annual-reports/"
API = f"{settings.MOUNT}api/v1/"
FORMS = ("csv", "json", "xlsx", "parquet")
UNREAD = "requests.disclosed/total"

# A cell as each format should give it: (state, value, text, unit).
Told = tuple[str, Decimal | None, str | None, str | None]
Expected = dict[tuple[int, str], Told]


def report(agency: Agency, year: int, shift: int) -> AnnualReport:
    """A report in which every cell holds something else, and one is unread."""
    made = blank_report(edition_for(year), year, agency.name)
    cells = {address: Cell(n * shift, str(n * shift)) for n, address in enumerate(made.cells)}
    cells |= {
        "requests.disclosed/research": Cell(None, "-"),
        "requests.disclosed/other": Cell(None, ""),
        "requests.disclosed/business": Cell(1234, "1,234件"),
        "reconsideration/total": Cell(0, "0"),
        "licensing/change_this_year": Cell(-3, "-3"),
        "administrative_fees/amount": Cell(
            Decimal("1245.9500000001"), "1245.9500000001万元", "万元"
        ),
    }
    kept = {address: cells[address] for address in made.cells if address != UNREAD}
    return replace(made, cells=kept, unread=(UNREAD,))


def publish_report(agency: Agency, number: int, year: int, shift: int, **facts: Any) -> Expected:
    """Publish it with its data; what its figures must be everywhere."""
    made = report(agency, year, shift)
    data = public_file("年报.json", render(made, ".json"), media_type="application/json")
    publish(agency, number, **{**_facts(agency, year), **facts}, files=(data,))
    told: Expected = {(number, UNREAD): ("unread", None, None, None)}
    for address, cell in made.cells.items():
        state = "number" if cell.value is not None else "dash" if cell.text else "blank"
        value = None if cell.value is None else Decimal(cell.value)
        told[number, address] = (state, value, cell.text, cell.unit)
    return told


def publish_several(office: Office) -> Expected:
    """Four reports that count; one replaced by a later, one unread, one item that is no report."""
    publish_report(office.neighbour, 12, 2023, 9, published_at=at(2024, 1, 5))
    publish(office.street, 16, **_facts(office.street, 2022))
    publish(office.street, 17, "办法")
    return {
        **publish_report(office.street, 11, 2023, 1, title="=1+1听泉街道2023年年报"),
        **publish_report(office.neighbour, 13, 2023, 2, published_at=at(2024, 2, 5)),
        **publish_report(office.street, 14, 2020, 3),
        **publish_report(office.district, 15, 2023, 4),
    }


def _facts(agency: Agency, year: int) -> dict[str, Any]:
    title = f"{agency.name}{year}年政府信息公开工作年度报告"
    return {"title": title, "kind": "annual_report", "column": "annual_report", "statutory": ""}


def sent(client: Client, address: str, status: int = 200, **headers: str) -> bytes:
    """The bytes at an address."""
    response: HttpResponseBase = client.get(address, headers=headers)
    assert response.status_code == status, address
    if response.streaming:
        return b"".join(response)
    return bytes(getattr(response, "content", b""))


def rows_in(data: bytes, form: str, table: str) -> list[dict[str, Any]]:
    """The rows of a file as another program reads them, all sheets one after another."""
    if form == "csv":
        assert data.startswith(b"\xef\xbb\xbf")
        return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    if form == "json":
        told = json.loads(data, parse_float=Decimal)
        assert list(told) == [table]
        return list(told[table])
    if form == "parquet":
        return polars.read_parquet(io.BytesIO(data)).to_dicts()
    rows = []
    for sheet in openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets:
        head, *lines = sheet.iter_rows(values_only=True)
        rows += [dict(zip(map(str, head), line, strict=True)) for line in lines]
        # Those of which no year is known have a sheet as well; an empty table has its head only.
        assert all(str(line[head.index("year")]) == sheet.title for line in lines)
    return rows


def figures_in(rows: list[dict[str, Any]]) -> Expected:
    """What rows of figures tell, whatever program read them."""
    return {(int(row["number"]), row["cell"]): _told(row) for row in rows}


def _told(row: Mapping[str, Any]) -> Told:
    state, text = row["state"], row["text"]
    if isinstance(text, str) and text.startswith("'"):
        text = text[1:]
    # A CSV and a workbook know no difference between nothing and no text: the state tells it.
    text = None if state == "unread" else text or ""
    assert state != "unread" or not row["text"]
    return state, number(row["value"]), text, row["unit"] or None


def number(value: Any) -> Decimal | None:
    """A value as every format has it."""
    return None if value in (None, "") else Decimal(str(value))
