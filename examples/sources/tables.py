"""The three tables of the form as printed: rows of (words, columns spanned, rows spanned).

Written out by hand from the official forms, apart from the package's own layout,
so that an example does not repeat a mistake of the program that reads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """One printed cell."""

    text: str
    columns: int = 1
    rows: int = 1


Table = list[list[Box]]
Figures = Sequence[str]

COUNTS = ("上一年项目数量", "本年增/减", "处理决定数量")
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
WITHHELD = (
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
)
UNABLE = (
    "1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
)
NOT_PROCESSED = (
    "1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
)
OTHERWISE_2021 = (
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
)
FIRST_ROWS = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量")
LAST_ROW = "四、结转下年度继续办理"
PARTLY = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
GROUPS = {
    "（三）不予公开": WITHHELD,
    "（四）无法提供": UNABLE,
    "（五）不予处理": NOT_PROCESSED,
}


def disclosure_2019(figures: Mapping[str, Figures], extra: Table | None = None) -> Table:
    """Table two of 2019, four columns; ``extra`` rows stand between items six and eight."""
    information = ("本年新制作数量", "本年新公开数量", "对外公开总数量")
    return [
        *_item("一", information, ("规章", "规范性文件"), figures),
        *_item("五", COUNTS, ("行政许可", "其他对外管理服务事项"), figures),
        *_item("六", COUNTS, ("行政处罚", "行政强制"), figures),
        *(extra or []),
        *_item("八", COUNTS[:2], ("行政事业性收费",), figures),
        *_item("九", ("采购项目数量", "采购总金额"), ("政府集中采购",), figures),
    ]


def requests_2019(figures: Sequence[Figures]) -> Table:
    """Table three of 2019, ten columns; ``figures`` are its 23 rows of seven."""
    left = iter(figures)
    within = 2 + sum(map(len, GROUPS.values())) + 2
    rows = [[Box(words, 3), *_boxes(next(left))] for words in FIRST_ROWS]
    results = Box("三、本年度办理结果", 1, within)
    rows += [[results, Box("（一）予以公开", 2), *_boxes(next(left))]]
    rows += [[Box(PARTLY, 2), *_boxes(next(left))]]
    for group, reasons in GROUPS.items():
        for at, reason in enumerate(reasons):
            head = [Box(group, 1, len(reasons))] if at == 0 else []
            rows.append([*head, Box(reason), *_boxes(next(left))])
    rows += [[Box(words, 2), *_boxes(next(left))] for words in ("（六）其他处理", "（七）总计")]
    rows.append([Box(LAST_ROW, 3), *_boxes(next(left))])
    return [*_requests_head(), *rows]


def remedies(figures: Figures) -> Table:
    """Table four, fifteen columns, the same in both editions."""
    return [
        [Box("行政复议", 5), Box("行政诉讼", 10)],
        [
            *(Box(words, 1, 2) for words in OUTCOMES),
            Box("未经复议直接起诉", 5),
            Box("复议后起诉", 5),
        ],
        [Box(words) for words in OUTCOMES * 2],
        _boxes(figures),
    ]


def reworded(table: Table, words: Mapping[str, str]) -> Table:
    """``table`` with labels as an agency worded them."""
    return [[box._replace(text=words.get(box.text, box.text)) for box in row] for row in table]


def spread(table: Table) -> list[list[Box | None]]:
    """Rows with a None where a cell of a row above reaches down, as Word stores them."""
    reaching: dict[int, tuple[int, int]] = {}
    rows: list[list[Box | None]] = []
    for row in table:
        line: list[Box | None] = []
        left, column = iter(row), 0
        width = sum(b.columns for b in row) + sum(span for span, _ in reaching.values())
        below: dict[int, tuple[int, int]] = {}
        while column < width:
            if column in reaching:
                span, more = reaching[column]
                line.append(None)
                if more > 1:
                    below[column] = (span, more - 1)
                column += span
                continue
            box = next(left)
            line.append(box)
            if box.rows > 1:
                below[column] = (box.columns, box.rows - 1)
            column += box.columns
        reaching = below
        rows.append(line)
    return rows


def width_of(table: Table) -> int:
    """Columns of the grid: those of the first row, which nothing reaches into."""
    return sum(box.columns for box in table[0])


def _item(
    number: str, heads: Sequence[str], names: Sequence[str], figures: Mapping[str, Figures]
) -> Table:
    last = 5 - len(heads) - 1
    spans = [1] * (len(heads) - 1) + [last]

    def line(words: str, cells: Sequence[str]) -> list[Box]:
        return [Box(words), *map(Box, cells, spans)]

    return [
        [Box(f"第二十条第（{number}）项", 4)],
        line("信息内容", heads),
        *(line(name, figures[name]) for name in names),
    ]


def _requests_head() -> Table:
    return [
        [Box(CORNER, 3, 3), Box("申请人情况", 7)],
        [Box("自然人", 1, 2), Box("法人或其他组织", 5), Box("总计", 1, 2)],
        [Box(words) for words in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]


def _boxes(figures: Figures) -> list[Box]:
    return [Box(figure) for figure in figures]
