"""Matters of public concern: registered, answered in time or late, closed; whose they are; the year."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.web.audit.models import AuditEntry
from gongkai.web.desk.waiting_concerns import concerns_for
from gongkai.web.disclosure.models import InformationItem, ItemVersion
from gongkai.web.oversight.concerns.facts import facts_of
from gongkai.web.oversight.concerns.models import Concern, ConcernRelease
from gongkai.web.people.models import Role
from tests.web.conftest import Office, signed_in

pytestmark = pytest.mark.django_db


def at(route: str, *args: object) -> str:
    return reverse(f"concerns:{route}", args=args)


def moment(when: datetime) -> str:
    return timezone.localtime(when).strftime("%Y-%m-%dT%H:%M")


def registered(office: Office, client: Client, **facts: Any) -> Concern:
    given = {
        "agency": office.street.pk,
        "title": "老旧小区停水",
        "kind": "interests",
        "source": "网民留言",
        "began_at": moment(timezone.now() - timedelta(hours=40)),
        **facts,
    }
    answer = client.post(at("new"), given)
    assert answer.status_code == 302, answer.content.decode()
    return Concern.objects.latest("pk")


def waiting(office: Office, role: Role) -> list[str]:
    found = concerns_for(office.actor(role), timezone.now())
    return [f"{one.clock.tone}｜{one.what}｜{one.about}" for one in found]


def test_a_matter_is_answered_and_closed_and_its_trail_stays(office: Office) -> None:
    author = signed_in(office, Role.AUTHOR)
    concern = registered(office, author)
    page = author.get(at("concern", concern.pk)).content.decode()
    assert ("快到时限" in page, "未核实：" in page, "48" in page) == (True, True, True)
    assert waiting(office, Role.AUTHOR) == ["soon｜作出回应｜老旧小区停水"]
    # It cannot be called answered while nothing was released.
    refused = author.post(at("close", concern.pk), {"result": "answered", "said": "已说明"})
    assert (refused.status_code, "还没有登记发布" in refused.content.decode()) == (422, True)
    assert "已说明" in refused.content.decode()
    early = {"kind": "reply", "title": "答复网民", "at": moment(concern.began_at - timedelta(1))}
    refused = author.post(at("concern", concern.pk), early)
    assert "早于起算时间" in refused.content.decode()
    unknown = {**early, "at": moment(timezone.now()), "index_number": "QH-0"}
    assert "没有索引号" in author.post(at("concern", concern.pk), unknown).content.decode()
    author.post(at("concern", concern.pk), {**unknown, "index_number": "", "place": "网站"})
    release = ConcernRelease.objects.get()
    author.post(at("remove_release", concern.pk, release.pk))
    assert not ConcernRelease.objects.exists()
    author.post(at("concern", concern.pk), {**unknown, "index_number": ""})
    assert waiting(office, Role.AUTHOR) == ["｜办结关切｜老旧小区停水"]
    closed = author.post(at("close", concern.pk), {"result": "answered"}, follow=True)
    assert "撤销" in closed.content.decode()
    assert waiting(office, Role.AUTHOR) == []
    later = {"agency": office.street.pk, "title": "改", "kind": "other", "source": "x",
             "began_at": moment(concern.began_at)}  # fmt: skip
    assert "已经办结" in author.post(at("edit", concern.pk), later).content.decode()
    author.post(at("reopen", concern.pk))
    nowhere = author.post(at("close", concern.pk), {"result": "passed_on"})
    assert "写明转给哪个机关" in nowhere.content.decode()
    author.post(at("close", concern.pk), {"result": "passed_on", "said": "供水公司主管部门"})
    assert Concern.objects.get().result == "passed_on"
    acts = AuditEntry.objects.filter(act__startswith="oversight.").order_by("number")
    assert [entry.act.removeprefix("oversight.") for entry in acts] == [
        "respond", "record_release", "remove_release", "record_release", "close_concern",
        "reopen_concern", "close_concern",
    ]  # fmt: skip


def test_a_major_emergency_is_late_at_its_own_hours_and_a_region_may_only_shorten(
    office: Office,
) -> None:
    above = signed_in(office, Role.COMPETENT_DEPARTMENT)
    began = timezone.now() - timedelta(hours=6)
    concern = registered(office, above, kind="major_emergency", began_at=moment(began))
    assert waiting(office, Role.AUTHOR) == ["late｜发布权威信息｜老旧小区停水"]
    ConcernRelease.objects.create(
        concern=concern, kind="authoritative", at=began + timedelta(hours=4), title="通报",
        recorded_by=concern.recorded_by,
    )  # fmt: skip
    assert waiting(office, Role.AUTHOR) == ["｜举行新闻发布会｜老旧小区停水"]
    assert "超时" not in above.get(at("list")).content.decode().split("<tbody>")[1]

    def limited(limit: str, hours: str) -> str:
        given = {"limit": limit, "hours": hours, "source": "区应急预案"}
        return above.post(at("limits"), given, follow=True).content.decode()

    assert "不能比国家规定的长：举行新闻发布会是 24 小时以内" in limited("press_conference", "48")
    assert "“两”不是小时数" in limited("press_conference", "两")
    assert "区应急预案" in limited("press_conference", "5")
    assert waiting(office, Role.AUTHOR) == ["late｜举行新闻发布会｜老旧小区停水"]
    assert "超时" in above.get(at("list") + "?state=late").content.decode().split("<tbody>")[1]
    limited("press_conference", "")
    assert waiting(office, Role.AUTHOR) == ["｜举行新闻发布会｜老旧小区停水"]
    assert signed_in(office, Role.DISCLOSURE_OFFICE).get(at("limits")).status_code == 403


def test_each_sees_his_own_and_registers_his_own(office: Office) -> None:
    above = signed_in(office, Role.COMPETENT_DEPARTMENT)
    registered(office, above, agency=office.neighbour.pk, title="邻居的事")
    ours = registered(office, above, title="我们的事")
    author, approver = signed_in(office, Role.AUTHOR), signed_in(office, Role.APPROVER)
    theirs = Concern.objects.get(title="邻居的事")
    assert author.get(at("concern", theirs.pk)).status_code == 404
    for client in (author, approver):
        page = client.get(at("list")).content.decode()
        assert ("我们的事" in page, "邻居的事" in page) == (True, False)
    assert approver.get(at("new")).status_code == 403
    assert approver.post(at("close", ours.pk), {"result": "twice", "said": "x"}).status_code == 403
    sent = {"agency": office.neighbour.pk, "title": "x", "kind": "other", "source": "x",
            "began_at": moment(timezone.now())}  # fmt: skip
    assert author.post(at("new"), sent).status_code == 422
    taken = above.get(at("export")).content
    sheet = openpyxl.load_workbook(io.BytesIO(taken)).worksheets[0]
    assert {row[2].value for row in sheet.iter_rows(min_row=2)} == {"我们的事", "邻居的事"}
    assert signed_in(office, Role.AUDIT_ADMIN).get(at("list")).status_code == 403
    # One who is above is not told at his desk of what others have to do.
    assert waiting(office, Role.COMPETENT_DEPARTMENT) == []


def test_the_year_counts_answers_and_interpretations_and_opens_to_as_many(office: Office) -> None:
    assert {f.key: f.value for f in facts_of(office.street, 2025)} == {
        "concerns": None,
        "concerns_answered": None,
        "concerns_late": None,
        "concerns_open": None,
        "releases": None,
        "interpretations": 0,
        "concern_responses": 0,
    }
    clerk = office.people[Role.AUTHOR]
    own = {"agency": office.street, "recorded_by": clerk, "source": "热线", "kind": "other"}
    began = datetime(2025, 12, 30, 4, tzinfo=UTC)
    quick = Concern.objects.create(title="及时", began_at=began, **own)
    slow = Concern.objects.create(title="超时", began_at=began, **own)
    Concern.objects.create(
        title="转出", began_at=began, closed_at=began, result="passed_on", said="转", **own
    )
    for concern, hours in ((quick, 2), (quick, 3), (slow, 72)):
        ConcernRelease.objects.create(
            concern=concern, kind="reply", at=began + timedelta(hours=hours), title="答复",
            recorded_by=clerk,
        )  # fmt: skip
    for form in ("text", "text", ""):
        item = InformationItem.objects.create(
            agency=office.street, author=clerk, kind="interpretation", first_published_at=began
        )
        details = {"form": form} if form else {}
        item.current = ItemVersion.objects.create(
            item=item, number=1, title="解读", details=details, written_by=clerk
        )
        item.save()
    facts = {fact.key: fact for fact in facts_of(office.street, 2025)}
    counted = {key: fact.value for key, fact in facts.items()}
    assert counted == {
        "concerns": 3,
        "concerns_answered": 2,
        "concerns_late": 1,
        "concerns_open": 2,
        # The late one was answered in the next year.
        "releases": 2,
        "releases_reply": 2,
        "interpretations": 3,
        "interpretations_text": 2,
        "interpretations_none": 1,
        "concern_responses": 0,
    }
    client = signed_in(office, Role.AUTHOR)
    for key in ("concerns", "concerns_answered", "concerns_late", "concerns_open"):
        page = client.get(facts[key].address).content.decode()
        assert f"共 {counted[key]} 件" in page, key
    assert "2025年发布 2 次" in client.get(facts["releases"].address).content.decode()
    page = client.get(facts["interpretations_text"].address).content.decode()
    assert page.count("</tr>") - 1 == 2
