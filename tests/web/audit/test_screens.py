"""The auditor's screens: filters, words for everything, export, verification."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

import gongkai.web
from gongkai.web import sheets
from gongkai.web.administration.agencies.acts import keep
from gongkai.web.administration.people.acts import accounts
from gongkai.web.audit import append_only
from gongkai.web.audit.labels import ACTS, KINDS, facts_of, kind_label
from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Role
from gongkai.web.policies import RULES
from tests.web.conftest import Office

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SLUG = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")


def written_slugs() -> set[str]:
    """Every constant in the platform's code that looks like an act."""
    places = {act.split(".")[0] for act in RULES} | {act.split(".")[0] for act in ACTS}
    found = set()
    for file in Path(gongkai.web.__path__[0]).rglob("*.py"):
        if "migrations" in file.parts:
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                if SLUG.fullmatch(text) and text.split(".")[0] in places:
                    found.add(text)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


# Files and facts are named in the same way.
NO_ACTS = re.compile(
    r"site\.(made|progress)|\w+\.py|agency\.(id|pk|name)"
    r"|.*\.(html|css|js|json|toml|txt|xml|xlsx|csv|docx|pdf)"
)


def test_every_act_has_its_word() -> None:
    slugs = {slug for slug in written_slugs() if not NO_ACTS.fullmatch(slug)}
    assert "session.begin" in slugs
    missing = sorted((slugs | RULES.keys()) - ACTS.keys())
    assert missing == [], f"audit/labels.py: ACTS lacks {missing}"
    assert all(CHINESE.search(label) for label in ACTS.values())
    assert len(set(ACTS.values())) == len(ACTS)


@pytest.mark.django_db
def test_every_kind_of_subject_has_its_word() -> None:
    for kind in (*KINDS, "standardentry", "yearlycount"):
        assert CHINESE.search(kind_label(kind)), kind


@pytest.fixture
def trail(client: Client, office: Office) -> Client:
    """The auditor's browser, with an account and a contact block changed before."""
    accounts.edit(office.actor(Role.SYSTEM_ADMIN), office.people[Role.AUTHOR], phone="0571")
    keep.edit_contact(office.actor(Role.DISCLOSURE_OFFICE), office.street, address="听泉路 8 号")
    keep.set_steps(
        office.actor(Role.COMPETENT_DEPARTMENT), office.street, section_review=False, approval=True
    )
    client.force_login(office.people[Role.AUDIT_ADMIN])
    return client


@pytest.mark.parametrize(
    ("query", "acts"),
    [
        ({}, ["改审查步骤", "改联系信息", "改资料"]),
        ({"person": "孙梅"}, ["改联系信息"]),
        ({"person": "system_admin"}, ["改资料"]),
        ({"act": "agency.steps"}, ["改审查步骤"]),
        ({"agency": "QH0401"}, ["改联系信息"]),
        ({"subject": "QH0401"}, ["改审查步骤", "改联系信息"]),
        ({"subject": "李敏"}, ["改资料"]),
        ({"since": "2100-01-01"}, []),
        ({"until": "2000-01-01"}, []),
    ],
)
def test_filters(trail: Client, query: dict[str, str], acts: list[str]) -> None:
    page = trail.get(reverse("audit:list"), query)
    assert [row["act"] for row in page.context["rows"]] == acts
    if not acts:
        assert "没有符合条件的记录" in page.content.decode()


def test_before_and_after_are_in_words(trail: Client) -> None:
    page = trail.get(reverse("audit:list")).content.decode()
    assert "办公地址" in page
    assert "听泉路 8 号" in page
    steps = facts_of(AuditEntry.objects.get(act="agency.steps"))
    assert [(f.name, f.before, f.after) for f in steps] == [("要科室审核", "是", "否")]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_export_holds_every_line_and_is_itself_one(trail: Client, form: str) -> None:
    answer = trail.get(reverse("audit:export", args=[form]), {"subject": "QH0401"})
    content = getattr(answer, "content", None) if not answer.streaming else answer.getvalue()
    rows = sheets.read_rows(content, ["序号", "事项", "改动"])
    assert [row["事项"] for row in rows] == ["改审查步骤", "改联系信息"]
    assert rows[1]["改动"] == "办公地址：空白 → 听泉路 8 号"
    entry = AuditEntry.objects.first()
    assert entry is not None
    assert (entry.act, entry.after) == ("audit.export", {"entries": 2})


def test_a_whole_trail_is_said_to_be_whole(trail: Client) -> None:
    page = trail.post(reverse("audit:verify"))
    text = page.content.decode()
    assert "第 1 条到第 3 条一条不少" in text
    last = AuditEntry.objects.get(number=3)
    assert last.digest in text
    noted = {"number": "3", "digest": last.digest}
    assert "和抄存的一致" in trail.post(reverse("audit:verify"), noted).content.decode()
    cut = {"number": "99", "digest": last.digest}
    assert "被截掉过" in trail.post(reverse("audit:verify"), cut).content.decode()
    other = {"number": "2", "digest": last.digest}
    assert "被重写过" in trail.post(reverse("audit:verify"), other).content.decode()
    half = trail.post(reverse("audit:verify"), {"number": "2"})
    assert half.status_code == 422


@pytest.mark.django_db(transaction=True)
def test_a_broken_trail_is_told(trail: Client) -> None:
    with connection.schema_editor() as editor:
        append_only.remove(editor)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditentry SET person_name = '别人' WHERE number = 2")
    assert "不在" in trail.get(reverse("audit:verify")).content.decode()
    with connection.schema_editor() as editor:
        append_only.install(editor)
    text = trail.post(reverse("audit:verify")).content.decode()
    assert "第 2 条内容被改动过" in text
    assert "前面 1 条完整" in text
