"""An attachment shown without opening it: first pages as pictures, words as harmless html."""

from __future__ import annotations

import io

from pdf_made import pages
from picture_made import photograph, plain
from PIL import Image
from word_made import p, table, word
from workbook_made import book, saved

from gongkai.core.screening.preview import first_page_png, preview_html


def test_the_first_page_of_a_pdf_at_the_width_asked_for() -> None:
    made = first_page_png(pages("#rect(fill: red, width: 100%, height: 100%)", "二"), "a.pdf", 150)
    assert made is not None
    image = Image.open(io.BytesIO(made))
    assert (image.format, image.size) == ("PNG", (150, 100))
    assert image.convert("RGB").getpixel((75, 50)) == (255, 65, 54)


def test_a_picture_is_made_smaller_turned_and_told_nothing() -> None:
    made = first_page_png(photograph("JPEG", orientation=6), "a.jpg", 40)
    assert made is not None
    assert Image.open(io.BytesIO(made)).size == (40, 60)
    assert b"Tingquan" not in made
    small = first_page_png(plain("GIF"), "a.gif", 4000)
    assert small is not None
    assert Image.open(io.BytesIO(small)).size == (120, 80)


def test_what_cannot_be_drawn() -> None:
    assert first_page_png(word(p("x")), "a.docx", 100) is None
    assert first_page_png(b"%PDF-1.7 broken", "a.pdf", 100) is None
    assert first_page_png(plain("PNG")[:80], "a.png", 100) is None


def test_words_and_tables_of_a_word_file() -> None:
    body = p("标题") + p("一行") + table(("姓名", "金额"), ("周某某", "3000"))
    html = preview_html(word(body), "a.docx")
    assert html == (
        "<p>标题</p>\n<p>一行</p>\n<table><tr><td>姓名</td><td>金额</td></tr>"
        "<tr><td>周某某</td><td>3000</td></tr></table>"
    )


def test_nothing_in_the_words_can_act_on_the_page() -> None:
    html = preview_html(word(p("&lt;script&gt;alert(1)&lt;/script&gt;&quot;")), "a.docx")
    assert html == "<p>&lt;script&gt;alert(1)&lt;/script&gt;&quot;</p>"


def test_visible_sheets_with_merged_cells_and_no_hidden_ones() -> None:
    made = book()
    sheet = made["公示"]
    sheet["A4"] = "合计"
    sheet.merge_cells("A4:B4")
    sheet["C4"] = 4500
    hidden = made.create_sheet("底表")
    hidden["A1"] = "秘密"
    hidden.sheet_state = "hidden"
    html = preview_html(saved(made), "a.xlsx")
    assert html.startswith("<h2>公示</h2>")
    assert '<td colspan="2">合计</td><td>4500</td>' in html
    assert "秘密" not in html


def test_what_cannot_be_told_says_so() -> None:
    assert preview_html(b"PK\3\4x", "a.docx").startswith("<p>")
    assert "不按文字预览" in preview_html(plain("PNG"), "a.png")
    assert "没有文字" in preview_html(word(""), "a.docx")
