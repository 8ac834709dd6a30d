"""The screens about agencies."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Role
from tests.web.conftest import Office


@pytest.fixture
def competent(client: Client, office: Office) -> Client:
    client.force_login(office.people[Role.COMPETENT_DEPARTMENT])
    return client


def codes(client: Client, **query: str) -> list[str]:
    rows = client.get(reverse("agencies:list"), query).context["rows"]
    return [row["agency"].code for row in rows]


def test_the_tree_is_what_one_reaches(competent: Client, office: Office) -> None:
    Agency.objects.create(slug="o", code="OTHER", name="别区", short_name="别区", kind="government")
    assert codes(competent) == ["QH0000", "QH0001", "QH0401", "QH0402"]
    author = Client()
    author.force_login(office.people[Role.AUTHOR])
    assert codes(author) == ["QH0401"]
    system = Client()
    system.force_login(office.people[Role.SYSTEM_ADMIN])
    assert "OTHER" in codes(system)


def test_a_search_shows_what_leads_to_it(competent: Client, office: Office) -> None:
    Agency.objects.create(
        slug="a", code="QH0401A", name="泉苑一村", short_name="泉苑一村", kind="community",
        parent=office.street,
    )  # fmt: skip
    assert codes(competent, q="泉苑") == ["QH0000", "QH0401", "QH0401A"]
    assert codes(competent, kind="community") == ["QH0000", "QH0401", "QH0401A"]
    assert codes(competent, q="没有的") == []


def test_a_short_handed_agency_is_told(competent: Client, office: Office) -> None:
    full = competent.get(reverse("agencies:agency", args=[office.street.pk])).content.decode()
    assert "人手不够" not in full
    empty = competent.get(reverse("agencies:agency", args=[office.neighbour.pk])).content.decode()
    assert "人手不够" in empty
    assert "没有人能办“保密审查”。" in empty


def test_columns_follow_from_the_kind(competent: Client, office: Office) -> None:
    street = competent.get(reverse("agencies:agency", args=[office.street.pk])).content.decode()
    assert "法定主动公开内容 15 项" in street
    Agency.objects.filter(pk=office.street.pk).update(kind="township")
    township = competent.get(reverse("agencies:agency", args=[office.street.pk])).content.decode()
    assert "法定主动公开内容 16 项" in township
    Agency.objects.filter(pk=office.street.pk).update(kind="community")
    community = competent.get(reverse("agencies:agency", args=[office.street.pk])).content.decode()
    assert "没有自己的栏目，由上级公开" in community
    assert "人手不够" not in community


def test_an_edit_can_be_undone_from_the_message(competent: Client, office: Office) -> None:
    address = reverse("agencies:edit_contact", args=[office.street.pk])
    saved = competent.post(address, {"phone": "0571-1"}, follow=True)
    assert "已保存：听泉街道的联系信息和职能。" in saved.content.decode()
    undo = f"/desk/agencies/{office.street.pk}/undo/1/"
    assert undo in saved.content.decode()
    assert competent.post(undo).status_code == 302
    assert Agency.objects.get(pk=office.street.pk).phone == ""
    again = competent.post(address, {}, follow=True)
    assert "没有改动。" in again.content.decode()


def test_a_form_with_mistakes_keeps_what_was_typed(competent: Client, office: Office) -> None:
    address = reverse("agencies:edit_contact", args=[office.street.pk])
    answer = competent.post(address, {"phone": "0571-1", "mailbox": "x"})
    assert answer.status_code == 422
    assert 'value="0571-1"' in answer.content.decode()
    assert Agency.objects.get(pk=office.street.pk).phone == ""


def test_what_a_rule_refuses_is_said_at_the_form(competent: Client, office: Office) -> None:
    given = {
        "short_name": "听泉", "kind": "street", "position": "1", "parent": office.district.pk,
        "index_template": "{org}-{year}",
    }  # fmt: skip
    answer = competent.post(reverse("agencies:edit", args=[office.street.pk]), given)
    assert answer.status_code == 422
    assert "没有流水号" in answer.content.decode()
    made = competent.post(reverse("agencies:make"), {"name": "新"})
    assert "机关代码：填机关代码。" in made.content.decode()
    assert "类别：选类别。" in made.content.decode()


def test_a_word_of_the_site_is_no_address_of_an_agency(competent: Client, office: Office) -> None:
    given = {
        "name": "新", "short_name": "新", "slug": "item", "code": "N", "kind": "street",
        "position": "1", "parent": office.district.pk, "index_template": "{org}-{seq}",
    }  # fmt: skip
    assert competent.post(reverse("agencies:make"), given).status_code == 422
    assert competent.post(reverse("agencies:make"), {**given, "slug": "n"}).status_code == 302


def test_officers_line_by_line(competent: Client, office: Office) -> None:
    address = reverse("agencies:officers", args=[office.street.pk])
    lines = {
        "form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "0",
        "form-0-name": "陈立", "form-0-post": "主任",
        "form-1-name": "", "form-1-post": "副主任",
    }  # fmt: skip
    refused = competent.post(address, lines)
    assert refused.status_code == 422
    assert "第 2 行：填姓名。" in refused.content.decode()
    assert competent.post(address, {**lines, "form-1-name": "吴珊"}).status_code == 302
    assert list(office.street.officers.values_list("name", flat=True)) == ["陈立", "吴珊"]
    # Taking the second out.
    fewer = {
        "form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "2",
        "form-0-name": "陈立", "form-0-post": "主任", "form-1-name": "", "form-1-post": "",
    }  # fmt: skip
    assert competent.post(address, fewer).status_code == 302
    assert list(office.street.officers.values_list("name", flat=True)) == ["陈立"]


def test_merging_asks_and_says(competent: Client, office: Office) -> None:
    address = reverse("agencies:end", args=[office.street.pk])
    given = {"into": office.neighbour.pk, "day": "2026-01-01", "reason": "青编发〔2026〕3号"}
    refused = competent.post(address, {**given, "reason": ""})
    assert refused.status_code == 422
    page = competent.post(address, given, follow=True).content.decode()
    assert "听泉街道已并入枕流街道。" in page
    assert "已并入" in page
    assert codes(competent) == ["QH0000", "QH0001", "QH0402"]
    assert "QH0401" in codes(competent, ended="on")
    undo = reverse("agencies:revive", args=[office.street.pk])
    assert undo in page
    competent.post(undo)
    assert "QH0401" in codes(competent)
