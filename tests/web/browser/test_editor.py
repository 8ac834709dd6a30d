"""Writing in the browser: what is pasted is cleaned, pictures are kept, nothing typed is lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.web.disclosure.acts.draft import start
from gongkai.web.disclosure.models import InformationItem, State
from gongkai.web.people.models import Role
from gongkai.web.registers.models import PowerEntry
from tests.web.conftest import PASSWORD, Office

from .conftest import Opening
from .items import picture

# A page looks the same whichever database it is made from.
pytestmark = pytest.mark.once

# What Word puts on the clipboard, in short: a conditional comment, styles, a list of its own.
FROM_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>
p.MsoNormal {margin:0; font-family:仿宋_GB2312;}</style></head><body lang=ZH-CN>
<!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit" spidmax="1026"/></xml><![endif]-->
<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><b><span lang=EN-US
style='font-size:16.0pt'>补助标准</span></b><span>见表。<o:p></o:p></span></p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr style='height:20pt'>
<td width=200 style='padding:0'><p class=MsoNormal>楼层</p></td>
<td width=200><p class=MsoNormal>万元</p></td></tr>
<tr><td><p class=MsoNormal>四层</p></td><td><p class=MsoNormal>12.00</p></td></tr></table>
<p onclick="alert(1)">联系<script>alert(2)</script>窗口。</p></body></html>"""
_PASTE = """(page, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "补助标准见表。");
  page.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def draft(live_server: LiveServer, office: Office) -> InformationItem:
    return start(
        office.actor(Role.AUTHOR),
        office.street,
        title="加装电梯补助办法",
        body_html="<p>第一段。</p>",
        made_on=timezone.localdate() - timedelta(days=3),
        statutory="20-1",
    )


@pytest.fixture
def writing(desk: Opening, draft: InformationItem) -> Page:
    """The author's window with the draft open."""
    return desk(Role.AUTHOR, reverse("disclosure:edit", args=[draft.pk]))


def saved(draft: InformationItem) -> str:
    return InformationItem.objects.get(pk=draft.pk).version.body_html


def save(page: Page) -> None:
    page.get_by_role("button", name="保存", exact=True).click()


def test_what_is_pasted_from_word_is_cleaned_in_its_place(
    writing: Page, draft: InformationItem
) -> None:
    editor = writing.get_by_role("textbox", name="正文")
    editor.click()
    writing.keyboard.press("Control+End")
    editor.evaluate(_PASTE, FROM_WORD)
    expect(editor.locator("table td").nth(1)).to_have_text("12.00")
    expect(editor).to_contain_text("第一段。")
    shown = editor.inner_html()
    for junk in ("Mso", "style=", "<o:p", "script", "onclick", "<!--"):
        assert junk not in shown
    assert "<strong>补助标准</strong>" in shown
    save(writing)
    expect(writing.get_by_role("status").first).to_contain_text("已保存")
    assert saved(draft).count("</td>") + saved(draft).count("</th>") == 4
    assert saved(draft).startswith("<p>第一段。")
    assert "Mso" not in saved(draft)


def test_without_a_connection_the_words_of_a_paste_are_kept(writing: Page) -> None:
    editor = writing.get_by_role("textbox", name="正文")
    editor.click()
    writing.context.set_offline(True)
    editor.evaluate(_PASTE, FROM_WORD)
    expect(editor).to_contain_text("补助标准见表。")
    expect(writing.locator("[data-editor] [role=status]")).to_contain_text("没有连上服务器")


def test_a_picture_is_asked_for_its_words_shown_and_kept(
    writing: Page, draft: InformationItem
) -> None:
    writing.on("dialog", lambda dialog: dialog.accept("办理流程图"))
    with writing.expect_file_chooser() as chooser:
        writing.get_by_role("button", name="图片", exact=True).click()
    chooser.value.set_files(FilePayload(name="流程.png", mimeType="image/png", buffer=picture()))
    image = writing.get_by_role("textbox", name="正文").get_by_role("img", name="办理流程图")
    expect(image).to_be_visible()
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 320
    save(writing)
    expect(writing.get_by_role("status").first).to_contain_text("已保存")
    assert 'src="attachment:1"' in saved(draft)
    assert 'alt="办理流程图"' in saved(draft)
    # Opened again, the same picture stands there.
    expect(image).to_be_visible()
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 320


def test_a_picture_is_not_sent_where_its_question_is_refused(
    writing: Page, draft: InformationItem
) -> None:
    writing.on("dialog", lambda dialog: dialog.dismiss())
    with writing.expect_file_chooser() as chooser:
        writing.get_by_role("button", name="图片", exact=True).click()
    chooser.value.set_files(FilePayload(name="流程.png", mimeType="image/png", buffer=picture()))
    save(writing)
    expect(writing.get_by_role("status").first).to_contain_text("已保存")
    assert not draft.version.attachments.exists()


