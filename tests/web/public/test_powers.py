"""The public list of powers and duties, with the year's numbers under it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongkai.web.people.models import Role
from gongkai.web.public import pages
from gongkai.web.publication.models import Change
from gongkai.web.registers import acts
from gongkai.web.registers.models import CountKind, PowerEntry, YearlyCount

from .conftest import Region

PAGE = "qh0401/powers.html"


@pytest.fixture
def listed(region: Region) -> Region:
    """听泉街道 with two powers, one of them taken away, and a year's numbers."""
    street = region.office.street
    PowerEntry.objects.create(
        agency=street, code="TQ-01", kind="行政给付", name="临时救助审核", position=1,
        basis="《社会救助暂行办法》", duty="审核并公示", section="民政办",
    )  # fmt: skip
    PowerEntry.objects.create(
        agency=street, kind="行政给付", name="殡葬补贴初审", ended_on=date(2025, 3, 1)
    )
    for year, kind, matter, count, amount in (
        (2025, CountKind.LICENSING, "户外广告设置", 0, None),
        (2025, CountKind.LICENSING, "临时占道", 12, None),
        (2025, CountKind.LICENSING, "夜间施工", None, None),
        (2025, CountKind.FEE, "停车费", None, Decimal("1234567.50")),
        (2024, CountKind.PENALTY, "市容处罚", None, None),
    ):
        YearlyCount.objects.create(
            agency=street, year=year, kind=kind, matter=matter, count=count, amount_yuan=amount,
            recorded_by=region.office.people[Role.DISCLOSURE_OFFICE],
        )  # fmt: skip
    return region


def _text(path: str) -> str:
    page = pages.render(path)
    assert page is not None
    return page.body.decode()


def test_entries_stand_by_kind_those_taken_away_last_with_their_day(listed: Region) -> None:
    text = _text(PAGE)
    assert "现有 1 项，已取消 1 项" in text
    assert text.index("临时救助审核") < text.index("殡葬补贴初审")
    ended = text[text.index("殡葬补贴初审") :]
    assert "已取消" in ended[: ended.index("</th>")]
    assert "2025-03-01" in ended[: ended.index("</th>")]
    assert "《社会救助暂行办法》" in text
    assert '<h2 id="k1">行政给付</h2>' in text


def test_what_ends_later_is_held_until_that_day(
    listed: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = timezone.localdate()
    the_day = today + timedelta(days=3)
    PowerEntry.objects.filter(code="TQ-01").update(ended_on=the_day)
    assert "现有 1 项" in _text(PAGE)
    assert "起取消" in _text(PAGE)
    assert PAGE in pages.turning_on(the_day)
    assert PAGE not in pages.turning_on(the_day + timedelta(days=1))
    monkeypatch.setattr(timezone, "localdate", lambda value=None: the_day)
    assert "没有现行的事项" in _text(PAGE)


def test_zero_is_zero_and_a_blank_is_said(listed: Region) -> None:
    text = _text(PAGE)
    of_2025, of_2024 = text[text.index("2025 年") : text.index("2024 年")], text.split("2024 年")[1]
    assert ">0 件<" in of_2025
    assert "<strong>12 件</strong>" in of_2025
    assert "另有 1 项没有统计" in of_2025
    assert "1,234,567.50 元" in of_2025
    assert of_2025.count("没有统计<") == 2
    assert "没有统计</td>" in of_2024
    assert "0 件" not in of_2024


def test_a_year_not_over_says_so_until_it_is(listed: Region) -> None:
    this_year = timezone.localdate().year
    assert "还没有过完" not in _text(PAGE)
    YearlyCount.objects.filter(year=2025).update(year=this_year)
    assert "还没有过完" in _text(PAGE)
    assert PAGE in pages.turning_on(date(this_year + 1, 1, 1))
    assert PAGE not in pages.turning_on(date(this_year + 1, 1, 2))


def test_without_numbers_the_page_says_what_would_be_there(listed: Region) -> None:
    YearlyCount.objects.all().delete()
    assert "还没有年度数量" in _text(PAGE)


def test_the_page_is_there_and_linked_only_where_entries_are(listed: Region) -> None:
    assert PAGE in set(pages.paths())
    assert "qh0402/powers.html" not in set(pages.paths())
    assert pages.render("qh0402/powers.html") is None
    for path in ("qh0401/index.html", "qh0401/guide.html", "qh0401/statutory/20-7/index.html"):
        assert "powers.html" in _text(path)
    assert "powers.html" not in _text("qh0402/index.html")


@pytest.mark.once
def test_every_page_that_differs_after_an_act_is_touched(listed: Region) -> None:
    office = listed.office.actor(Role.DISCLOSURE_OFFICE)
    for act in (
        lambda: acts.put(office, "register.edit", PowerEntry.objects.get(code="TQ-01"),
                         {"name": "临时救助审批"}),
        lambda: acts.take_out(office, "register.edit",
                              YearlyCount.objects.get(matter="停车费")),
        lambda: [acts.take_out(office, "register.edit", one)
                 for one in list(PowerEntry.objects.all())],
    ):  # fmt: skip
        before = {path: _text(path) for path in pages.paths()}
        Change.objects.all().delete()
        act()
        after = {path: _text(path) for path in pages.paths()}
        touched = set().union(*(pages.touched(change) for change in Change.objects.all()))
        different = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
        assert PAGE in different
        assert different <= touched


def test_the_page_asks_the_database_few_things(
    listed: Region, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(8):
        pages.render(PAGE)
