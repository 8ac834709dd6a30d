"""Word documents become what a reader of the printed page sees."""

import io
import random
import re
import zipfile
from pathlib import Path

import docx as python_docx
import pytest

from gongkai.core.errors import UnreadableDocument
from gongkai.core.readers import docx
from gongkai.core.readers.document import Budget, Document, Grid, GridCell, Limits, Paragraph

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:x"'
)


def file(body: str, **parts: str) -> bytes:
    """A docx with ``body``; ``styles`` and ``numbering`` hold what stands inside their root."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
        )
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {SPACES}>{inner}</w:{name}>")
    return stream.getvalue()


def read(body: str, limits: Limits | None = None, **parts: str) -> Document:
    return docx.parse(file(body, **parts), Budget(limits or Limits()))


def prose(body: str, **parts: str) -> list[str]:
    blocks = read(body, **parts).blocks
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def grid(body: str, **parts: str) -> Grid:
    grids = [block for block in read(body, **parts).blocks if isinstance(block, Grid)]
    assert len(grids) == 1
    return grids[0]


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, columns: tuple[int, ...] = ()) -> str:
    widths = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return f"<w:tbl><w:tblGrid>{widths}</w:tblGrid>{''.join(rows)}</w:tbl>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def words(found: Grid) -> list[str]:
    return [cell.text for cell in found.cells]


DOWN = '<w:vMerge w:val="restart"/>'
UP = "<w:vMerge/>"

# -- the official form -------------------------------------------------------


@pytest.fixture(scope="module")
def official() -> bytes:
    path = CORPUS / "official-form-2021.docx"
    if not path.exists():
        pytest.skip("the corpus of real reports is not beside this repository")
    return path.read_bytes()


def test_the_official_form_has_its_three_grids(official: bytes) -> None:
    blocks = docx.parse(official, Budget(Limits())).blocks
    grids = [block for block in blocks if isinstance(block, Grid)]
    assert [(g.rows, g.columns, g.where.table) for g in grids] == [
        (14, 4, 1),
        (28, 10, 2),
        (4, 15, 3),
    ]
    assert all(g.aligned for g in grids)
    # Every slot is covered exactly once.
    for g in grids:
        area = sum(c.row_span * c.column_span for c in g.cells)
        assert area == g.rows * g.columns


def test_the_official_form_is_read_as_python_docx_reads_it(official: bytes) -> None:
    blocks = docx.parse(official, Budget(Limits())).blocks
    grids = [block for block in blocks if isinstance(block, Grid)]
    tables = python_docx.Document(io.BytesIO(official)).tables
    for ours, theirs in zip(grids, tables, strict=True):
        for cell in ours.cells:
            expected = "\n".join(
                line.strip() for line in theirs.cell(cell.row, cell.column).text.split("\n")
            )
            assert cell.text == expected.strip()


# -- tables ------------------------------------------------------------------


def test_merged_cells_appear_once_with_their_spans() -> None:
    table = tbl(
        tr(tc("甲", DOWN), tc("乙丙", span(2))),
        tr(tc("", UP), tc("1"), tc("")),
        columns=(1000, 1000, 1000),
    )
    assert grid(table).cells == [
        GridCell(0, 0, "甲", 2, 1),
        GridCell(0, 1, "乙丙", 1, 2),
        GridCell(1, 1, "1"),
        GridCell(1, 2, ""),
    ]


def test_a_continued_cell_with_nothing_above_stands_for_itself() -> None:
    table = tbl(tr(tc("续", UP), tc("1")), tr(tc("", UP), tc("2")), columns=(900, 900))
    assert grid(table).cells[0] == GridCell(0, 0, "续", 2, 1)


def test_an_old_horizontal_merge_is_one_cell() -> None:
    table = tbl(
        tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("1")),
        tr(tc("a"), tc("b"), tc("c")),
        columns=(900, 900, 900),
    )
    assert grid(table).cells[:2] == [GridCell(0, 0, "甲", 1, 2), GridCell(0, 2, "1")]


def test_edges_a_hair_apart_are_one_edge() -> None:
    # As LibreOffice writes a table whose rows were drawn 4 twips apart.
    table = tbl(
        tr(tc("a"), tc("b", span(2))),
        tr(tc("c", span(2)), tc("d")),
        columns=(1000, 4, 996),
    )
    found = grid(table)
    assert (found.rows, found.columns) == (2, 2)
    assert [(c.row, c.column, c.column_span) for c in found.cells] == [
        (0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 1, 1),
    ]  # fmt: skip


def test_a_cell_narrower_than_a_hair_is_kept() -> None:
    found = grid(tbl(tr(tc("a"), tc("7"), tc("b")), columns=(1000, 40, 1000)))
    assert [(c.column, c.text) for c in found.cells] == [(0, "a"), (1, "7"), (2, "b")]


def test_columns_without_width_are_kept_apart() -> None:
    found = grid(tbl(tr(tc("a"), tc("b")), tr(tc("c"), tc("d")), columns=(0, 0)))
    assert [(c.row, c.column) for c in found.cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_grid_columns_left_out_before_and_after_keep_the_places() -> None:
    table = tbl(
        tr(tc("a"), tc("b"), tc("c")),
        tr(tc("1"), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        columns=(900, 900, 900),
    )
    assert grid(table).cells[-1] == GridCell(1, 1, "1")


def test_where_spans_are_missing_the_widths_speak() -> None:
    def wide(text: str, width: int) -> str:
        return tc(text, f'<w:tcW w:w="{width}" w:type="dxa"/>')

    table = tbl(
        tr(wide("标题", 3000)),
        tr(wide("a", 1000), wide("b", 1002), wide("c", 998)),
        tr(wide("d", 2000), wide("e", 1000)),
    )
    assert grid(table).cells == [
        GridCell(0, 0, "标题", 1, 3),
        GridCell(1, 0, "a"), GridCell(1, 1, "b"), GridCell(1, 2, "c"),
        GridCell(2, 0, "d", 1, 2), GridCell(2, 2, "e"),
    ]  # fmt: skip


def test_a_nested_table_dissolves_the_table_around_it() -> None:
    inner = tbl(tr(tc("a"), tc("b")), tr(tc("1"), tc("2")), columns=(900, 900))
    outer = tbl(f"<w:tr><w:tc>{p('前')}{inner}{p('后')}</w:tc>{tc('旁')}</w:tr>")
    blocks = read(outer).blocks
    assert [b.text if isinstance(b, Paragraph) else words(b) for b in blocks] == [
        "前", ["a", "b", "1", "2"], "后", "旁",
    ]  # fmt: skip


def test_a_nested_table_of_one_cell_is_that_cells_text() -> None:
    inner = tbl(tr(tc("5")))
    outer = tbl(tr(tc("件数"), f"<w:tc>{inner}{p('')}</w:tc>"), columns=(900, 900))
    assert words(grid(outer)) == ["件数", "5"]


def test_a_frame_around_prose_is_prose() -> None:
    long = "本机关认真贯彻落实《中华人民共和国政府信息公开条例》。" * 4
    assert prose(tbl(tr(f"<w:tc>{p('一、总体情况')}{p(long)}</w:tc>"))) == ["一、总体情况", long]


def test_paragraphs_of_a_cell_are_lines() -> None:
    cell = f"<w:tc>{p('结果')}{p('')}{p('维持')}</w:tc>"
    assert words(grid(tbl(tr(cell, tc("1"))))) == ["结果\n维持", "1"]


# -- wrappers and changes ----------------------------------------------------


def test_content_controls_are_transparent_around_rows_cells_and_runs() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    run = control("<w:r><w:t>3</w:t></w:r>")
    body = control(tbl(control(tr(control(tc("甲")), f"<w:tc><w:p>{run}</w:p></w:tc>"))))
    assert words(grid(body)) == ["甲", "3"]


def test_the_prompt_of_an_unfilled_control_is_not_its_text() -> None:
    control = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:rPr>"
        '<w:rStyle w:val="a3"/></w:rPr><w:t>单击此处输入文字</w:t></w:r></w:sdtContent></w:sdt>'
    )
    styles = '<w:style w:styleId="a3"><w:name w:val="Placeholder Text"/></w:style>'
    body = tbl(tr(tc("甲"), f"<w:tc><w:p>{control}</w:p></w:tc>"))
    assert words(grid(body, styles=styles)) == ["甲", ""]


def test_changes_count_as_accepted() -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>7</w:delText><w:t>7</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>8</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo></w:p>"
    )
    assert prose(body) == ["8新"]


def test_deleted_rows_and_cells_are_gone() -> None:
    table = tbl(
        tr(tc("旧"), tc("0"), properties="<w:del/>"),
        tr(tc("新"), tc("9", "<w:cellDel/>"), tc("1"), properties="<w:ins/>"),
    )
    assert words(grid(table)) == ["新", "1"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    assert prose(p("共收到", "<w:rPr><w:del/></w:rPr>") + p("12件。") + p("完")) == [
        "共收到12件。",
        "完",
    ]


# -- runs --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ("<w:r><w:t>1</w:t></w:r><w:r><w:t>2</w:t></w:r><w:r><w:t>3</w:t></w:r>", "123"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a\tb"),
        ("<w:r><w:t>1</w:t><w:softHyphen/><w:noBreakHyphen/><w:t>2</w:t></w:r>", "1-2"),
        ('<w:r><w:sym w:font="Symbol" w:char="F035"/></w:r>', "5"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="宋体" w:char="4EF6"/></w:r>', "件"),
        ("<w:smartTag><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:smartTag>", "链接"),
        ('<w:fldSimple w:instr="=SUM(ABOVE)"><w:r><w:t>6</w:t></w:r></w:fldSimple>', "6"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>gong</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>公</w:t>"
         "</w:r></w:rubyBase></w:ruby></w:r>", "公"),
        ("<m:oMath><m:r><m:t>4</m:t></m:r></m:oMath>", "4"),
        ("<w:r><w:t>2</w:t><w:footnoteReference w:id='1'/></w:r>", "2"),
        ("<w:r><w:t>2</w:t><w:footnoteReference w:customMarkFollows='1'/><w:t>*</w:t></w:r>", "2"),
        ("<w:r><w:t>2</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r>", "2"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>9</w:t></w:r>', "9"),
    ],
)  # fmt: skip
def test_what_runs_print(runs: str, text: str) -> None:
    assert prose(f"<w:p>{runs}</w:p>") == [text]


def test_a_line_break_begins_a_line() -> None:
    assert prose("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>") == ["甲", "乙"]


def field(*kinds: str) -> str:
    runs = {
        "code": '<w:r><w:instrText>PAGE 7</w:instrText><w:t>7</w:t></w:r>',
        "result": "<w:r><w:t>3</w:t></w:r>",
    }  # fmt: skip
    return "".join(runs.get(k, f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>') for k in kinds)


@pytest.mark.parametrize(
    ("kinds", "text"),
    [
        (("begin", "code", "separate", "result", "end"), "3件"),
        (("begin", "code", "end"), "件"),
        (("begin", "begin", "code", "separate", "code", "end", "separate", "result", "end"), "3件"),
    ],
)
def test_of_a_field_only_the_result_is_read(kinds: tuple[str, ...], text: str) -> None:
    assert prose(f"<w:p>{field(*kinds)}<w:r><w:t>件</w:t></w:r></w:p>") == [text]


def test_a_field_never_closed_does_not_swallow_the_document() -> None:
    assert prose(f"<w:p>{field('begin', 'code')}</w:p>" + p("后文")) == ["后文"]


def test_an_old_form_field_shows_what_was_chosen() -> None:
    drop_down = (
        '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="无"/>'
        '<w:listEntry w:val="有"/></w:ddList></w:ffData>'
    )
    run = f'<w:r><w:fldChar w:fldCharType="begin">{drop_down}</w:fldChar></w:r>'
    assert prose(f"<w:p>{run}{field('code', 'end')}</w:p>") == ["有"]


def test_a_raised_mark_is_no_figure_of_a_cell() -> None:
    def raised(text: str) -> str:
        return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{text}</w:t></w:r>'

    marked = f"<w:tc><w:p><w:r><w:t>12</w:t></w:r>{raised('1')}</w:p></w:tc>"
    alone = f"<w:tc><w:p>{raised('5')}</w:p></w:tc>"
    assert words(grid(tbl(tr(marked, alone)))) == ["12", "5"]


def test_styles_can_hide_and_head() -> None:
    styles = (
        '<w:style w:styleId="h"><w:name w:val="x"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="2"><w:name w:val="章"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:styleId="3"><w:basedOn w:val="3"/></w:style>'
    )
    body = "".join(p(f"文{s}", f'<w:pStyle w:val="{s}"/>') for s in "h123")
    body += p("级", '<w:outlineLvl w:val="0"/>') + p("正文", '<w:outlineLvl w:val="9"/>')
    blocks = read(body, styles=styles).blocks
    assert [(b.text, b.heading) for b in blocks if isinstance(b, Paragraph)] == [
        ("文1", True), ("文2", True), ("文3", False), ("级", True), ("正文", False),
    ]  # fmt: skip


# -- text boxes --------------------------------------------------------------


def test_a_text_box_is_read_once_and_its_table_is_a_grid() -> None:
    def box(text: str) -> str:
        return f"<x:box><w:txbxContent>{p(text)}{tbl(tr(tc('a'), tc('1')))}</w:txbxContent></x:box>"

    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing>" + box("框") + "</w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict>" + box("框") + "</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>段</w:t></w:r></w:p>"
    )
    blocks = read(body).blocks
    assert [b.text if isinstance(b, Paragraph) else words(b) for b in blocks] == [
        "段", "框", ["a", "1"],
    ]  # fmt: skip


def test_a_fallback_serves_where_the_choice_holds_no_text() -> None:
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback>"
        f"<w:pict><v:shape><v:textbox><w:txbxContent>{p('旧框')}</w:txbxContent></v:textbox>"
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert prose(body) == ["旧框"]


# -- automatic numbers -------------------------------------------------------


def numbering(*levels: tuple[str, str], extra: str = "", nums: str = "") -> str:
    told = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/><w:suff w:val="nothing"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="0">{told}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{nums}'
    )


def item(text: str, level: int = 0, num: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def test_automatic_numbers_are_written_out_and_restart_below() -> None:
    told = numbering(("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"))
    body = item("总体") + item("甲", 1) + item("乙", 1) + item("主动") + item("丙", 1)
    assert prose(body, numbering=told) == [
        "一、总体", "（一）甲", "（二）乙", "二、主动", "（一）丙",
    ]  # fmt: skip


def test_a_number_names_the_levels_above() -> None:
    told = numbering(("chineseCounting", "%1、"), ("decimal", "%1.%2 "), extra="<w:isLgl/>")
    assert prose(item("甲") + item("乙", 1), numbering=told) == ["1、甲", "1.1 乙"]


def test_a_list_may_start_anew() -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    told = numbering(("decimal", "%1."), nums=again)
    body = item("a") + item("b") + item("c", num=2) + item("d", num=2) + item("e", num=3)
    assert prose(body, numbering=told) == ["1.a", "2.b", "5.c", "6.d", "7.e"]


def test_a_style_may_number_and_zero_switches_it_off() -> None:
    styles = (
        '<w:style w:styleId="n"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    told = numbering(("ideographDigital", "第%1条"))
    off = '<w:pStyle w:val="n"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = p("甲", '<w:pStyle w:val="n"/>') + p("乙", off) + p("丙", '<w:pStyle w:val="n"/>')
    assert prose(body, numbering=told, styles=styles) == ["第一条甲", "乙", "第二条丙"]


def test_a_numbered_label_in_a_table_keeps_its_number_and_a_bullet_prints_none() -> None:
    told = numbering(("decimal", "%1."), ("bullet", "\uf0b7"))
    body = tbl(
        tr(f"<w:tc>{item('国家秘密')}</w:tc>", tc("0")),
        tr(f"<w:tc>{item('其他', 1)}</w:tc>", tc("1")),
    )
    assert words(grid(body, numbering=told)) == ["1.国家秘密", "0", "其他", "1"]


# -- the file ----------------------------------------------------------------


def test_a_real_file_gives_its_title_and_text() -> None:
    made = python_docx.Document()
    made.core_properties.title = "某某局2023年报告"
    made.add_heading("一、总体情况", 1)
    made.add_paragraph("文字。")
    stream = io.BytesIO()
    made.save(stream)
    document = docx.parse(stream.getvalue(), Budget(Limits()))
    assert document.format == "docx"
    assert document.titles == ["某某局2023年报告"]
    assert document.blocks == [
        Paragraph("一、总体情况", heading=True),
        Paragraph("文字。"),
    ]


def test_a_strict_file_is_read_like_any_other() -> None:
    plain = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(file(p("文")))) as source,
        zipfile.ZipFile(stream, "w") as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(plain, strict))
    assert docx.parse(stream.getvalue(), Budget(Limits())).blocks == [Paragraph("文")]


def test_no_body_is_damaged() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<other/>")
    with pytest.raises(UnreadableDocument) as caught:
        docx.parse(stream.getvalue(), Budget(Limits()))
    assert caught.value.rule == "input.damaged"


@pytest.mark.parametrize(
    "body",
    [
        p("x") * 60,
        tbl(tr(*[tc("1")] * 60)),
        tbl(tr(tc("1", span(2000)))),
    ],
)
def test_more_cells_than_allowed_are_refused(body: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read(body, limits=Limits(cells=50))
    assert caught.value.rule == "input.too_many_cells"


def test_the_deepest_nesting_the_parser_takes_is_survived() -> None:
    body = p("底")
    for _ in range(75):
        body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    assert [b.text if isinstance(b, Paragraph) else words(b) for b in read(body).blocks] == [["底"]]


def test_a_deleted_mark_before_a_table_joins_nothing() -> None:
    body = p("前", "<w:rPr><w:del/></w:rPr>") + tbl(tr(tc("a"), tc("1"))) + p("后")
    blocks = read(body).blocks
    assert [b.text if isinstance(b, Paragraph) else words(b) for b in blocks] == [
        "前", ["a", "1"], "后",
    ]  # fmt: skip


def test_markup_without_end_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read("<w:p>" + "<w:r/>" * 4_000_000 + "</w:p>")
    assert caught.value.rule == "input.too_many_cells"


def test_a_file_with_any_value_changed_is_read_or_refused() -> None:
    told = numbering(("chineseCounting", "%1、"), ("decimal", "%1.%2"))
    row = tr(tc("甲", DOWN), tc("乙", span(2)), properties='<w:gridBefore w:val="1"/>')
    body = item("总体") + item("甲", 1) + tbl(row, row, columns=(900, 4, 900))
    body += f"<w:p>{field('begin', 'code', 'separate', 'result', 'end')}</w:p>"
    chance = random.Random(2)

    def changed(value: re.Match[str]) -> str:
        odd = chance.choice(("", "x", "-1", "0", "63", "1.5", "99999999999", "²", "continue"))
        return f'"{odd}"' if chance.random() < 0.2 else value[0]

    outcomes: set[str] = set()
    for _ in range(300):
        mixed = re.sub(r'"[^"]*"', changed, told)
        try:
            read(re.sub(r'"[^"]*"', changed, body), numbering=mixed)
            outcomes.add("read")
        except UnreadableDocument as error:
            outcomes.add(error.rule)
    assert outcomes <= {"read", "input.damaged", "input.too_many_cells"}
    assert "read" in outcomes


# -- struck out, wrapped -----------------------------------------------------


def run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


def cell(*runs: str) -> str:
    return f"<w:tc><w:p>{''.join(runs)}</w:p></w:tc>"


@pytest.mark.parametrize("strike", ["<w:strike/>", "<w:dstrike/>", '<w:rStyle w:val="s"/>'])
def test_a_figure_struck_out_in_part_or_whole_is_unread(strike: str) -> None:
    styles = '<w:style w:styleId="s"><w:rPr><w:strike/></w:rPr></w:style>'
    table = tbl(
        tr(cell(run("规章")), cell(run("5", strike), run("119")), cell(run("7", strike))),
        tr(cell(run("旧称", strike), run("新称")), cell(run("12")), cell(run("旧文", strike))),
    )
    document = read(table, styles=styles)
    (found,) = (b for b in document.blocks if isinstance(b, Grid))
    assert [(c.text, c.unread) for c in found.cells] == [
        ("规章", ""), ("", "struck"), ("", "struck"), ("新称", ""), ("12", ""), ("", ""),
    ]  # fmt: skip
    (told,) = document.findings
    assert told.rule == "document.struck_text"
    assert told.values == {"count": 4, "printed": ["5", "7", "旧称", "旧文"]}


def test_struck_prose_is_left_out_and_said() -> None:
    off = '<w:strike w:val="0"/>'
    document = read(
        f"<w:p>{run('受理')}{run('12', '<w:strike/>')}{run('15件', off)}</w:p>"
        '<w:p><w:pPr><w:pStyle w:val="s"/></w:pPr><w:r><w:t>全段划掉</w:t></w:r></w:p>',
        styles='<w:style w:styleId="s"><w:rPr><w:dstrike/></w:rPr></w:style>',
    )
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["受理15件"]
    assert document.findings[0].values["printed"] == ["12", "全段划掉"]


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:ruby><w:rt><w:r><w:t>9</w:t></w:r></w:rt><w:rubyBase>{}</w:rubyBase></w:ruby>",
        "<w:r><w:ruby><w:rt><w:r><w:t>9</w:t></w:r></w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
        "<x:unheard><x:of>{}</x:of></x:unheard>",
        "<w:del><w:r><w:t>9</w:t></w:r></w:del>{}",
    ],
)
def test_what_a_wrapper_holds_is_read_unless_it_is_gone(wrapped: str) -> None:
    assert words(grid(tbl(tr(tc("规章"), cell(wrapped.format(run("12"))))))) == ["规章", "12"]


def test_wrappers_nobody_knows_may_hold_paragraphs_rows_and_cells() -> None:
    row = f"<w:tr><x:cells>{tc('规章')}{tc('1')}</x:cells></w:tr>"
    body = f"<x:part>{p('前文')}<w:tbl><x:rows>{row}</x:rows></w:tbl></x:part>"
    first, table = read(body).blocks
    assert isinstance(first, Paragraph)
    assert first.text == "前文"
    assert isinstance(table, Grid)
    assert words(table) == ["规章", "1"]
