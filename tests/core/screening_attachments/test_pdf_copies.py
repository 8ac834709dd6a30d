"""Copies of pdf: pages as they are seen, black where it was asked for, nothing under the black."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from pdf_made import appearance, changed, in_helvetica, pages, scan, stick, under
from picture_made import photograph
from PIL import Image, ImageChops
from secrets_made import IDENTITY, MOBILE, nowhere, only, rules, unpacked

from gongkai.core.screening.hidden_data import look_into
from gongkai.core.screening.redaction import Area, Choices, Copy, NotRedacted, redacted_copy

_SECRET = "秘密名单"
_NAME = pikepdf.Name


def copied(data: bytes, choices: Choices | None = None) -> tuple[Copy, list[str]]:
    """The copy, and the words of its pages as another reader has them."""
    before = bytes(data)
    made = redacted_copy(data, "公示.pdf", choices)
    assert data == before
    left = {rule for rule in rules(look_into(made.data, made.name)) if rule.startswith("hidden.")}
    assert left <= {"hidden.no_text_layer"}
    with pdfplumber.open(io.BytesIO(made.data)) as opened:
        words = [page.extract_text() for page in opened.pages]
    return made, words


def drawn(data: bytes, at: int = 0, scale: float = 2) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    return document[at].render(scale=scale).to_pil().convert("RGB")


def alike(one: Image.Image, two: Image.Image) -> bool:
    """Whether two pictures look the same, drawing at other edges aside."""
    if one.size != two.size:
        return False
    smaller = [image.resize((image.width // 8, image.height // 8)) for image in (one, two)]
    return max(e[1] for e in ImageChops.difference(*smaller).getextrema()) < 40


def test_a_clean_pdf_looks_and_reads_the_same() -> None:
    data = pages("根据规定，现予公示。", "第二页 #table(columns: 2, [周某某], [3000])")
    made, words = copied(data)
    assert words == ["根据规定，现予公示。", "第二页\n周某某 3000"]
    for at in range(2):
        assert ImageChops.difference(drawn(data, at), drawn(made.data, at)).getbbox() is None
    assert made.done == ()


def test_a_number_is_black_and_its_page_an_image_and_the_others_are_not() -> None:
    data = pages("第一页", f"身份证 {IDENTITY} 周某某", "第三页")
    made, words = copied(data)
    assert words == ["第一页", "", "第三页"]
    assert nowhere(IDENTITY, made.data)
    assert "第 2 页变成图像，里面的文字不能再选中和搜索" in made.done
    before, after = drawn(data, 1), drawn(made.data, 1)
    assert before.size == after.size
    text = pypdfium2.PdfDocument(data)[1].get_textpage()
    start = text.get_text_range().index(IDENTITY)
    for index in range(start, start + len(IDENTITY)):
        left, bottom, right, top = text.get_charbox(index)
        box = (int(left * 2), int((200 - top) * 2), int(right * 2) + 1, int((200 - bottom) * 2) + 1)
        assert after.crop(box).convert("L").getextrema()[1] < 30, index
    left, bottom, right, top = text.get_charbox(0)
    box = (int(left * 2), int((200 - top) * 2), int(right * 2), int((200 - bottom) * 2))
    assert alike(before.crop((0, 0, box[2], 400)), after.crop((0, 0, box[2], 400)))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_black_lies_over_the_number_on_turned_and_cropped_pages(turn: int) -> None:
    def turned(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj["/Rotate"] = turn
        pdf.pages[0].obj["/CropBox"] = pikepdf.Array([10, 20, 290, 190])

    data = changed(
        in_helvetica(f"BT /F1 18 Tf 60 100 Td ({MOBILE}) Tj ET BT /F1 18 Tf 60 60 Td (seen) Tj ET"),
        turned,
    )
    made, words = copied(data)
    assert words == [""]
    assert nowhere(MOBILE, made.data)
    before, after = drawn(data), drawn(made.data)
    assert before.size == after.size
    changes = ImageChops.difference(before, after).convert("L").point([0] * 100 + [255] * 156)
    box = changes.getbbox()
    assert box is not None
    covered = after.crop(box).convert("L")
    # Where the two differ the copy is black, and that is a strip as large as the number.
    dark = covered.point([255] * 60 + [0] * 196).histogram()[255]
    assert dark > 0.9 * covered.width * covered.height
    length, height = max(covered.size), min(covered.size)
    assert 150 < length < 240
    assert 20 < height < 60


@pytest.mark.parametrize(
    "body",
    [
        under(_SECRET),
        under(_SECRET, cover="white"),
        f"#text(fill: white)[{_SECRET}]",
        f'#text(fill: rgb("f6f6f6"))[{_SECRET}]',
        f"#place(dx: 0pt, dy: 20pt, text(size: 1pt)[{_SECRET}])",
        f"#place(dx: -900pt, dy: 20pt)[{_SECRET}]",
    ],
)
def test_words_nobody_sees_are_gone_and_the_page_looks_the_same(body: str) -> None:
    data = pages(f"看得见 {body}")
    made, words = copied(data)
    assert words == [""]
    before = drawn(data)
    assert alike(before, drawn(made.data))
    fewer = drawn(made.data).convert("L").point(lambda level: 255 if 235 < level < 254 else 0)
    # Nor can the faint words be made out again by more contrast.
    assert fewer.crop((0, 130, 600, 400)).histogram()[255] < 20


def test_words_under_a_box_stuck_on_the_page_do_not_come_to_light() -> None:
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
    made, words = copied(data)
    assert words == [""]
    assert nowhere("SECRET", made.data)
    # The letters' own places are black still, though the box that was stuck on is gone.
    strip = drawn(made.data).crop((44, 400 - 226, 100, 400 - 206)).convert("L")
    assert strip.getextrema()[1] < 60


def test_what_is_beside_the_pages_goes_and_links_stay() -> None:
    def hide(pdf: pikepdf.Pdf) -> None:
        stick(pdf, Subtype=_NAME.Text, Rect=[0, 0, 20, 20], Contents=_SECRET, T="王五")
        stick(
            pdf,
            Subtype=_NAME.Link,
            Rect=[5, 5, 60, 20],
            A=pikepdf.Dictionary(S=_NAME.URI, URI="https://example.test/a"),
        )
        stick(
            pdf,
            Subtype=_NAME.Link,
            Rect=[5, 30, 60, 40],
            A=pikepdf.Dictionary(S=_NAME.URI, URI=f"tel:{MOBILE}"),
        )
        pdf.attachments["底稿.txt"] = pikepdf.AttachedFileSpec(
            pdf, _SECRET.encode(), filename="底稿.txt"
        )
        pdf.Root["/OpenAction"] = pikepdf.Dictionary(S=_NAME.JavaScript, JS="app.alert(1)")
        pdf.pages[0].obj["/PieceInfo"] = pikepdf.Dictionary(X=pikepdf.Dictionary(Private=_SECRET))
        with pdf.open_metadata() as packet:
            packet["dc:creator"] = ["张三"]
        pdf.docinfo["/Author"] = "张三"

    made, words = copied(changed(pages("现予公示。"), hide))
    assert words == ["现予公示。"]
    for secret in (_SECRET, "王五", "张三", "底稿", "app.alert", MOBILE, "Metadata"):
        assert nowhere(secret, made.data), secret
    assert b"https://example.test/a" in unpacked(made.data)
    assert set(made.done) == {"去掉批注 1 处", "去掉文件属性", "去掉附带的文件", "去掉脚本和动作"}


def test_fields_and_seals_become_part_of_their_pages() -> None:
    def form(pdf: pikepdf.Pdf) -> None:
        field = stick(
            pdf, Subtype=_NAME.Widget, FT=_NAME.Tx, T="姓名", V=_SECRET, F=4, Rect=[10, 10, 110, 30],
            AP=appearance(pdf, "BT /F1 14 Tf 2 4 Td (FILLED) Tj ET", (100, 20)),
        )  # fmt: skip
        stick(
            pdf, Subtype=_NAME.Stamp, F=4, Rect=[150, 10, 250, 60], Contents=_SECRET,
            AP=appearance(pdf, "1 0 0 rg 0 0 100 50 re f", (100, 50)),
        )  # fmt: skip
        pdf.Root["/AcroForm"] = pikepdf.Dictionary(Fields=[field])

    data = changed(in_helvetica("BT /F1 14 Tf 20 150 Td (seen) Tj ET"), form)
    made, words = copied(data)
    assert words == ["seen\nFILLED"]
    assert alike(drawn(data), drawn(made.data))
    assert nowhere(_SECRET, made.data)


def test_layers_switched_off_do_not_come_to_light() -> None:
    def layered(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=_NAME.OCG, Name="权属"))
        pdf.Root["/OCProperties"] = pikepdf.Dictionary(
            OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer])
        )
        pdf.pages[0].obj["/Resources"]["/Properties"] = pikepdf.Dictionary(L=layer)

    data = changed(
        in_helvetica("/OC /L BDC 1 0 0 rg 50 90 60 60 re f EMC BT /F1 20 Tf 20 50 Td (seen) Tj ET"),
        layered,
    )
    made, _ = copied(data)
    assert alike(drawn(data), drawn(made.data))
    assert nowhere("权属", made.data)
    assert drawn(made.data).getpixel((140, 160)) == (255, 255, 255)


def test_earlier_versions_and_deleted_pages_are_left_behind() -> None:
    with pikepdf.open(
        io.BytesIO(in_helvetica(f"BT /F1 12 Tf 9 50 Td (OLD {MOBILE}) Tj ET"))
    ) as pdf:
        number = pdf.pages[0].obj["/Contents"].objgen[0]
        root, size = pdf.Root.objgen[0], len(pdf.objects) + 1
    old = in_helvetica(f"BT /F1 12 Tf 9 50 Td (OLD {MOBILE}) Tj ET")
    before = int(old[old.rindex(b"startxref") + 9 :].split()[0])
    new = b"BT /F1 20 Tf 20 50 Td (seen) Tj ET"
    body = b"%d 0 obj\n<</Length %d>>stream\n%s\nendstream\nendobj\n" % (number, len(new), new)
    tail = b"xref\n%d 1\n%010d 00000 n \ntrailer<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF" % (
        number, len(old), size, root, before, len(old) + len(body),
    )  # fmt: skip
    made, words = copied(old + body + tail)
    assert words == ["seen"]
    assert "去掉改动以前的内容" in made.done
    assert nowhere(MOBILE, made.data)


def test_a_scan_with_a_number_in_its_text_layer_is_black_in_the_picture_too() -> None:
    data = scan("id " + "8" * 11, f"id {MOBILE}")
    made, words = copied(data)
    assert words == [""]
    assert nowhere(MOBILE, made.data)
    assert ImageChops.difference(drawn(data), drawn(made.data)).getbbox() is not None
    kept = redacted_copy(
        data, "a.pdf", Choices(numbers=frozenset(), keep=frozenset(("hidden.scan_text",)))
    )
    assert MOBILE in pypdfium2.PdfDocument(kept.data)[0].get_textpage().get_text_range()


def test_areas_are_black_and_words_in_pictures_are_said_to_be_missed() -> None:
    data = scan("GONGKAI", "")
    made, _ = copied(data, Choices(mask=("周小明",), areas=(Area(1, 0.0, 0.0, 0.5, 0.5),)))
    picture = drawn(made.data).convert("L")
    assert picture.crop((2, 2, 298, 198)).getextrema()[1] < 10
    assert picture.getpixel((450, 300)) > 240
    assert made.missed == ("周小明",)


def test_pictures_in_pages_lose_what_they_tell() -> None:
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
    made, words = copied(data)
    assert words == ["seen"]
    assert nowhere("Tingquan", made.data)
    assert ImageChops.difference(drawn(data), drawn(made.data)).getbbox() is None


def test_a_number_named_by_its_fingerprint() -> None:
    data = pages(f"{IDENTITY} 和 {MOBILE}", f"第二页 {MOBILE}")
    mark = only(look_into(data, "a.pdf"), "attachment.identity_number").fingerprint
    made, words = copied(data, Choices(numbers=frozenset((mark,))))
    assert nowhere(IDENTITY, made.data)
    assert words == ["", f"第二页 {MOBILE}"]


def test_a_form_whose_fields_have_no_looks_is_refused() -> None:
    def form(pdf: pikepdf.Pdf) -> None:
        field = stick(
            pdf, Subtype=_NAME.Widget, FT=_NAME.Tx, T="姓名", V="周某某", Rect=[10, 10, 90, 30]
        )
        pdf.Root["/AcroForm"] = pikepdf.Dictionary(Fields=[field], NeedAppearances=True)

    with pytest.raises(NotRedacted, match="打印成 pdf"):
        redacted_copy(changed(pages("表"), form), "a.pdf")


def test_copies_of_copies_are_the_same() -> None:
    data = pages("第一页", f"身份证 {IDENTITY}")
    once = redacted_copy(data, "a.pdf")
    twice = redacted_copy(once.data, "a.pdf")
    assert twice.done == ()
    for at in range(2):
        assert ImageChops.difference(drawn(once.data, at), drawn(twice.data, at)).getbbox() is None
    assert redacted_copy(data, "a.pdf").data == once.data


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed here")
def test_poppler_finds_nothing_in_the_copy(tmp_path: Path) -> None:
    made = redacted_copy(pages("第一页", f"身份证 {IDENTITY} {under(_SECRET)}"), "a.pdf")
    (tmp_path / "a.pdf").write_bytes(made.data)
    told = subprocess.run(
        ["pdftotext", "a.pdf", "-"], cwd=tmp_path, check=True, capture_output=True
    )
    assert "第一页" in told.stdout.decode()
    assert IDENTITY not in told.stdout.decode()
    assert _SECRET not in told.stdout.decode()
