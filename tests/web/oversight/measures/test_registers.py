"""The registers of measures: entered, changed, taken out, imported, exported; who sees and who may."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.web import filestore
from gongkai.web.audit.models import AuditEntry
from gongkai.web.oversight.measures.facts import facts_of
from gongkai.web.oversight.measures.models import (
    Accountability,
    DutyHolder,
    Inspection,
    MeasurePaper,
    RegisterLine,
    Training,
    WorkRule,
)
from gongkai.web.oversight.measures.systems_kept import systems_kept
from gongkai.web.people.models import Role
from gongkai.web.remedies.models import Complaint
from gongkai.web.sheets import csv_of
from tests.web.conftest import Office, signed_in
from tests.web.samples import PIXEL

pytestmark = pytest.mark.django_db


def at(route: str, *args: object, **query: object) -> str:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return reverse(f"measures:{route}", args=args) + (f"?{asked}" if asked else "")


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def told(office: Office, year: int = 2025) -> dict[str, object]:
    return {fact.key: fact.value for fact in facts_of(office.street, year)}


def training(office: Office, theme: str = "条例培训", **facts: object) -> Training:
    clerk = office.people[Role.DISCLOSURE_OFFICE]
    whole = {"agency": office.street, "held_on": date(2025, 5, 6), "recorded_by": clerk}
    return Training.objects.create(theme=theme, **{**whole, **facts})


def test_a_training_with_its_papers_is_kept_changed_taken_out_and_put_back(
    office: Office,
) -> None:
    client = signed_in(office, Role.DISCLOSURE_OFFICE)
    new = {"agency": office.street.pk, "theme": "条例培训", "people": "32", "hours": "1.5"}
    answer = client.post(at("new", "trainings"), {**new, "held_on": "5月6日"})
    assert answer.status_code == 422
    assert "条例培训" in answer.content.decode()
    client.post(at("new", "trainings"), {**new, "held_on": "2025-05-06"})
    line = Training.objects.get()
    assert (line.people, line.hours) == (32, Decimal("1.5"))
    sheet = SimpleUploadedFile("签到表.png", PIXEL)
    sent = {"kind": "sign_in", "file": sheet}
    client.post(at("file_paper", "trainings", line.pk), sent)
    paper = MeasurePaper.objects.get()
    assert PIXEL[:16] not in filestore.read(paper.stored)
    opened = client.get(at("paper", "trainings", line.pk, paper.pk))
    assert opened.content == PIXEL
    client.post(at("edit", "trainings", line.pk), {**new, "held_on": "2025-05-06", "people": ""})
    assert told(office) | {"trainings": 1, "trained_people": None} == told(office)
    page = client.post(at("remove", "trainings", line.pk), follow=True).content.decode()
    assert "撤销" in page
    assert "还没有登记" in page
    assert told(office)["trainings"] is None
    assert client.get(at("edit", "trainings", line.pk)).status_code == 404
    client.post(at("restore", "trainings", line.pk))
    assert told(office)["trainings"] == 1
    assert "签到表.png" in text(client, at("lines", "trainings"))
    client.post(at("remove_paper", "trainings", line.pk, paper.pk))
    assert not MeasurePaper.objects.exists()
    acts = list(AuditEntry.objects.order_by("number").values_list("act", flat=True))
    assert [act.removeprefix("oversight.") for act in acts if "oversight" in act] == [
        "measure", "file_paper", "measure", "take_out", "put_back", "remove_paper",
    ]  # fmt: skip


def test_a_year_counts_what_was_written_and_says_what_was_not(office: Office) -> None:
    assert all(fact.value is None for fact in facts_of(office.street, 2025))
    training(office, people=30, hours=Decimal("2"))
    training(office, "保密审查", people=12)
    training(office, "前一年的", held_on=date(2024, 5, 6), people=99)
    clerk = office.people[Role.DISCLOSURE_OFFICE]
    own = {"agency": office.street, "recorded_by": clerk}
    for name, began, ended in (
        ("旧规定", date(2020, 1, 1), date(2025, 6, 30)),
        ("新规定", date(2025, 7, 1), None),
        ("后来的", date(2026, 1, 1), None),
    ):
        WorkRule.objects.create(
            name=name, systems=["review", "coordination"], began_on=began, ended_on=ended, **own
        )
    DutyHolder.objects.create(
        kind="part_time", name="李敏", began_on=date(2021, 1, 1), ended_on=date(2024, 12, 31), **own
    )
    DutyHolder.objects.create(kind="full_time", name="孙梅", began_on=date(2025, 1, 1), **own)
    Accountability.objects.create(
        decided_on=date(2025, 9, 1), ground="not_updated", matter="指南没有更新",
        measure="criticised", decided_by="区政府办公室", persons=0, **own,
    )  # fmt: skip
    for about in (office.street, office.neighbour):
        Inspection.objects.create(
            agency=office.competent, about=about, held_on=date(2025, 3, 3), name="一季度检查",
            recorded_by=clerk,
        )  # fmt: skip
    Complaint.objects.create(
        agency=office.street, about=office.neighbour, kind="report", channel="counter",
        received_on=date(2025, 4, 1), matter="没有公开", recorded_by=clerk,
    )  # fmt: skip
    facts = told(office)
    wanted = {
        "full_time_staff": 1,
        "part_time_staff": 0,
        "systems": 2,
        "systems_made": 1,
        "systems_covered": 2,
        "trainings": 2,
        "trained_people": 42,
        "training_hours": Decimal("2"),
        "inspections_held": None,
        "inspections_received": 1,
        "complaints": 1,
        "complaints_answered": 0,
        "accountability": 1,
        "accountability_persons": 0,
        "appraisals": None,
        "appraisal_satisfied": None,
    }
    assert facts | wanted == facts
    above = {fact.key: fact.value for fact in facts_of(office.competent, 2025)}
    assert (above["inspections_held"], above["agencies_inspected"]) == (1, 2)
    hours = next(f for f in facts_of(office.street, 2025) if f.key == "training_hours")
    assert (hours.text, hours.note) == ("2.0 学时", "另有 1 次没有写学时")
    # Each number opens to a list of as many.
    client = signed_in(office, Role.DISCLOSURE_OFFICE)
    for fact in facts_of(office.street, 2025):
        if fact.key in ("trainings", "systems", "accountability", "inspections_received"):
            assert f"共 {fact.value} 条" in text(client, fact.address)
    assert "共 1 件" in text(client, at("complaints", year=2025))
    # What the law asks is set beside what there is; of a street art. 46 asks nothing.
    kept = {one.system.id: len(one.rules) for one in systems_kept(office.street, date(2025, 8, 1))}
    assert (kept["review"], kept["release"]) == (1, 0)
    assert "assessment" not in kept
    assert "assessment" in {o.system.id for o in systems_kept(office.competent, date(2025, 8, 1))}
    page = text(client, at("lines", "systems"))
    assert page.count("没有登记</span>") == len(kept) - 2


def test_a_table_goes_out_and_comes_in_and_a_bad_row_says_why(office: Office) -> None:
    training(office, people=30, hours=Decimal("1.5"), note="=1+1")
    client = signed_in(office, Role.DISCLOSURE_OFFICE)
    taken = client.get(at("export", "trainings", "xlsx")).content
    sheet = openpyxl.load_workbook(io.BytesIO(taken)).worksheets[0]
    assert [cell.value for cell in sheet[2]][:3] == ["QH0401", "听泉街道", "条例培训"]

    def imported(register: str, name: str, data: bytes) -> str:
        file = SimpleUploadedFile(name, data)
        return client.post(at("import", register), {"file": file}).content.decode()

    assert "导入 1 条" in imported("trainings", "培训.xlsx", taken)
    line = Training.objects.get()
    assert (line.people, line.hours, line.note) == (30, Decimal("1.5"), "=1+1")
    heads = ["机关代码", "日期", "主题", "人数", "学时"]
    page = imported("trainings", "培训.csv", csv_of(heads, [
        ["QH0401", "2025年6月3日", "二", "", ""], ["QH0402", "2025-06-04", "邻居的", "", ""],
        ["", "六月", "三", "", ""], ["", "2025-06-05", "四", "十人", ""],
        ["", "2025-06-05", "五", "", "两小时"],
    ]))  # fmt: skip
    assert ("导入 1 条" in page, "4 条没有收" in page) == (True, True)
    for why in ("QH0402”不是你管", "六月", "人数“十人”不是整数", "学时“两小时”不是数"):
        assert why in page
    assert set(Training.objects.values_list("theme", flat=True)) == {"条例培训", "二"}
    heads = ["制度名称", "施行日期", "哪几项制度", "索引号"]
    page = imported("systems", "制度.csv", csv_of(heads, [
        ["规定", "2025-01-01", "没有这项", ""], ["规定", "2025-01-01", "", "QH-1"],
        ["规定", "2025-01-01", "公开协调机制；公开审查（保密审查）机制", ""],
    ]))  # fmt: skip
    assert ("导入 1 条" in page, "没有索引号是“QH-1”的公开信息" in page) == (True, True)
    assert WorkRule.objects.get().systems == ["coordination", "review"]


def test_each_sees_and_does_what_is_his(office: Office) -> None:
    training(office, "我们的")
    training(office, "邻居的", agency=office.neighbour)
    above = signed_in(office, Role.COMPETENT_DEPARTMENT)
    own = signed_in(office, Role.DISCLOSURE_OFFICE)
    author = signed_in(office, Role.AUTHOR)
    assert "邻居的" in text(above, at("lines", "trainings"))
    page = text(above, at("lines", "trainings", agency="QH0000", below=1))
    assert ("我们的" in page, "邻居的" in page) == (True, True)
    assert "邻居的" not in text(above, at("lines", "trainings", agency="QH0401"))
    assert "邻居的" not in text(own, at("lines", "trainings", agency="QH0402"))
    assert "我们的" in text(author, at("lines", "trainings"))
    assert author.get(at("new", "trainings")).status_code == 403
    line = Training.objects.get(theme="邻居的")
    for client in (own, author):
        assert client.get(at("edit", "trainings", line.pk)).status_code in (403, 404)
        assert client.post(at("remove", "trainings", line.pk)).status_code in (403, 404)
    # The department above reads the register of an office and does not keep it.
    assert above.post(at("remove", "trainings", line.pk)).status_code == 403
    assert Training.objects.filter(removed_at=None).count() == 2
    system = signed_in(office, Role.SYSTEM_ADMIN)
    assert system.get(at("home")).status_code == 403

    # An inspection is registered above, seen by whom it is about, and by nobody beside.
    new = {
        "agency": office.competent.pk, "about": office.street.pk, "held_on": "2025-03-03",
        "name": "一季度检查", "findings": "指南的电话不对",
    }  # fmt: skip
    assert own.get(at("new", "inspections")).status_code == 403
    wrong = above.post(at("new", "inspections"), {**new, "about": office.competent.pk})
    assert "被检查的机关不能是检查的机关自己" in wrong.content.decode()
    above.post(at("new", "inspections"), new)
    above.post(at("new", "inspections"), {**new, "about": office.neighbour.pk, "findings": "别家"})
    page = text(own, at("lines", "inspections"))
    assert ("指南的电话不对" in page, "别家" in page) == (True, False)
    # Who is held to account is nowhere asked for by name.
    fields = {field.name for field in Accountability._meta.fields}
    assert fields.isdisjoint({"name", "person", "persons_named"})
    assert issubclass(Accountability, RegisterLine)
