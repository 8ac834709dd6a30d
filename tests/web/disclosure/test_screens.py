"""The officer's screens, through the browser's own requests."""

from __future__ import annotations

import io
from typing import Any

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.web.disclosure.models import Attachment, InformationItem, State
from gongkai.web.people.models import Role
from tests.web.conftest import Office, make_person, signed_in, signed_in_as

from .conftest import Drafting
from .test_answers import BODY, NUMBER

pytestmark = pytest.mark.django_db
FORM = {
    "kind": "plain",
    "title": "便民服务时间调整",
    "place": "statutory/20-2",
    "made_on": "2026-10-12",
    "body_html": "自10月15日起，便民服务中心中午不休息。",
    "disclosure_class": "proactive",
}


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("2026年8月临时救助发放情况公示", 0)
    document.add_paragraph("现将发放情况公示如下。")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, ("姓名", "类型", "备注"), strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ("吴某某", "急难型", NUMBER), strict=True):
        cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_draft_is_written_and_written_on(office: Office) -> None:
    client = signed_in(office, Role.AUTHOR)
    answer = client.post(reverse("disclosure:new"), FORM)
    item = InformationItem.objects.get()
    assert answer.headers["Location"] == reverse("disclosure:edit", args=[item.pk])
    assert item.version.body_html == "<p>自10月15日起，便民服务中心中午不休息。</p>"
    assert str(item.due_on) == "2026-11-09"
    client.post(reverse("disclosure:edit", args=[item.pk]), {**FORM, "title": "新的标题"})
    assert InformationItem.objects.get().version.title == "新的标题"


def test_a_form_that_fails_says_where_and_keeps_what_was_typed(office: Office) -> None:
    client = signed_in(office, Role.AUTHOR)
    answer = client.post(
        reverse("disclosure:new"),
        {**FORM, "made_on": "2099-01-01", "document_number": "第三号"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "有 2 处需要改" in page
    assert "成文日期还没有到" in page
    assert "便民服务时间调整" in page
    assert not InformationItem.objects.exists()


def test_what_is_pasted_is_cleaned(office: Office) -> None:
    client = signed_in(office, Role.AUTHOR)
    html = '<p class="MsoNormal" onclick="x()">正文<o:p></o:p><script>alert(1)</script></p>'
    said = client.post(reverse("disclosure:paste"), {"html": html}).json()
    assert said["html"] == "<p>正文</p>"


def test_a_word_file_becomes_a_draft_with_its_table(office: Office) -> None:
    client = signed_in(office, Role.AUTHOR)
    file = SimpleUploadedFile("公示.docx", word_file())
    answer = client.post(reverse("disclosure:from_word"), {"file": file}, follow=True)
    item = InformationItem.objects.get()
    assert item.version.title == "2026年8月临时救助发放情况公示"
    assert "<table>" in item.version.body_html
    assert "核对后送审" in answer.content.decode()


def test_what_is_no_word_file_is_refused_with_the_reason(office: Office) -> None:
    client = signed_in(office, Role.AUTHOR)
    file = SimpleUploadedFile("坏.docx", b"not a document")
    answer = client.post(reverse("disclosure:from_word"), {"file": file})
    assert answer.status_code == 422
    assert "没有读成" in answer.content.decode()
    assert not InformationItem.objects.exists()


def test_the_whole_way_on_the_screens(
    office: Office, django_capture_on_commit_callbacks: Any
) -> None:
    author = signed_in(office, Role.AUTHOR)
    author.post(reverse("disclosure:new"), {**FORM, "body_html": BODY})
    item = InformationItem.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        author.post(reverse("disclosure:submit", args=[item.pk]))
    review = reverse("disclosure:review", args=[item.pk])
    signed_in(office, Role.SECTION_REVIEWER).post(review, {"text": "同意", "pass": "1"})
    secrecy = signed_in(office, Role.SECRECY_REVIEWER)
    page = secrecy.get(review).content.decode()
    assert "还有 1 项要答复" in page
    assert 'class="gk-spot" href="#find1"' in page
    stopped = secrecy.post(review, {"text": "", "pass": "1"})
    assert stopped.status_code == 422
    assert "还有 1 项检查发现没有答复" in stopped.content.decode()
    secrecy.post(reverse("disclosure:answer", args=[item.pk, 1]), {"choice": "redact"})
    secrecy.post(review, {"text": "打码后可以公开", "pass": "1"})
    signed_in(office, Role.APPROVER).post(review, {"text": "", "pass": "1"})
    item.refresh_from_db()
    assert item.state == State.PUBLISHED


def test_an_answer_by_htmx_brings_the_finding_back(office: Office, handed_in: Drafting) -> None:
    item = handed_in(body_html=BODY)
    client = signed_in(office, Role.SECRECY_REVIEWER)
    address = reverse("disclosure:answer", args=[item.pk, 1])
    headers = {"HX-Request": "true"}
    refused = client.post(address, {"choice": "mistaken"}, headers=headers)
    assert refused.status_code == 422
    assert "写明理由" in refused.content.decode()
    taken = client.post(address, {"choice": "mistaken", "reason": "文件编号"}, headers=headers)
    assert "已答复" in taken.content.decode()
    assert "<html" not in taken.content.decode()


def test_versions_are_compared(office: Office, handed_in: Drafting) -> None:
    from gongkai.web.disclosure.acts.draft import save
    from gongkai.web.disclosure.acts.review import return_item

    item = return_item(office.actor(Role.SECRECY_REVIEWER), handed_in(), "改金额")
    save(office.actor(Role.AUTHOR), item, title="改过的标题", body_html="<p>共发放5人。</p>")
    page = (
        signed_in(office, Role.AUTHOR)
        .get(reverse("disclosure:compare", args=[item.pk, 1, 2]))
        .content.decode()
    )
    assert "<ins>" in page
    assert "改过的标题" in page


def test_an_attachment_is_taken_shown_and_taken_out(office: Office, drafted: Drafting) -> None:
    item = drafted()
    client = signed_in(office, Role.AUTHOR)
    file = SimpleUploadedFile("../名单 表.docx", word_file())
    client.post(reverse("disclosure:attach", args=[item.pk]), {"file": file})
    attachment = Attachment.objects.get()
    assert attachment.name == "名单 表.docx"
    assert len(attachment.original.sm3) == 64
    preview = client.get(reverse("disclosure:preview", args=[item.pk, attachment.pk]))
    assert "急难型" in preview.content.decode()
    sent = client.get(reverse("disclosure:download", args=[item.pk, attachment.pk]))
    assert sent.content[:2] == b"PK"
    assert sent.headers["Content-Disposition"].startswith("attachment")
    client.post(reverse("disclosure:detach", args=[item.pk, attachment.pk]))
    assert not Attachment.objects.exists()


def test_a_file_is_known_by_its_bytes(office: Office, drafted: Drafting) -> None:
    item = drafted()
    client = signed_in(office, Role.AUTHOR)
    file = SimpleUploadedFile("图.png", b"<script>alert(1)</script>")
    page = client.post(
        reverse("disclosure:attach", args=[item.pk]), {"file": file}, follow=True
    ).content.decode()
    assert "不能收" in page
    assert not Attachment.objects.exists()


def test_the_list_is_filtered_and_exported(office: Office, drafted: Drafting) -> None:
    drafted(title="甲：救助公示")
    drafted(title="=乙：应急预案", statutory="20-12")
    client = signed_in(office, Role.AUTHOR)
    page = client.get(reverse("disclosure:list"), {"statutory": "20-12"}).content.decode()
    assert "应急预案" in page
    assert "甲：救助公示" not in page
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("disclosure:export")).content))
    titles = [row[2].value for row in book.worksheets[0].iter_rows(min_row=2)]
    assert titles == ["=乙：应急预案", "甲：救助公示"]


