"""Who asks is seen by those who need it, and each look is kept."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from gongkai.web import filestore
from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.requests.acts.add_paper import add_paper
from gongkai.web.requests.acts.assign import assign
from gongkai.web.requests.acts.identity import (
    change_contact,
    may_view,
    open_paper,
    renew_code,
    view_identity,
)
from gongkai.web.requests.models import IdentityView
from gongkai.web.requests.numbers import digest_of_code
from gongkai.web.requests.papers import IDENTITY_MAX_BYTES

from .conftest import ADDRESS, MAILBOX, NAME, NUMBER, PHONE, Desk

pytestmark = pytest.mark.django_db
SECRETS = (NAME, NUMBER, PHONE, MAILBOX, ADDRESS)


def picture() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (20, 10), "white").save(held, "PNG")
    return held.getvalue()


def test_the_office_looks_with_a_reason_and_the_look_is_kept(desk: Desk) -> None:
    case = desk.asked()
    with pytest.raises(Forbidden, match="写明原因"):
        view_identity(desk.clerk, case, " ")
    told = view_identity(desk.clerk, case, f"打电话给{NAME}核对")
    assert (told.name, told.document_number, told.phone) == (NAME, NUMBER, PHONE)
    look = IdentityView.objects.get()
    assert (look.person, look.request) == (desk.clerk.person, case)
    entry = AuditEntry.objects.first()
    assert entry is not None
    assert entry.act == "request.view_identity"
    assert NAME not in f"{look.reason}{entry.reason}{entry.after}"


@pytest.mark.parametrize("role", [r for r in Role if r != Role.DISCLOSURE_OFFICE])
def test_nobody_else_looks(desk: Desk, role: Role) -> None:
    case = desk.asked()
    with pytest.raises(Forbidden):
        view_identity(desk.who(role), case, "看看")
    assert not may_view(desk.who(role), case)
    assert not IdentityView.objects.exists()


def test_who_has_the_case_looks_and_no_other_author(desk: Desk) -> None:
    case = desk.asked()
    assert not may_view(desk.author, case)
    case = assign(desk.clerk, case, desk.author.person)
    assert view_identity(desk.author, case, "核对补正").name == NAME
    case = assign(desk.clerk, case, desk.clerk.person)
    with pytest.raises(Forbidden, match="孙梅"):
        view_identity(desk.author, case, "核对补正")


def test_proof_of_identity_lies_sealed_and_is_opened_with_a_reason(desk: Desk) -> None:
    case = desk.asked()
    data = picture()
    paper = add_paper(desk.clerk, case, "identity", f"{NAME}身份证.png", data, from_requester=True)
    assert paper.sealed
    assert filestore.read(paper.stored) != data
    assert open_paper(desk.clerk, paper, "核对身份") == data
    with pytest.raises(Forbidden, match="写明原因"):
        open_paper(desk.clerk, paper)
    with pytest.raises(Forbidden):
        open_paper(desk.approver, paper, "看看")
    assert IdentityView.objects.count() == 1
    said = " ".join(f"{e.reason} {e.after}" for e in AuditEntry.objects.all())
    assert NAME not in said


def test_what_the_agency_made_is_read_by_its_readers(desk: Desk) -> None:
    case = desk.asked()
    paper = add_paper(desk.author, case, "information", "明细表.png", picture())
    assert open_paper(desk.approver, paper) == picture()


def test_papers_that_cannot_be_taken(desk: Desk) -> None:
    case = desk.asked()
    with pytest.raises(Forbidden, match="空的"):
        add_paper(desk.clerk, case, "other", "空.pdf", b"")
    with pytest.raises(Forbidden, match="最多 10 MB"):
        add_paper(desk.clerk, case, "identity", "大.png", b"x" * (IDENTITY_MAX_BYTES + 1))
    with pytest.raises(Forbidden, match="不能收"):
        add_paper(desk.clerk, case, "other", "程序.pdf", b"MZ\x90\x00")
    held = io.BytesIO()
    Image.new("RGB", (2, 2)).save(held, "GIF")
    with pytest.raises(Forbidden, match="身份证明收"):
        add_paper(desk.clerk, case, "identity", "动图.gif", held.getvalue())
    assert not case.papers.exists()


def test_a_new_contact_and_a_new_code(desk: Desk) -> None:
    case = desk.asked()
    with pytest.raises(Forbidden, match="凭什么"):
        change_contact(desk.clerk, case, {"phone": "13911112222"}, "")
    with pytest.raises(Forbidden, match="至少留一种"):
        change_contact(desk.clerk, case, {"phone": "", "mailbox": "", "address": ""}, "来电")
    case = change_contact(desk.clerk, case, {"phone": "13911112222"}, "来电")
    assert view_identity(desk.clerk, case, "核对").phone == "13911112222"
    code = renew_code(desk.clerk, case, "核对了身份证")
    case.refresh_from_db()
    assert case.code_digest == digest_of_code(code)
    said = " ".join(f"{e.reason} {e.before} {e.after}" for e in AuditEntry.objects.all())
    assert "13911112222" not in said
    assert code not in said


def test_no_column_but_the_sealed_holds_a_secret(desk: Desk) -> None:
    """Whatever the acts wrote, the database itself tells nobody who asked."""
    from django.db import connection

    from .test_way import test_from_the_counter_to_the_archive

    test_from_the_counter_to_the_archive(desk)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                found = [secret for secret in SECRETS if secret in repr(row)]
                assert not found, table
