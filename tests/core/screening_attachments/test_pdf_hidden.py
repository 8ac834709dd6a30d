"""What a pdf hides is found, on which page, and nothing in a clean one."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from pdf_made import appearance, changed, in_helvetica, pages, scan, stick, under
from picture_made import photograph
from secrets_made import IDENTITY, MOBILE, only, rules

from gongkai.core.rules import say
from gongkai.core.screening.hidden_data import Hidden, look_into

_SECRET = "秘密名单"
_NAME = pikepdf.Name


def look(data: bytes) -> tuple[Hidden, ...]:
    found = look_into(data, "公示.pdf")
    for one in found:
        assert "{" not in say(one.finding) + say(one.finding, "en")
        assert len(one.fingerprint) == 32
    return found


def test_nothing_in_a_clean_pdf() -> None:
    shaded = "#table(columns: 2, fill: (x, y) => if y == 0 { navy }, text(white)[姓名], text(white)[金额], [周某某], [3000])"
    assert (
        look(pages("根据规定，现予公示。" + shaded, "第二页 *粗体* _abc_ 123，。、；：“”（）"))
        == ()
    )


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (under(_SECRET), "hidden.covered_text"),
        (under(_SECRET, cover="white"), "hidden.covered_text"),
        (f"#text(fill: white)[{_SECRET}]", "hidden.covered_text"),
        (f'#text(fill: rgb("f6f6f6"))[{_SECRET}]', "hidden.white_text"),
        (f"#place(dx: 0pt, dy: 20pt, text(size: 1pt)[{_SECRET}])", "hidden.tiny_text"),
        (f"#place(dx: -900pt, dy: 20pt)[{_SECRET}]", "hidden.outside_page"),
    ],
)
def test_words_nobody_sees(body: str, rule: str) -> None:
    found = look(pages("第一页", f"看得见 {body}"))
    assert rules(found) == {rule}
    one = only(found, rule)
    assert one.place == "第 2 页"
    assert _SECRET in one.quote


def test_words_under_a_picture() -> None:
    data = changed(
        in_helvetica("BT /F1 20 Tf 20 100 Td (SECRET 1234) Tj ET q 200 0 0 60 10 80 cm /Im Do Q"),
        _with_grey_picture,
    )
    assert only(look(data), "hidden.covered_text").quote == "SECRET 1234"


def test_words_cut_away_by_an_edge() -> None:
    data = in_helvetica("q 0 0 300 80 re W n BT /F1 20 Tf 20 100 Td (SECRET) Tj ET Q")
    assert only(look(data), "hidden.covered_text").quote == "SECRET"


def _with_grey_picture(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(bytes(100))
    stream["/Type"], stream["/Subtype"] = _NAME.XObject, _NAME.Image
    stream["/Width"], stream["/Height"], stream["/BitsPerComponent"] = 10, 10, 8
    stream["/ColorSpace"] = _NAME.DeviceGray
    pdf.pages[0].obj["/Resources"]["/XObject"] = pikepdf.Dictionary(Im=stream)


def test_words_drawn_as_invisible_and_words_inside_forms() -> None:
    invisible = in_helvetica(
        "BT 3 Tr /F1 20 Tf 20 100 Td (SECRET) Tj ET BT 0 Tr /F1 20 Tf 20 50 Td (seen) Tj ET"
    )
    assert only(look(invisible), "hidden.covered_text").quote == "SECRET"

    def with_form(pdf: pikepdf.Pdf) -> None:
        form = appearance(
            pdf, "BT /F1 20 Tf 20 100 Td (SECRET) Tj ET 0 g 0 90 200 40 re f", (300, 200)
        )
        pdf.pages[0].obj["/Resources"]["/XObject"] = pikepdf.Dictionary(Fm=form.N)

    data = changed(in_helvetica("BT /F1 20 Tf 20 50 Td (seen) Tj ET /Fm Do"), with_form)
    assert only(look(data), "hidden.covered_text").quote == "SECRET"


def test_a_box_stuck_on_the_page_hides_too() -> None:
    def cover(pdf: pikepdf.Pdf) -> None:
        stick(
            pdf,
            Subtype=_NAME.Square,
            Rect=[10, 90, 210, 130],
            AP=appearance(pdf, "0 g 0 0 200 40 re f", (200, 40)),
        )

    data = changed(
        in_helvetica("BT /F1 20 Tf 20 100 Td (SECRET) Tj ET BT /F1 20 Tf 20 50 Td (seen) Tj ET"),
        cover,
    )
    found = look(data)
    assert only(found, "hidden.covered_text").quote == "SECRET"
    assert rules(found) == {"hidden.covered_text", "hidden.comment"}


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_pages_that_are_turned_and_cropped(turn: int) -> None:
    def turned(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj["/Rotate"] = turn
        pdf.pages[0].obj["/CropBox"] = pikepdf.Array([0, 30, 300, 200])

    data = changed(
        in_helvetica(
            "BT /F1 20 Tf 20 100 Td (SECRET) Tj ET 0 g 10 95 120 22 re f"
            " BT /F1 20 Tf 20 50 Td (seen) Tj ET BT /F1 12 Tf 20 10 Td (CUTOFF) Tj ET"
        ),
        turned,
    )
    found = look(data)
    assert only(found, "hidden.covered_text").quote == "SECRET"
    assert only(found, "hidden.outside_page").quote == "CUTOFF"
    assert len(found) == 2


def test_remarks_files_scripts_and_names() -> None:
    def hide(pdf: pikepdf.Pdf) -> None:
        stick(pdf, Subtype=_NAME.Text, Rect=[0, 0, 20, 20], Contents=_SECRET, T="王五")
        stick(
            pdf,
            Subtype=_NAME.Link,
            Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(S=_NAME.URI, URI="https://example.test/"),
        )
        pdf.attachments["底稿.xlsx"] = pikepdf.AttachedFileSpec(pdf, b"PK", filename="底稿.xlsx")
        pdf.Root["/OpenAction"] = pikepdf.Dictionary(S=_NAME.JavaScript, JS="app.alert(1)")
        pdf.docinfo["/Author"], pdf.docinfo["/Title"] = "张三", "C:\\Users\\张三\\请示.doc"

    found = look(changed(pages("现予公示。"), hide))
    assert only(found, "hidden.comment").quote == f"王五：{_SECRET}"
    assert only(found, "hidden.embedded_file").quote == "底稿.xlsx"
    assert only(found, "hidden.active_content").quote == "app.alert(1)"
    assert only(found, "hidden.author").quote == "作者：张三"
    assert "请示.doc" in only(found, "hidden.local_path").quote
    assert "请示.doc" in only(found, "hidden.description").quote
    assert len(found) == 6


def test_layers_switched_off() -> None:
    def layered(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=_NAME.OCG, Name="权属"))
        shown = pdf.make_indirect(pikepdf.Dictionary(Type=_NAME.OCG, Name="底图"))
        pdf.Root["/OCProperties"] = pikepdf.Dictionary(
            OCGs=[layer, shown], D=pikepdf.Dictionary(OFF=[layer])
        )
        pdf.pages[0].obj["/Resources"]["/Properties"] = pikepdf.Dictionary(L=layer, M=shown)

    data = changed(
        in_helvetica(
            "/OC /L BDC BT /F1 20 Tf 20 100 Td (SECRET) Tj ET EMC"
            " /OC /M BDC BT /F1 20 Tf 20 50 Td (seen) Tj ET EMC"
        ),
        layered,
    )
    found = look(data)
    assert only(found, "hidden.layer_off").quote == "权属"
    assert only(found, "hidden.covered_text").quote == "SECRET"


def test_fields_of_a_form() -> None:
    def form(pdf: pikepdf.Pdf) -> None:
        field = stick(
            pdf,
            Subtype=_NAME.Widget,
            FT=_NAME.Tx,
            T="姓名",
            V=f"{_SECRET}{MOBILE}",
            Rect=[10, 10, 90, 30],
            AP=appearance(pdf, "BT /F1 12 Tf 2 4 Td (x) Tj ET", (80, 20)),
        )
        pdf.Root["/AcroForm"] = pikepdf.Dictionary(Fields=[field])

    found = look(changed(pages("表"), form))
    assert only(found, "hidden.form_data").quote == f"姓名：{_SECRET}138****1234"
    assert only(found, "attachment.mobile_number").place == "表单"


def test_what_stood_there_before() -> None:
    old = in_helvetica("BT /F1 20 Tf 20 50 Td (OLD SECRET) Tj ET")
    with pikepdf.open(io.BytesIO(old)) as pdf:
        number = pdf.pages[0].obj["/Contents"].objgen[0]
    new = b"BT /F1 20 Tf 20 50 Td (seen) Tj ET"
    start = old.rindex(b"startxref")
    before = int(old[start + 9 :].split()[0])
    body = b"%d 0 obj\n<</Length %d>>stream\n%s\nendstream\nendobj\n" % (number, len(new), new)
    at = len(old)
    with pikepdf.open(io.BytesIO(old)) as pdf:
        root, size = pdf.Root.objgen[0], len(pdf.objects) + 1
    tail = b"xref\n%d 1\n%010d 00000 n \ntrailer<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF" % (
        number, at, size, root, before, at + len(body),
    )  # fmt: skip
    data = old + body + tail
    assert "seen" in pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    assert rules(look(data)) == {"hidden.earlier_version"}


def test_scans_say_that_they_were_not_read() -> None:
    assert only(look(scan("GONGKAI", "")), "hidden.no_text_layer").place == "第 1 页"
    found = look(scan("GONGKAI", f"tel {MOBILE}"))
    assert MOBILE not in str(found)
    assert rules(found) == {"hidden.scan_text", "attachment.mobile_number"}


def test_personal_numbers_and_numbers_in_links() -> None:
    def link(pdf: pikepdf.Pdf) -> None:
        stick(
            pdf,
            Subtype=_NAME.Link,
            Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(S=_NAME.URI, URI=f"tel:{MOBILE}"),
        )

    found = look(changed(pages(f"身份证 {IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}"), link))
    assert only(found, "attachment.identity_number").place == "第 1 页"
    assert only(found, "attachment.mobile_number").place == "第 1 页的链接"


def test_pictures_in_pages_tell_where_they_were_taken() -> None:
    def photo(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(photograph())
        stream["/Type"], stream["/Subtype"], stream["/Filter"] = (
            _NAME.XObject,
            _NAME.Image,
            _NAME.DCTDecode,
        )
        stream["/Width"], stream["/Height"], stream["/BitsPerComponent"] = 120, 80, 8
        stream["/ColorSpace"] = _NAME.DeviceRGB
        pdf.pages[0].obj["/Resources"]["/XObject"] = pikepdf.Dictionary(Im=stream)

    data = changed(
        in_helvetica("q 90 0 0 60 10 80 cm /Im Do Q BT /F1 20 Tf 20 50 Td (seen) Tj ET"), photo
    )
    assert rules(look(data)) == {"hidden.picture_location", "hidden.picture_data"}


def test_a_password_for_printing_only_is_a_note() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pages("现予公示。"))) as pdf:
        pdf.save(
            out,
            encryption=pikepdf.Encryption(
                owner="x", user="", allow=pikepdf.Permissions(extract=False)
            ),
        )
    found = look(out.getvalue())
    assert rules(found) == {"hidden.restricted"}
    assert found[0].answers == ()
