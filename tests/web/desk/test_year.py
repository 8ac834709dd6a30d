"""The numbers of an agency's year: every one opens to what it counts; a blank is no zero."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongkai.web.desk.year_counts import Row, sections_of
from gongkai.web.disclosure.models import InformationItem, ItemVersion, LifeEvent, OtherRelease
from gongkai.web.people.models import Role
from gongkai.web.registers.models import CountKind, YearlyCount
from tests.web.conftest import Office, signed_in

pytestmark = pytest.mark.django_db


def put(
    office: Office, title: str, on: date | None, kind: str = "plain", *, state: str = "published",
    **facts: Any,
) -> InformationItem:  # fmt: skip
    """An item of the street first released on ``on``; None for one that never was."""
    author = office.people[Role.AUTHOR]
    item = InformationItem.objects.create(
        agency=office.street, author=author, kind=kind, state=state
    )
    usual = {"made_on": on, "statutory": "20-7"}
    version = ItemVersion.objects.create(
        item=item, number=1, title=title, written_by=author, **{**usual, **facts}
    )
    item.current = version
    if on:
        item.live = version if state != "withdrawn" else None
        zone = timezone.get_default_timezone()
        item.first_published_at = datetime(on.year, on.month, on.day, 0, 30, tzinfo=zone)
    item.save()
    return item


@pytest.fixture
def busy(office: Office) -> Office:
    """听泉街道 with documents, numbers, items and other channels in 2024 and 2025."""
    document = "normative_document"
    old = put(office, "旧办法", date(2020, 3, 1), document, statutory="20-1")
    person = office.people[Role.DISCLOSURE_OFFICE]
    LifeEvent.objects.create(
        item=old, kind="repealed", on=date(2025, 4, 1), by_document="新办法", recorded_by=person
    )
    put(office, "新办法", date(2025, 1, 1), document, statutory="20-1")
    put(office, "明年的办法", date(2025, 12, 20), document, statutory="20-1",
        effective_on=date(2026, 2, 1))  # fmt: skip
    put(office, "三年的办法", date(2022, 5, 1), document, expires_on=date(2025, 4, 30))
    put(office, "没有日期的办法", date(2025, 3, 3), document, made_on=None)
    for number, form in enumerate(("chart", "chart", ""), 1):
        put(office, f"解读{number}", date(2025, 2, number), "interpretation", statutory="20-1",
            details={"form": form} if form else {})  # fmt: skip
    put(office, "回应", date(2025, 6, 1), "concern_response", statutory="")
    put(office, "制度", date(2025, 6, 2), "system_rule", column="rules", statutory="")
    put(office, "撤回的", date(2025, 12, 31), state="withdrawn")
    put(office, "去年的", date(2024, 12, 31))
    put(office, "草稿", None, state="draft")
    sent = put(office, "发过两次的", date(2025, 7, 1))
    for channel, on in (
        ("wechat", date(2025, 7, 2)), ("wechat", date(2025, 7, 9)), ("weibo", date(2025, 7, 2)),
        ("notice_board", date(2024, 7, 2)), ("website", date(2025, 7, 2)),
    ):  # fmt: skip
        OtherRelease.objects.create(item=sent, channel=channel, released_on=on, recorded_by=person)
    for kind, matter, count, amount in (
        (CountKind.LICENSING, "占道", 12, None), (CountKind.LICENSING, "广告", None, None),
        (CountKind.PENALTY, "处罚", 0, None), (CountKind.COERCIVE_MEASURE, "强制", None, None),
        (CountKind.FEE, "停车费", None, Decimal("10.50")), (CountKind.FEE, "场地费", None, Decimal(2)),
    ):  # fmt: skip
        YearlyCount.objects.create(
            agency=office.street, year=2025, kind=kind, matter=matter, count=count,
            amount_yuan=amount, recorded_by=person,
        )  # fmt: skip
    return office


def rows(office: Office, year: int = 2025) -> dict[str, Row]:
    return {
        f"{section.anchor}/{row.label}": row
        for section in sections_of(office.street, year)
        for row in section.rows
    }


def names(row: Row) -> list[str]:
    return sorted(part.name for part in row.parts)


def test_documents_stand_behind_their_numbers_lapsed_and_pending_apart(busy: Office) -> None:
    found = rows(busy)
    assert names(found["documents/本年制发"]) == ["新办法", "明年的办法"]
    assert names(found["documents/本年废止"]) == ["旧办法"]
    assert names(found["documents/本年失效"]) == ["三年的办法"]
    assert names(found["documents/现行有效"]) == ["新办法"]
    assert names(found["documents/还没有施行"]) == ["明年的办法"]
    assert names(found["documents/没有写成文日期"]) == ["没有日期的办法"]
    assert names(rows(busy, 2024)["documents/现行有效"]) == ["三年的办法", "旧办法"]


def test_sums_of_decisions_tell_what_they_lack(busy: Office) -> None:
    found = rows(busy)
    licensing, fee = found["decisions/行政许可"], found["decisions/行政事业性收费"]
    assert (licensing.value, licensing.note) == (12, "另有 1 项没有统计")
    assert [part.text for part in licensing.parts] == ["12 件", "没有统计"]
    assert found["decisions/行政处罚"].text == "0 件"
    coercive = found["decisions/行政强制"]
    assert (coercive.value, coercive.text) == (None, "没有统计")
    assert (fee.value, fee.text) == (Decimal("12.50"), "12.50 元")


def test_channels_count_an_item_once_and_no_record_is_no_zero(busy: Office) -> None:
    found = rows(busy)
    assert found["channels/微信"].value == 1
    assert found["channels/微博、微信等方式"].value == 1
    assert found["channels/政府网站（别的网站）"].value == 1
    board = found["channels/查阅场所、公告栏"]
    assert (board.value, board.text) == (None, "没有登记")
    assert rows(busy, 2024)["channels/查阅场所、公告栏"].value == 1


def test_items_count_by_place_kind_and_form(busy: Office) -> None:
    found = rows(busy)
    assert (found["places/一共"].value, found["places/一共"].note) == (10, "其中 1 条后来撤回")
    below = [row.value for name, row in found.items() if name.startswith("places/") and row.below]
    assert sum(value for value in below if value) == 10
    assert found["places/没有写法定项目"].value == 1
    assert found["kinds/政策解读"].value == 3
    assert found["kinds/解读形式：图表"].value == 2
    assert found["kinds/解读形式：没有写"].value == 1
    assert found["kinds/回应关切"].value == 1
    assert rows(busy, 2024)["places/一共"].value == 1


def test_every_number_opens_to_as_many_items(busy: Office) -> None:
    browser = signed_in(busy, Role.DISCLOSURE_OFFICE)
    opened = 0
    for year in (2024, 2025):
        for name, row in rows(busy, year).items():
            if row.address:
                text = browser.get(row.address).content.decode()
                assert f"共 {row.value} 条" in text, name
                opened += 1
            for part in row.parts:
                assert browser.get(part.address).status_code == 200, part.name
    assert opened > 15


def test_a_correction_under_way_counts_as_what_is_public(busy: Office) -> None:
    item = InformationItem.objects.get(current__title="解读1")
    item.current = ItemVersion.objects.create(
        item=item, number=2, title="解读1改", statutory="20-9", details={"form": "video"},
        written_by=busy.people[Role.AUTHOR],
    )  # fmt: skip
    item.state = "draft"
    item.save()
    test_items_count_by_place_kind_and_form(busy)
    test_every_number_opens_to_as_many_items(busy)


def text_of(browser: Client, **query: Any) -> str:
    return unescape(browser.get(reverse("desk:year"), query).content.decode())


def test_the_page_shows_the_year_and_its_export_the_same_numbers(
    busy: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_in(busy, Role.AUTHOR)
    with django_assert_max_num_queries(18):
        text = text_of(browser, year=2025)
    assert "听泉街道办事处　2025 年" in text
    assert "还没有过完" not in text
    assert re.search(r"<details><summary>看这 1 件.*旧办法", text)
    answer = browser.get(reverse("desk:year_export"), {"year": 2025})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    lines = {(one[0], one[1]): one[2:] for one in sheet.iter_rows(values_only=True)}
    assert lines["行政规范性文件", "本年制发"][:2] == (2, "件")
    assert lines["行政许可、处罚、强制和收费", "行政许可：广告"] == (None, "件", "没有统计")
    assert lines["行政许可、处罚、强制和收费", "行政处罚"][0] == 0
    assert lines["行政许可、处罚、强制和收费", "行政强制"] == (None, "件", "没有统计")
    assert lines["按渠道", "查阅场所、公告栏"] == (None, "条", "没有登记")


def test_a_year_without_numbers_says_so(office: Office) -> None:
    text = text_of(signed_in(office, Role.AUTHOR))
    assert "还没有过完" in text
    assert "这一年没有记数" in text
    assert "0 条" in text


def test_only_agencies_that_one_may_read_can_be_chosen(busy: Office) -> None:
    author, competent = (signed_in(busy, role) for role in (Role.AUTHOR, Role.COMPETENT_DEPARTMENT))
    refused = author.get(reverse("desk:year"), {"agency": "QH0402", "year": 2025})
    assert refused.status_code == 422
    assert "不归你看" in refused.content.decode()
    assert author.get(reverse("desk:year_export"), {"agency": "QH0402"}).status_code == 302
    assert "枕流街道办事处　2025 年" in text_of(competent, agency="QH0402", year=2025)
    assert "区政府办公室" in text_of(competent)
    assert signed_in(busy, Role.SYSTEM_ADMIN).get(reverse("desk:year")).status_code == 403


@pytest.mark.parametrize("year", ["1900", "9999", "去年"])
def test_a_year_that_cannot_be_is_told_at_its_field(office: Office, year: str) -> None:
    answer = signed_in(office, Role.AUTHOR).get(reverse("desk:year"), {"year": year})
    assert answer.status_code == 422
    assert 'id="id_year_error"' in answer.content.decode()


def test_the_desk_and_the_registers_lead_there(office: Office) -> None:
    browser = signed_in(office, Role.AUTHOR)
    for name in ("desk:home", "registers:home"):
        assert f'href="{reverse("desk:year")}"' in browser.get(reverse(name)).content.decode()
