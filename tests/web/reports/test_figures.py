"""看数据 at the desk: what is public and what was handed in, within reach, drafts left out."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from lxml import html
from lxml.html import HtmlElement

from gongkai.web.people.models import Role
from gongkai.web.policies import actor_of
from gongkai.web.publication.models import PublishedReport
from gongkai.web.reports.acts.begin import begin
from gongkai.web.reports.acts.fill import type_in
from gongkai.web.reports.filling import Filled
from gongkai.web.reports.models import AnnualReport, Submission, SubmissionState, Way
from tests.web.conftest import Office, make_person, signed_in, signed_in_as
from tests.web.publication.made import RECEIVED, with_data

from .conftest import Publishing
from .year import YEAR

pytestmark = pytest.mark.django_db
PERSON = "requests.received_this_year/natural_person"


def shown(browser: Client, address: str) -> HtmlElement:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return html.fromstring(answer.content)


def squares(tree: HtmlElement, label: str) -> list[HtmlElement]:
    (row, *_) = tree.xpath("//tr[th[starts-with(normalize-space(.), $l)]]", l=label)
    return list(row.findall("td"))


def words(squares: list[HtmlElement]) -> list[str]:
    return [" ".join(square.text_content().split()) for square in squares]


def opened(squares: list[HtmlElement], at: int = 0) -> str:
    return str(squares[at].xpath("string(a/@href)"))


def test_a_report_compiled_here(
    ledgers: Office, written: AnnualReport, publish: Publishing
) -> None:
    report = publish(written)
    printed = Filled(report.version).printed
    row = PublishedReport.objects.get()
    assert (row.came, row.year, row.holds) == ("data", YEAR, True)
    assert {a: c if isinstance(c, str) else c[0] for a, c in row.cells.items()} == printed
    author, above = (signed_in(ledgers, role) for role in (Role.AUTHOR, Role.COMPETENT_DEPARTMENT))
    year = f"{reverse('reports:figures_of', args=[ledgers.street.pk])}?year={YEAR}"
    for browser in (author, above):
        tree = shown(browser, year)
        assert "已公布，2021 年版" in " ".join(tree.text_content().split())
        assert words(squares(tree, "本年新收申请"))[0] == printed[PERSON]
        assert words(squares(tree, "本年新收申请"))[6] == printed[RECEIVED]
    # Who writes the report opens the cell with what stands behind it; others where it is printed.
    behind = opened(squares(shown(author, year), "本年新收申请"))
    assert behind.endswith("/sections/disclosure_on_request/?cell=" + PERSON.replace("/", "%2F"))
    assert "台账" in shown(author, behind).text_content()
    place, _, anchor = opened(squares(shown(above, year), "本年新收申请")).partition("#")
    heading = shown(above, place).get_element_by_id(anchor)
    assert "收到和处理政府信息公开申请情况" in heading.text_content()


def test_what_was_handed_in_and_what_is_a_draft(office: Office) -> None:
    writer = make_person("neighbour", "吴越", office.neighbour, Role.AUTHOR)
    report = begin(actor_of(writer), office.neighbour, YEAR, Way.FORM)
    type_in(actor_of(writer), report, {PERSON: "6", "penalties/decisions": "3"})
    with_data(office.street, 70, YEAR, **{RECEIVED: "9"})
    above = signed_in(office, Role.COMPETENT_DEPARTMENT)
    over = f"{reverse('reports:figures')}?year={YEAR}"
    tree = shown(above, over)
    assert words(squares(tree, "听泉街道"))[0] == "9"
    assert opened(squares(tree, "听泉街道")).startswith(f"{settings.MOUNT}item/")
    text = " ".join(tree.text_content().split())
    assert "没有公布或者报送、不在合计里：区政府办公室、枕流街道" in text
    Submission.objects.create(
        version=AnnualReport.objects.get(pk=report.pk).version,
        to=office.district,
        state=SubmissionState.SUBMITTED,
        submitted_by=writer,
    )
    tree = shown(above, over)
    assert words(squares(tree, "枕流街道"))[:2] == ["6", "空白"]
    assert words(squares(tree, "上列 2 份合计"))[0] == "15"
    assert tree.xpath("string(//tr[th[contains(., '枕流街道')]]/th)").strip().endswith("已报送")
    years = reverse("reports:figures_of", args=[office.neighbour.pk])
    assert words(squares(shown(above, years), "行政处罚·本年处理决定数量")) == ["3"]
    query = f"left_agency=qh0401&left_year={YEAR}&right_agency=qh0402&right_year={YEAR}"
    both = shown(above, f"{reverse('reports:compare')}?{query}")
    assert words(squares(both, "一、本年新收政府信息公开申请数量·总计")) == ["9", "6", "-3"]
    # Outside one's reach there is nothing, whatever was handed in.
    own = signed_in(office, Role.AUTHOR)
    assert own.get(years).status_code == 404
    assert "枕流街道" not in shown(own, over).text_content()
    refused = shown(own, f"{reverse('reports:compare')}?{query}")
    assert "有一份没有公布或者报送的报告" in refused.text_content()
    assert signed_in_as(writer).get(years).status_code == 200
