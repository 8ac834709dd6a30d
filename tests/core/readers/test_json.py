"""Our own JSON, read back: what is missing or contradicts itself is unread, and said."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from gongkai.core.readers import Reading, read_bytes
from gongkai.core.report import AnnualReport
from gongkai.core.writers.json import render

TOTAL = "requests.disclosed/total"


def read_back(report: AnnualReport, change: Callable[[dict[str, Any]], object]) -> Reading:
    data = json.loads(render(report))
    change(data["cells"])
    return read_bytes(json.dumps(data).encode(), "a.json")


@pytest.fixture
def whole(consistent: Callable[..., AnnualReport]) -> AnnualReport:
    return consistent("2021")


def test_a_whole_report_has_no_doubts(whole: AnnualReport) -> None:
    reading = read_back(whole, lambda cells: None)
    assert (reading.report, reading.findings) == (whole, ())


def test_a_missing_cell_is_unread_and_said(whole: AnnualReport) -> None:
    reading = read_back(whole, lambda cells: cells.pop(TOTAL))
    assert reading.report.unread == (TOTAL,)
    assert [(f.rule, f.cells) for f in reading.findings] == [("cell.not_found", (TOTAL,))]


def test_a_missing_row_is_said_as_a_row(whole: AnnualReport) -> None:
    row = [a for a in whole.cells if a.startswith("requests.disclosed/")]
    reading = read_back(whole, lambda cells: [cells.pop(a) for a in row])
    assert set(reading.report.unread) == set(row)
    assert [(f.rule, set(f.cells)) for f in reading.findings] == [("row.not_found", set(row))]


@pytest.mark.parametrize(
    ("value", "text"), [(5, "7"), (None, "7"), (5, "—"), (5, "约五"), (5, "5 7")]
)
def test_a_figure_that_is_not_the_one_printed_is_unread(
    whole: AnnualReport, value: int | None, text: str
) -> None:
    told = {"value": value, "text": text, "where": None}
    reading = read_back(whole, lambda cells: cells.update({TOTAL: told}))
    assert reading.report.unread == (TOTAL,)
    (finding,) = reading.findings
    assert (finding.rule, finding.cells) == ("cell.not_a_number", (TOTAL,))
    assert text in finding.values["printed"]


@pytest.mark.parametrize(("value", "text"), [(5000, "5,000"), (5, "５件"), (None, "—"), (None, "")])
def test_a_figure_in_another_dress_is_the_same_figure(
    whole: AnnualReport, value: int | None, text: str
) -> None:
    told = {"value": value, "text": text, "where": None}
    reading = read_back(whole, lambda cells: cells.update({TOTAL: told}))
    assert (reading.report.cells[TOTAL].value, reading.findings) == (value, ())
