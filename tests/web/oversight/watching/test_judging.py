"""Who may say that a finding is no fault, and what the pages show of it to whom."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.web.audit.models import AuditEntry
from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.oversight.watching import running
from gongkai.web.oversight.watching.acts.judge import decide, set_aside, take_up_again
from gongkai.web.oversight.watching.models import Standing, Watch, WatchFinding
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden, actor_of
from tests.web.conftest import Office, make_person, signed_in, signed_in_as

from .made import make_finding

pytestmark = pytest.mark.django_db


def test_an_office_judges_a_warning_and_proposes_of_an_error(office: Office) -> None:
    clerk, above = office.actor(Role.DISCLOSURE_OFFICE), office.actor(Role.COMPETENT_DEPARTMENT)
    warning = make_finding(office.street, "watch.column_blank", values={"column": "收费"})
    with pytest.raises(Forbidden, match="理由"):
        set_aside(clerk, warning, "  ")
    assert set_aside(clerk, warning, "没有收费项目").state == Standing.SET_ASIDE
    error = set_aside(clerk, make_finding(office.street), "街道没有传真")
    assert (error.state, error.proposal) == (Standing.OPEN, "街道没有传真")
    with pytest.raises(OutOfTurn, match="已经有人提出"):
        set_aside(clerk, error, "再说一次")
    with pytest.raises(Forbidden):
        decide(clerk, error, True)
    with pytest.raises(Forbidden, match="理由"):
        decide(above, error, False)
    error = decide(above, error, False, "有传真，在值班室")
    assert (error.state, error.proposed_by, error.proposal) == (Standing.OPEN, None, "")
    error = decide(above, set_aside(clerk, error, "值班室已撤"), True)
    assert (error.state, error.reason, error.set_aside_by) == (
        Standing.SET_ASIDE, "值班室已撤", above.person,
    )  # fmt: skip
    assert take_up_again(clerk, error).state == Standing.OPEN
    with pytest.raises(OutOfTurn):
        take_up_again(clerk, error)
    # Those above judge what is below them at once.
    assert set_aside(above, error, "核对过").state == Standing.SET_ASIDE
    make_finding(office.street, fingerprint="other")
    with pytest.raises(OutOfTurn, match="另有一条"):
        take_up_again(above, error)
    assert AuditEntry.objects.filter(subject_kind="watch_finding").count() == 7


def test_nobody_decides_what_he_proposed_himself(office: Office) -> None:
    above = office.actor(Role.COMPETENT_DEPARTMENT)
    own = set_aside(above, make_finding(office.competent), "没有传真")
    assert own.state == Standing.OPEN
    with pytest.raises(Forbidden, match="不能自己判断"):
        decide(above, own, True)
    colleague = make_person("colleague", "方圆", office.competent, Role.COMPETENT_DEPARTMENT)
    assert decide(actor_of(colleague), own, True).state == Standing.SET_ASIDE


def test_each_sees_his_own_and_the_department_its_tree(office: Office) -> None:
    ours = make_finding(office.street)
    make_finding(office.neighbour)
    make_finding(
        office.street, "watch.column_blank", key="column:x", values={"column": "收费"},
        place="听泉街道　收费",
    )  # fmt: skip
    address = reverse("watching:list")
    clerk = signed_in(office, Role.DISCLOSURE_OFFICE)
    page = clerk.get(address).content.decode()
    assert "听泉街道　政府信息公开指南" in page
    assert "枕流街道" not in page
    assert "全部 2" in page
    assert "栏目更新 1" in page
    only = clerk.get(address, {"severity": "error"}).content.decode()
    assert "收费" not in only
    assert (
        clerk.get(address, {"family": "columns", "sort": "oldest"})
        .content.decode()
        .count('<th scope="row"')
        == 1
    )
    assert "没有这样的发现" not in clerk.get(address, {"state": "all"}).content.decode()
    above = signed_in(office, Role.COMPETENT_DEPARTMENT)
    assert "枕流街道　政府信息公开指南" in above.get(address).content.decode()
    sheet = above.get(reverse("watching:export"), {"agency": office.neighbour.code})
    rows = list(openpyxl.load_workbook(io.BytesIO(sheet.content)).active.values)
    assert [row[0] for row in rows] == ["机关", "枕流街道"]
    assert "第十二条" in str(rows[1])
    other = signed_in_as(make_person("next", "邻", office.neighbour, Role.DISCLOSURE_OFFICE))
    assert other.get(reverse("watching:finding", args=[ours.pk])).status_code == 404
    assert (
        other.post(reverse("watching:set_aside", args=[ours.pk]), {"reason": "不"}).status_code
        == 404
    )
    author = signed_in(office, Role.AUTHOR)
    assert author.get(reverse("watching:finding", args=[ours.pk])).status_code == 200
    assert (
        author.post(reverse("watching:set_aside", args=[ours.pk]), {"reason": "不"}).status_code
        == 403
    )


def test_the_pages_do_what_the_acts_do(office: Office) -> None:
    clerk, above = (
        signed_in(office, Role.DISCLOSURE_OFFICE),
        signed_in(office, Role.COMPETENT_DEPARTMENT),
    )
    one = make_finding(office.street)
    page = reverse("watching:finding", args=[one.pk])
    assert "差错由主管部门判断" in clerk.get(page).content.decode()
    desk = reverse("desk:home")
    assert "改巡检查到的差错" in clerk.get(desk).content.decode()
    refused = clerk.post(reverse("watching:set_aside", args=[one.pk]), {"reason": " "})
    assert refused.status_code == 422
    clerk.post(reverse("watching:set_aside", args=[one.pk]), {"reason": "没有传真"})
    assert "同意，不是问题" not in clerk.get(page).content.decode()
    assert "改巡检查到的差错" not in clerk.get(desk).content.decode()
    assert "判断是不是问题" in above.get(desk).content.decode()
    told = above.get(page).content.decode()
    assert "没有传真" in told
    assert "同意，不是问题" in told
    above.post(reverse("watching:decide", args=[one.pk]), {"agreed": "yes"})
    assert WatchFinding.objects.get(pk=one.pk).state == Standing.SET_ASIDE
    assert "重新列为问题" in clerk.get(page).content.decode()
    clerk.post(reverse("watching:take_up", args=[one.pk]))
    assert WatchFinding.objects.get(pk=one.pk).state == Standing.OPEN

    clerk.post(reverse("watching:now"))
    watch = Watch.objects.get()
    assert (watch.agency, watch.asked_by) == (office.street, office.people[Role.DISCLOSURE_OFFICE])
    assert "正在检查" in clerk.get(reverse("watching:list")).content.decode()
    running.carry_on()
    assert "上次全面检查" in clerk.get(reverse("watching:list")).content.decode()
    assert "听泉街道和所属机关" in clerk.get(reverse("watching:runs")).content.decode()

    column = [office.street.code, "20-7"]
    shown = clerk.get(reverse("watching:columns"), {"state": "blank"}).content.decode()
    assert "（七）财政预算、决算" in shown
    wrong = clerk.post(
        reverse("watching:promise", args=column), {"rhythm": "by_month", "number": 13}
    )
    assert (wrong.status_code, "填 1 到 12 的月份" in wrong.content.decode()) == (422, True)
    clerk.post(reverse("watching:promise", args=column), {"rhythm": "by_month", "number": 9})
    until = timezone.localdate() + timedelta(days=20)
    clerk.post(reverse("watching:confirm", args=column), {"until": until, "note": "还没有批复"})
    shown = clerk.get(reverse("watching:column", args=column)).content.decode()
    assert "每年 9 月以前" in shown
    assert "还没有批复" in shown
    assert (
        clerk.get(reverse("watching:column", args=[office.street.code, "21-B"])).status_code == 404
    )
    numbers = reverse("watching:numbers")
    assert "未核实" in above.get(numbers).content.decode()
    answer = above.post(f"{numbers}?agency={office.street.code}", {"notice_days": "90"})
    assert answer.status_code == 302
    assert "不填用 180" in above.get(f"{numbers}?agency={office.street.code}").content.decode()
    assert above.post(numbers, {"notice_days": "-1"}).status_code == 422
