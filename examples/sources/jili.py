"""The report of 吉利街道 in its two shapes: rows between tabs, and Word's own HTML.

Table three has lost its head 其他 (总计 stands there and again at the far right),
is in pieces, and two rows are a cell short.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from reports import JILI, Section
from tables import (
    CORNER,
    FIRST_ROWS,
    LAST_ROW,
    NOT_PROCESSED,
    OTHERWISE_2021,
    OUTCOMES,
    PARTLY,
    UNABLE,
    WITHHELD,
    Box,
    Table,
)

_ZEROS = ("0",) * 7
_GROUPS = {
    "(三) 不予公开": WITHHELD,
    "(四) 无法提供": UNABLE,
    "(五) 不予处理": NOT_PROCESSED,
    "(六) 其他处理": OTHERWISE_2021,
}
_ORGANISATIONS = ("商业企业", "科研机构", "社会组织", "法律服务机构")


def _half_width(words: str) -> str:
    for number in "一二三四五六七":
        words = words.replace(f"（{number}）", f"({number}) ")
    return words


def _disclosure() -> list[list[str]]:
    decisions = ["信息内容", "本年处理决定数量"]
    return [
        ["第二十条第（一）项"],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "0", "0"],
        ["行政规范性文件", "0", "0", "0"],
        ["第二十条第（五）项"],
        decisions,
        ["行政许可", "0"],
        ["第二十条第（六）项"],
        decisions,
        ["行政处罚", "0"],
        ["行政强制", "0"],
        ["第二十条第（八）项"],
        ["信息内容", "本年收费金额（单位：万元，保留4位小数）"],
        ["行政事业性收费", "0"],
    ]


# --- rows between tabs ------------------------------------------------------------------


def write_rows(path: Path) -> None:
    """The report as UTF-8 text."""
    tables = {1: _disclosure_rows(), 2: _requests_rows(), 3: _remedies_rows()}
    lines = ["", "", JILI.title[0], ""]
    for at, section in enumerate(JILI.sections):
        lines += [section.heading, ""]
        for words in section.paragraphs:
            lines += [words, ""]
        if at in tables:
            lines += [*("\t".join(row) for row in tables[at]), ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def _disclosure_rows() -> list[list[str]]:
    return [row + [""] * (4 - len(row)) for row in _disclosure()]


def _requests_rows() -> list[list[str]]:
    rows = [
        [_corner(), "申请人情况", "", "", "", "", "", "总计"],
        ["", "自然人", "法人或其他组织", "", "", "", "总计", ""],
        ["", "", *_ORGANISATIONS, "", ""],
        *([words, *_ZEROS] for words in FIRST_ROWS),
        ["三、本年度办理结果", "(一) 予以公开", "", "", "", "", "", "0"],
        ["", _half_width(PARTLY), "", "", "", "", "", "0"],
        [],
    ]
    for group, reasons in _GROUPS.items():
        for at, reason in enumerate(reasons):
            rows.append([group if at == 0 else "", reason, *_ZEROS])
    return [*rows, ["(七) 总计", "", *_ZEROS], [LAST_ROW, "", *_ZEROS]]


def _remedies_rows() -> list[list[str]]:
    return [
        ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9],
        [*OUTCOMES, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4],
        [*[""] * 5, *OUTCOMES, *OUTCOMES],
        ["0"] * 15,
    ]


def _corner() -> str:
    return CORNER.replace("（", "(").replace("）", ")")


# --- Word's own HTML --------------------------------------------------------------------

_OPENING = """<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta name=ProgId content=Word.Document>
<meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml>
 <w:WordDocument>
  <w:View>Print</w:View>
  <w:ValidateAgainstSchemas/>
 </w:WordDocument>
</xml><![endif]-->
<style>
<!--
 /* Font Definitions */
 @font-face
	{font-family:仿宋_GB2312; panose-1:2 1 6 9 3 1 1 1 1 1;}
 /* Style Definitions */
 p.MsoNormal, li.MsoNormal, div.MsoNormal
	{margin:0cm; text-align:justify; font-size:10.5pt; font-family:仿宋_GB2312;}
@page WordSection1
	{size:595.3pt 841.9pt; margin:72.0pt 90.0pt 72.0pt 90.0pt;}
div.WordSection1
	{page:WordSection1;}
-->
</style>
<!--[if gte mso 10]><style> table.MsoNormalTable {mso-style-name:普通表格;} </style><![endif]-->
</head>

