"""What a picture says beside its pixels, in every kind that may be attached."""

from __future__ import annotations

import pytest
from picture_made import photograph, plain, png_with_words
from secrets_made import only, rules

from gongkai.core.screening.hidden_data import look_into
from gongkai.core.screening.hidden_data.picture_file import NotAPicture, picture_of, put_together


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_nothing_in_a_plain_picture(kind: str) -> None:
    data = plain(kind)
    assert look_into(data, f"图.{kind.lower()}") == ()
    picture = picture_of(data)
    assert picture is not None
    assert (picture.width, picture.height) == (120, 80)
    assert put_together(picture, list(picture.chunks)) == data


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_where_who_and_with_what(kind: str) -> None:
    found = look_into(photograph(kind), f"图.{kind.lower()}")
    assert only(found, "hidden.picture_location").quote == "纬度 30.2600，经度 120.1500"
    told = only(found, "hidden.picture_data").values["listed"]
    assert told == ("图片：Artist：张秘密", "图片：Model：Tingquan 9")
    assert len(found) == 2


def test_words_in_png_packed_or_not() -> None:
    data = png_with_words(Author="Zhang San", Zipped="hidden words of some length " * 5)
    listed = str(only(look_into(data, "a.png"), "hidden.picture_data").values["listed"])
    assert "Zhang San" in listed
    assert "hidden words" in listed


def test_remarks_in_jpeg_and_gif() -> None:
    jpeg = plain("JPEG")
    remark = b"\xff\xfe\x00\x0eZhang San ok"
    assert "Zhang San" in only(look_into(jpeg[:2] + remark + jpeg[2:], "a.jpg"), "hidden.picture_data").quote  # fmt: skip
    gif = plain("GIF")
    at = gif.index(b"\x2c", 13)
    remark = b"\x21\xfe\x09Zhang San\x00"
    assert "Zhang San" in only(look_into(gif[:at] + remark + gif[at:], "a.gif"), "hidden.picture_data").quote  # fmt: skip


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_another_file_behind_the_end(kind: str) -> None:
    found = look_into(plain(kind) + b"\0\0\0\x18ftypmp42 a film", f"a.{kind.lower()}")
    assert rules(found) == {"hidden.appended_data"}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_broken_pictures_are_refused_at_every_length(kind: str) -> None:
    data = plain(kind)
    for length in range(20, len(data) - 2, 7):
        with pytest.raises(NotAPicture):
            picture_of(data[:length])
