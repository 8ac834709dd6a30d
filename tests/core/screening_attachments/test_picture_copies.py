"""Copies of pictures: the same pixels and nothing beside them; black where it was asked for."""

from __future__ import annotations

import io

import pytest
from picture_made import photograph, plain, png_with_words
from PIL import Image, ImageChops
from word_made import p, word

from gongkai.core.screening.hidden_data import look_into
from gongkai.core.screening.redaction import Area, Choices, NotRedacted, redacted_copy


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_pixels_stay_and_all_else_goes(kind: str) -> None:
    data = photograph(kind) + b"behind the end"
    made = redacted_copy(data, f"图.{kind.lower()}")
    assert look_into(made.data, made.name) == ()
    before, after = opened(data), opened(made.data)
    assert before.format == after.format == kind
    assert ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None
    for secret in (b"Tingquan", "张秘密".encode(), b"Exif", b"EXIF", b"behind"):
        assert secret not in made.data
    assert not opened(made.data).getexif()
    assert made.done == ("去掉图片信息",)


def test_a_plain_picture_is_not_touched() -> None:
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        made = redacted_copy(plain(kind), f"图.{kind.lower()}")
        assert made.data == plain(kind)
        assert made.done == ()


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_picture_turned_beside_its_pixels_is_turned_for_good(orientation: int) -> None:
    made = redacted_copy(photograph("JPEG", orientation), "图.jpg")
    assert look_into(made.data, made.name) == ()
    image = opened(made.data).convert("RGB")
    assert image.size == ((120, 80) if orientation == 3 else (80, 120))
    left, right = image.getpixel((4, 4)), image.getpixel((image.width - 4, image.height - 4))
    # Red was on the left; turned by a half it is on the right, by a quarter above or below.
    assert (left[0] > 200, right[0] > 200) == (orientation == 6, orientation != 6)


def test_words_in_png_go() -> None:
    made = redacted_copy(png_with_words(Author="Zhang San"), "a.png")
    assert b"Zhang" not in made.data


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_areas_are_black(kind: str) -> None:
    choices = Choices(areas=(Area(1, 0.0, 0.0, 0.5, 0.5),))
    made = redacted_copy(plain(kind), f"图.{kind.lower()}", choices)
    image = opened(made.data).convert("RGB")
    assert max(e[1] for e in image.crop((0, 0, 56, 36)).getextrema()) < 25
    assert image.getpixel((110, 70))[2] > 200
    assert image.getpixel((10, 70))[0] > 200
    assert "涂黑选定的区域" in made.done


def test_every_frame_of_a_film_is_black() -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=100)
    made = redacted_copy(out.getvalue(), "a.gif", Choices(areas=(Area(1, 0, 0, 1, 0.5),)))
    film = opened(made.data)
    assert film.n_frames == 3
    for at in range(3):
        film.seek(at)
        shown = film.convert("RGB")
        assert max(e[1] for e in shown.crop((0, 0, 40, 18)).getextrema()) < 10
        assert max(shown.getpixel((20, 35))) > 100


def test_areas_are_not_for_files_without_pages_of_their_own() -> None:
    with pytest.raises(NotRedacted, match="按区域"):
        redacted_copy(word(p("x")), "a.docx", Choices(areas=(Area(1, 0, 0, 1, 1),)))


def test_names_are_masked_and_given_the_right_ending() -> None:
    made = redacted_copy(plain("PNG"), "周小明的照片.jpg", Choices(mask=("周小明",)))
    assert made.name == "███的照片.png"
