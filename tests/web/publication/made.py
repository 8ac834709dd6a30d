"""Published reports for tests: a form with some figures in it, and its publication."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gongkai.core.forms import edition_for
from gongkai.core.readers.numerals import parse_cell
from gongkai.core.report import AnnualReport, Cell
from gongkai.core.report.blank import blank_report
from gongkai.core.writers import render
from gongkai.core.writers.html import article
from gongkai.web.agencies.models import Agency
from gongkai.web.publication.models import PublishedReport
from tests.web.public.publishing import public_file, publish

RECEIVED, CONCLUDED = "requests.received_this_year/total", "requests.concluded_total/total"
FEES, LICENSING = "administrative_fees/amount", "licensing/decisions"
PENALTIES = "penalties/decisions"


def report(year: int = 2023, agency: str = "听泉街道办事处", **printed: str) -> AnnualReport:
    """The form of ``year``, 0 but for the cells given by their addresses; ``约`` is unread."""
    form = edition_for(year)
    made = blank_report(form, year, agency)
    cells = {address: Cell(0, "0") for address in made.cells}
    for address, text in printed.items():
        cell = parse_cell(text, form.cells[address].kind)
        if cell is None:
            del cells[address]
        else:
            cells[address] = cell
    return replace(made, cells=cells, unread=tuple(a for a in made.cells if a not in cells))


def release_report(agency: Agency, number: int, year: int = 2023, **more: Any) -> PublishedReport:
    """A publication in the column of annual reports, and its figures."""
    facts = {"kind": "annual_report", "column": "annual_report", "statutory": ""}
    title = f"{agency.name}{year}年政府信息公开工作年度报告"
    public = publish(agency, number, title, **{**facts, **more})
    return PublishedReport.objects.get(pk=public.pk)


def data_of(one: AnnualReport) -> dict[str, Any]:
    """The file of data that the platform publishes with a report."""
    data = render(one, ".json")
    return {"files": (public_file("年报.json", data, media_type="application/json"),)}


def with_data(agency: Agency, number: int, year: int, **printed: str) -> PublishedReport:
    """A report published as the platform does: its page, and its data."""
    one = report(year, agency.name, **printed)
    return release_report(agency, number, year, body_html=article(one), **data_of(one))
