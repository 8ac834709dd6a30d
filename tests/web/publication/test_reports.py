"""The figures of published reports: kept with the release, read beside it, gone with it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import transaction

from gongkai.core.forms import edition_for
from gongkai.core.report import AnnualReport, Cell
from gongkai.core.writers import render
from gongkai.core.writers.html import article
from gongkai.web.publication.models import Change, Publication, PublishedReport
from gongkai.web.publication.release import NewItem, Release, release_new
from gongkai.web.publication.report_figures import cell_of, form_in, report_of
from gongkai.web.publication.report_reading import read_waiting
from tests.web.conftest import Office
from tests.web.public.publishing import at, public_file, publish, take_back

from . import made
from .made import CONCLUDED, FEES, LICENSING, PENALTIES, RECEIVED, data_of, release_report

pytestmark = pytest.mark.django_db


def report(year: int = 2023, received: int = 12) -> AnnualReport:
    """A report in which a number, a zero, money, a dash and a blank stand."""
    figures = {RECEIVED: str(received), LICENSING: "—"}
    if year >= 2021:
        figures |= {FEES: "1.234567", PENALTIES: ""}
    return made.report(year, **figures)


def test_a_report_that_brings_its_data_is_kept_in_the_act(office: Office) -> None:
    row = release_report(office.street, 1, **data_of(report()))
    assert (row.state, row.came, row.file_name) == ("read", "data", "年报.json")
    assert (row.year, row.edition, row.unread_count, row.holds) == (2023, "2021", 0, True)
    told = {a: cell_of(row, a) for a in (RECEIVED, CONCLUDED, FEES, LICENSING, PENALTIES)}
    assert told == {
        RECEIVED: Cell(12, "12"),
        CONCLUDED: Cell(0, "0"),
        FEES: Cell(Decimal("1.234567"), "1.234567"),
        LICENSING: Cell(None, "—"),
        PENALTIES: Cell(None, ""),
    }
    assert report_of(row).cells == report().cells
    assert form_in(row) is edition_for(2023)


def test_another_report_is_read_in_the_background_and_no_cell_is_guessed(office: Office) -> None:
    page = article(report()).replace(">12<", ">约12<")
    row = release_report(office.street, 1, body_html=page)
    assert (row.state, row.cells, row.edition) == ("waiting", {}, "")
    Change.objects.all().delete()
    assert read_waiting() == 1
    row.refresh_from_db()
    assert (row.state, row.came, row.file_name) == ("read", "body", "")
    assert row.unread == [RECEIVED]
    assert row.unread_count == 1
    assert cell_of(row, RECEIVED) is None
    assert cell_of(row, FEES) == Cell(Decimal("1.234567"), "1.234567")
    assert row.anchors["disclosure_on_request"] == "s-3"
    assert [c.scope for c in Change.objects.all()] == [f"report:{office.street.pk}"]
    assert read_waiting() == 0


def test_a_file_is_read_where_the_page_has_no_table(office: Office) -> None:
    files = (
        public_file("说明.docx", b"no document at all"),
        public_file("年报.docx", render(report(2020), ".docx")),
    )
    row = release_report(office.street, 1, 2020, body_html="<p>见附件。</p>", files=files)
    other = release_report(office.street, 2, 2018, body_html="<p>收到申请三件。</p>")
    without = release_report(office.street, 3, 2022, body_html="<p>收到申请三件。</p>")
    assert read_waiting() == 3
    for one in (row, other, without):
        one.refresh_from_db()
    assert (row.came, row.file_name, row.edition) == ("file", "年报.docx", "2019")
    assert report_of(row).cells == report(2020).cells
    assert "不是政府信息公开工作年度报告" in other.failure
    assert (other.state, other.cells) == ("failed", {})
    assert (without.state, without.edition, without.unread) == ("no_form", "", [])


def test_two_years_in_one_report_are_not_settled_for_it(office: Office) -> None:
    row = release_report(office.street, 1, 2022, **data_of(report(2023)))
    assert (row.state, row.cells) == ("failed", {})
    assert "2022 年度" in row.failure
    assert "2023 年度" in row.failure


def test_what_is_published_again_or_taken_back(office: Office) -> None:
    """The last that fills the form holds; without it the one before does again."""

    def holder() -> int | None:
        rows = PublishedReport.objects.filter(holds=True, agency=office.street, year=2023)
        return rows.values_list("pk", flat=True).first()

    release_report(office.street, 1, published_at=at(2024, 1, 20), **data_of(report()))
    again = release_report(
        office.street, 2, published_at=at(2024, 3, 1), **data_of(report(received=13))
    )
    # A note on the report, in the same column: it fills no form.
    release_report(office.street, 3, published_at=at(2024, 4, 1))
    read_waiting()
    assert holder() == 2
    # Released again as it was: nothing is read again; with other data: what it says now.
    release_report(office.street, 2, published_at=at(2024, 3, 1), **data_of(report(received=13)))
    assert PublishedReport.objects.get(pk=2).state == "read"
    again = release_report(office.street, 2, **data_of(report(received=14)))
    assert cell_of(again, RECEIVED) == Cell(14, "14")
    take_back(2)
    assert holder() == 1
    assert not PublishedReport.objects.filter(pk=2).exists()
    publish(office.street, 1, "不再是年报", kind="plain")
    assert holder() == 3


def test_reports_moved_in_wait_too(office: Office) -> None:
    facts = {
        "kind": "annual_report",
        "column": "annual_report",
        "title": "听泉街道办事处2023年政府信息公开工作年度报告",
        "index_number": "QH0401-2024-00001",
        "published_at": at(2024, 1, 20),
        "body_html": article(report()),
    }
    with transaction.atomic():
        release_new([NewItem(Release(7, office.street, facts), "", ())])
    assert PublishedReport.objects.get(pk=7).state == "waiting"
    assert read_waiting() == 1
    assert report_of(PublishedReport.objects.get(pk=7)).cells == report().cells
    assert Publication.objects.get(pk=7).report.holds
