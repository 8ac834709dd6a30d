"""Items in every state that an item can be in, made by the acts of the office's people."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import docx
import openpyxl
from django.utils import timezone
from PIL import Image

from gongkai.web.disclosure.acts import afterwards, answer, change, review
from gongkai.web.disclosure.acts.attach import attach
from gongkai.web.disclosure.acts.draft import save, start
from gongkai.web.disclosure.acts.submit import submit
from gongkai.web.disclosure.models import InformationItem, Screening
from gongkai.web.people.models import Role
from tests.web.conftest import Office
from tests.web.disclosure.test_answers import with_check_digit

IDENTITY_NUMBER = with_check_digit("11010119900101123")
MOBILE_NUMBER = "13800138000"
TABLE = f"""<p>现将8月临时救助发放情况公示如下。联系人李敏，电话{MOBILE_NUMBER}。</p>
<table><thead><tr><th scope="col">姓名</th><th scope="col">类型</th><th scope="col">金额</th>
<th scope="col">备注</th></tr></thead><tbody><tr><td>吴某某</td><td>急难型</td><td>1500</td>
<td>{IDENTITY_NUMBER}</td></tr></tbody></table>"""


def word_file(title: str = "2026年8月临时救助发放情况公示", note: str = IDENTITY_NUMBER) -> bytes:
    """A Word file with a heading, a paragraph and a table with ``note`` in its last cell."""
    document = docx.Document()
    document.add_heading(title, 0)
    document.add_paragraph("现将8月临时救助发放情况公示如下。")
    table = document.add_table(rows=2, cols=3)
    rows = (("姓名", "类型", "备注"), ("吴某某", "急难型", note))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return _written(document.save)


def workbook_with_hidden_sheet() -> bytes:
    """An Excel file whose second sheet is hidden."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["社区", "人数"])
    hidden = book.create_sheet("底表")
    hidden.append(["姓名", "身份证号码"])
    hidden.append(["吴某某", IDENTITY_NUMBER])
    hidden.sheet_state = "hidden"
    return _written(book.save)


def picture() -> bytes:
    """A small picture."""
    image = Image.new("RGB", (320, 120), "#16456e")
    return _written(lambda buffer: image.save(buffer, "PNG"))


def _written(save_to: Any) -> bytes:
    buffer = io.BytesIO()
    save_to(buffer)
    return buffer.getvalue()


class Items:
    """What the street has in hand, by what it shows."""

    def __init__(self, office: Office) -> None:
        self.office = office
        author, section, secrecy, approver, keeper = (
            office.actor(role)
            for role in (
                Role.AUTHOR,
                Role.SECTION_REVIEWER,
                Role.SECRECY_REVIEWER,
                Role.APPROVER,
                Role.DISCLOSURE_OFFICE,
            )
        )
        self.empty_draft = start(author, office.street)
        self.late_draft = self.draft("便民服务中心中午不休息的通知", days_ago=60)
        attach(author, self.late_draft, "名单.docx", word_file())
        attach(author, self.late_draft, "窗口.png", picture(), inline=True, alternative_text="窗口")
        self.in_section_review = self.handed_in("防汛值班安排", days_ago=27)
        returned = review.pass_section_review(section, self.handed_in("养老服务补贴标准"))
        self.returned = review.return_item(secrecy, returned, "补贴标准写清楚从哪天起。")
        save(author, self.returned, title="养老服务补贴标准（2026年）", body_html="<p>改过。</p>")
        found = self.draft("2026年8月临时救助发放情况公示", body_html=TABLE)
        attach(author, found, "8月临时救助台账.xlsx", workbook_with_hidden_sheet())
        submit(author, found)
        self.with_findings = review.pass_section_review(section, found, "数字与发放表一致。")
        self.first_finding = self.with_findings.version.findings.get(
            rule="screening.identity_number"
        )
        answer.answer(secrecy, self.first_finding, "redact")
        self.being_checked = review.pass_section_review(section, self.handed_in("消防通道整治"))
        Screening.objects.filter(version=self.being_checked.version).update(finished_at=None)
        unread = review.pass_section_review(section, self.handed_in("社区食堂名录"))
        Screening.objects.filter(version=unread.version).update(
            failures=["附件“名录.pdf”没有检查成：用了 60 秒还没有读完"]
        )
        self.unread = unread
        self.before_approval = self.reviewed(self.handed_in("零星工程结算审核结果"))
        self.scheduled = self.draft("停水通知")
        save(
            author, self.scheduled, {"scheduled_for": timezone.now() + timedelta(days=1)}
        )  # fmt: skip
        self.scheduled = self.approved(submit(author, self.scheduled))
        self.document = self.approved(
            self.handed_in(
                "听泉街道加装电梯补助办法",
                kind="normative_document",
                document_number="听街规〔2026〕3号",
                statutory="20-1",
            )
        )
        self.event = afterwards.declare_validity(
            approver,
            self.document,
            "amended",
            timezone.localdate(),
            by_document="听街规〔2026〕5号",
        )
        interpretation = self.draft("《听泉街道加装电梯补助办法》解读", kind="interpretation")
        save(author, interpretation, {"interprets": self.document})
        self.interpretation = self.approved(submit(author, interpretation))
        afterwards.record_release(
            author, self.document, "wechat", timezone.localdate(), where="听泉发布"
        )
        self.withdrawn = change.withdraw(
            keeper, self.approved(self.handed_in("网格员名单")), "名单有误。"
        )
        self.corrected = change.correct(
            author, self.approved(self.handed_in("医保窗口搬迁")), "地址写错了。", urgent=True
        )
        self.kept = self.approved(
            self.handed_in(
                "执法巡查线路安排",
                disclosure_class="withheld",
                legal_basis="internal_affairs",
                class_reason="内部工作安排。",
            )
        )
        self.discarded = change.discard(author, self.draft("重复起草的"))

    def draft(self, title: str, kind: str = "plain", *, days_ago: int = 5, **facts: Any) -> Any:
        """A draft of the author's."""
        written = {
            "title": title,
            "body_html": f"<p>{title}的正文。</p>",
            "made_on": timezone.localdate() - timedelta(days=days_ago),
            "statutory": "20-11",
            "summary": f"{title}。",
        }
        author = self.office.actor(Role.AUTHOR)
        return start(author, self.office.street, kind, **{**written, **facts})

    def handed_in(self, title: str, **facts: Any) -> InformationItem:
        """A draft handed in."""
        return submit(self.office.actor(Role.AUTHOR), self.draft(title, **facts))

    def reviewed(self, item: InformationItem) -> InformationItem:
        """Passed by section and secrecy review."""
        passed = review.pass_section_review(self.office.actor(Role.SECTION_REVIEWER), item)
        return review.pass_secrecy_review(self.office.actor(Role.SECRECY_REVIEWER), passed)

    def approved(self, item: InformationItem) -> InformationItem:
        """Passed by everybody: published, waiting for its hour, or kept."""
        return review.approve(self.office.actor(Role.APPROVER), self.reviewed(item))
