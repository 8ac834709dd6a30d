"""Public appraisal: prepared, answered without a name, read, closed, published; once and no more."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from gongkai.web.audit.models import AuditEntry
from gongkai.web.oversight.measures.facts import facts_of
from gongkai.web.oversight.measures.models import (
    Appraisal,
    AppraisalAnswer,
    AppraisalComment,
    AppraisalState,
)
from gongkai.web.oversight.measures.questionnaire import questionnaire
from gongkai.web.oversight.measures.summary import summary_of
from gongkai.web.people.models import Role
from tests.web.conftest import Office, signed_in

pytestmark = pytest.mark.django_db

FOREIGN = "Très bien <script>alert(1)</script> ممتاز 👍 很好"
IDENTITY = "张三的身份证 11010519491231002X"


def at(route: str, *args: object) -> str:
    return reverse(f"appraisal:{route}", args=args)


def prepared(office: Office, **facts: object) -> Appraisal:
    """One that has begun; its department opened it by its own page."""
    today = timezone.localdate()
    client = signed_in(office, Role.COMPETENT_DEPARTMENT)
    page = client.get(reverse("measures:appraisal_new"))
    form = page.context["form"]
    given: dict[str, Any] = {
        **form.initial,
        "agency": office.competent.pk,
        "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=7)).isoformat(),
        **facts,
    }
    answer = client.post(reverse("measures:appraisal_new"), given)
    assert answer.status_code == 302, answer.content.decode()
    found = Appraisal.objects.get()
    assert Client().get(at("choose", found.pk)).status_code == 404
    client.post(reverse("measures:appraisal_move", args=[found.pk, "open"]))
    found.refresh_from_db()
    return found


def page_of(client: Client, address: str) -> str:
    body = client.get(address).content.decode()
    found = re.search(r'name="page" value="([^"]+)"', body)
    assert found, body
    return found.group(1)


def handed_in(address: str, client: Client | None = None, **given: str) -> Any:
    client = client or Client()
    data = {"page": page_of(client, address), "q1": "5", "q5": "4", **given}
    return client.post(address, data, follow=True)


@pytest.fixture(autouse=True)
def _no_sum(settings: Settings) -> None:
    settings.ASKING_WITHOUT_SUM, settings.ASKING_AN_HOUR = 10_000, 10_000
    settings.ASKING_WITHOUT_SUM_ALL = 10_000


def test_an_answer_counts_once_names_nobody_and_its_words_are_read_first(office: Office) -> None:
    found = prepared(office)
    street = at("form", found.pk, office.street.slug)
    assert found.title in Client().get(at("list")).content.decode()
    chosen = Client().get(at("choose", found.pk)).content.decode()
    assert street in chosen
    assert Client().get(at("form", found.pk, "nobody")).status_code == 404
    asked = Client().get(street).content.decode()
    assert all(text in asked for text in questionnaire().questions)
    # Only what carries on in the reader's modes is a script; the form needs none.
    assert re.findall(r"<script[^>]*>", asked) == [
        tag for tag in re.findall(r"<script[^>]*>", asked) if "public.js" in tag
    ]
    for personal in ("姓名</label>", 'type="tel"', 'type="email"', 'autocomplete="name'):
        assert personal not in asked

    # Sent twice from the same page, with the cookie and without: once.
    citizen = Client()
    token = page_of(citizen, street)
    data = {"page": token, "q1": "5", "q2": "unknown", "q5": "1", "comment": FOREIGN}
    assert "评议已收到" in citizen.post(street, data, follow=True).content.decode()
    assert "没有重复计" in citizen.post(street, data, follow=True).content.decode()
    assert Client().post(street, {**data, "q5": "5"}).status_code == 302
    answer = AppraisalAnswer.objects.get()
    assert answer.ratings == {"q1": "5", "q2": "unknown", "q5": "1"}
    # The device comes to the thanks and may appraise another.
    assert "评议已收到" in citizen.get(street).content.decode()
    other = at("form", found.pk, office.neighbour.slug)
    assert "评议已收到" in handed_in(other, citizen).content.decode()
    # No name, no address, no hour; the words are sealed; nothing in the trail.
    columns = {field.name for field in AppraisalAnswer._meta.fields}
    assert columns == {"id", "appraisal", "agency", "token", "ratings", "answered_on"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM measures_appraisalcomment")
        assert "Très" not in cursor.fetchone()[0]
    assert not AuditEntry.objects.filter(person="", act__contains="apprais").exists()

    handed_in(street, comment=IDENTITY)
    foreign, personal = AppraisalComment.objects.order_by("pk")
    above, own = signed_in(office, Role.COMPETENT_DEPARTMENT), signed_in(office, Role.AUTHOR)
    page = reverse("measures:appraisal", args=[found.pk])
    assert "Très bien &lt;script&gt;" in above.get(page).content.decode()
    assert "Très bien" not in own.get(page).content.decode()

    def read(comment: AppraisalComment, standing: str, client: Client = above) -> str:
        address = reverse("measures:appraisal_comment", args=[found.pk, comment.pk])
        return client.post(address, {"standing": standing}, follow=True).content.decode()

    assert "不能公布" in read(personal, "shown")
    read(foreign, "shown", own)
    assert {c.standing for c in AppraisalComment.objects.all()} == {"unread"}
    read(foreign, "shown")

    # Nothing is seen before it is published, and what was unread never.
    results = at("results", found.pk)
    for way in ("publish", "close", "publish"):
        assert Client().get(results).status_code == 404
        above.post(reverse("measures:appraisal_move", args=[found.pk, way]))
    said = Client().get(results).content.decode()
    assert "Très bien &lt;script&gt;" in said
    assert "11010519491231002X" not in said
    above.post(reverse("measures:appraisal_move", args=[found.pk, "withdraw"]))
    assert Client().get(results).status_code == 404
    acts = AuditEntry.objects.filter(act__endswith="_appraisal").order_by("number")
    assert [entry.act.removeprefix("oversight.") for entry in acts] == [
        "open_appraisal", "close_appraisal", "publish_appraisal", "withdraw_appraisal",
    ]  # fmt: skip


def test_a_closed_one_and_one_not_begun_take_nothing(office: Office) -> None:
    found = prepared(office)
    street = at("form", found.pk, office.street.slug)
    citizen = Client()
    token = page_of(citizen, street)
    data = {"page": token, "q1": "5"}
    today = timezone.localdate()
    Appraisal.objects.update(opens_on=today + timedelta(days=1))
    assert "还没有开始" in citizen.get(street).content.decode()
    assert citizen.post(street, data).status_code == 409
    Appraisal.objects.update(
        opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=1)
    )
    assert "评议已经结束" in citizen.post(street, data).content.decode()
    # Its last day moves, and nothing else.
    client = signed_in(office, Role.COMPETENT_DEPARTMENT)
    edit = reverse("measures:appraisal_edit", args=[found.pk])
    given = {**client.get(edit).context["form"].initial, "agency": office.competent.pk}
    later = {**given, "closes_on": today.isoformat()}
    refused = client.post(edit, {**later, "title": "换个名称"}).content.decode()
    assert "评议已经开始" in refused
    assert client.post(edit, later).status_code == 302
    assert citizen.post(street, data).status_code == 302
    assert AppraisalAnswer.objects.count() == 1
    # An office neither prepares nor moves one, and sees only what was said of itself.
    own = signed_in(office, Role.DISCLOSURE_OFFICE)
    assert own.get(reverse("measures:appraisal_new")).status_code == 403
    assert own.post(reverse("measures:appraisal_move", args=[found.pk, "close"])).status_code == 403
    handed_in(at("form", found.pk, office.neighbour.slug))
    page = own.get(reverse("measures:appraisal", args=[found.pk])).content.decode()
    assert "共 1 份" in page
    assert Appraisal.objects.get().state == AppraisalState.OPEN


def test_a_wrong_page_is_told_and_what_was_chosen_stays(office: Office, settings: Settings) -> None:
    found = prepared(office)
    street = at("form", found.pk, office.street.slug)
    other = at("form", found.pk, office.neighbour.slug)
    citizen = Client()
    nothing = citizen.post(street, {"page": page_of(citizen, street), "comment": "只有话"})
    assert nothing.status_code == 422
    assert ("至少选一题" in nothing.content.decode(), "只有话" in nothing.content.decode()) == (
        True,
        True,
    )
    for page in ("", "x", page_of(citizen, other)):
        body = citizen.post(street, {"page": page, "q1": "5"}).content.decode()
        assert "打开得太久" in body
        assert re.search(r'value="5" checked', body)
    for value in ("6", "<b>", "满意"):
        assert (
            citizen.post(street, {"page": page_of(citizen, street), "q1": value}).status_code == 422
        )
    long = {"page": page_of(citizen, street), "q1": "5", "comment": "长" * 1001}
    assert "意见太长" in citizen.post(street, long).content.decode()
    assert not AppraisalAnswer.objects.exists()
    # After a few answers from one network a sum is asked for, and then no more are taken.
    settings.ASKING_WITHOUT_SUM, settings.ASKING_AN_HOUR = 1, 2
    handed_in(street)
    body = Client().get(street).content.decode()
    assert "算一道加法" in body
    assert "没有算对" in handed_in(street, answer="99").content.decode()
    said = re.search(r"加法：(.)加(.)等于几", body)
    sum_token = re.search(r'name="token" value="([^"]+)"', body)
    assert said
    assert sum_token
    digits = "零一二三四五六七八九十"
    total = str(sum(digits.index(word) for word in said.groups()))
    handed_in(street, answer=total, token=sum_token.group(1))
    assert AppraisalAnswer.objects.count() == 2
    assert (
        "交的评议太多" in handed_in(street, answer=total, token=sum_token.group(1)).content.decode()
    )


def test_shares_say_their_parts_and_few_answers_have_none(office: Office) -> None:
    found = prepared(office)
    street = at("form", found.pk, office.street.slug)
    for last in ("5", "4", "3", "2", "1", "5", "5", "4", "unknown"):
        handed_in(street, q5=last)
    summary = summary_of(found)
    assert summary.rated[-1].share == "份数少，不算比例（8 份）"
    assert summary.rated[2].share == "没有人答"
    handed_in(street, q5="5")
    handed_in(street, q5="1")
    handed_in(at("form", found.pk, office.neighbour.slug), q5="1")
    (ours, theirs) = summary_of(found).by_agency
    assert (ours.answers, ours.rated[-1].share) == (11, "60.0%（6/10）")
    assert theirs.rated[-1].share == "份数少，不算比例（1 份）"
    assert summary_of(found).rated[-1].share == "54.5%（6/11）"
    # The year knows it once it is over.
    year = found.year
    assert {f.key: f.value for f in facts_of(office.street, year)}["appraisals"] is None
    above = signed_in(office, Role.COMPETENT_DEPARTMENT)
    for way in ("close", "publish"):
        above.post(reverse("measures:appraisal_move", args=[found.pk, way]))
    facts = {fact.key: fact for fact in facts_of(office.street, year)}
    assert facts["appraisals"].value == 11
    assert (facts["appraisal_satisfied"].text, facts["appraisal_satisfied"].note) == (
        "60.0%",
        "最后一题，6/10",
    )
    said = Client().get(at("results", found.pk)).content.decode()
    assert ("60.0%（6/10）" in said, "份数少，不算比例（1 份）" in said) == (True, True)
    assert "满意率 = " in said
    own = signed_in(office, Role.DISCLOSURE_OFFICE)
    taken = own.get(reverse("measures:appraisal_export", args=[found.pk]))
    assert taken.status_code == 200
