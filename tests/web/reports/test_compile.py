"""Compiling: every cell from its ledger, what stands behind it, both numbers kept."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.core.forms import edition
from gongkai.core.report import AnnualReport as Report
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.registers.models import CountKind, YearlyCount
from gongkai.web.reports.acts.begin import begin, take
from gongkai.web.reports.acts.fill import explain, restore, type_in
from gongkai.web.reports.acts.judge import dismiss, take_up
from gongkai.web.reports.acts.limits import change_collecting
from gongkai.web.reports.checking import Checked
from gongkai.web.reports.filling import Filled
from gongkai.web.reports.models import AnnualReport, Behind, Way
from gongkai.web.reports.sources import sources
from gongkai.web.requests.models import DisclosureRequest
from tests.web.conftest import Office

from .year import YEAR

pytestmark = pytest.mark.django_db
NOT_HELD = "requests.unable_to_provide.not_held/natural_person"


def told(report: AnnualReport) -> Report:
    return Filled(AnnualReport.objects.get(pk=report.pk).version).report


def test_every_ledger_fills_its_cells(begun: AnnualReport) -> None:
    cells = told(begun).cells
    assert begun.edition == "2021"
    wanted = {
        "normative_documents/issued": 1,
        "normative_documents/in_force": 1,
        "government_rules/issued": 0,
        "licensing/decisions": 0,
        "penalties/decisions": 15,
        "coercive_measures/decisions": 2,
        "administrative_fees/amount": Decimal("1.234567"),
        "requests.received_this_year/natural_person": 2,
        "requests.received_this_year/business": 1,
        "requests.received_this_year/total": 3,
        "requests.carried_from_last_year/natural_person": 1,
        "requests.disclosed/natural_person": 1,
        "requests.partly_disclosed/business": 1,
        NOT_HELD: 1,
        "requests.concluded_total/total": 3,
        "requests.carried_to_next_year/natural_person": 1,
        "reconsideration/pending": 1,
        "reconsideration/total": 1,
        "direct_suit/total": 0,
    }
    assert {address: cells[address].value for address in wanted} == wanted
    assert not told(begun).unread
    assert len(cells) == 200


def test_a_cell_opens_to_exactly_what_it_counts(begun: AnnualReport) -> None:
    behind = {b.address: b for b in Behind.objects.filter(compilation__report=begun)}
    for address, cell in told(begun).cells.items():
        if address.startswith(("requests.", "reconsideration", "direct_suit", "suit_after")):
            assert len(behind[address].keys if address in behind else []) == cell.value
    one = behind["requests.partly_disclosed/business"]
    assert (one.kind, one.keys) == ("request", [DisclosureRequest.objects.get(number="3").pk])
    assert len(behind["penalties/decisions"].keys) == 2


def test_where_nothing_is_known_nothing_is_zero(office: Office) -> None:
    report = begin(office.actor(Role.AUTHOR), office.street, YEAR)
    cells = told(report).cells
    assert cells["penalties/decisions"].is_blank
    assert cells["requests.received_this_year/total"].is_blank
    assert cells["normative_documents/issued"].value == 0  # the platform keeps all documents
    found = Checked(Filled(report.version)).found
    assert sum(one.rule == "compile.no_figure" for one in found) >= 5


def test_an_uncounted_matter_leaves_the_sum_open(ledgers: Office) -> None:
    YearlyCount.objects.create(
        agency=ledgers.street, year=YEAR, kind=CountKind.PENALTY, matter="未统计的",
        recorded_by=ledgers.people[Role.AUTHOR],
    )  # fmt: skip
    report = begin(ledgers.actor(Role.AUTHOR), ledgers.street, YEAR)
    figure = Filled(report.version).figures["penalties/decisions"]
    assert figure.found is None
    assert figure.note == "已统计的事项共 15 件，另有 1 项没有统计"


def test_a_typed_number_keeps_the_computed_one_and_asks_why(
    written: AnnualReport, ledgers: Office
) -> None:
    author, begun = ledgers.actor(Role.AUTHOR), written
    assert type_in(author, begun, {NOT_HELD: " ２ "}) == {}
    filled = Filled(AnnualReport.objects.get(pk=begun.pk).version)
    figure = filled.figures[NOT_HELD]
    assert (figure.found, figure.typed, figure.by) == ("1", "２", "李敏")
    # The totals follow, so the column no longer balances.
    assert filled.printed["requests.unable_to_provide.not_held/total"] == "2"
    assert filled.printed["requests.concluded_total/natural_person"] == "3"
    checked = Checked(filled)
    assert [one.rule for one in checked.must_mend] == ["compile.changed_without_reason"]
    assert "requests.in_equals_out" in {one.rule for one in checked.errors}
    explain(author, begun, NOT_HELD, "台账漏登一件，已补。")
    again = AnnualReport.objects.get(pk=begun.pk)
    assert not Checked(Filled(again.version)).must_mend
    entry = AuditEntry.objects.filter(act="report.type").get()
    assert (entry.before, entry.after) == ({NOT_HELD: "1"}, {NOT_HELD: "２"})


def test_the_same_number_is_no_change_and_restoring_takes_all_back(
    begun: AnnualReport, ledgers: Office
) -> None:
    author = ledgers.actor(Role.AUTHOR)
    type_in(author, begun, {NOT_HELD: "１", "penalties/decisions": "16"}, "重算过")
    filled = Filled(AnnualReport.objects.get(pk=begun.pk).version)
    assert [spec.address for spec, _ in filled.changed()] == ["penalties/decisions"]
    restore(author, begun)
    filled = Filled(AnnualReport.objects.get(pk=begun.pk).version)
    assert not list(filled.changed())
    assert filled.printed["penalties/decisions"] == "15"


def test_what_is_no_figure_is_told_and_the_rest_is_kept(
    begun: AnnualReport, ledgers: Office
) -> None:
    wrong = type_in(
        ledgers.actor(Role.AUTHOR), begun, {NOT_HELD: "约3", "penalties/decisions": "9"}, "更正"
    )
    assert wrong == {NOT_HELD: "（四）无法提供1.本机关不掌握相关政府信息·自然人：“约3”不是数。"}
    filled = Filled(AnnualReport.objects.get(pk=begun.pk).version)
    assert filled.printed["penalties/decisions"] == "9"
    assert filled.printed[NOT_HELD] == "1"


def test_taking_anew_keeps_what_was_typed(begun: AnnualReport, ledgers: Office) -> None:
    author = ledgers.actor(Role.AUTHOR)
    type_in(author, begun, {"penalties/decisions": "20"}, "含委托执法")
    YearlyCount.objects.filter(matter="占道经营").update(count=13)
    take(author, begun)
    figure = Filled(AnnualReport.objects.get(pk=begun.pk).version).figures["penalties/decisions"]
    assert (figure.found, figure.typed, figure.why) == ("16", "20", "含委托执法")


def test_an_empty_form_is_filled_by_hand(office: Office) -> None:
    author = office.actor(Role.AUTHOR)
    report = begin(author, office.street, YEAR, Way.FORM)
    assert report.version.figures == {}
    row = "requests.received_this_year"
    type_in(author, report, {f"{row}/natural_person": "3", f"{row}/business": "2"})
    filled = Filled(AnnualReport.objects.get(pk=report.pk).version)
    assert filled.printed[f"{row}/total"] == "5"
    assert not list(filled.changed())
    # A total that is typed is kept, and the sum stands beside it.
    type_in(author, report, {f"{row}/total": "6"})
    filled = Filled(AnnualReport.objects.get(pk=report.pk).version)
    assert (filled.printed[f"{row}/total"], filled.sum_beside(f"{row}/total")) == ("6", "5")
    assert "requests.total_is_sum" in {one.rule for one in Checked(filled).errors}


def test_a_finding_set_aside_stays_so_until_its_numbers_change(
    begun: AnnualReport, ledgers: Office
) -> None:
    author = ledgers.actor(Role.AUTHOR)
    type_in(author, begun, {NOT_HELD: "2"}, "补登")

    def finding(rule: str) -> list[str]:
        version = AnnualReport.objects.get(pk=begun.pk).version
        return [one.fingerprint for one in Checked(Filled(version)).errors if one.rule == rule]

    fingerprint = finding("requests.in_equals_out")[0]
    made = dismiss(author, begun, fingerprint, "机构合并，另有说明")
    take(author, begun)
    assert fingerprint not in finding("requests.in_equals_out")
    type_in(author, begun, {NOT_HELD: "3"}, "又补登")
    assert finding("requests.in_equals_out")
    type_in(author, begun, {NOT_HELD: "2"}, "补登")
    take_up(author, made)
    assert fingerprint in finding("requests.in_equals_out")


def test_who_may_and_which_years(office: Office) -> None:
    author = office.actor(Role.AUTHOR)
    with pytest.raises(Forbidden, match="从 2019 年度开始"):
        begin(author, office.street, 2018)
    with pytest.raises(Forbidden, match="没有这个角色"):
        begin(office.actor(Role.APPROVER), office.street, YEAR)
    with pytest.raises(Forbidden, match="没有这个角色"):
        begin(author, office.neighbour, YEAR)
    begin(author, office.street, YEAR, Way.FORM)
    with pytest.raises(Forbidden, match="已经有了"):
        begin(author, office.street, YEAR)
    assert begin(author, office.street, 2020, Way.FORM).edition == "2019"


def rules_of(agency: Agency) -> tuple[int | Decimal | None, str]:
    ledgers = {source.slug: source.take(agency, YEAR, edition("2021")) for source in sources()}
    cell = ledgers["documents"].cells["government_rules/in_force"]
    return cell.value, cell.note


def test_nothing_stands_for_rules_only_where_law_lets_none_be_made(ledgers: Office) -> None:
    bureau = Agency.objects.create(
        slug="qh0103", code="QH0103", name="青禾区民政局", short_name="民政局",
        kind="department", parent=ledgers.district,
    )  # fmt: skip
    ministry = Agency.objects.create(
        slug="mca", code="MCA", name="民政部", short_name="民政部", kind="department"
    )
    assert rules_of(ledgers.street)[0] == 0
    assert rules_of(bureau) == (0, "地方政府的部门没有规章制定权（立法法第九十一条、第九十三条）")
    assert rules_of(ministry)[0] is None
    # The office tells of its government; whether that makes rules depends on its level.
    assert rules_of(ledgers.competent)[0] is None
    change_collecting(ledgers.actor(Role.COMPETENT_DEPARTMENT), ledgers.district, "county", [5])
    assert rules_of(ledgers.competent)[0] == 0
    change_collecting(ledgers.actor(Role.COMPETENT_DEPARTMENT), ledgers.district, "city", [5])
    assert rules_of(ledgers.competent)[0] is None


def test_what_the_government_itself_did_stands_in_its_offices_report(ledgers: Office) -> None:
    DisclosureRequest.objects.filter(agency=ledgers.street).update(agency=ledgers.district)
    YearlyCount.objects.filter(agency=ledgers.street).update(agency=ledgers.district)
    cells = {
        address: taken.value
        for source in sources()
        for address, taken in source.take(ledgers.competent, YEAR, edition("2021")).cells.items()
    }
    assert cells["requests.received_this_year/total"] == 3
    assert cells["penalties/decisions"] == 15
    assert cells["normative_documents/issued"] == 0
