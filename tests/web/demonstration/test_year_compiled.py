"""The region's ledgers closed for a year: compiled, mended at its cause, signed, published, sent."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gongkai.cli.main import build
from gongkai.core.handling.tally import tally_requests
from gongkai.core.report.interchange import from_json
from gongkai.web import filestore
from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure import screening
from gongkai.web.disclosure.acts.review import approve, pass_secrecy_review, pass_section_review
from gongkai.web.people.models import Person
from gongkai.web.policies import Actor, actor_of
from gongkai.web.publication.models import Publication
from gongkai.web.registers.acts import put
from gongkai.web.registers.models import CountKind, YearlyCount
from gongkai.web.remedies.models import RemedyCase
from gongkai.web.reports.acts.begin import begin, take
from gongkai.web.reports.acts.fill import write
from gongkai.web.reports.acts.hand_in import hand_in
from gongkai.web.reports.checking import Checked
from gongkai.web.reports.filling import Filled
from gongkai.web.reports.models import AnnualReport, Behind, Submission
from gongkai.web.reports.opened import open_cell
from gongkai.web.requests.ledger import entry_of
from gongkai.web.requests.models import DisclosureRequest
from tests.web.reports.conftest import TEXTS

from .requested_region import load_requests

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SLUG, YEAR = "qh0401", 2025
COUNTS = {
    CountKind.LICENSING: ("临时占道许可", 0, None),
    CountKind.PENALTY: ("占道经营", 37, None),
    CountKind.COERCIVE_MEASURE: ("拆除违法建设", 2, None),
    CountKind.FEE: ("占道费", None, Decimal("12345.60")),
}


def actor(role: str) -> Actor:
    return actor_of(Person.objects.get(username=f"{SLUG}-{role}"))


def unknown(report: AnnualReport) -> set[str]:
    """The tables for which no ledger gives a figure."""
    found = Checked(Filled(AnnualReport.objects.get(pk=report.pk).version)).found
    return {
        cell.partition("/")[0]
        for one in found
        if one.rule == "compile.no_figure"
        for cell in one.cells
    }


def read_by_command(file: Path) -> Any:
    """What ``gongkai read --json`` prints of a file."""
    run = CliRunner().invoke(build("zh"), ["read", "--json", str(file)], prog_name="gongkai")
    assert run.exit_code == 0, run.stderr
    return json.loads(run.stdout, parse_float=Decimal)


def test_a_year_of_the_region_from_its_ledgers_to_the_public_and_upward(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    load_requests()
    agency = Agency.objects.get(slug=SLUG)
    author = actor("author")
    report = begin(author, agency, YEAR)

    # What is missing is mended where it is missing: in the register, not in the report.
    missing = {"licensing", "penalties", "coercive_measures", "administrative_fees"}
    assert missing <= unknown(report)
    for kind, (matter, count, amount) in COUNTS.items():
        line = YearlyCount(agency=agency, year=YEAR, kind=kind)
        put(actor("office"), "register.edit", line,
            {"matter": matter, "count": count, "amount_yuan": amount})  # fmt: skip
    report = take(author, report)
    assert not missing & unknown(report)

    write(author, report, TEXTS)
    with django_capture_on_commit_callbacks(execute=True):
        report = hand_in(author, report)
        assert report.item is not None
        item = pass_section_review(actor("section"), report.item)
        screening.run.call(item.version.pk)
        item.version.findings.update(answer="keep")
        approve(actor("approver"), pass_secrecy_review(actor("secrecy"), item))
    report = AnnualReport.objects.get(pk=report.pk)
    assert report.live == report.version
    sent = Submission.objects.get(version=report.live)
    assert (sent.to.slug, sent.state) == ("qh0001", "submitted")

    filled = Filled(report.version)
    values = {address: cell.value for address, cell in filled.report.cells.items()}
    assert values["administrative_fees/amount"] == Decimal("1.23456")
    (docx,) = Publication.objects.get(pk=report.item_id).files.filter(name__endswith=".docx")
    file = tmp_path / "report.docx"
    file.write_bytes(filestore.read(docx.digest))
    again = from_json(read_by_command(file))
    assert {address: cell.value for address, cell in again.cells.items()} == values
    assert not again.unread

    opens_to_what_it_counts(filled, agency)


def opens_to_what_it_counts(filled: Filled, agency: Agency) -> None:
    """Every cell against an own count of the events, and the lines that it opens to."""
    entries = [entry_of(case) for case in DisclosureRequest.objects.filter(agency=agency)]
    wanted = {
        address: {line.number for line in lines}
        for address, lines in tally_requests(entries, YEAR, "2021").trace.items()
    }
    behind = {
        (one.address, one.kind): one.keys
        for one in Behind.objects.filter(compilation=filled.version.compilation)
    }
    opened_cells = 0
    for address, cell in filled.report.cells.items():
        opened = open_cell(filled, address)
        assert opened is not None
        if address.startswith("requests."):
            keys = behind.get((address, "request"), [])
            numbers = set(
                DisclosureRequest.objects.filter(pk__in=keys).values_list("number", flat=True)
            )
            assert numbers == wanted[address], address
            assert len(keys) == cell.value == opened.count
            assert {line.name for line in opened.lines} <= numbers
            assert len(opened.lines) == min(len(numbers), 50)
        elif address.partition("/")[0] in {
            "reconsideration",
            "direct_suit",
            "suit_after_reconsideration",
        }:
            assert opened.count == cell.value
            assert RemedyCase.objects.filter(
                agency=agency, pk__in=behind.get((address, "remedy"), [])
            ).count() == cell.value  # fmt: skip
        elif (address, "count") in behind:
            kept = YearlyCount.objects.filter(pk__in=behind[address, "count"]).get()
            assert opened.lines[0].name == kept.matter
        opened_cells += bool(cell.value and opened.lines)
    assert opened_cells == sum(bool(cell.value) for cell in filled.report.cells.values())
    assert opened_cells > 30