def test_a_save_that_fails_keeps_what_was_typed(writing: Page, draft: InformationItem) -> None:
    writing.get_by_role("textbox", name="正文").fill("改过的正文。")
    writing.get_by_label("成文日期").fill("2099-01-01")
    writing.get_by_label("发文字号").fill("第三号")
    save(writing)
    summary = writing.get_by_role("alert")
    expect(summary).to_contain_text("有 2 处需要改")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(writing.get_by_label("成文日期")).to_be_focused()
    expect(writing.get_by_role("textbox", name="正文")).to_have_text("改过的正文。")
    expect(writing.get_by_label("发文字号")).to_have_value("第三号")
    assert saved(draft) == "<p>第一段。</p>"


def type_and_wait_until_kept(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="正文").fill(words)
    expect(page.get_by_text("还没有保存，已留在这台电脑上。")).to_be_visible()


def test_what_was_typed_outlives_the_session(writing: Page, draft: InformationItem) -> None:
    type_and_wait_until_kept(writing, "写了一下午的正文。")
    Session.objects.all().delete()
    save(writing)
    writing.get_by_label("用户名").fill("author")
    writing.get_by_label("密码").fill(PASSWORD)
    writing.get_by_role("button", name="登录").click()
    expect(writing).to_have_url(re.compile(rf"/{draft.pk}/edit/$"))
    expect(writing.get_by_role("textbox", name="正文")).to_have_text("第一段。")
    writing.get_by_role("button", name="取回来").click()
    expect(writing.get_by_role("textbox", name="正文")).to_have_text("写了一下午的正文。")
    save(writing)
    expect(writing.get_by_role("status").first).to_contain_text("已保存")
    expect(writing.get_by_role("button", name="取回来")).to_have_count(0)
    assert saved(draft) == "<p>写了一下午的正文。</p>"


def test_what_was_typed_outlives_the_connection(writing: Page, draft: InformationItem) -> None:
    type_and_wait_until_kept(writing, "断线前写的。")
    writing.context.set_offline(True)
    save(writing)
    expect(writing.get_by_text("现在没有网络，没有保存。")).to_be_visible()
    expect(writing.get_by_role("textbox", name="正文")).to_have_text("断线前写的。")
    writing.context.set_offline(False)
    # The window was closed meanwhile, and is opened anew.
    writing.reload()
    writing.get_by_role("button", name="取回来").click()
    save(writing)
    expect(writing.get_by_role("status").first).to_contain_text("已保存")
    assert saved(draft) == "<p>断线前写的。</p>"


def test_what_was_sent_and_never_arrived_is_still_there(
    writing: Page, draft: InformationItem
) -> None:
    type_and_wait_until_kept(writing, "没有送到的。")
    address = writing.url
    writing.route("**/edit/", lambda route: route.abort())
    save(writing)
    writing.unroute("**/edit/")
    writing.goto(address)
    writing.get_by_role("button", name="取回来").click()
    expect(writing.get_by_role("textbox", name="正文")).to_have_text("没有送到的。")
    assert saved(draft) == "<p>第一段。</p>"


def test_what_the_server_took_is_not_offered_again(writing: Page, draft: InformationItem) -> None:
    # The server keeps it otherwise than it was typed: cleaned.
    type_and_wait_until_kept(writing, "  有   空格的。 ")
    save(writing)
    expect(writing.get_by_role("status").first).to_contain_text("已保存")
    writing.goto(reverse("disclosure:edit", args=[draft.pk]))
    expect(writing.get_by_role("textbox", name="正文")).to_contain_text("空格的。")
    expect(writing.get_by_role("button", name="取回来")).to_have_count(0)


def test_acts_are_undone_from_their_message(writing: Page, draft: InformationItem) -> None:
    def state() -> str:
        return InformationItem.objects.get(pk=draft.pk).state

    writing.get_by_role("button", name="保存并送审").click()
    expect(writing.get_by_role("status").first).to_contain_text("已送科室审核")
    assert state() == State.SECTION_REVIEW
    writing.get_by_role("button", name="撤销").click()
    expect(writing.get_by_role("status").first).to_contain_text("已撤回送审")
    assert state() == State.DRAFT
    writing.get_by_role("button", name="作废这一稿").click()
    expect(writing.get_by_role("status").first).to_contain_text("已作废")
    assert state() == State.DISCARDED
    writing.get_by_role("button", name="撤销").click()
    expect(writing.get_by_role("status").first).to_contain_text("已恢复")
    assert state() == State.DRAFT


def test_a_line_of_a_register_comes_back(
    live_server: LiveServer, office: Office, desk: Opening
) -> None:
    PowerEntry.objects.create(agency=office.street, kind="行政给付", name="临时救助审核")
    page = desk(Role.DISCLOSURE_OFFICE, reverse("registers:lines", args=["powers"]))
    page.get_by_role("button", name="删去“临时救助审核”").click()
    expect(page.get_by_role("status").first).to_contain_text("已删去")
    assert not PowerEntry.objects.exists()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("status").first).to_contain_text("已恢复")
    assert PowerEntry.objects.get().name == "临时救助审核"