<body lang=ZH-CN style='tab-interval:21.0pt'>

<div class=WordSection1>
"""
_CLOSING = "\n</div>\n\n</body>\n\n</html>\n"
_PARAGRAPH = (
    "<p class=MsoNormal style='text-indent:32.0pt'>{}<span lang=EN-US><o:p></o:p></span></p>\n"
)
_CELL = (
    "  <td{} valign=center style='border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt'>\n"
    "  <p class=MsoNormal align=center style='text-align:center'>{}</p>\n  </td>\n"
)


def write_word_page(path: Path) -> None:
    """The report in GB18030 with no encoding declared."""
    tables = {1: [_disclosure_boxes()], 2: _requests_boxes(), 3: [_remedies_boxes()]}
    title = (
        "<p class=MsoNormal align=center style='text-align:center'><b>"
        f"<span style='font-size:22.0pt'>{_words(JILI.title[0])}</span></b></p>\n"
    )
    parts = [_OPENING, title]
    for at, section in enumerate(JILI.sections):
        parts += _prose(section)
        for table in tables.get(at, []):
            parts.append(_table(table))
            parts.append(
                "<p class=MsoNormal><![if !supportEmptyParas]>&nbsp;<![endif]><o:p></o:p></p>\n"
            )
    path.write_bytes("\n".join([*parts, _CLOSING]).encode("gb18030"))


def _prose(section: Section) -> list[str]:
    heading = f"<span style='font-family:黑体'>{_words(section.heading)}</span>"
    return [_PARAGRAPH.format(heading), *(_PARAGRAPH.format(_words(p)) for p in section.paragraphs)]


def _words(words: str) -> str:
    """Chinese and figures in spans of their own, as Word puts them."""
    spans, run = [], ""
    for letter in words:
        if run and run[-1].isascii() != letter.isascii():
            spans.append(run)
            run = ""
        run += letter
    spans.append(run)
    return "".join(
        f"<span lang=EN-US>{escape(s)}</span>" if s.isascii() else f"<span>{escape(s)}</span>"
        for s in spans
    )


def _table(table: Table) -> str:
    rows = []
    for boxes in table:
        cells = []
        for box in boxes:
            spans = f" colspan={box.columns}" if box.columns > 1 else ""
            spans += f" rowspan={box.rows}" if box.rows > 1 else ""
            words = _words(box.text) if box.text else "<span lang=EN-US><o:p>&nbsp;</o:p></span>"
            cells.append(_CELL.format(spans, words))
        rows.append(f" <tr>\n{''.join(cells)} </tr>\n")
    return (
        "<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0"
        f" style='border-collapse:collapse'>\n{''.join(rows)}</table>\n"
    )


def _disclosure_boxes() -> Table:
    spans = {1: (4,), 2: (1, 3), 4: (1, 1, 1, 1)}
    return [list(map(Box, row, spans[len(row)])) for row in _disclosure()]


def _requests_boxes() -> list[Table]:
    """Two tables: a new page began after (二), and the left label was not carried over."""
    zeros = [Box("0")] * 7
    # Two of the seven cells were merged in these rows: a cell short, only the total filled.
    short = [Box("", 2), *[Box("")] * 4, Box("0")]
    first = [
        [Box(_corner(), 2, 3), Box("申请人情况", 6), Box("总计", 1, 3)],
        [Box("自然人", 1, 2), Box("法人或其他组织", 4), Box("总计", 1, 2)],
        [Box(words) for words in _ORGANISATIONS],
        *([Box(words, 2), *zeros] for words in FIRST_ROWS),
        [Box("三、本年度办理结果", 1, 2), Box("(一) 予以公开"), *short],
        [Box(_half_width(PARTLY)), *short],
    ]
    second = []
    for group, reasons in _GROUPS.items():
        for at, reason in enumerate(reasons):
            head = [Box(group, 1, len(reasons))] if at == 0 else []
            second.append([*head, Box(reason), *zeros])
    second += [[Box("(七) 总计", 2), *zeros], [Box(LAST_ROW, 2), *zeros]]
    return [first, second]


def _remedies_boxes() -> Table:
    return [
        [Box("行政复议", 5), Box("行政诉讼", 10)],
        [
            *(Box(words, 1, 2) for words in OUTCOMES),
            Box("未经复议直接起诉", 5),
            Box("复议后起诉", 5),
        ],
        [Box(words) for words in OUTCOMES * 2],
        [Box("0")] * 15,
    ]
