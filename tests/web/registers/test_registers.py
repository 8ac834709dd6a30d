"""The registers: entered, changed, taken out and back, imported and exported."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.core.screening import WordKind
from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Role
from gongkai.web.publication.models import Change
from gongkai.web.registers.coverage import Standing, standings
from gongkai.web.registers.days import working_days
from gongkai.web.registers.models import (
    PowerEntry,
    StandardCoverage,
    StandardEntry,
    WordListEntry,
    YearlyCount,
)
from gongkai.web.registers.words import word_lists
from gongkai.web.sheets import csv_of
from tests.web.conftest import Office, signed_in
from tests.web.public.publishing import at, publish

pytestmark = pytest.mark.django_db


def lines(register: str) -> str:
    return reverse("registers:lines", args=[register])


def imported(client: Client, register: str, data: bytes, name: str = "表.csv") -> str:
    file = SimpleUploadedFile(name, data)
    answer = client.post(reverse("registers:import", args=[register]), {"file": file})
    return answer.content.decode()


def test_a_line_is_entered_changed_taken_out_and_put_back(office: Office) -> None:
    client = signed_in(office, Role.DISCLOSURE_OFFICE)
    new = {"agency": office.street.pk, "kind": "行政给付", "name": "临时救助审核"}
    client.post(reverse("registers:new", args=["powers"]), new)
    power = PowerEntry.objects.get()
    client.post(
        reverse("registers:edit", args=["powers", power.pk]),
        {**new, "basis": "《社会救助暂行办法》"},
    )
    power.refresh_from_db()
    assert power.basis == "《社会救助暂行办法》"
    page = client.post(reverse("registers:remove", args=["powers", power.pk]), follow=True)
    assert "撤销" in page.content.decode()
    assert not PowerEntry.objects.exists()
    client.post(reverse("registers:restore", args=["powers"]))
    back = PowerEntry.objects.get()
    assert (back.name, back.basis, back.agency) == (power.name, power.basis, office.street)
    assert AuditEntry.objects.filter(act="register.edit").count() == 4
    assert Change.objects.filter(scope=f"agency:{office.street.pk}").count() == 4


def test_only_the_disclosure_office_edits(office: Office) -> None:
    client = signed_in(office, Role.AUTHOR)
    assert client.get(lines("powers")).status_code == 200
    assert client.get(reverse("registers:new", args=["powers"])).status_code == 403
    new = {"agency": office.street.pk, "kind": "行政给付", "name": "临时救助审核"}
    assert client.post(reverse("registers:new", args=["powers"]), new).status_code == 403
    assert not PowerEntry.objects.exists()


def test_a_line_of_another_agency_is_not_to_be_had(office: Office) -> None:
    other = PowerEntry.objects.create(agency=office.neighbour, kind="行政给付", name="别人的")
    client = signed_in(office, Role.DISCLOSURE_OFFICE)
    assert "别人的" not in client.get(lines("powers")).content.decode()
    address = reverse("registers:edit", args=["powers", other.pk])
    assert client.get(address).status_code == 404


def test_the_standard_catalogue_is_imported_as_it_is_published(office: Office) -> None:
    heads = [
        "领域",
        "序号",
        "一级事项",
        "二级事项",
        "公开内容（要素）",
        "政府网站",
        "政府公报",
        "公开层级",
    ]
    rows = [
        ["社会救助", "1", "最低生活保障", "政策法规文件", "法律法规", "■", "□", "乡级"],
        ["社会救助", "2", "最低生活保障", "办事指南", "办理事项", "√", "t", "乡级"],
        ["社会救助", "3", "最低生活保障", "审核信息", "名单", "", "", "乡级"],
    ]
    client = signed_in(office, Role.DISCLOSURE_OFFICE)
    page = imported(client, "standards", csv_of(heads, rows))
    assert "导入 3 条" in page
    first, second, third = StandardEntry.objects.order_by("serial")
    assert (len(first.channels), len(second.channels), third.channels) == (1, 2, [])
    # Once more changes nothing and doubles nothing.
    imported(client, "standards", csv_of(heads, rows))
    assert StandardEntry.objects.count() == 3


def test_channels_in_one_cell_are_told_apart(office: Office) -> None:
    heads = ["领域", "序号", "一级事项", "公开内容", "公开渠道和载体"]
    rows = [["社会救助", "1", "综合业务", "名单", "■政府网站 □政府公报 ■公开查阅点"]]
    imported(signed_in(office, Role.DISCLOSURE_OFFICE), "standards", csv_of(heads, rows))
    assert len(StandardEntry.objects.get().channels) == 2


def test_a_blank_count_is_not_zero_and_a_bad_row_says_why(office: Office) -> None:
    heads = ["年度", "类别", "事项", "本年处理决定数量", "本年收费金额（元）"]
    rows = [
        ["2025", "行政许可", "设置户外广告", "12", ""],
        ["2025", "行政处罚", "占道经营", "0", ""],
        ["2025", "行政强制", "查封", "", ""],
        ["2025", "行政事业性收费", "道路占用费", "", "1234.50"],
        ["2025", "行政许可", "坏的", "十二", ""],
        ["2025", "行政征收", "没有这一类", "1", ""],
    ]
    page = imported(signed_in(office, Role.DISCLOSURE_OFFICE), "counts", csv_of(heads, rows))
    assert "导入 4 条" in page
    assert "2 条没有收" in page
    assert "本年处理决定数量“十二”不是整数" in page
    counted = {c.matter: (c.count, c.amount_yuan) for c in YearlyCount.objects.all()}
    assert counted == {
        "设置户外广告": (12, None),
        "占道经营": (0, None),
        "查封": (None, None),
        "道路占用费": (None, Decimal("1234.50")),
    }


def test_the_day_on_which_a_power_ended_is_read_however_it_is_written(office: Office) -> None:
    client = signed_in(office, Role.DISCLOSURE_OFFICE)
    days = ["2026-03-01", "2026年3月1日", "2026/3/1", "", "去年底"]
    rows = [["行政给付", f"事项{at}", day] for at, day in enumerate(days)]
    page = imported(client, "powers", csv_of(["事项类型", "事项名称", "取消日期"], rows))
    assert "导入 4 条" in page
    assert "去年底" in page
    ended = PowerEntry.objects.order_by("name").values_list("ended_on", flat=True)
    assert list(ended) == [date(2026, 3, 1)] * 3 + [None]


def test_what_is_exported_can_be_imported_again(office: Office) -> None:
    client = signed_in(office, Role.DISCLOSURE_OFFICE)
    imported(
        client,
        "powers",
        csv_of(["事项名称", "事项类型"], [["=1+1", "行政给付"], ["临时救助", "行政给付"]]),
    )
    before = list(PowerEntry.objects.order_by("pk").values("name", "kind", "agency_id"))
    sent = client.get(reverse("registers:export", args=["powers", "xlsx"])).content
    names = [row[2].value for row in openpyxl.load_workbook(io.BytesIO(sent)).worksheets[0].rows]
    assert names == ["事项名称", "=1+1", "临时救助"]
    PowerEntry.objects.all().delete()
    imported(client, "powers", sent, "表.xlsx")
    assert list(PowerEntry.objects.order_by("pk").values("name", "kind", "agency_id")) == before


def test_a_file_without_the_heads_is_refused(office: Office) -> None:
    client = signed_in(office, Role.DISCLOSURE_OFFICE)
    assert "没有找到表头" in imported(client, "powers", b"a,b\n1,2\n")
    assert "打不开" in imported(client, "powers", b"PK\x03\x04broken", "表.xlsx")


def test_the_regions_words_stand_before_ours(office: Office) -> None:
    client = signed_in(office, Role.COMPETENT_DEPARTMENT)
    word = {"word": "示范禁词", "kind": "forbidden", "replacement": "", "reason": "", "unless": ""}
    client.post(reverse("registers:new", args=["words"]), word)
    assert WordListEntry.objects.get().word == "示范禁词"
    own, ours = word_lists()
    assert [(w.word, w.kind) for w in own.words] == [("示范禁词", WordKind.FORBIDDEN)]
    assert "示范禁词" not in {w.word for w in ours.words}
    street = signed_in(office, Role.DISCLOSURE_OFFICE)
    assert street.get(reverse("registers:new", args=["words"])).status_code == 403


def test_a_years_notice_makes_its_days_certain(office: Office) -> None:
    client = signed_in(office, Role.COMPETENT_DEPARTMENT)
    assert working_days().nth_after(date(2027, 2, 1), 5).provisional
    notice = {
        "year": "2027",
        "title": "关于2027年部分节假日安排的通知",
        "number": "国办发明电〔2026〕9号",
        "made_on": "2026-11-20",
        "form-TOTAL_FORMS": "8",
        "form-INITIAL_FORMS": "0",
        "form-0-name": "元旦",
        "form-0-first": "2027-01-01",
        "form-0-last": "2027-01-03",
        "form-1-name": "春节",
        "form-1-first": "2027-02-05",
        "form-1-last": "2027-02-13",
        "form-1-makeup": "2027-01-31 2027-02-20",
    }
    answer = client.post(reverse("registers:days"), notice)
    assert answer.status_code == 302, answer.content.decode()
    due = working_days().nth_after(date(2027, 2, 1), 5)
    assert (due.day, due.provisional) == (date(2027, 2, 16), False)
    wrong = client.post(reverse("registers:days"), {**notice, "form-0-last": "2026-12-31"})
    assert wrong.status_code == 422


def test_the_list_of_the_catalogue_tells_what_is_covered_and_fresh(office: Office) -> None:
    def entry(serial: str, fresh_days: int | None) -> StandardEntry:
        return StandardEntry.objects.create(
            agency=office.street,
            domain="社会救助",
            serial=serial,
            first_matter=f"事项{serial}",
            content="名单",
            fresh_days=fresh_days,
        )

    today = date(2026, 10, 20)
    fresh, stale, bare, withdrawn = (
        entry("1", 30),
        entry("2", 5),
        entry("3", None),
        entry("4", None),
    )
    item = publish(office.street, 1, published_at=at(2026, 10, 10))
    for one in (fresh, stale):
        StandardCoverage.objects.create(entry=one, item_number=item.pk)
    StandardCoverage.objects.create(entry=withdrawn, item_number=999)
    assert standings([fresh, stale, bare, withdrawn], today) == {
        fresh.pk: Standing.COVERED,
        stale.pk: Standing.STALE,
        bare.pk: Standing.BARE,
        withdrawn.pk: Standing.BARE,
    }
    page = signed_in(office, Role.DISCLOSURE_OFFICE).get(lines("standards")).content.decode()
    assert page.count("还没有公开") == 2