def test_several_are_handed_in_together_and_each_refusal_is_told(
    office: Office, drafted: Drafting
) -> None:
    good, bad = drafted(), drafted(made_on=None)
    page = (
        signed_in(office, Role.AUTHOR)
        .post(
            reverse("disclosure:together"),
            {"act": "submit", "item": [good.pk, bad.pk]},
            follow=True,
        )
        .content.decode()
    )
    assert "送审 1 条" in page
    assert "没有送审：还缺：成文日期" in page


def test_somebody_of_another_agency_finds_nothing(office: Office, drafted: Drafting) -> None:
    item = drafted()
    stranger = make_person("stranger", "外人", office.neighbour, Role.AUTHOR)
    client = signed_in_as(stranger)
    assert client.get(reverse("disclosure:item", args=[item.pk])).status_code == 404
    assert "临时救助" not in client.get(reverse("disclosure:list")).content.decode()


@pytest.mark.parametrize("name", ["correct", "withdraw", "releases"])
def test_screens_of_what_is_public(office: Office, published: Drafting, name: str) -> None:
    item = published()
    client = signed_in(office, Role.DISCLOSURE_OFFICE)
    assert client.get(reverse(f"disclosure:{name}", args=[item.pk])).status_code == 200


def test_withdrawal_asks_for_its_reason(office: Office, published: Drafting) -> None:
    item = published()
    client = signed_in(office, Role.DISCLOSURE_OFFICE)
    address = reverse("disclosure:withdraw", args=[item.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "发放名单有误"})
    item.refresh_from_db()
    assert item.state == State.WITHDRAWN
