"""The form on paper (政府信息公开申请表) of one agency: what the online form asks, and no more."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell

from gongkai.core.handling.ledger import RequesterKind
from gongkai.web.agencies.models import Agency

from ..wishes import FormOfSupply, WayOfDelivery

_TEXT, _TITLE = "仿宋", "宋体"
_BOX = "□"
_PERSON = ("姓名", "证件名称", "证件号码", "联系电话", "电子邮箱", "通信地址、邮政编码")
_ORGANISATION = (
    "名称", "统一社会信用代码", "法定代表人或者负责人", "联系人", "联系电话", "电子邮箱",
    "通信地址、邮政编码",
)  # fmt: skip


def docx_of(agency: Agency) -> bytes:
    """The blank form as a Word file."""
    document = Document()
    _set_page(document)
    _line(document, "政府信息公开申请表", size=18, bold=True, centred=True, font=_TITLE)
    _line(document, f"受理机关：{agency.name}")
    table = document.add_table(rows=0, cols=3)
    table.style = "Table Grid"
    table.autofit = False
    sections = [("申请人\n（个人填）", _PERSON), ("申请人\n（法人、其他组织填）", _ORGANISATION)]
    for heading, labels in sections:
        first = len(table.rows)
        for label in labels:
            cells = table.add_row().cells
            _write(cells[1], label)
            _write(cells[2], "")
        if heading == sections[1][0]:
            cells = table.add_row().cells
            _write(cells[1], "类别")
            _write(cells[2], _boxes([kind.label for kind in RequesterKind][1:]))
        head = table.cell(first, 0).merge(table.cell(len(table.rows) - 1, 0))
        _write(head, heading)
    for heading, words, height in (
        ("代理人", "姓名、联系电话（附授权委托书）：", 12),
        ("所需信息的名称、文号，或者便于查询的其他特征", "", 60),
        ("提供形式", _boxes(FormOfSupply.labels), 10),
        ("获取方式", _boxes(WayOfDelivery.labels), 10),
        ("需要的帮助", "阅读、视力、听力有困难的，写明需要怎样的帮助：", 12),
    ):
        row = table.add_row()
        row.height = Mm(height)
        _write(row.cells[0], heading)
        _write(row.cells[1].merge(row.cells[2]), words)
    for column, width in zip(table.columns, (28, 46, 86), strict=True):
        column.width = Mm(width)
    _line(document, "申请人（签名或者盖章）：　　　　　　　　　　　　年　　月　　日")
    for note in _notes(agency):
        _line(document, note, size=10.5)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _notes(agency: Agency) -> list[str]:
    office = agency.disclosure_office
    notes = ["1．附身份证明复印件（法人、其他组织附登记证书复印件）。不需要说明用途，一般不收费。"]
    where = agency.address
    if where:
        hours = f"，{agency.office_hours}" if agency.office_hours else ""
        postcode = f"，邮编 {agency.postcode}" if agency.postcode else ""
        notes.append(f"2．当面提交：{where}{office}{hours}。")
        notes.append(
            f"3．邮寄：{where}，{agency.name}{office}{postcode}，信封注明“政府信息公开申请”。"
        )
    if agency.phone:
        notes.append(
            f"{len(notes) + 1}．联系电话：{agency.phone}。书面有困难的，可以口头提出，由机关代填。"
        )
    notes.append("依据：《中华人民共和国政府信息公开条例》第二十九条。")
    return notes


def _boxes(labels: list[str]) -> str:
    return "　".join(f"{_BOX}{label}" for label in labels)


def _set_page(document: DocumentObject) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _TEXT, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _TEXT)
    normal.paragraph_format.space_after = Pt(3)
    document.core_properties.title = "政府信息公开申请表"
    document.core_properties.author = ""
    document.core_properties.comments = ""


def _line(
    document: DocumentObject,
    words: str,
    *,
    size: float = 12,
    bold: bool = False,
    centred: bool = False,
    font: str = _TEXT,
) -> None:
    paragraph = document.add_paragraph()
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(words)
    run.font.size, run.bold, run.font.name = Pt(size), bold, font
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _write(cell: _Cell, words: str) -> None:
    cell.text = words
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.space_after = Pt(2)
