"""The screens of a report: written in, checked, opened, handed in, corrected, by each role."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongkai.core.writers import render
from gongkai.web.people.models import Role
from gongkai.web.reports.acts.fill import type_in
from gongkai.web.reports.filling import Filled
from gongkai.web.reports.models import AnnualReport, Way
from gongkai.web.requests.models import DisclosureRequest
from tests.web.conftest import Office, make_person, signed_in, signed_in_as

from .conftest import TEXTS, Publishing
from .year import YEAR

pytestmark = pytest.mark.django_db
REQUESTS = "disclosure_on_request"
NOT_HELD = "requests.unable_to_provide.not_held/natural_person"


def again(report: AnnualReport) -> AnnualReport:
    return AnnualReport.objects.get(pk=report.pk)


def section(report: AnnualReport, key: str = REQUESTS) -> str:
    return reverse("reports:section", args=[report.pk, key])


def test_one_begins_from_the_list(ledgers: Office) -> None:
    browser = signed_in(ledgers, Role.AUTHOR)
    page = browser.get(reverse("reports:list")).content.decode()
    assert "没有报" in page
    answer = browser.post(reverse("reports:begin"), {"year": YEAR, "way": "ledgers"})
    report = AnnualReport.objects.get()
    assert answer.url == section(report, "overview")
    page = browser.get(answer.url).content.decode()
    assert "制发行政规范性文件1件" in page
    assert "【" in page
    again_ = browser.post(reverse("reports:begin"), {"year": YEAR, "way": "ledgers"})
    assert again_.status_code == 422
    assert "已经有了" in again_.content.decode()


def test_a_report_begun_before_the_year_is_over_is_in_the_list(ledgers: Office) -> None:
    year = timezone.localdate().year
    author, above = signed_in(ledgers, Role.AUTHOR), signed_in(ledgers, Role.COMPETENT_DEPARTMENT)
    assert "编制别的年度" in author.get(reverse("reports:list")).content.decode()
    author.post(reverse("reports:begin"), {"year": year, "way": "ledgers"})
    address = reverse("reports:report", args=[AnnualReport.objects.get().pk])
    assert f'href="{address}"' in author.get(reverse("reports:list")).content.decode()
    # The department's list begins with the year it collects; the new one is one step away.
    page = above.get(reverse("reports:list"))
    assert (page.context["years"][0], page.context["later"]) == (year - 1, year)
    assert above.get(reverse("reports:list") + f"?to={year}").context["years"][0] == year


def test_every_section_opens(written: AnnualReport, office: Office) -> None:
    browser = signed_in(office, Role.AUTHOR)
    for one in Filled(written.version).form.sections:
        answer = browser.get(section(written, one.key))
        assert answer.status_code == 200
        assert one.heading in answer.content.decode()
    assert browser.get(section(written, "nothing")).status_code == 404
    page = browser.get(section(written)).content.decode()
    # 24 rows of six applicants to type; totals are reckoned.
    assert page.count('class="gk-input" id="c-requests') == 144
    assert browser.get(section(written) + "?column=business").status_code == 200


def test_saving_the_table_keeps_what_is_a_figure_and_what_was_typed(
    written: AnnualReport, office: Office
) -> None:
    browser = signed_in(office, Role.AUTHOR)
    other = "requests.disclosed/natural_person"
    sent = {NOT_HELD: "约3", other: "4"}
    answer = browser.post(section(written), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“约3”不是数" in page
    assert 'value="约3"' in page
    assert Filled(again(written).version).printed[other] == "4"
    answer = browser.post(section(written), {NOT_HELD: "1", other: "1", "next": "1"})
    assert answer.url == section(written, "remedies")
    assert not list(Filled(again(written).version).changed())


def test_as_one_types_findings_come_back_with_the_marks_of_cells(
    written: AnnualReport, office: Office
) -> None:
    browser = signed_in(office, Role.AUTHOR)
    answer = browser.post(section(written), {NOT_HELD: "2"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "收到与办结、结转不等" in page
    assert "改了数没有写理由" in page
    assert f'data-cell="{NOT_HELD}" data-look="bad"' in page
    assert "<html" not in page


def test_an_opened_number_shows_its_cases_and_both_numbers(
    written: AnnualReport, office: Office
) -> None:
    browser = signed_in(office, Role.AUTHOR)
    type_in(office.actor(Role.AUTHOR), written, {NOT_HELD: "5"})
    case = DisclosureRequest.objects.get(number="2")
    for headers in ({}, {"HX-Request": "true"}):
        page = browser.get(section(written), {"cell": NOT_HELD}, headers=headers).content.decode()
        assert reverse("requests:case", args=[case.pk]) in page
        assert "<strong>1</strong>" in page
        assert "<strong>5</strong>" in page
        assert "改回 1" in page
    place = reverse("reports:cell", args=[written.pk])
    told = {"cell": NOT_HELD, "section": REQUESTS}
    browser.post(place, {**told, "act": "type", "value": "6", "why": "补登"})
    figure = Filled(again(written).version).figures[NOT_HELD]
    assert (figure.typed, figure.why) == ("6", "补登")
    browser.post(place, {**told, "act": "restore"})
    assert Filled(again(written).version).printed[NOT_HELD] == "1"


def test_prose_is_measured_without_being_kept(written: AnnualReport, office: Office) -> None:
    browser = signed_in(office, Role.AUTHOR)
    sent = {"text": "甲" * 1001, "measure": "1"}
    page = browser.post(section(written, "overview"), sent, headers={"HX-Request": "true"})
    assert "1001 字" in page.content.decode()
    assert "超过 1000 字" in page.content.decode()
    assert again(written).version.sections["overview"] == TEXTS["overview"]
    browser.post(section(written, "overview"), {"text": "改过的总体情况。"})
    assert again(written).version.sections["overview"] == "改过的总体情况。"


def test_findings_are_set_aside_and_the_report_is_handed_in(
    written: AnnualReport, office: Office
) -> None:
    browser = signed_in(office, Role.AUTHOR)
    type_in(office.actor(Role.AUTHOR), written, {NOT_HELD: "2"}, "补登")
    place = reverse("reports:check", args=[written.pk])
    page = browser.get(place).content.decode()
    assert "带着差错报送的理由" in page
    assert browser.post(place, {"reason": ""}).status_code == 422
    answer = browser.post(place, {"reason": "正在补台账"})
    assert answer.url == reverse("reports:report", args=[written.pk])
    page = browser.get(answer.url).content.decode()
    assert "科室审核" in page
    assert "正在补台账" in page
    assert browser.post(section(written), {NOT_HELD: "9"}).status_code in (403, 409)
    # The item's own editor sends one back here.
    item = again(written).item
    assert item is not None
    edit = browser.get(reverse("disclosure:edit", args=[item.pk]))
    assert edit.url == reverse("reports:report", args=[written.pk])


def test_a_document_is_read_in(written: AnnualReport, office: Office) -> None:
    report = Filled(again(written).version).report
    browser = signed_in(office, Role.AUTHOR)
    AnnualReport.objects.filter(pk=written.pk).update(year=2023)
    file = SimpleUploadedFile("年报.docx", render(report, ".docx"))
    sent = {"year": YEAR, "way": Way.DOCUMENT, "file": file}
    answer = browser.post(reverse("reports:begin"), sent)
    read = AnnualReport.objects.get(year=YEAR)
    assert answer.url == section(read, "overview")
    filled = Filled(read.version)
    assert {a: c.value for a, c in filled.report.cells.items()} == {
        a: c.value for a, c in report.cells.items()
    }
    assert filled.version.sections["overview"].startswith("2025年，听泉街道办事处")
    page = browser.get(section(read), {"cell": NOT_HELD}).content.decode()
    assert "个表" in page
    # The document beside what was read in it: the link of a cell leads to its very place.
    beside = browser.get(reverse("reports:beside", args=[read.pk, 1])).content.decode()
    (anchor,) = re.findall(r'href="[^"]*beside/#(at-[^"]+)"', page)
    assert re.search(rf'<td id="{anchor}"[^>]*>1</td>', beside)
    original = browser.get(reverse("reports:original", args=[read.pk, 1]))
    assert original.content == render(report, ".docx")
    refused = SimpleUploadedFile("x.docx", b"not a document at all")
    sent = {"year": 2022, "way": Way.DOCUMENT, "file": refused}
    answer = browser.post(reverse("reports:begin"), sent)
    assert answer.status_code == 422
    assert not AnnualReport.objects.filter(year=2022).exists()


def test_papers_and_old_versions_stay_readable(
    ledgers: Office, written: AnnualReport, publish: Publishing
) -> None:
    browser = signed_in(ledgers, Role.AUTHOR)
    report = publish(written)
    for suffix in ("docx", "xlsx", "json"):
        answer = browser.get(reverse("reports:paper", args=[report.pk, 1, suffix]))
        assert answer.status_code == 200
        assert len(answer.content) > 1000
    assert browser.get(reverse("reports:paper", args=[report.pk, 1, "exe"])).status_code == 404
    place = reverse("reports:correct", args=[report.pk])
    assert browser.post(place, {"reason": " "}).status_code == 422
    assert browser.post(place, {"reason": "漏报一件"}).status_code == 302
    page = browser.get(reverse("reports:version", args=[report.pk, 1])).content.decode()
    assert "不是现稿" in page
    superior = signed_in(ledgers, Role.COMPETENT_DEPARTMENT)
    page = superior.get(reverse("reports:report", args=[report.pk])).content.decode()
    assert "已报送" in page
    assert superior.get(section(report)).status_code == 403


def test_the_neighbour_sees_nothing(written: AnnualReport, office: Office) -> None:
    stranger = make_person("next", "邻人", office.neighbour, Role.AUTHOR)
    browser = signed_in_as(stranger)
    for name in ("reports:report", "reports:check"):
        assert browser.get(reverse(name, args=[written.pk])).status_code == 404
    assert browser.post(section(written), {NOT_HELD: "9"}).status_code == 404
