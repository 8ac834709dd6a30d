"""Attachments before the review: what they hide is found, and the public gets a clean copy."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from gongkai.web import filestore
from gongkai.web.audit.models import AuditEntry
from gongkai.web.disclosure import screening
from gongkai.web.disclosure.acts.answer import answer, keep_original, redact_attachment
from gongkai.web.disclosure.acts.attach import attach
from gongkai.web.disclosure.acts.review import (
    approve,
    pass_secrecy_review,
    pass_section_review,
)
from gongkai.web.disclosure.acts.submit import submit
from gongkai.web.disclosure.models import Attachment, InformationItem
from gongkai.web.file_names import clean_name
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.publication.models import PublishedFile
from tests.web.conftest import Office

from .conftest import Drafting

pytestmark = pytest.mark.django_db


def workbook() -> bytes:
    """A sheet to be seen, and one hidden with what must not be."""
    book = openpyxl.Workbook()
    book.active.append(["姓名", "金额"])
    book.active.append(["周某某", 3000])
    hidden = book.create_sheet("底表")
    hidden.append(["周大明", "青禾区听泉路1号"])
    hidden.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def in_review(office: Office, drafted: Drafting) -> InformationItem:
    """An item with the workbook attached, checked, before its secrecy review."""
    item = drafted()
    attach(office.actor(Role.AUTHOR), item, "8月台账.xlsx", workbook())
    item = submit(office.actor(Role.AUTHOR), item)
    screening.run.call(item.version.pk)
    return pass_section_review(office.actor(Role.SECTION_REVIEWER), item)


def test_a_hidden_sheet_is_found_and_the_public_gets_a_copy_without_it(
    office: Office, in_review: InformationItem
) -> None:
    reviewer = office.actor(Role.SECRECY_REVIEWER)
    sheet = in_review.version.findings.get(rule="hidden.sheet")
    with pytest.raises(Forbidden, match="没有答复"):
        pass_secrecy_review(reviewer, in_review)
    answer(reviewer, sheet, "redact")
    screening.run.call(in_review.version.pk)
    assert not in_review.version.findings.filter(rule="hidden.sheet").exists()
    for left in in_review.version.findings.filter(answer=""):
        answer(reviewer, left, "may_stay", "看过")
    item = approve(office.actor(Role.APPROVER), pass_secrecy_review(reviewer, in_review))
    public = filestore.read(PublishedFile.objects.get(publication=item.pk).digest)
    book = openpyxl.load_workbook(io.BytesIO(public))
    assert book.sheetnames == ["Sheet"]
    assert "周大明".encode() not in public
    attachment = Attachment.objects.get()
    original = openpyxl.load_workbook(io.BytesIO(filestore.read(attachment.original.digest)))
    assert original.sheetnames == ["Sheet", "底表"]
    assert attachment.public_file != attachment.original
    assert AuditEntry.objects.filter(act="item.redact").exists()


def test_the_copy_can_be_dropped_again(office: Office, in_review: InformationItem) -> None:
    reviewer = office.actor(Role.SECRECY_REVIEWER)
    attachment = redact_attachment(reviewer, Attachment.objects.get())
    assert attachment.redaction
    attachment = keep_original(reviewer, attachment)
    assert attachment.public_file == attachment.original


def test_the_author_cannot_redact_what_is_being_reviewed(
    office: Office, in_review: InformationItem
) -> None:
    with pytest.raises(Forbidden, match="起草"):
        redact_attachment(office.actor(Role.AUTHOR), Attachment.objects.get())


def test_a_program_is_no_attachment_and_a_scanner_is_asked(
    office: Office, drafted: Drafting, settings: Any
) -> None:
    item, author = drafted(), office.actor(Role.AUTHOR)
    with pytest.raises(Forbidden, match="不能收"):
        attach(author, item, "安装.pdf", b"MZ\x90\x00" + bytes(200))
    settings.VIRUS_SCANNER = "false"
    with pytest.raises(Forbidden, match="查毒程序不放行"):
        attach(author, item, "台账.xlsx", workbook())
    settings.VIRUS_SCANNER = "true"
    assert attach(author, item, "台账.xlsx", workbook()).virus_scan == "clean"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\公文\\名单 表.docx", "名单 表.docx"),
        ("a\u202efdp.docx", "a_fdp.docx"),
        ("...", "附件"),
        ("好" * 300 + ".pdf", "好" * 60 + ".pdf"),
    ],
)
def test_names_of_files_are_made_fit_for_addresses(given: str, kept: str) -> None:
    assert clean_name(given) == kept
