"""The PDF reader: ruled, half-ruled and unruled tables, prose, and what cannot be read."""

from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pdfplumber
import pylopdf_fonts_zh_cn
import pypdfium2
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.errors import UnreadableDocument
from gongkai.core.forms import Layout, edition, layouts
from gongkai.core.readers.document import Budget, Document, Grid, Limits, Paragraph
from gongkai.core.readers.pdf import parse
from gongkai.core.rules import say

FONTS = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
HONGZE = Path(__file__).parents[4] / "shared" / "corpus" / "hongze-2023.pdf"
PROSE = (
    "本年度，我局认真执行条例，主动公开政府信息1136条，受理政府信息公开申请21件，"
    "均在法定期限内答复，没有因政府信息公开引起的投诉。"
) * 3


def read(data: bytes, **limits: Any) -> Document:
    return parse(data, Budget(Limits(**limits)))


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def prose(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def texts(grid: Grid) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell.text)
    return rows


def shape(grid: Grid) -> set[tuple[int, int, int, int]]:
    return {(c.row, c.column, c.row_span, c.column_span) for c in grid.cells}


# --- documents made by hand -------------------------------------------------------------


def pdf(
    *contents: str, forms: Sequence[tuple[str, str]] = (), page: str = "", image: bool = False
) -> bytes:
    """A PDF of A4 pages with Helvetica as /F1; ``forms`` are (matrix, content) named /X0, /X1."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(head: str, body: str) -> bytes:
        data = zlib.compress(body.encode("latin-1"))
        return (
            f"<<{head}/Filter/FlateDecode/Length {len(data)}>>stream\n".encode()
            + data
            + b"\nendstream"
        )

    add(b"<</Type/Catalog/Pages 2 0 R>>")
    add(b"")
    font = add(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    named = ""
    for number, (matrix, content) in enumerate(forms):
        head = (
            f"/Type/XObject/Subtype/Form/BBox[0 0 2000 2000]/Matrix[{matrix}]"
            f"/Resources<</Font<</F1 {font} 0 R>>>>"
        )
        named += f"/X{number} {add(stream(head, content))} 0 R"
    if image:
        head = "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
        named += f"/Im {add(stream(head + '/BitsPerComponent 8', 'x'))} 0 R"
    kids = []
    for content in contents:
        body = add(stream("", content))
        resources = f"<</Font<</F1 {font} 0 R>>/XObject<<{named}>>>>"
        kids.append(
            add(
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{page}"
                f"/Resources{resources}/Contents {body} 0 R>>".encode()
            )
        )
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{listed}]>>".encode()
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def words(text: str, x: float, y: float, size: float = 10, mode: int = 0) -> str:
    return f"BT /F1 {size} Tf {mode} Tr 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {y0} m {x1} {y1} l S\n"


def lines_of_table(xs: Sequence[float], ys: Sequence[float]) -> str:
    return "".join(line(xs[0], y, xs[-1], y) for y in ys) + "".join(
        line(x, ys[0], x, ys[-1]) for x in xs
    )


def words_of_table(xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]]) -> str:
    return "".join(
        words(text, xs[c] + 3, ys[r + 1] + 5)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text
    )


XS, YS = (100, 180, 260, 340), (700, 680, 660, 640)
ROWS = [["name", "a", "b"], ["first", "12", "0"], ["second", "", "-"]]
WORDS = words_of_table(XS, YS, ROWS)


def test_strokes_make_a_table_and_blanks_and_dashes_stay_apart() -> None:
    (grid,) = grids(read(pdf(lines_of_table(XS, YS) + WORDS)))
    assert texts(grid) == ROWS
    assert (grid.rows, grid.columns, grid.aligned, grid.where.page, grid.where.table) == (
        3,
        3,
        True,
        1,
        1,
    )


@pytest.mark.parametrize(
    "rules",
    [
        "".join(f"{x} 640 1 60 re f\n" for x in XS) + "".join(f"100 {y} 240 1 re f\n" for y in YS),
        "".join(f"{x} {y} 80 20 re S\n" for x in XS[:-1] for y in YS[1:]),
        "".join(f"{x + 1} {y + 1} 78 18 re S\n" for x in XS[:-1] for y in YS[1:]),
        "[2 2] 0 d " + lines_of_table(XS, YS),
        "".join(line(x, y, x + 2, y) for x in range(100, 340, 4) for y in YS)
        + "".join(line(x, y, x, y + 2) for y in range(640, 700, 4) for x in XS),
        lines_of_table(XS, YS) + lines_of_table([x + 2 for x in XS], [y - 2 for y in YS]),
        "".join(f"{x} {y} 80 20 re {x + 1} {y + 1} 78 18 re f*\n" for x in XS[:-1] for y in YS[1:]),
    ],
    ids=["thin fills", "outlines", "apart", "dashed", "pieces", "double", "frames"],
)
def test_rules_however_drawn(rules: str) -> None:
    (grid,) = grids(read(pdf(rules + WORDS)))
    assert texts(grid) == ROWS


def test_rules_and_words_in_nested_forms_with_matrices() -> None:
    table = "q 2 0 0 2 0 0 cm /X1 Do Q"
    half = "0.5 0 0 0.5 0 0 cm " + lines_of_table(XS, YS) + WORDS
    document = read(
        pdf("q 1 0 0 1 50 -100 cm /X0 Do Q", forms=[("1 0 0 1 0 0", table), ("1 0 0 1 5 5", half)])
    )
    (grid,) = grids(document)
    assert texts(grid) == ROWS


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page(turn: int) -> None:
    (grid,) = grids(read(pdf(lines_of_table(XS, YS) + WORDS, page=f"/Rotate {turn}")))
    assert texts(grid) == ROWS


@pytest.mark.parametrize(
    "matrix", ["0 1 -1 0 800 0", "-1 0 0 -1 595 842", "0 -1 1 0 -300 600"], ids=["90", "180", "270"]
)
def test_content_turned_by_its_matrix(matrix: str) -> None:
    (grid,) = grids(read(pdf(f"q {matrix} cm " + lines_of_table(XS, YS) + WORDS + "Q")))
    assert texts(grid) == ROWS


def test_a_heading_that_runs_another_way_than_the_table_is_kept() -> None:
    turned = f"q 0 1 -1 0 800 0 cm {lines_of_table(XS, YS) + WORDS} Q\n"
    document = read(pdf(turned + words("over it", 300, 800)))
    assert prose(document) == ["over it"]
    assert texts(grids(document)[0]) == ROWS


def test_missing_borders_join_cells() -> None:
    rules = lines_of_table((100, 340), (700, 680, 640)) + line(180, 680, 180, 640)
    rules += line(180, 660, 340, 660) + line(260, 680, 260, 660)
    text = words("head", 105, 685) + words("label", 105, 655) + words("1", 190, 665)
    (grid,) = grids(read(pdf(rules + text)))
    assert shape(grid) == {
        (0, 0, 1, 3), (1, 0, 2, 1), (1, 1, 1, 1), (1, 2, 1, 1), (2, 1, 1, 2),
    }  # fmt: skip


def test_a_border_left_open_at_the_page_break_is_closed() -> None:
    upright = "".join(line(x, 700, x, 640) for x in XS)
    rules = upright + "".join(line(100, y, 340, y) for y in YS[:-1])
    (grid,) = grids(read(pdf(rules + WORDS)))
    assert texts(grid) == ROWS


def test_digits_wrapped_in_a_narrow_cell_keep_their_line_break() -> None:
    text = WORDS + words("18085", 263, 671, 7) + words("95", 263, 663, 7)
    rows = [ROWS[0], ["first", "12"], ROWS[2]]
    text = words_of_table(XS, YS, rows) + words("18085", 263, 671, 7) + words("95", 263, 663, 7)
    (grid,) = grids(read(pdf(lines_of_table(XS, YS) + text)))
    assert texts(grid)[1] == ["first", "12", "18085\n95"]


def test_two_numbers_in_one_cell_are_not_run_together() -> None:
    text = words_of_table(XS, YS, [ROWS[0], ["first"], ROWS[2]]) + words("12", 185, 665)
    text += words("34", 210, 665)
    (grid,) = grids(read(pdf(lines_of_table(XS, YS) + text)))
    assert texts(grid)[1][1] == "12\t34"


def test_turned_words_in_a_cell_are_read_in_their_own_direction() -> None:
    text = words_of_table(XS, YS, [ROWS[0], ["", "12", "0"], ["", "", "-"]])
    label = "BT /F1 7 Tf 0 1 -1 0 120 642 Tm (up 12) Tj 0 1 -1 0 130 642 Tm (two) Tj ET\n"
    rules = lines_of_table((100, 340), (700, 680, 640)) + line(180, 700, 180, 640)
    rules += line(180, 660, 340, 660) + line(260, 700, 260, 640)
    (grid,) = grids(read(pdf(rules + text + label)))
    assert texts(grid)[1] == ["up 12\ntwo", "12", "0"]


def test_characters_printed_twice_for_boldness_come_once() -> None:
    text = WORDS + words_of_table([x + 0.3 for x in XS], YS, ROWS)
    (grid,) = grids(read(pdf(lines_of_table(XS, YS) + text)))
    assert texts(grid) == ROWS


def test_frames_boxes_and_shading_around_prose_are_no_table() -> None:
    lines = "".join(words(f"some words of line {n}", 105, 685 - 20 * n) for n in range(5))
    shading = "0.9 g " + "".join(f"100 {680 - 20 * n} 300 20 re f\n" for n in range(5)) + "0 g "
    boxes = "".join(f"100 {680 - 20 * n} 300 20 re S\n" for n in range(5))
    frame = "20 20 555 800 re S\n"
    for drawn in (shading, boxes, frame, shading + boxes + frame):
        document = read(pdf(drawn + lines))
        assert grids(document) == []
        assert "".join(prose(document)).count("some words") == 5


def test_a_table_in_a_page_frame_is_still_a_table() -> None:
    document = read(
        pdf("20 20 555 800 re S\n" + words("before", 50, 750) + lines_of_table(XS, YS) + WORDS)
    )
    assert prose(document) == ["before"]
    assert texts(grids(document)[0]) == ROWS


def test_a_heading_between_two_tables() -> None:
    low = [y - 100 for y in YS]
    drawn = lines_of_table(XS, YS) + WORDS + words("heading", 100, 615)
    drawn += lines_of_table(XS, low) + words_of_table(XS, low, ROWS)
    document = read(pdf(drawn))
    kinds = [type(block).__name__ for block in document.blocks]
    assert kinds == ["Grid", "Paragraph", "Grid"]


def test_pieces_over_a_page_break_get_the_same_columns() -> None:
    first = lines_of_table(XS, (90, 70, 50)) + words_of_table(XS, (90, 70, 50), ROWS[:2])
    rules = lines_of_table((100, 340), (790, 770, 750)) + line(260, 790, 260, 750)
    second = rules + words("joined", 105, 775) + words("7", 270, 775) + words("8", 270, 755)
    one, two = grids(read(pdf(first + words("- 1 -", 290, 20), second + words("- 2 -", 290, 20))))
    assert (one.columns, two.columns) == (3, 3)
    assert shape(two) == {(0, 0, 1, 2), (0, 2, 1, 1), (1, 0, 1, 2), (1, 2, 1, 1)}
    assert two.where.page == 2


def test_page_numbers_and_running_heads_go_but_words_stay() -> None:
    pages = [
        words("Running head 2023", 250, 800)
        + words(f"what page {'abc'[n]} tells", 100, 600)
        + words(f"Page foot {n}/3", 250, 40)
        + words(f"- {n} -", 290, 20)
        for n in range(3)
    ]
    assert prose(read(pdf(*pages))) == [f"what page {c} tells" for c in "abc"]


def test_horizontal_rules_only() -> None:
    xs, ys = (100, 250, 350, 450), (700, 670, 610)
    rows = [["name", "a", "b"], ["first", "12", "0"], ["second", "", "-"], ["third", "5", "1136"]]
    rules = "".join(line(100, y, 450, y) for y in ys)
    places = (690, 675, 655, 635, 615)
    (grid,) = grids(read(pdf(rules + words_of_table(xs, places, rows))))
    assert texts(grid) == rows
    assert grid.aligned


def test_no_rules_at_all() -> None:
    xs, places = (100, 250, 350, 450), (690, 675, 655, 635, 615)
    rows = [["name", "a", "b"], ["first", "12", "0"], ["second", "", "-"], ["third", "5", "1136"]]
    document = read(pdf(words("before", 100, 760) + words_of_table(xs, places, rows)))
    assert prose(document) == ["before"]
    assert texts(grids(document)[0]) == rows


def test_text_off_the_page_and_leaning_watermarks_are_dropped() -> None:
    lean = "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 150 400 Tm (watermark) Tj ET\n"
    document = read(pdf(words("here", 100, 600) + words("off", 700, 600) + lean))
    assert prose(document) == ["here"]


def test_recognised_text_under_an_image_is_read_and_said() -> None:
    scan = "q 595 0 0 842 0 0 cm /Im Do Q\n"
    document = read(pdf(scan + words("hidden words", 100, 600, mode=3), image=True))
    assert prose(document) == ["hidden words"]
    assert [f.rule for f in document.findings] == ["pdf.invisible_text"]


def test_invisible_text_beside_printed_text_is_dropped() -> None:
    document = read(pdf(words("shown", 100, 600) + words("hidden", 100, 500, mode=3)))
    assert prose(document) == ["shown"]


def test_a_page_that_is_an_image_is_said() -> None:
    scan = "q 595 0 0 842 0 0 cm /Im Do Q\n"
    document = read(pdf(words("words", 100, 600), scan, image=True))
    assert [(f.rule, f.values["pages"]) for f in document.findings] == [
        ("pdf.page_without_text", [2])
    ]
    assert "第 2 页" in say(document.findings[0])


def test_broken_matrices_and_sizes_break_nothing() -> None:
    broken = [
        "BT /F1 0 Tf 1 0 0 1 100 500 Tm (12) Tj ET\n",
        "BT /F1 10 Tf 0 0 0 0 100 500 Tm (12) Tj ET\n",
        "BT /F1 10 Tf 1e30 1e30 1e30 1e30 100 500 Tm (12) Tj ET\n",
        "BT /F1 1e30 Tf 1 0 0 -1 100 500 Tm (12) Tj ET\n",
        line(0, 0, 1e30, 0) + line(-1e30, 5, 1e30, 5) + "1e30 0 0 1e30 0 0 cm ",
    ]
    for content in broken:
        assert "shown" in prose(read(pdf(words("shown", 100, 700) + content)))


@given(st.lists(st.tuples(st.integers(0, 3), *[st.floats(-100, 900, width=16)] * 4), max_size=30))
@settings(max_examples=60, deadline=None)
def test_no_drawing_is_too_odd_and_no_figure_is_lost(marks: list[tuple[int, ...]]) -> None:
    """Whatever lines cross the page, its words come out once each."""
    drawn = [line(a, b, c, b) if n < 2 else line(a, b, a, d) for n, a, b, c, d in marks]
    document = read(pdf("".join(drawn) + WORDS))
    everything = prose(document) + [c.text for grid in grids(document) for c in grid.cells]
    found = sorted("".join("".join(everything).split()))
    assert found == sorted("".join(text for row in ROWS for text in row))


@given(st.binary(min_size=1, max_size=8), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_changed_bytes_are_read_or_refused(changed: bytes, share: float) -> None:
    data = bytearray(pdf(lines_of_table(XS, YS) + WORDS, forms=[("1 0 0 1 0 0", WORDS)]))
    at = int(share * (len(data) - 1))
    data[at : at + len(changed)] = changed
    with contextlib.suppress(UnreadableDocument):
        read(bytes(data))


# --- what cannot be read ----------------------------------------------------------------


def refused(data: bytes, **limits: float) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as caught:
        read(data, **limits)
    return caught.value


def test_images_only() -> None:
    scan = "q 595 0 0 842 0 0 cm /Im Do Q\n"
    assert refused(pdf(scan, image=True)).rule == "input.no_text_layer"


def test_damaged() -> None:
    whole = pdf(lines_of_table(XS, YS) + WORDS)
    assert refused(whole[:200]).rule == "input.damaged"
    assert refused(b"%PDF-1.7\n" + b"x" * 500).values == {"kind": "pdf"}


def test_a_missing_end_is_said() -> None:
    whole = pdf(WORDS)
    document = read(whole[: whole.rindex(b"startxref")])
    assert [f.rule for f in document.findings] == ["pdf.end_missing"]


def test_encrypted() -> None:
    # Marked as encrypted with an owner and a user key that no empty password opens.
    key = b"<" + b"41" * 32 + b">"
    guard = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O" + key + b"/U" + key + b">>/ID[<41><41>]"
    locked = pdf(WORDS).replace(b"trailer<<", b"trailer<<" + guard)
    assert refused(locked).rule == "input.encrypted"


def test_too_many_pages_is_told_before_any_is_read() -> None:
    caught = refused(pdf(*["x"] * 4), pages=3)
    assert (caught.rule, caught.values) == ("input.too_many_pages", {"pages": 4, "limit": 3})


def test_limits_of_time_and_cells() -> None:
    mesh = "".join(line(i, 0, i, 842) + line(0, i, 595, i) for i in range(0, 590, 5))
    assert refused(pdf(mesh + WORDS), cells=9000).rule == "input.too_many_cells"
    assert refused(pdf(WORDS), seconds=-1).rule == "input.too_slow"
    assert refused(pdf(lines_of_table(XS, YS) + WORDS), cells=5).rule == "input.too_many_cells"


# --- figures and labels that no rule parts ----------------------------------------------

LABELLED = [["label one", "11", "12", "13"], ["label two", "21", "22", "23"]]


def labelled(y: float, row: Sequence[str], drop: Sequence[float] = (0, 0, 0, 0)) -> str:
    """A line of a label and three figures, each as many points lower as ``drop`` says."""
    places = zip((100, 250, 350, 450), row, drop, strict=True)
    return "".join(words(text, x, y - low) for x, text, low in places if text)


def test_figures_set_high_and_low_stand_in_the_row_of_their_label() -> None:
    content = labelled(700, ["head", "a", "b", "c"])
    for n, y in enumerate((680, 660)):
        content += labelled(y, [f"row {n}", "1", "2", "3"])
    content += labelled(640, ["a label of", "31", "32", "33"], (0, 0, 12, 0))
    content += words("two lines", 100, 628)
    content += labelled(608, ["another of", "41", "42", "43"], (0, 12, 0, 12))
    content += words("two lines", 100, 596)
    content += labelled(576, ["last", "51", "52", "53"])
    (grid,) = grids(read(pdf(content)))
    assert texts(grid)[3:] == [
        ["a label of\ntwo lines", "31", "32", "33"],
        ["another of\ntwo lines", "41", "42", "43"],
        ["last", "51", "52", "53"],
    ]
    assert not any(cell.unread for cell in grid.cells)


def test_figures_a_few_points_below_their_line_are_read_with_it() -> None:
    content = words("head", 100, 720) + words("a", 250, 720) + words("b", 350, 720)
    content += words("c", 450, 720) + words("sum", 500, 720)
    for y in (700, 676):
        content += labelled(y, ["", "0", "0", "0"]) + words("0", 500, y - 8)
    (grid,) = grids(read(pdf(content + words("below the table", 100, 600))))
    assert texts(grid)[1:] == [["", "0", "0", "0", "0"]] * 2


def test_figures_that_may_be_a_neighbour_rows_are_not_read() -> None:
    content = labelled(700, ["head", "a", "b", "c"])
    for n, y in enumerate((680, 656, 632)):
        content += labelled(y, [f"row {n}", "1", "2", "3"])
    content += labelled(608, ["near", "41", "", ""]) + labelled(596, ["nearer", "", "52", ""])
    content += labelled(572, ["last", "61", "62", "63"])
    (grid,) = grids(read(pdf(content)))
    doubted = [cell for cell in grid.cells if cell.unread]
    assert {cell.unread for cell in doubted} == {"unplaced"}
    assert {cell.column for cell in doubted} == {1, 2, 3}
    assert not any(cell.text for cell in doubted)
    assert texts(grid)[-1] == ["last", "61", "62", "63"]


def test_blanks_at_the_usual_distance_stay_blank() -> None:
    content = labelled(700, ["head", "a", "b", "c"])
    rows = [["one", "1", "", "3"], ["two", "", "2", ""], ["three", "", "", "3"]]
    for row, y in zip(rows, (680, 660, 640), strict=True):
        content += labelled(y, row)
    (grid,) = grids(read(pdf(content)))
    assert texts(grid)[1:] == rows
    assert not any(cell.unread for cell in grid.cells)


def test_a_label_that_reaches_the_first_figures_does_not_swallow_them() -> None:
    rules = "".join(line(100, y, 500, y) for y in (715, 695, 550))
    content = labelled(700, ["head", " a", " b", " c"])
    content += labelled(680, ["one", "1136", "1137", "1138"])
    content += labelled(660, ["a long label which runs right up to", "", " 22", " 23"])
    content += words("21", 255, 660)
    content += words("a label of two lines both of which do", 100, 640)
    content += labelled(634, ["", " 31", " 32", " 33"])
    content += words("so, over and over", 100, 628)
    content += labelled(600, ["last", " 41", " 42", " 43"])
    (grid,) = grids(read(pdf(rules + content)))
    assert texts(grid)[2:] == [
        ["a long label which runs right up to", "21", "22", "23"],
        ["a label of two lines both of which do\nso, over and over", "31", "32", "33"],
        ["last", "41", "42", "43"],
    ]


def test_a_head_of_two_lines_beside_heads_over_columns() -> None:
    columns = (240, 280, 320, 400, 440, 480)
    content = words("wide words over three", 240, 710) + words("more words over three", 400, 710)
    content += words("of two", 100, 703) + words("lines", 100, 691)
    for n, x in enumerate(columns):
        content += words(f"h{n}a", x, 698) + words(f"h{n}b", x, 686)
    for y in (660, 640, 620):
        content += "".join(words(str(n), x, y) for n, x in enumerate((100, *columns)))
    (grid,) = grids(read(pdf(content)))
    heads = [cell.text for cell in grid.cells if cell.row == 1]
    assert heads == ["of two\nlines", *(f"h{n}a\nh{n}b" for n in range(6))]
    assert [c.text for c in grid.cells if c.row == 0 and c.text] == [
        "wide words over three",
        "more words over three",
    ]


def test_rules_between_some_columns_only() -> None:
    ys = (720, 700, 680, 660, 640)
    rules = "".join(line(100, y, 500, y) for y in ys) + line(330, 640, 330, 720)
    rules += line(430, 640, 430, 720)
    rows = [["head", "a", "b", "c"], *LABELLED, ["label three", "31", "32", "33"]]
    content = "".join(labelled(y + 5, row) for y, row in zip(ys[1:], rows, strict=True))
    (grid,) = grids(read(pdf(rules + content)))
    assert texts(grid) == rows


def spaced(figures: str, x: float, y: float, gaps: Sequence[float]) -> str:
    """Figures with so many points between them."""
    places = [x]
    for gap in gaps:
        places.append(places[-1] + 5.56 + gap)
    return "".join(words(f, at, y) for f, at in zip(figures, places, strict=True))


def test_letter_spaced_figures_are_one_number() -> None:
    content = words_of_table(XS, YS, [ROWS[0], ["first"], ["second"]])
    content += spaced("1136", 185, 665, (3, 3, 3)) + spaced("27", 270, 665, (3,))
    content += spaced("1234", 185, 645, (3, 5, 3)) + spaced("27", 270, 645, (5.5,))
    (grid,) = grids(read(pdf(lines_of_table(XS, YS) + content)))
    assert texts(grid)[1:] == [["first", "1136", "27"], ["second", "1 2 3 4", "2 7"]]


def test_a_head_cut_by_the_page_break_keeps_its_columns() -> None:
    xs = (100, 180, 260, 340)
    first = line(100, 90, 340, 90) + line(100, 70, 340, 70) + line(180, 50, 340, 50)
    first += "".join(line(x, 90, x, 50) for x in (100, 340)) + line(180, 70, 180, 50)
    first += words("over all", 180, 75) + words("two", 105, 55) + words("lines", 105, 43)
    first += words("over two", 220, 55)
    second = lines_of_table(xs, (790, 770, 750))
    second += words_of_table(xs, (790, 770, 750), [["", "b", "c"], ["1", "2", "3"]])
    one, two = grids(read(pdf(first, second)))
    assert (one.columns, two.columns) == (3, 3)
    assert [(c.column, c.column_span, c.text) for c in one.cells] == [
        (0, 3, "over all"), (0, 1, "two\nlines"), (1, 2, "over two"),
    ]  # fmt: skip
    assert texts(two) == [["", "b", "c"], ["1", "2", "3"]]


def test_a_page_foot_close_below_a_cut_table_is_no_cells_words() -> None:
    rules = line(100, 70, 340, 70) + line(180, 50, 340, 50) + line(180, 70, 180, 50)
    rules += line(100, 70, 100, 50) + line(340, 70, 340, 50)
    content = words("left", 105, 55) + words("right", 185, 55)
    content += words("a foot that runs on below both", 105, 42)
    document = read(pdf(rules + content))
    assert texts(grids(document)[0]) == [["left", "right"]]
    assert prose(document) == ["a foot that runs on below both"]


def test_a_title_at_the_height_of_a_later_line_is_no_running_head() -> None:
    document = read(pdf(words("The office", 100, 790, 20), words("The office", 100, 790)))
    assert prose(document) == ["The office", "The office"]


# --- prose ------------------------------------------------------------------------------


def set_by_typst(source: str) -> Document:
    head = '#set text(font: "Noto Sans SC", size: 11pt, lang: "zh", region: "cn")\n'
    made = typst.compile((head + source).encode(), font_paths=[FONTS], ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return read(made)


def test_a_printed_space_beside_latin_letters_is_kept_and_the_typesetters_is_not() -> None:
    source = "栏目: 政府，2023年共5条；第 3 期，内容Word文，A 类。"
    assert prose(set_by_typst(source)) == [source]


@pytest.mark.parametrize("align", ["center", "left"])
def test_a_title_over_several_lines_is_one(align: str) -> None:
    title = "云溪市青石区水务局二〇二三年政府信息公开工作年度报告"
    body = f"{PROSE}\n\n一、总体情况\n\n{PROSE}"
    heading = f"#block(width: 180pt)[#set align({align})\n#text(size: 20pt)[{title}]]\n\n"
    assert prose(set_by_typst(heading + body))[:2] == [title, PROSE]


def test_two_large_numbered_headings_stay_apart() -> None:
    heads = ["一、总体情况", "二、主动公开政府信息情况"]
    source = "\n\n".join(f"#text(size: 18pt)[{head}]" for head in heads)
    assert prose(set_by_typst(f"{source}\n\n{PROSE}"))[:2] == heads


# --- the official form, set by Typst ----------------------------------------------------


def typst_table(layout: Layout, stroke: str) -> str:
    cells = [
        f"table.cell(x:{c.column},y:{c.row},rowspan:{c.row_span},colspan:{c.column_span})"
        f'[#"{figure(c.address) if c.address else c.text}"]'
        for c in layout.cells
    ]
    columns = ",".join(["1fr"] * layout.columns)
    return (
        f"#table(columns:({columns}),stroke:{stroke},align:center+horizon,inset:3pt,"
        + ",".join(cells)
        + ")\n"
    )


def figure(place: str) -> str:
    """A figure that tells its place, with blanks, dashes and zeros among them."""
    number = sum(place.encode()) % 97
    return {0: "", 1: "—", 2: "0"}.get(number % 5, str(number * 31))


def typst_report(stroke: str = "0.5pt") -> bytes:
    parts = [
        '#set document(title: "年度报告")',
        '#set page(numbering: "— 1 —", header: [某某区年度报告])',
        '#set text(font: "Noto Sans SC", size: 9pt, lang: "zh", region: "cn")',
        "#set par(first-line-indent: (amount: 2em, all: true), justify: true)",
        f"= 一、总体情况\n{PROSE}\n\n{PROSE}\n",
    ]
    for ordinal, layout in zip("二三四", layouts(edition("2021")), strict=True):
        parts.append(f"= {ordinal}、{layout.caption}\n{typst_table(layout, stroke)}")
    parts.append(f"= 五、存在的主要问题及改进情况\n{PROSE}\n")
    source = "\n".join(parts).encode()
    made = typst.compile(source, font_paths=[FONTS], ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


@pytest.fixture(scope="module")
def official() -> bytes:
    return typst_report()


def check_figures(document: Document) -> None:
    """Every row of figures of the form stands at the end of a row that was read."""
    read_rows = [
        ["".join(text.split()) for text in row] for grid in grids(document) for row in texts(grid)
    ]
    for layout in layouts(edition("2021")):
        rows: dict[int, list[str]] = {}
        for cell in layout.cells:
            if cell.address:
                rows.setdefault(cell.row, []).append(figure(cell.address))
        for row in rows.values():
            assert any(found[-len(row) :] == row for found in read_rows), row


def test_the_official_form(official: bytes) -> None:
    document = read(official)
    check_figures(document)
    assert document.titles == ["年度报告"]
    assert [text for text in prose(document) if len(text) < 40] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
    ]
    assert prose(document).count(PROSE) == 3
    requests = [grid for grid in grids(document) if grid.columns == 10]
    assert len(requests) > 1
    assert sum(grid.rows for grid in requests) >= 28


@pytest.mark.parametrize("turn", [90, 270])
def test_the_official_form_turned(official: bytes, turn: int) -> None:
    with pypdfium2.PdfDocument(official) as opened:
        for page in opened:
            page.set_rotation(turn)
        out = io.BytesIO()
        opened.save(out)
    check_figures(read(out.getvalue()))


def test_the_official_form_with_dashed_rules() -> None:
    check_figures(read(typst_report('(dash: "dashed", thickness: 0.4pt)')))


# --- a real report ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def hongze() -> bytes:
    if not HONGZE.exists():
        pytest.skip("the corpus of real reports is not beside the repository")
    return HONGZE.read_bytes()


def test_a_real_report(hongze: bytes) -> None:
    document = read(hongze)
    shapes = [(grid.where.page, grid.rows, grid.columns) for grid in grids(document)]
    assert shapes == [(2, 8, 4), (3, 6, 4), (3, 17, 10), (4, 9, 10), (4, 4, 15)]
    assert "三、收到和处理政府信息公开申请情况" in prose(document)
    assert not any("- 1 -" in text for text in prose(document))
    label = next(c.text for c in grids(document)[2].cells if c.row_span > 8)
    assert label.replace("\n", "") == "三、本年度办理结果"
    assert texts(grids(document)[4])[3] == [
        "10",
        "1",
        "0",
        "0",
        "0",
        "0",
        "0",
        "0",
        "0",
        "0",
        "5",
        "0",
        "0",
        "0",
        "0",
    ]


def test_pdfplumber_reads_the_same_figures(hongze: bytes) -> None:
    peer: dict[int, list[list[str]]] = {}
    with pdfplumber.open(io.BytesIO(hongze)) as opened:
        for number in (2, 3, 4):
            for table in opened.pages[number - 1].extract_tables():
                if len(table[0]) > 1:
                    rows = [[c for c in row if c is not None] for row in table]
                    peer.setdefault(number, []).extend(rows)
    for grid in grids(read(hongze)):
        for row in texts(grid):
            figures = [text for text in row if text.replace(".", "").isdigit()]
            if figures:
                ends = [found[-len(figures) :] for found in peer[grid.where.page or 0]]
                assert figures in ends
