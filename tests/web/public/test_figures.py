"""The pages on figures: every number as published and leading to its place, nothing guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from lxml import html
from lxml.html import HtmlElement

from gongkai.core.forms import edition
from gongkai.core.report.measures import rates
from gongkai.core.writers.html import article
from gongkai.web.administration.agencies.acts.change import rename
from gongkai.web.administration.agencies.acts.keep import edit
from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.people.models import Role
from gongkai.web.public import pages
from gongkai.web.publication.models import Change, PublishedReport
from gongkai.web.publication.report_reading import read_waiting
from tests.web.conftest import Office
from tests.web.publication.made import CONCLUDED, RECEIVED, release_report, report, with_data

from .publishing import take_back

pytestmark = pytest.mark.django_db
DISCLOSED = "requests.disclosed/total"
SECRET = "requests.withheld.state_secret/total"


@dataclass
class Figures:
    """Reports of several years and agencies."""

    office: Office
    street: Agency
    neighbour: Agency


@pytest.fixture
def figures(office: Office) -> Figures:
    """The street over the years, its neighbour and the district in one."""
    street, neighbour = office.street, office.neighbour
    with_data(street, 1, 2020, **{RECEIVED: "5", CONCLUDED: "5", DISCLOSED: "2"})
    with_data(street, 2, 2021, **{RECEIVED: "8", CONCLUDED: "6", DISCLOSED: "3", SECRET: "1"})
    with_data(street, 3, 2023, **{RECEIVED: "12", CONCLUDED: "9", DISCLOSED: "约4"})
    with_data(neighbour, 4, 2023, **{RECEIVED: "20", CONCLUDED: "16", DISCLOSED: "4"})
    with_data(office.district, 5, 2023, **{RECEIVED: "99", CONCLUDED: "90"})
    return Figures(office, street, neighbour)


def page(path: str) -> HtmlElement:
    made = pages.render(path)
    assert made is not None, path
    return html.fromstring(made.body)


def row(tree: HtmlElement, label: str) -> list[str]:
    """The squares of the first row with this label, their words."""
    (found, *_) = tree.xpath("//tr[th[starts-with(normalize-space(.), $l)]]", l=label)
    return [" ".join(cell.text_content().split()) for cell in found.findall("td")]


def opens(tree: HtmlElement, label: str) -> list[str]:
    (found, *_) = tree.xpath("//tr[th[starts-with(normalize-space(.), $l)]]", l=label)
    return [link.get("href", "") for link in found.xpath("td/a")]


def test_one_agency_over_the_years(figures: Figures) -> None:
    tree = page("qh0401/annual/figures.html")
    heads = [" ".join(th.text_content().split()) for th in tree.xpath("(//thead)[1]//th")]
    assert heads == [
        "项目", "2020 2019 年版", "2021 2021 年版", "2022 没有公布", "2023 2021 年版",
    ]  # fmt: skip
    assert row(tree, "本年新收申请") == ["5", "8", "—没有读出表格", "12"]
    assert row(tree, "予以公开") == ["2", "3", "—没有读出表格", "未读"]
    # Each edition has rows of its own; what cannot be compared is named.
    assert row(tree, "规章·本年制发件数")[0] == "—这一版格式没有"
    assert "不跨版比较：规章·本年制发件数" in tree.text_content()
    # The one row of 2019 and the three of 2021 are the same number; the parts are not.
    assert row(tree, "其他处理") == ["0", "0", "—没有读出表格", "0"]
    assert row(tree, "3.其他")[0] == "—这一版格式没有"
    links = opens(tree, "本年新收申请")
    assert links == [f"../../item/2026/{number}.html#s-3" for number in (1, 2, 3)]
    target = page("item/2026/1.html")
    assert "收到和处理政府信息公开申请情况" in target.get_element_by_id("s-3").text_content()
    assert target.xpath("//a[contains(@href, 'annual/2020.html')]")
    # A chart says the same, and its gap is a gap.
    told = tree.xpath("//*[local-name()='desc']")[0].text
    assert told == "新收申请：2020 5，2021 8，2022 缺，2023 12"


def test_one_year_of_an_agency(figures: Figures) -> None:
    tree = page("qh0401/annual/2021.html")
    assert row(tree, "予以公开")[6:8] == ["3", "50.0%"]
    assert row(tree, "1.属于国家秘密")[6:8] == ["1", "16.7%"]
    assert row(tree, "予以公开率")[:1] == ["50.0% 3/6"]
    assert row(tree, "复议纠错率")[0] == "分母为 0"
    unread = page("qh0401/annual/2023.html")
    assert row(unread, "予以公开")[6:8] == ["未读", "未读"]
    assert row(unread, "予以公开率")[0] == "未读"
    assert "未读 1 格" in unread.text_content()


def test_one_year_over_agencies(figures: Figures) -> None:
    tree = page("annual/figures/2023/requests.html")
    assert row(tree, "听泉街道")[0] == "12"
    assert row(tree, "上列 2 份合计")[0] == str(12 + 20), "the district's own report is apart"
    # What is unread is in no sum, and whose it is is said.
    assert row(tree, "上列 2 份合计")[2] == "4"
    text = " ".join(tree.text_content().split())
    assert "予以公开：缺 听泉街道" in text
    assert "没有公布、不在合计里：区政府办公室" in text
    assert row(page("annual/figures/2023/rates.html"), "上列 2 份合计")[0] == "25.0% 4/16"
    first = "//tbody[last()]/tr/th/a/text()"
    assert tree.xpath(first) == ["听泉街道", "枕流街道"]
    assert page("annual/figures/2023/by-received.html").xpath(first) == ["枕流街道", "听泉街道"]
    years = page("annual/figures/index.html")
    assert row(years, "2023年度") == ["3 份", "3 份", "1"]
    assert pages.render("annual/figures/2022/requests.html") is None
    assert pages.render("annual/figures/2023/nothing.html") is None


def test_every_rate_is_explained_as_ours(figures: Figures) -> None:
    tree = page("annual/figures/rates.html")
    for rate in rates().values():
        assert row(tree, rate.label)[0] == rate.definition
        assert row(tree, rate.label)[2] == "本平台的算法"


def test_two_reports_side_by_side(figures: Figures, client: Client) -> None:
    address = f"{settings.MOUNT}search/compare"
    empty = client.get(address).content.decode()
    assert "前一份" in empty
    assert "选一个机关。" not in empty
    query = {"left_agency": "qh0401", "left_year": "2020", "right_agency": "qh0401"}
    wrong = client.get(address, {**query, "right_year": "2022"}).content.decode()
    assert "听泉街道没有这个年度的报告，有的是 2020、2021、2023。" in wrong
    tree = html.fromstring(client.get(address, {**query, "right_year": "2021"}).content)
    assert row(tree, "一、本年新收政府信息公开申请数量·总计") == ["5", "8", "+3"]
    shown = tree.xpath("count((//table)[1]/tbody/tr)")
    old, new = edition("2019").cells, edition("2021").cells
    assert shown == sum(a in new for a in (RECEIVED, CONCLUDED, DISCLOSED, SECRET))
    assert "只有前一份的格式有规章" in tree.text_content()
    every = html.fromstring(
        client.get(address, {**query, "right_year": "2021", "show": "all"}).content
    )
    assert every.xpath("count((//table)[1]/tbody/tr)") == len(old.keys() & new.keys())
    unread = client.get(address, {**query, "right_year": "2023"}).content
    assert row(html.fromstring(unread), "（一）予以公开·总计") == ["2", "未读", "—"]


def site() -> dict[str, bytes]:
    found = {}
    for path in pages.paths():
        made = pages.render(path)
        assert made is not None, path
        found[path] = made.body
    return found


def _first_of_its_year(figures: Figures) -> None:
    with_data(figures.neighbour, 10, 2019, **{RECEIVED: "1"})


def _another_of_the_year(figures: Figures) -> None:
    with_data(figures.street, 11, 2023, **{RECEIVED: "13"})


def _corrected(figures: Figures) -> None:
    with_data(figures.street, 3, 2023, **{RECEIVED: "14", CONCLUDED: "9"})


def _taken_back(figures: Figures) -> None:
    take_back(1)


def _published_and_read(figures: Figures) -> None:
    one = report(2024, "听泉街道办事处", **{RECEIVED: "7"})
    release_report(figures.street, 12, 2024, body_html=article(one))
    read_waiting()


def _read_and_the_year_found(figures: Figures) -> None:
    assert read_waiting() == 1
    assert PublishedReport.objects.get(pk=13).year == 2022


def _renamed(figures: Figures) -> None:
    admin = figures.office.actor(Role.SYSTEM_ADMIN)
    rename(admin, figures.street, "听泉镇人民政府", "听泉镇", date(2026, 5, 1))


def _began_later(figures: Figures) -> None:
    admin = figures.office.actor(Role.SYSTEM_ADMIN)
    edit(admin, figures.office.competent, began_on=date(2024, 1, 1))


def _became_a_government(figures: Figures) -> None:
    edit(figures.office.actor(Role.SYSTEM_ADMIN), figures.neighbour, kind=Kind.GOVERNMENT)


@pytest.mark.once
def test_every_page_that_differs_after_an_act_is_touched(figures: Figures) -> None:
    one = report(2022, "听泉街道办事处", **{RECEIVED: "7"})
    release_report(figures.street, 13, 2022, body_html=article(one))
    PublishedReport.objects.filter(pk=13).update(year=None, holds=False)
    before = site()
    for act in (
        _read_and_the_year_found,
        _first_of_its_year,
        _another_of_the_year,
        _corrected,
        _taken_back,
        _published_and_read,
        _renamed,
        _began_later,
        _became_a_government,
    ):
        Change.objects.all().delete()
        act(figures)
        touched = set().union(*(pages.touched(change) for change in Change.objects.all()))
        after = site()
        different = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
        assert different, act
        assert different <= touched, act
        before = after


def test_a_report_touches_no_other_years_or_agencies(figures: Figures) -> None:
    Change.objects.all().delete()
    _corrected(figures)
    touched = set().union(*(pages.touched(change) for change in Change.objects.all()))
    told = {path for path in touched if "figures" in path or re.search(r"annual/\d{4}", path)}
    assert told == {
        "annual/figures/index.html",
        *(f"annual/figures/2023/{view}.html" for view in VIEWS),
        "qh0401/annual/figures.html",
        "qh0401/annual/2023.html",
    }


VIEWS = ("disclosure", "requests", "grounds", "remedies", "rates", "by-received")
