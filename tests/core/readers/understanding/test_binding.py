"""Figures are bound by label and place, however the table is bent; or left unread, and said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sample import Bend, figures, html_report, html_tables, text_report

from gongkai.core.forms import Layout, LayoutCell, edition
from gongkai.core.readers import Reading, read_bytes

EDITIONS = ("2019", "2021")


def texts(reading: Reading) -> dict[str, str]:
    return {a: c.text for a, c in reading.report.cells.items()}


def rules(reading: Reading) -> list[str]:
    return [f.rule for f in reading.findings]


@pytest.mark.parametrize("name", EDITIONS)
def test_the_official_tables(name: str) -> None:
    reading = read_bytes(html_report(edition_id=name), "a.html")
    assert texts(reading) == figures(edition(name))
    assert rules(reading) == []
    assert (reading.report.edition, reading.report.agency) == (name, "青听区民政局")


@pytest.mark.parametrize("name", EDITIONS)
@pytest.mark.parametrize(
    "join",
    [
        lambda rows: "\n".join("\t".join(r) for r in rows),
        lambda rows: "\n\n".join("\n".join("\t" + c for c in r) for r in rows),
        lambda rows: "\n".join("| " + " | ".join(r) + " |" for r in rows),
        lambda rows: "\n".join("   ".join(c for c in r) for r in rows),
        lambda rows: "\n".join(" ".join(c for c in r) for r in rows),
    ],
    ids=["tabs", "a cell a line", "markdown", "spaces", "one space"],
)
def test_text_whose_merged_cells_lost_their_width(
    name: str, join: Callable[[list[list[str]]], str]
) -> None:
    reading = read_bytes(text_report(name, join), "a.txt")
    assert texts(reading) == figures(edition(name))
    assert reading.report.unread == ()


def bent_requests(change: Callable[[list[LayoutCell]], list[LayoutCell]]) -> Bend:
    """A bend of table three alone."""

    def bend(layout: Layout, cells: list[LayoutCell]) -> list[LayoutCell]:
        return change(cells) if layout.columns == 10 else cells

    return bend


def relabelled(old: str, new: str) -> Bend:
    return bent_requests(
        lambda cells: [replace(c, text=new) if c.text == old else c for c in cells]
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("3.危及“三安全一稳定”", "3.危及\"三安全一稳定\"（国家安全、公共安全、经济安全、社会稳定）"),
        ("3.补正后申请内容仍不明确", "3.申请内容不明确"),
        ("3.补正后申请内容仍不明确", "3.䃼正后申请内容仍不明确"),
        ("社会公益组织", "社会组织"),
        ("1.信访举报投诉类申请", "1.信访举报投诉诉求类申请"),
        ("（七）总计", "(七) 总计"),
        ("⼀、", "⼀、"),
        ("（一）予以公开", "（⼀）予以公开"),
    ],
)  # fmt: skip
def test_labels_as_agencies_print_them(old: str, new: str) -> None:
    reading = read_bytes(html_report(bend=relabelled(old, new)), "a.html")
    assert texts(reading) == figures(edition("2021"))
    assert rules(reading) == []


def test_a_label_with_a_letter_missing_is_read_and_said() -> None:
    bend = relabelled("2.其他法律行政法规禁止公开", "2.其他法律行政止公开")
    reading = read_bytes(html_report(bend=bend), "a.html")
    assert texts(reading) == figures(edition("2021"))
    assert rules(reading) == ["row.reworded"]


def test_a_label_nobody_knows_leaves_its_row_unread() -> None:
    bend = relabelled("2.重复申请", "本地自加的一行")
    reading = read_bytes(html_report(bend=bend), "a.html")
    lost = {a for a in figures(edition("2021")) if a.startswith("requests.not_processed.repeated/")}
    assert set(reading.report.unread) == lost
    assert "row.not_found" in rules(reading)
    (kept,) = reading.report.local_tables
    assert "本地自加的一行" in kept.rows[0]


def test_unmerged_label_columns() -> None:
    """Every row carries its own 三、本年度办理结果 and （三）不予公开."""

    def unmerge(cells: list[LayoutCell]) -> list[LayoutCell]:
        out = []
        for c in cells:
            if c.row_span > 1 and c.row > 2:
                out += [replace(c, row=c.row + i, row_span=1) for i in range(c.row_span)]
            else:
                out.append(c)
        return out

    reading = read_bytes(html_report(bend=bent_requests(unmerge)), "a.html")
    assert texts(reading) == figures(edition("2021"))
    assert rules(reading) == []


def test_a_header_column_missing_and_another_doubled() -> None:
    def defect(cells: list[LayoutCell]) -> list[LayoutCell]:
        return [replace(c, text="总计") if c.text == "其他" and c.row == 2 else c for c in cells]

    reading = read_bytes(html_report(bend=bent_requests(defect)), "a.html")
    assert texts(reading) == figures(edition("2021"))
    assert rules(reading) == ["head.irregular"]


def test_columns_in_another_order_are_read_by_their_heads() -> None:
    def swap(cells: list[LayoutCell]) -> list[LayoutCell]:
        return [
            replace(c, column={4: 5, 5: 4}.get(c.column, c.column))
            if c.column in (4, 5) and (c.row == 2 or c.address)
            else c
            for c in cells
        ]

    reading = read_bytes(html_report(bend=bent_requests(swap)), "a.html")
    assert texts(reading) == figures(edition("2021"))


def test_a_figure_over_several_columns_is_not_read() -> None:
    place = "requests.disclosed/business"

    def stretch(cells: list[LayoutCell]) -> list[LayoutCell]:
        inside = {
            f"requests.disclosed/{c}"
            for c in ("research", "public_welfare", "legal_service", "other")
        }
        return [
            replace(c, column_span=5) if c.address == place else c
            for c in cells
            if c.address not in inside
        ]

    reading = read_bytes(html_report(bend=bent_requests(stretch)), "a.html")
    assert len(reading.report.unread) == 5
    assert place in reading.report.unread
    assert set(rules(reading)) == {"cell.merged"}


def test_a_table_split_in_two_goes_on_where_it_stopped() -> None:
    page = html_report().decode()
    at = page.index('<tr><td rowspan="1" colspan="1">5.属于三类内部事务信息')
    page = page[:at] + "</table><p>- 3 -</p><table border=1>" + page[at:]
    reading = read_bytes(page.encode(), "a.html")
    assert texts(reading) == figures(edition("2021"))


def test_a_row_cut_in_its_label_by_a_page_break() -> None:
    form = edition("2021")
    values = figures(form)
    row = [values[f"requests.not_processed.reconfirmation/{c.id}"] for c in form.requests.columns]
    page = html_report().decode()
    label = "5.要求行政机关确认或重新出具已获取信息"
    start = page.index(f'<tr><td rowspan="1" colspan="1">{label}')
    end = page.index("</tr>", start) + 5
    blank = "<td></td>" * 7
    first = "<tr><td>5.要求行政机关确认或重</td>" + "".join(f"<td>{v}</td>" for v in row) + "</tr>"
    second = f"<tr><td>新出具已获取信息</td>{blank}</tr>"
    cut = page[:start] + first + "</table><table border=1>" + second + page[end:]
    reading = read_bytes(cut.encode(), "a.html")
    assert texts(reading) == values


def test_blank_total_column_is_read_as_blank() -> None:
    values = figures(edition("2021"))
    values |= {a: "" for a in values if a.endswith("/total")}
    reading = read_bytes(html_report(values), "a.html")
    assert texts(reading) == values
    assert all(reading.report.cells[a].is_blank for a in values if a.endswith("/total"))


def test_the_mixed_editions_both_ways() -> None:
    for name, other in (("2021", "2019"), ("2019", "2021")):
        form = edition(name).mixtures[0]
        page = "<h1>青听区民政局2022年政府信息公开工作年度报告</h1>" + "".join(
            html_tables(form, figures(form))
        )
        reading = read_bytes(page.encode(), "a.html")
        assert reading.report.edition == name, other
        assert texts(reading) == figures(form)
        assert reading.report.unread == ()
        assert "edition.mixed" in rules(reading)


def test_a_cell_that_is_no_number_is_unread_with_its_words() -> None:
    values = figures(edition("2021")) | {"licensing/decisions": "约20件"}
    reading = read_bytes(html_report(values), "a.html")
    assert reading.report.unread == ("licensing/decisions",)
    (finding,) = reading.findings
    assert (finding.rule, finding.values["printed"]) == ("cell.not_a_number", "约20件")


def test_last_years_tables_below_are_kept_apart() -> None:
    form = edition("2021")
    second = {a: str(int(v) + 1000) for a, v in figures(form).items()}
    page = html_report().decode().replace("</body>", "".join(html_tables(form, second)))
    reading = read_bytes(page.encode(), "a.html")
    assert texts(reading) == figures(form)
    assert "table.repeated" in rules(reading)
    assert reading.report.local_tables


def test_tables_that_are_pictures_leave_every_cell_unread() -> None:
    page = html_report({}).decode()
    page = page[: page.index("<table")] + "<img src=1.png>" + page[page.rindex("</table>") :]
    reading = read_bytes(page.encode(), "a.html")
    assert reading.report.edition == "2021"
    assert len(reading.report.unread) == 200
    assert reading.report.cells == {}
    assert rules(reading).count("table.not_found") == 3


@pytest.mark.parametrize("lost", ["requests.disclosed/other"])
def test_a_short_row_with_figures_is_not_guessed(lost: str) -> None:
    def drop(rows: list[list[str]]) -> str:
        return "\n".join("\t".join(r[:-1] if "（一）予以公开" in r else r) for r in rows)

    reading = read_bytes(text_report("2021", drop), "a.txt")
    assert lost in reading.report.unread
    assert len(reading.report.unread) == 7
    assert "row.not_paired" in rules(reading)
