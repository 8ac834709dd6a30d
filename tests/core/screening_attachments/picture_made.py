"""Pictures made for these tests, with what a camera says beside the pixels."""

from __future__ import annotations

import io

from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo


def plain(kind: str = "JPEG", size: tuple[int, int] = (120, 80)) -> bytes:
    """Left half red, right half blue."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    told = Image.Exif()
    told[ExifTags.Base.Artist] = "张秘密".encode()
    told[ExifTags.Base.Model] = "Tingquan 9"
    told[ExifTags.Base.Orientation] = orientation
    told.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (30.0, 15.0, 36.0),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (120.0, 9.0, 0.0),
        }
    )
    return told


def photograph(kind: str = "JPEG", orientation: int = 1) -> bytes:
    """The picture with all that a telephone says of it."""
    image = Image.open(io.BytesIO(plain("PNG")))
    out = io.BytesIO()
    image.save(out, kind, exif=exif(orientation))
    return out.getvalue()


def png_with_words(**words: str) -> bytes:
    told = PngInfo()
    for key, value in words.items():
        told.add_text(key, value, zip=key == "Zipped")
    out = io.BytesIO()
    Image.new("RGB", (10, 10)).save(out, "PNG", pnginfo=told)
    return out.getvalue()
