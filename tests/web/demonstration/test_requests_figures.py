"""The region's requests counted: what the published reports say, and what adds up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from gongkai.core.checks.arithmetic import arithmetic
from gongkai.core.forms import address, edition_for
from gongkai.core.remedies.cases import RemedyKind
from gongkai.core.report.blank import blank_report
from gongkai.core.report.cell import Cell
from gongkai.web.agencies.models import Agency
from gongkai.web.registers.days import working_days
from gongkai.web.remedies.limits import limits_of
from gongkai.web.remedies.models import (
    Complaint,
    RecordCorrection,
    RemedyCase,
    Statement,
    StatementState,
)
from gongkai.web.remedies.tables import YearCount, tally_of
from gongkai.web.remedies.writing import file_of

from .printed_tables import tables
from .requested_region import load_requests

Data = dict[str, Any]
Many = dict[str, Data]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded"), pytest.mark.once]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_requests()
        yield
        transaction.set_rollback(True)


def tally(slug: str, year: int) -> YearCount:
    return tally_of([Agency.objects.get(slug=slug)], year)


def row(told: YearCount, wanted: str) -> list[int]:
    """A row of table three, by its id."""
    columns = edition_for(told.requests.year).requests.columns
    return [told.requests.cells[address("requests", column.id, wanted)] for column in columns]


def printed(report: Data, words: str) -> list[list[int]]:
    (table,) = [one for one in tables(report["body"]) if words in one.caption]
    return [[int(cell.replace(",", "")) for cell in line[1:]] for line in table.rows]


@pytest.mark.parametrize(("slug", "year"), [("qh0401", 2024), ("qh0401", 2025), ("qh0103", 2025)])
def test_a_whole_year_is_what_the_published_report_says(items: Many, slug: str, year: int) -> None:
    told, report = tally(slug, year), items[f"{slug}-annual-{year}"]
    form = edition_for(year)
    counted = [row(told, one.id) for one in form.requests.rows]
    assert counted == printed(report, "收到和处理")
    remedies = [
        [told.remedies.cells[address(block.table, column.id)] for column in form.remedies.columns]
        for block in form.remedies.blocks
    ]
    assert remedies == printed(report, "政府信息公开行政复议")


def test_what_was_carried_over_is_what_the_published_report_says(items: Many) -> None:
    left = printed(items["qh0106-annual-2025"], "收到和处理")[-1]
    assert row(tally("qh0106", 2025), "carried_to_next_year") == left
    assert row(tally("qh0106", 2026), "carried_from_last_year") == left
    assert row(tally("qh0402", 2026), "carried_from_last_year") == [0] * 7


@pytest.mark.parametrize("slug", ["qh0401", "qh0402", "qh0103", "qh0106"])
def test_every_year_adds_up(slug: str) -> None:
    for year in (2024, 2025, 2026):
        told, form = tally(slug, year), edition_for(year)
        counted = {**told.requests.cells, **told.remedies.cells}
        # What other ledgers count is nothing here.
        cells = {name: Cell(counted.get(name, 0), str(counted.get(name, 0))) for name in form.cells}
        report = replace(blank_report(form, year), cells=cells)
        assert list(arithmetic(report, form)) == []
        # What was sent yesterday is not confirmed yet, and is counted nowhere.
        assert {found.rule for found in told.requests.findings} <= {"ledger.not_yet_received"}
        assert told.remedies.findings == ()


def test_cases_of_every_column_and_kind() -> None:
    columns = {
        (kind, column): sum(
            tally(slug, year).remedies.cells[address(kind.value, column)]
            for slug in ("qh0401", "qh0402", "qh0106")
            for year in (2025, 2026)
        )
        for kind in RemedyKind
        for column in ("upheld", "corrected", "other_result", "pending")
    }
    for wanted in (
        (RemedyKind.RECONSIDERATION, "upheld"),
        (RemedyKind.RECONSIDERATION, "corrected"),
        (RemedyKind.RECONSIDERATION, "other_result"),
        (RemedyKind.RECONSIDERATION, "pending"),
        (RemedyKind.DIRECT_SUIT, "corrected"),
        (RemedyKind.DIRECT_SUIT, "other_result"),
        (RemedyKind.SUIT_AFTER_RECONSIDERATION, "upheld"),
        (RemedyKind.SUIT_AFTER_RECONSIDERATION, "pending"),
    ):
        assert columns[wanted] >= 1, wanted


def test_cases_were_answered_in_time_and_in_order() -> None:
    days = working_days()
    assert RemedyCase.objects.count() == 10
    for case in RemedyCase.objects.all():
        ours = [limit for limit in limits_of(case, days) if limit.ours]
        assert not any(limit.late(limit.met_on or limit.start) for limit in ours), case
        happened = [(event.on, event.kind) for event in case.events.all()]
        assert happened[0][1] == "opened"
        assert all(on >= case.opened_on for on, _ in happened)
        if case.request is not None:
            redone = case.request.events.filter(act="ordered_redo").exists()
            assert redone == case.events.filter(kind="redo_ordered").exists(), case


def test_our_writings_went_through_two_pairs_of_hands() -> None:
    sent = Statement.objects.filter(state=StatementState.SENT)
    assert sent.count() == 4
    for one in sent:
        assert one.approved_by_id not in (None, one.written_by_id)
        assert file_of(one, "pdf").startswith(b"%PDF-")
        assert bool(one.number) == (one.kind != "litigation_answer")
    assert Statement.objects.filter(state=StatementState.DRAFT).count() == 1
    assert RecordCorrection.objects.get().result == "corrected"
    assert sorted(one.is_open for one in Complaint.objects.all()) == [False, True]


def test_a_reply_that_was_late_is_the_one_complained_about() -> None:
    complaint = Complaint.objects.exclude(request=None).get()
    assert complaint.request is not None
    assert complaint.request.late
    late = complaint.request.agency.disclosure_requests.filter(late=True)
    assert late.exclude(concluded_on=None).get() == complaint.request
