"""The roster goes out and comes back the same; a bad row is refused with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.web import sheets
from gongkai.web.administration.agencies.acts import change, keep
from gongkai.web.administration.agencies.acts.roster import Planned, import_roster, plan
from gongkai.web.administration.agencies.roster import HEADS, REQUIRED, rows_of
from gongkai.web.agencies.models import Agency, IndexSequence
from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Appointment, Role
from tests.web.conftest import Office

TODAY = timezone.localdate()


def exported(form: str) -> bytes:
    rows = rows_of(Agency.objects.order_by("path"))
    return sheets.csv_of(HEADS, rows) if form == "csv" else sheets.xlsx_of("机关名册", HEADS, rows)


def row(code: str, **more: str) -> dict[str, str]:
    named = {
        "name": "机关全称",
        "short": "简称",
        "kind": "类别",
        "parent": "上级代码",
        "slug": "网址名",
    }
    first = {
        "机关代码": code, "机关全称": f"{code}街道办事处", "简称": f"{code}街道", "类别": "街道办事处",
        "上级代码": "QH0000", "网址名": code.lower(),
    }  # fmt: skip
    return first | {named.get(head, head): text for head, text in more.items()}


def refusals(planned: Sequence[Planned]) -> list[str]:
    return [one.refusal for one in planned]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_round_trip(office: Office, form: str) -> None:
    competent = office.actor(Role.COMPETENT_DEPARTMENT)
    keep.edit_contact(
        competent, office.street, phone="+86 571-1234", address="听泉路 8 号", postcode="012345",
        functions="一、办事\n二、服务", fax="=1+1",
    )  # fmt: skip
    keep.set_officers(
        competent, office.street,
        [{"name": "陈立", "post": "主任", "duty": "全面"}, {"name": "王", "post": "副主任"}],
    )  # fmt: skip
    keep.set_steps(competent, office.street, section_review=False, approval=True)
    change.rename(competent, office.street, "清泉街道办事处", "清泉街道", date(2025, 1, 2), "文")
    change.merge(competent, office.neighbour, office.street, date(2026, 2, 3), "文")
    system = office.actor(Role.SYSTEM_ADMIN)
    before = rows_of(Agency.objects.order_by("code"))
    data = exported(form)
    read = sheets.read_rows(data, REQUIRED)

    # Read back over itself, it changes nothing.
    assert {one.what for one in plan(system, read)} == {"没有变化"}

    # Read into an empty house, it makes the same. (The administrator keeps his role.)
    Appointment.objects.exclude(person=system.person).delete()
    Appointment.objects.update(
        agency=Agency.objects.create(slug="x", code="X", name="x", kind="street")
    )
    IndexSequence.objects.all().delete()
    Agency.objects.exclude(code="X").update(parent=None, competent_for=None, succeeded_by=None)
    Agency.objects.exclude(code="X").delete()
    done = import_roster(system, read)
    assert {one.what for one in done} == {"新建"}
    assert rows_of(Agency.objects.exclude(code="X").order_by("code")) == before
    district = Agency.objects.get(code="QH0000")
    assert (
        Agency.objects.get(code="QH0401").path
        == f"{district.pk}/{Agency.objects.get(code='QH0401').pk}/"
    )


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (row("N1", kind="局"), "类别：“局”不是类别，可以填人民政府、政府部门"),
        (row("N1", name=""), "机关全称没有填"),
        (row("N1", slug="QH 1"), "网址名"),
        (row("N1", slug=""), "网址名"),
        (row("N1", slug="qh0401"), "网址名 qh0401 已经是 QH0401 的"),
        (row("N1", parent="ZZ"), "上级代码 ZZ 没有这个机关"),
        (row("N1", 统一社会信用代码="123"), "统一社会信用代码：应为 18 位"),
        (row("N1", 设立日期="去年"), "设立日期：“去年”不是日期"),
        (row("N1", 顺序="一"), "顺序：“一”不是整数"),
        (row("N1", 科室审核="要"), "科室审核：“要”要填是或否"),
        (row("N1", 负责人="陈立"), "负责人：“陈立”写得不对"),
        (row("N1", 索引号格式="{year}"), "没有流水号"),
        (row("N1", 电子邮箱="x"), "电子邮箱"),
        (row("QH0401", name="别的街道办事处", slug="qh0401"), "改名在机关页面办"),
        (row("QH0401", name="听泉街道办事处", slug="other"), "网址名不能改"),
        (row("QH0401", name="听泉街道办事处", slug="qh0401", 撤销日期="2026-01-01"), "撤销、并入在机关页面办"),
        (row("QH0000", name="青禾区人民政府", slug="qh0000", kind="人民政府", parent="QH0401"), "上级成了圈"),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_and_says_why(office: Office, bad: dict[str, str], said: str) -> None:
    system = office.actor(Role.SYSTEM_ADMIN)
    planned = plan(system, [bad, row("N9")])
    assert said in planned[0].refusal
    assert planned[1].what == "新建"
    import_roster(system, [bad, row("N9")])
    assert Agency.objects.filter(code="N9").exists()
    assert not Agency.objects.filter(code="N1").exists()


def test_a_child_may_come_before_its_parent(office: Office) -> None:
    rows = [row("N2", parent="N1", kind="社区（村）"), row("N1")]
    import_roster(office.actor(Role.COMPETENT_DEPARTMENT), rows)
    child = Agency.objects.get(code="N2")
    assert [a.code for a in child.ancestors()] == ["QH0000", "N1"]


def test_what_stands_below_a_refused_row_is_refused_too(office: Office) -> None:
    rows = [row("N3", parent="N2"), row("N2", parent="N1"), row("N1", kind="局")]
    assert all(refusals(plan(office.actor(Role.SYSTEM_ADMIN), rows)))


def test_a_code_stands_once(office: Office) -> None:
    planned = plan(office.actor(Role.SYSTEM_ADMIN), [row("N1"), row("N1", slug="n2")])
    assert refusals(planned) == ["", "机关代码和第 2 行重复"]


def test_nobody_imports_beyond_his_reach(office: Office) -> None:
    competent = office.actor(Role.COMPETENT_DEPARTMENT)
    Agency.objects.create(slug="o", code="OTHER", name="别区", short_name="别区", kind="government")
    rows = [
        row("N1"),
        row("N2", parent="OTHER"),
        row("N3", parent=""),
        row("OTHER", name="别区", slug="o", parent=""),
    ]
    assert refusals(plan(competent, rows)) == [
        "", "上级不在你的主管范围", "上级不在你的主管范围", "不在你的主管范围",
    ]  # fmt: skip


def test_a_column_that_is_not_there_changes_nothing(office: Office) -> None:
    competent = office.actor(Role.COMPETENT_DEPARTMENT)
    keep.edit_contact(competent, office.street, phone="1", fax="2")
    given = {
        "机关代码": "QH0401",
        "机关全称": "听泉街道办事处",
        "简称": "听泉",
        "类别": "street",
        "传真": "",
    }
    import_roster(competent, [given])
    street = Agency.objects.get(code="QH0401")
    assert (street.phone, street.fax, street.short_name) == ("1", "", "听泉")
    entry = AuditEntry.objects.get(act="roster.import")
    assert entry.before == {"short_name": "听泉街道", "fax": "2"}


class TestScreens:
    @pytest.fixture
    def competent(self, client: Client, office: Office) -> Client:
        client.force_login(office.people[Role.COMPETENT_DEPARTMENT])
        return client

    def send(self, client: Client, data: bytes, name: str = "a.csv") -> Any:
        file = SimpleUploadedFile(name, data)
        return client.post(reverse("agencies:import"), {"file": file})

    def test_dry_run_then_confirmation(self, competent: Client) -> None:
        heads = ["机关代码", "机关全称", "简称", "类别", "上级代码", "网址名"]
        rows = [list(row("N1").values()), list(row("N2", kind="局").values())]
        shown = self.send(competent, sheets.csv_of(heads, rows))
        assert shown.status_code == 200
        text = shown.content.decode()
        assert "类别：“局”不是类别" in text
        assert "导入这 1 行" in text
        assert not Agency.objects.filter(code="N1").exists()
        done = competent.post(reverse("agencies:import"), {"rows": shown.context["rows"]})
        assert done.status_code == 302
        assert Agency.objects.filter(code="N1").exists()

    @pytest.mark.parametrize("data", [b"PK\x03\x04 no zip", b"\xff\xfe\x00", b"a,b\n1,2\n", b""])
    def test_a_file_that_is_no_roster_is_told(self, competent: Client, data: bytes) -> None:
        answer = self.send(competent, data)
        assert answer.status_code == 422
        assert "名册文件：" in answer.content.decode()

    @pytest.mark.parametrize(
        "rows", ["", "{}", "[1]", "[[1]]", '[{"机关代码": "A"}]', '[{"机关代码": 1}]']
    )
    def test_a_broken_confirmation_changes_nothing(self, competent: Client, rows: str) -> None:
        before = Agency.objects.count()
        assert competent.post(reverse("agencies:import"), {"rows": rows}).status_code == 422
        assert Agency.objects.count() == before

    @pytest.mark.parametrize("form", ["xlsx", "csv"])
    def test_export_is_what_one_reaches(self, competent: Client, form: str) -> None:
        Agency.objects.create(slug="o", code="OTHER", name="别区", kind="government")
        answer = competent.get(reverse("agencies:export", args=[form]))
        codes = [r["机关代码"] for r in sheets.read_rows(answer.content, REQUIRED)]
        assert codes == ["QH0000", "QH0001", "QH0401", "QH0402"]
