"""Text files to prose and grids."""

from __future__ import annotations

import pytest

from gongkai.core.readers import read_bytes
from gongkai.core.readers.document import Budget, Document, Grid, Limits, Paragraph
from gongkai.core.readers.text import parse


def read(text: str) -> Document:
    return parse(text.encode(), Budget(Limits()))


def rows(document: Document) -> list[list[str]]:
    """The rows of every grid, one after the other."""
    return [
        [c.text.strip() for c in grid.cells if c.row == row]
        for grid in document.blocks
        if isinstance(grid, Grid)
        for row in range(grid.rows)
    ]


def prose(document: Document) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, Paragraph)]


ROWS = [["信息内容", "本年制发件数"], ["规章", "3"], ["行政规范性文件", "12"]]


@pytest.mark.parametrize(
    "table",
    [
        # pandoc: simple without heads, with heads, several lines a row
        "  -------------- ------------\n  信息内容       本年制发件数\n  规章           3\n"
        "  行政规范性文件 12\n  -------------- ------------",
        "  信息内容       本年制发件数\n  -------------- ------------\n  规章           3\n"
        "  行政规范性文件 12",
        "  -------------- ------------\n  信息内容       本年制发件数\n\n  规章           3\n\n"
        "  行政规范性文件 12\n  -------------- ------------",
        # reStructuredText
        "============== ============\n信息内容       本年制发件数\n============== ============\n"
        "规章           3\n行政规范性文件 12\n============== ============",
        # borders
        "+----------------+--------------+\n| 信息内容       | 本年制发件数 |\n"
        "+================+==============+\n| 规章           | 3            |\n"
        "+----------------+--------------+\n| 行政规范性文件 | 12           |\n"
        "+----------------+--------------+",
        "│信息内容│本年制发件数│\n│规章│3│\n│行政规范性文件│12│",
        # AsciiDoc, a row over two lines
        '[cols=",",]\n|===\n|信息内容 |本年制发件数\n|规章\n|3\n\n|行政规范性文件 |12\n|===',
    ],
)
def test_tables_drawn_with_characters(table: str) -> None:
    document = read(f"前言。\n\n{table}\n\n后记。\n")
    assert rows(document) == ROWS
    assert prose(document) == ["前言。", "后记。"]


def test_a_cell_over_several_lines_under_rules_and_in_borders() -> None:
    ruled = "  ------ ------\n  结果   其他\n  维持   结果\n\n  1      2\n  ------ ------\n"
    bordered = (
        "+------+------+\n| 结果 | 其他 |\n| 维持 | 结果 |\n+------+------+\n"
        "| 1    | 2    |\n+------+------+\n"
    )
    wanted = [["结果\n维持", "其他\n结果"], ["1", "2"]]
    assert rows(read(ruled)) == wanted
    assert rows(read(bordered)) == wanted


def test_a_border_that_does_not_fit_is_not_cut_along() -> None:
    table = "+------+------+\n| 甲 | 1 |\n| 乙字太长了放不下 | 2 |\n+------+------+\n"
    assert ["甲", "1"] in rows(read(table))


@pytest.mark.parametrize("mark", [",", ";"])
def test_separated_values(mark: str) -> None:
    lines = [["规章", "0", "1", "2"], ["行政规范性文件", "1,204", "0", "7"], ["总计", "1", "", "9"]]
    plain = "\n".join(mark.join(f'"{f}"' if "," in f else f for f in line) for line in lines)
    assert rows(read(plain)) == lines
    quoted = "\n".join(mark.join(f'"{f}"' for f in line) for line in lines)
    assert rows(read(quoted)) == lines


def test_a_separated_cell_over_two_lines() -> None:
    text = '"（二）部分公开\n（区分处理的）",1,2,3\n规章,4,5,6\n总计,5,7,9\n'
    assert rows(read(text))[0] == ["（二）部分公开\n（区分处理的）", "1", "2", "3"]


