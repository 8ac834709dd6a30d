"""A year is assessed: imported from xlsx, counted, scored by the office, reviewed, objected, settled."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.web.audit.models import AuditEntry
from gongkai.web.oversight.assessment.acts import score_self
from gongkai.web.oversight.assessment.models import Assessment, IndicatorTable, Score, Stage
from gongkai.web.people.models import Appointment, Role
from gongkai.web.policies import Forbidden
from gongkai.web.sheets import csv_of, read_grid, xlsx_of
from tests.web.conftest import Office, signed_in
from tests.web.oversight.year_of_work import YEAR, published, year_of

pytestmark = pytest.mark.django_db

HEADS = ("一级指标", "二级指标", "分值", "评分标准", "数据来源", "满分值", "零分值", "每件扣分")
ROWS: list[tuple[Any, ...]] = [
    ("主动公开", "按期公开", 40, "20 个工作日内公开", "按期公开", 100, 50, None),
    (None, "文件解读", 10, "", "文件解读", 100, 0, None),
    ("依申请公开", "按期答复", 30, "", "按期答复", None, None, 10),
    (None, "不被纠正", 10, "", "复议诉讼被纠正", None, None, 4),
    ("组织领导", "听取汇报", 10, "每年一次", "人工评分", None, None, None),
]

PAPER = xlsx_of("批复", ["文号"], [["青政〔2025〕1号"]])


def imported(client: Client, rows: list[tuple[Any, ...]], **more: Any) -> IndicatorTable:
    file = BytesIO(xlsx_of("指标", HEADS, rows))
    file.name = "指标.xlsx"
    sent = {"year": YEAR, "title": "", "full": 100, "file": file, **more}
    answer = client.post(reverse("assessment:upload"), sent)
    assert answer.status_code == 302, answer.content.decode()
    return IndicatorTable.objects.latest("pk")


def moved(client: Client, place: str, key: int, **sent: Any) -> str:
    """Press a button; the words that come back."""
    page = client.post(reverse(f"assessment:{place}", args=[key]), sent, follow=True)
    return str(page.content.decode())


def test_a_year_from_the_table_to_the_points(office: Office) -> None:
    year_of(office.street, office.people[Role.AUTHOR])
    department = signed_in(office, Role.COMPETENT_DEPARTMENT)
    clerk = signed_in(office, Role.DISCLOSURE_OFFICE)

    # What is wrong in the file keeps it from being used.
    wrong = imported(
        department, [*ROWS[:4], ("组织领导", "听取汇报", 9, "", "人工评分", None, None, None)]
    )
    assert [severity for severity, _ in wrong.findings] == ["error"]
    assert (
        "加起来是 99，满分是 100"
        in department.get(reverse("assessment:table", args=[wrong.pk])).content.decode()
    )
    assert "还有 1 处差错" in moved(
        department, "table_act", wrong.pk, act="adopt", objection_days="5", reason=""
    )
    table = imported(department, ROWS)
    assert (table.number, table.findings) == (1, [])
    assert not IndicatorTable.objects.filter(pk=wrong.pk).exists()
    moved(department, "table_act", table.pk, act="adopt", objection_days="5", reason="")
    both = [office.street.pk, office.neighbour.pk]
    assert "2 个机关开始考核" in moved(department, "table_act", table.pk, act="begin", agency=both)

    assert "考核自评" in clerk.get(reverse("desk:home")).content.decode()

    # What the records say; of an office of which they know nothing, nothing is said.
    one = Assessment.objects.get(agency=office.street)
    scores = {str(s.indicator): s for s in one.scores.select_related("indicator")}
    counted = {name: (s.printed, s.suggested) for name, s in scores.items()}
    assert counted == {
        "按期公开": ("66.7%（2/3 条）", Decimal("13.36")),
        "文件解读": ("没有数据", None),
        "按期答复": ("50.0%（1/2 件）", Decimal("20.00")),
        "不被纠正": ("1 件", Decimal("6.00")),
        "听取汇报": ("", None),
    }
    other = Score.objects.filter(assessment__agency=office.neighbour)
    assert {s.printed for s in other} == {"没有数据", ""}
    assert not other.exclude(suggested=None).exists()

    # Every number opens to as many records, each with its address; also after the year went on.
    author = office.people[Role.AUTHOR]
    published(office.street, author, "后来的", one.begun_at.date(), one.begun_at.date())
    for name, rows in (("按期公开", 3), ("按期答复", 2), ("不被纠正", 1)):
        page = clerk.get(reverse("assessment:evidence", args=[one.pk, scores[name].pk]))
        lines = page.context["lines"]
        assert len(lines) == rows == page.content.decode().count('<th scope="row"><a href="/desk/')
        for line in lines:
            assert clerk.get(line.address).status_code == 200
    late = [line.name for line in lines_of(clerk, one, scores["按期公开"]) if not line.good]
    assert late == ["通知三"]

    # The office scores itself; what it may not yet see is not on its page.
    key = {name: score.pk for name, score in scores.items()}
    sent: dict[str, Any] = {f"words-{pk}": "" for pk in key.values()}
    sent |= {
        f"points-{key['按期公开']}": "30",
        f"words-{key['按期公开']}": "通知三当天才收到批复",
        f"proof-{key['按期公开']}": proof("批复.xlsx"),
        f"points-{key['听取汇报']}": "11",
        "onward": "1",
    }
    page = moved(clerk, "sheet", one.pk, **sent)
    assert "“听取汇报”最多 10 分" in page
    assert 'value="11"' in page, "what was typed is kept"
    sent |= {f"points-{key['听取汇报']}": "10", f"proof-{key['按期公开']}": proof("批复.xlsx")}
    assert "还有 3 项没有自评分也没有说明" in moved(clerk, "sheet", one.pk, **sent)
    for name in ("文件解读", "按期答复", "不被纠正"):
        sent[f"words-{key[name]}"] = "同意系统数"
    sent[f"proof-{key['按期公开']}"] = proof("批复.xlsx")
    assert "自评已报送" in moved(clerk, "sheet", one.pk, **sent)
    handed = clerk.get(reverse("assessment:proof", args=[one.pk, key["按期公开"]]))
    assert handed.content == PAPER
    assert "attachment" in handed["Content-Disposition"]

    assert "考核复核" in department.get(reverse("desk:home")).content.decode()

    # The review is another's: not of whoever wrote the self-score.
    clerk_person = office.people[Role.DISCLOSURE_OFFICE]
    Appointment.objects.create(
        person=clerk_person, agency=office.competent, role=Role.COMPETENT_DEPARTMENT,
        since=one.begun_at.date() - timedelta(days=900),
    )  # fmt: skip
    verdict: dict[str, Any] = {f"words-{pk}": "" for pk in key.values()}
    verdict |= {
        f"points-{key['按期公开']}": "20",
        f"out-{key['文件解读']}": "1",
        f"points-{key['按期答复']}": "20",
        f"points-{key['不被纠正']}": "6",
        f"points-{key['听取汇报']}": "10",
    }
    assert "复核要由另一个人做" in moved(
        signed_in(office, Role.DISCLOSURE_OFFICE), "sheet", one.pk, **verdict
    )
    Appointment.objects.filter(person=clerk_person, role=Role.COMPETENT_DEPARTMENT).delete()
    assert "写明理由" in moved(department, "sheet", one.pk, **verdict)
    verdict |= {
        f"words-{key['按期公开']}": "批复的理由成立一半",
        f"words-{key['文件解读']}": "没有数据，不计入",
    }
    assert "已保存复核" in moved(department, "sheet", one.pk, **verdict)
    assert (
        "批复的理由成立一半"
        not in clerk.get(reverse("assessment:sheet", args=[one.pk])).content.decode()
    )
    assert "已反馈给机关" in moved(department, "sheet", one.pk, **verdict, onward="1")

    assert "看考核复核，有异议的申诉" in clerk.get(reverse("desk:home")).content.decode()

    # One objection, answered; then the points stand.
    assert (
        "批复的理由成立一半"
        in clerk.get(reverse("assessment:sheet", args=[one.pk])).content.decode()
    )
    assert "申诉到" in moved(department, "act", one.pk, act="conclude")
    objection = {f"words-{key['按期公开']}": "批复有日期"}
    assert "申诉已交" in moved(clerk, "sheet", one.pk, **objection)
    assert "要写答复" in moved(department, "sheet", one.pk, **{f"words-{key['按期公开']}": ""})
    settled = {f"points-{key['按期公开']}": "30", f"words-{key['按期公开']}": "采纳"}
    assert "分数定了" in moved(department, "sheet", one.pk, **settled)
    one.refresh_from_db()
    assert (one.stage, one.total, one.out_of) == (Stage.FINAL, Decimal(66), Decimal(90))
    with pytest.raises(Forbidden):
        score_self.object_to(office.actor(Role.DISCLOSURE_OFFICE), one, {key["按期答复"]: "再申诉"})

    # Side by side in the order of the roster; and away as xlsx.
    page = department.get(reverse("assessment:table", args=[table.pk])).content.decode()
    assert page.index(office.street.short_name) < page.index(office.neighbour.short_name)
    assert "66/90" in page
    grid = read_grid(department.get(reverse("assessment:export", args=[table.pk])).content)
    line = next(row for row in grid if row[1] == office.street.name and row[4] == "按期公开")
    assert line[6:12] == ["66.7%（2/3 条）", "13.36", "30", "通知三当天才收到批复", "20", ""]
    assert line[13:] == ["批复有日期", "采纳", "30"]
    told = set(AuditEntry.objects.values_list("act", flat=True))
    assert told >= {
        "assessment.bring_in", "assessment.adopt", "assessment.begin", "assessment.score_self",
        "assessment.hand_in", "assessment.review", "assessment.tell", "assessment.object",
        "assessment.answer", "oversight.export",
    }  # fmt: skip


def lines_of(client: Client, one: Assessment, score: Score) -> list[Any]:
    page = client.get(reverse("assessment:evidence", args=[one.pk, score.pk]))
    return list(page.context["lines"])


def proof(name: str) -> BytesIO:
    file = BytesIO(PAPER)
    file.name = name
    return file


def test_a_new_version_wants_a_reason_and_takes_what_the_office_said_along(office: Office) -> None:
    year_of(office.street, office.people[Role.AUTHOR])
    department = signed_in(office, Role.COMPETENT_DEPARTMENT)
    clerk = signed_in(office, Role.DISCLOSURE_OFFICE)
    old = imported(department, ROWS)
    moved(department, "table_act", old.pk, act="adopt", objection_days="0", reason="")
    moved(department, "table_act", old.pk, act="begin", agency=[office.street.pk])
    first = Assessment.objects.get()
    said = first.scores.get(indicator__name="听取汇报")
    moved(clerk, "sheet", first.pk, **{f"points-{said.pk}": "8", f"words-{said.pk}": "3月听取"})

    changed = [
        *ROWS[:3],
        ("依申请公开", "不被纠正", 10, "", "复议诉讼被纠正", None, None, 5),
        ROWS[4],
    ]
    new = imported(department, changed)
    assert new.number == 2
    assert "换新版要写明理由" in moved(
        department, "table_act", new.pk, act="adopt", objection_days="0", reason=" "
    )
    moved(department, "table_act", new.pk, act="adopt", objection_days="0", reason="扣分太轻")
    assert "指标表已经换了新版" in moved(clerk, "act", first.pk, act="take_back")
    moved(department, "table_act", new.pk, act="begin", agency=[office.street.pk])
    second = Assessment.objects.get(table=new)
    along = second.scores.get(indicator__name="听取汇报")
    assert (along.self_points, along.self_words) == (Decimal(8), "3月听取")
    assert second.scores.get(indicator__name="不被纠正").suggested == Decimal(5)
    assert first.scores.get(indicator__name="不被纠正").suggested == Decimal(6)

    # Nobody hands in: reviewed with a reason; nobody objects: settled after the days.
    assert "写明为什么" in moved(department, "act", second.pk, act="take_up", reason="")
    moved(department, "act", second.pk, act="take_up", reason="到期没有报送自评")
    everything = {f"words-{s.pk}": "不计入" for s in second.scores.all()}
    everything |= {f"out-{s.pk}": "1" for s in second.scores.all()}
    moved(department, "sheet", second.pk, **everything, onward="1")
    second.refresh_from_db()
    assert second.stage == Stage.TOLD
    Assessment.objects.filter(pk=second.pk).update(
        objection_until=timezone.localdate() - timedelta(days=1)
    )
    assert "分数定了" in moved(department, "act", second.pk, act="conclude")
    second.refresh_from_db()
    assert (second.total, second.out_of) == (Decimal(0), Decimal(0))


def test_the_template_is_read_again_and_a_csv_as_well(office: Office) -> None:
    department = signed_in(office, Role.COMPETENT_DEPARTMENT)
    file = BytesIO(csv_of(HEADS, ROWS))
    file.name = "指标.csv"
    sent = {"year": YEAR, "title": "某区指标", "full": 100, "file": file}
    department.post(reverse("assessment:upload"), sent)
    assert (IndicatorTable.objects.get().errors, Assessment.objects.count()) == (0, 0)
    file = BytesIO(b"PK\x03\x04broken")
    file.name = "指标.xlsx"
    refused = department.post(reverse("assessment:upload"), {**sent, "file": file})
    assert refused.status_code == 422
    assert "不能收" in refused.content.decode()
    sheet = department.get(reverse("assessment:template")).content
    heads = [cell.value for cell in openpyxl.load_workbook(BytesIO(sheet)).worksheets[0][1]]
    assert tuple(heads) == HEADS


def test_doors(office: Office) -> None:
    department = signed_in(office, Role.COMPETENT_DEPARTMENT)
    table = imported(department, ROWS)
    moved(department, "table_act", table.pk, act="adopt", objection_days="5", reason="")
    both = [office.street.pk, office.neighbour.pk]
    moved(department, "table_act", table.pk, act="begin", agency=both)
    own, next_door = (
        Assessment.objects.get(agency=one) for one in (office.street, office.neighbour)
    )
    author = signed_in(office, Role.AUTHOR)
    assert author.get(reverse("assessment:sheet", args=[own.pk])).status_code == 200
    score = next_door.scores.first()
    assert score is not None
    for closed in (
        reverse("assessment:sheet", args=[next_door.pk]),
        reverse("assessment:evidence", args=[next_door.pk, score.pk]),
        reverse("assessment:proof", args=[next_door.pk, score.pk]),
        reverse("assessment:table", args=[table.pk]),
        reverse("assessment:export", args=[table.pk]),
        reverse("assessment:upload"),
    ):
        assert author.get(closed).status_code == 403, closed
        assert Client().get(closed).status_code == 302
    key = own.scores.latest("pk").pk
    assert (
        author.post(
            reverse("assessment:sheet", args=[own.pk]), {f"words-{key}": "我也写"}
        ).status_code
        == 422
    )
    assert (
        office.neighbour.short_name not in author.get(reverse("assessment:home")).content.decode()
    )
