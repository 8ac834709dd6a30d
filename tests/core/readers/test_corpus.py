"""The real reports against their gold values, cell for cell."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from gongkai.core.readers import read, read_bytes
from gongkai.core.report import Cell

REPORTS = {
    "000": "000_a874a5367b46a48a.txt",
    "001": "001_f223ec39e1a449f8.txt",
    "002": "002_082c22b80dacddac.txt",
    "003": "003_4b3fe3c3b758daf8.txt",
    "004": "004_78928cc5e71a0532.txt",
    "hongze-2023": "hongze-2023.pdf",
    "pingtan-2025": "pingtan-2025.html",
    "suqian-2023": "suqian-2023.txt",
}


def gold_of(corpus: Path, name: str) -> dict[str, Any]:
    text = (corpus / "gold" / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text, parse_float=Decimal)


def as_gold(cell: Cell) -> object:
    """A cell in the gold files' terms: number, null, dash, or number with unit."""
    if cell.unit:
        return {"value": cell.value, "unit": cell.unit}
    return cell.text if cell.is_dash else cell.value


@pytest.mark.parametrize("name", REPORTS)
def test_every_cell_is_read_as_printed(corpus: Path, name: str) -> None:
    gold = gold_of(corpus, name)
    report = read(corpus / REPORTS[name]).report
    cells = dict(report.cells)
    for table in report.local_tables:
        cells |= table.cells
    assert {a: as_gold(c) for a, c in cells.items()} == gold["cells"]
    assert report.unread == ()


@pytest.mark.parametrize("name", REPORTS)
def test_edition_year_and_agency(corpus: Path, name: str) -> None:
    gold = gold_of(corpus, name)
    report = read(corpus / REPORTS[name]).report
    assert (report.edition, report.year, report.agency) == (
        gold["edition"],
        gold["year"],
        gold["agency"],
    )


@pytest.mark.parametrize("name", REPORTS)
def test_all_six_sections_are_told_apart(corpus: Path, name: str) -> None:
    report = read(corpus / REPORTS[name]).report
    assert [s.key for s in report.sections] == [
        "overview",
        "proactive_disclosure",
        "disclosure_on_request",
        "remedies",
        "problems_and_improvements",
        "other_matters",
    ]
    assert len(report.section("overview")) > 500


def test_every_cell_knows_where_it_stood(corpus: Path) -> None:
    for name in ("000", "hongze-2023", "pingtan-2025"):
        report = read(corpus / REPORTS[name]).report
        assert all(c.where and c.where.row for c in report.cells.values())
    amount = read(corpus / REPORTS["003"]).report.cells["procurement/amount"]
    lines = (corpus / REPORTS["003"]).read_text(encoding="utf-8").split("\n")
    assert amount.where is not None
    assert amount.where.line is not None
    # A row of a cell a line is placed by the line of its first cell.
    assert lines[amount.where.line - 1].strip() == "政府集中采购"


def test_the_sub_heading_numbered_two_stays_in_section_one(corpus: Path) -> None:
    report = read(corpus / REPORTS["002"]).report
    assert "二、推进决策和执行公开，强化权力监督" in report.section("overview")


def test_dates_contact_and_signature(corpus: Path) -> None:
    report = read(corpus / REPORTS["000"]).report
    assert report.titled_on is not None
    assert report.titled_on.isoformat() == "2019-01-17"
    assert report.period is not None
    assert report.period.end.isoformat() == "2019-12-31"
    assert report.contact is not None
    assert "0432-62784558" in report.contact
    assert report.signature is not None
    assert report.signature.signed_on is not None
    assert report.signature.signed_on.isoformat() == "2020-01-20"
    assert "盖章" not in report.section("other_matters")


def test_the_mixed_edition_is_said(corpus: Path) -> None:
    reading = read(corpus / REPORTS["hongze-2023"])
    assert [f.rule for f in reading.findings if f.rule.startswith("edition.")] == ["edition.mixed"]


def test_a_report_before_the_forms_keeps_its_prose_and_makes_up_no_cells(corpus: Path) -> None:
    reading = read(corpus / "pingtan-2014.txt")
    report = reading.report
    assert (report.edition, report.year, report.cells, report.unread) == (None, 2014, {}, ())
    assert report.agency == "平潭综合实验区管委会"
    assert [s.title[:2] for s in report.sections] == [
        "一、",
        "二、",
        "三、",
        "四、",
        "五、",
        "六、",
    ]
    assert [f.rule for f in reading.findings] == ["edition.free_form"]


def test_the_page_copied_out_of_its_borders(corpus: Path) -> None:
    """All figures of a page run together: what one reading allows is read, the rest is not."""
    page = html.fromstring((corpus / REPORTS["pingtan-2025"]).read_text(encoding="utf-8"))
    text = " ".join(page.text_content().split())
    reading = read_bytes(text.encode(), "copied.txt")
    gold = gold_of(corpus, "pingtan-2025")["cells"]
    read_cells = {a: as_gold(c) for a, c in reading.report.cells.items()}
    assert read_cells == {a: v for a, v in gold.items() if a in read_cells}
    assert set(reading.report.unread) == {
        "normative_documents/issued",
        "normative_documents/repealed",
        "normative_documents/in_force",
    }
    told = {c for f in reading.findings if f.rule == "cell.inferred" for c in f.cells}
    assert told == set(read_cells)
    assert len(reading.report.sections) == 6