def test_prose_with_commas_stays_prose() -> None:
    text = "2023年,我局公开信息12条,回复3件\n公开12,345条,同比增长\n一是公开,二是回复,三是改进\n"
    assert rows(read(text)) == []
    assert len(prose(read(text))) == 3


def test_a_cell_a_line_with_a_bar_behind_each() -> None:
    lines = [f"第{n}格 |" for n in range(20)] + ["|||", "后记"]
    assert prose(read("\n".join(lines))) == [*(f"第{n}格" for n in range(20)), "后记"]


# ── Markdown ───────────────────────────────────────────────────


MARKDOWN = """# 青禾区听泉街道办事处2023年政府信息公开工作年度报告 {#report}

<span style="text-indent: 2em;">总体</span><span
style="text-indent: 2em;">平稳&nbsp;1\\.2倍</span>

| 信息内容 | 件数 |
|---|---|
| 规章 | <span>3</span> |

<table border="1">
<tr><td rowspan="2">甲</td><td>乙</td></tr>
<tr><td>12</td></tr>
</table>

== 六、其他需要报告的事项 ==
"""


def test_markdown_that_holds_html_stays_text() -> None:
    reading = read_bytes(MARKDOWN.encode(), "年报.md")
    assert reading.format == "txt"
    assert "input.extension_differs" not in {f.rule for f in reading.findings}
    document = read(MARKDOWN)
    assert prose(document) == [
        "青禾区听泉街道办事处2023年政府信息公开工作年度报告",
        "总体平稳\xa01.2倍",
        "六、其他需要报告的事项",
    ]
    assert rows(document) == [["信息内容", "件数"], ["规章", "3"], ["甲", "乙"], ["12"]]
    last = [b for b in document.blocks if isinstance(b, Grid)][-1]
    assert (last.cells[0].row_span, last.where.table) == (2, 2)


# ── labels that a narrow column broke ──────────────────────────


WHOLE = "      1.属于国家秘密       1     0      0     1\n"


@pytest.mark.parametrize(
    "row",
    [
        "      2.其他法律行政法规\n      禁止公开\n              4    0   0   4\n",
        "      2.其他法律行政法规禁\n        止公开      4    0   0   4\n",
        "2.其他法律行政法规\n禁止公开\n4 0 0 4\n",
    ],
)
def test_a_label_above_its_figures_is_theirs(row: str) -> None:
    assert rows(read(WHOLE + row))[-1] == ["2.其他法律行政法规禁止公开", "4", "0", "0", "4"]


def test_a_bracket_left_open_is_closed_below() -> None:
    row = "      （二）部分公开（只计\n           4    0   0   4\n      这一情形）\n"
    assert rows(read(WHOLE + row))[-1] == ["（二）部分公开（只计这一情形）", "4", "0", "0", "4"]


@pytest.mark.parametrize(
    "row",
    [
        # a group's name, whole, above figures that lost their label
        "      （五）不予处理\n              4    0   0   4\n",
        # fewer figures than the rows around
        "      2.其他法律行政法规\n      禁止公开\n              4    0   4\n",
        # the row has an ordinal of its own
        "      （三）不予公开\n      2.其他      4    0   0   4\n",
        # pieces of another column
        "                          2.其他法律行政\n   理结果\n              4    0   0   4\n",
    ],
)
def test_figures_are_not_given_to_a_row_that_may_not_be_theirs(row: str) -> None:
    found = rows(read(WHOLE + row))
    labels = {cells[0] for cells in found if "4" in cells[1:]}
    assert labels <= {"4", "2.其他"}


def test_short_lines_above_the_prose_stay_apart() -> None:
    wide = "本报告由青禾区听泉街道办事处根据条例要求编制并向社会公布请予监督指正"
    text = "                青禾区人民政府\n      2023 年政府信息公开工作年度报告\n\n" + (
        f"   {wide}\n" + f"{wide}\n" * 14
    )
    assert prose(read(text))[:2] == ["青禾区人民政府", "2023 年政府信息公开工作年度报告"]
