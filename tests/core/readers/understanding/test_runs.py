"""Which of several tables that look alike is the report's."""

from __future__ import annotations

from sample import figures, html_report, html_tables

from gongkai.core.forms import edition
from gongkai.core.readers import Reading, read_bytes

FORM = edition("2021")
SEVEN = "".join(f"<td>{c.label}</td>" for c in FORM.requests.columns)
LEAVES = "".join(f"<td>{c.label}</td>" for c in FORM.remedies.columns)


def texts(reading: Reading) -> dict[str, str]:
    return {a: c.text for a, c in reading.report.cells.items()}


def inserted(before: str, piece: str) -> Reading:
    page = html_report().decode()
    assert before in page
    return read_bytes(page.replace(before, piece + before, 1).encode(), "a.html")


def row(label: str, values: list[int]) -> str:
    return f"<tr><td>{label}</td>" + "".join(f"<td>{v}</td>" for v in values) + "</tr>"


def test_a_comparison_of_two_rows_before_the_table_is_not_the_table() -> None:
    rows = row("一、本年新收政府信息公开申请数量", [9] * 7) + row("四、结转下年度继续办理", [8] * 7)
    piece = f"<p>两年比较：</p><table><tr><td>项目</td>{SEVEN}</tr>{rows}</table>"
    reading = inserted("<p>二、主动公开政府信息情况</p>", piece)
    assert texts(reading) == figures(FORM)
    (kept,) = reading.report.local_tables
    assert [r[0] for r in kept.rows] == [
        "项目", "一、本年新收政府信息公开申请数量", "四、结转下年度继续办理",
    ]  # fmt: skip
    assert "自然人" in kept.rows[0]
    assert "table.repeated" not in [f.rule for f in reading.findings]


def test_last_years_table_stands_first_under_its_caption() -> None:
    old = {a: str(int(v) + 5000) for a, v in figures(FORM).items()}
    piece = "<p>2020年情况：</p>" + html_tables(FORM, old)[1] + "<p>2021年情况：</p>"
    page = html_report().decode()
    at = page.index("<table", page.index("三、收到和处理"))
    reading = read_bytes((page[:at] + piece + page[at:]).encode(), "a.html")
    assert texts(reading) == figures(FORM)
    assert [f.rule for f in reading.findings] == ["table.repeated"]
    assert len(reading.report.local_tables) == 1


def test_other_reconsideration_cases_after_table_four_do_not_replace_it() -> None:
    piece = (
        "<p>全市行政复议应诉情况（不限于政府信息公开）</p><table>"
        f"<tr><td colspan=5>行政复议</td></tr><tr>{LEAVES}</tr>"
        "<tr><td>7</td><td>1</td><td>0</td><td>0</td><td>8</td></tr></table>"
    )
    for before in (
        "<p>五、存在的主要问题及改进情况</p>",
        "<p>四、政府信息公开行政复议、行政诉讼情况</p>",
    ):
        reading = inserted(before, piece)
        assert texts(reading) == figures(FORM)
        assert [c.value for c in reading.report.local_tables[0].cells.values()] == [7, 1, 0, 0, 8]


def test_a_copy_for_printing_is_passed_over_in_silence() -> None:
    page = (
        html_report()
        .decode()
        .replace("</body>", "".join(html_tables(FORM, figures(FORM))) + "</body>")
    )
    reading = read_bytes(page.encode(), "a.html")
    assert texts(reading) == figures(FORM)
    assert reading.findings == ()
    assert reading.report.local_tables == ()


def test_a_row_for_each_unit_is_read_only_by_its_total() -> None:
    values = figures(FORM)
    fifteen = [int(values[s.address]) for b in FORM.remedies.blocks for s in FORM.rows[b.table]]
    page = html_report().decode()
    start = page.index("<tr>", page.rindex("尚未审结"))
    end = page.index("</table>", start)
    head = page[: page.rindex("<table", 0, start)]
    heads = page[len(head) : start].replace("<tr>", '<tr><td rowspan="3">单位</td>', 1)
    units = row("甲局", [1] * 15) + row("乙局", [2] * 15)
    for last, read in ((row("合计", fifteen), True), ("", False)):
        reading = read_bytes((head + heads + units + last + page[end:]).encode(), "a.html")
        got = {a: t for a, t in texts(reading).items() if a.split("/")[0] in {
            b.table for b in FORM.remedies.blocks}}  # fmt: skip
        assert bool(got) is read
        if read:
            assert list(map(int, got.values())) == fifteen


def test_heads_without_their_spans_give_the_official_order() -> None:
    page = (
        html_report().decode().replace('colspan="5">法人或其他组织', 'colspan="1">法人或其他组织')
    )
    reading = read_bytes(page.encode(), "a.html")
    assert texts(reading) == figures(FORM)
    assert [f.rule for f in reading.findings] == ["head.irregular"]


def test_a_doubled_total_column_is_read_where_both_agree() -> None:
    page = html_report().decode()
    start, end = (
        page.index("<table", page.index("三、收到和处理")),
        page.index("四、政府信息公开行政复议"),
    )
    table = page[start:end]
    for spec in FORM.rows.values():
        if spec[0].address.startswith("requests."):
            value = figures(FORM)[spec[-1].address]
            cell = f'<td rowspan="1" colspan="1">{value}</td></tr>'
            assert cell in table
            table = table.replace(cell, cell.replace("</tr>", f"<td>{value}</td></tr>"))
    table = table.replace("总计</td></tr>", '总计</td><td rowspan="2">总计</td></tr>', 1)
    reading = read_bytes((page[:start] + table + page[end:]).encode(), "a.html")
    assert texts(reading) == figures(FORM)
    assert [f.rule for f in reading.findings] == ["head.irregular"]


def test_a_second_report_below_is_left_out_and_said() -> None:
    second = html_report().decode().replace("青听区民政局", "青听区教育局")
    second = second[second.index("<h1") :]
    page = (
        html_report()
        .decode()
        .replace("</body></html>", "<p>青听区民政局</p><p>2022年1月20日</p>" + second)
    )
    reading = read_bytes(page.encode(), "a.html")
    assert reading.report.agency == "青听区民政局"
    assert texts(reading) == figures(FORM)
    assert reading.report.signature is not None
    assert reading.report.signature.text.startswith("青听区民政局")
    assert [f.rule for f in reading.findings] == ["report.second_in_file"]


def test_a_table_of_contents_above_the_title_is_no_first_report() -> None:
    page = html_report().decode()
    contents = "".join(f"<p>{s.heading}</p>" for s in FORM.sections)
    reading = read_bytes(page.replace("<h1>", contents + "<h1>", 1).encode(), "a.html")
    assert reading.findings == ()
    assert len(reading.report.sections) == 6
    assert texts(reading) == figures(FORM)
