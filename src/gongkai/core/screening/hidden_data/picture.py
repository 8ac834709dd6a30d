"""What a picture says beside its pixels: where it was taken, with what, when, by whom.

The same look serves a picture attached by itself and the pictures inside Word
files, workbooks and pdf.
"""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PIL import ExifTags, Image, UnidentifiedImageError

from .hidden import Hidden, Piece, gathered
from .picture_file import Chunk, NotAPicture, PictureFile, picture_of

BROKEN_PICTURE = (
    UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError,
    EOFError, MemoryError,
)  # fmt: skip
"""What the library says of pictures that are not what they claim."""

# The pieces that are picture (colour included).  Everything else is said beside it.
_PICTURE_CHUNKS = {
    "png": frozenset(
        ("IHDR", "PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "pHYs", "bKGD",
         "hIST", "IDAT", "acTL", "fcTL", "fdAT", "IEND")
    ),
    "webp": frozenset(("VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP")),
    "gif": frozenset(("head", "image", "extF9", "end")),
}  # fmt: skip
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_EXIF, _XMP = b"Exif\0\0", b"http://ns.adobe.com/"
# What the camera writes of itself only to have the picture shown right.
_HARMLESS_TAGS = frozenset((
    "Orientation", "XResolution", "YResolution", "ResolutionUnit", "ExifOffset", "GPSInfo",
    "ColorSpace", "ExifImageWidth", "ExifImageHeight", "ImageWidth", "ImageLength",
    "YCbCrPositioning", "ExifVersion", "FlashPixVersion", "ComponentsConfiguration",
    "ExifInteroperabilityOffset", "PrintImageMatching",
))  # fmt: skip
_FIRST_TAGS = ("Artist", "CameraOwnerName", "XPAuthor", "Make", "Model", "DateTimeOriginal")
_MARKUP = re.compile(rb"<[^>]*>|\s+")
_UNPRINTED = re.compile(r"[^\w一-鿿 .,:;@/\\()+\-]+")
RULES = (
    "hidden.picture_location",
    "hidden.picture_data",
    "hidden.picture_thumbnail",
    "hidden.appended_data",
)
"""What a picture may say besides, in the order of how much it matters."""

_LONGEST = 200
_MOST_UNPACKED = 65_536
_ATTRIBUTES = re.compile(rb"""\b(?:\w+:)?[\w-]+\s*=\s*["']([^"'<]{3,})["']""")


@contextmanager
def unwarned() -> Iterator[None]:
    """What the library has to say on the side of broken tags is no news to anyone here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def look_into_picture(data: bytes, place: str) -> tuple[Hidden, ...]:
    """Everything said beside the pixels of ``data``."""
    return look_into_pictures([(data, place)])


def look_into_pictures(pictures: Iterable[tuple[bytes, str]]) -> tuple[Hidden, ...]:
    """The same of many pictures: one finding of a kind for all of them."""
    pieces: dict[str, list[Piece]] = {rule: [] for rule in RULES}
    for data, place in pictures:
        try:
            picture = picture_of(data)
        except NotAPicture:
            picture = None
        if picture is None:
            continue
        behind = picture.behind.strip(b"\0\r\n ")
        told = (
            _locations(picture),
            _beside(picture),
            ["缩略图"] if _has_small(picture) else [],
            [f"{len(behind)} 字节"] if behind else [],
        )
        for rule, texts in zip(RULES, told, strict=True):
            pieces[rule] += [Piece(place, text) for text in texts]
    return tuple(one for rule in RULES for one in gathered(rule, pieces[rule]))


def is_picture_chunk(picture: PictureFile, chunk: Chunk) -> bool:
    """Whether a piece belongs to the picture itself, not to what is said beside it."""
    if picture.format == "jpeg":
        return _is_jpeg_picture(chunk)
    if picture.format == "gif" and chunk.label == "extFF":
        return chunk.body.startswith(_LOOPS)
    return chunk.label in _PICTURE_CHUNKS[picture.format]


def orientation_of(picture: PictureFile) -> int:
    """How a viewer turns the picture: 1 is as it stands."""
    for exif in _exifs(picture):
        value = exif.get(ExifTags.Base.Orientation)
        if isinstance(value, int) and 1 <= value <= 8:
            return value
    return 1


def _is_jpeg_picture(chunk: Chunk) -> bool:
    label, body = chunk.label, chunk.body
    if label == "APP0":
        # A version, a density, and a small picture of no size.
        return body.startswith(b"JFIF\0") and len(body) <= 14
    if label == "APP2":
        return body.startswith(b"ICC_PROFILE\0")
    if label == "APP14":
        return body.startswith(b"Adobe") and len(body) <= 12
    return not label.startswith("APP") and label != "COM"


def _exifs(picture: PictureFile) -> list[Image.Exif]:
    found = []
    for chunk in picture.chunks:
        body = chunk.body
        if chunk.label in ("APP1", "EXIF", "eXIf") and not body.startswith(_XMP):
            exif = Image.Exif()
            try:
                with unwarned():
                    exif.load(body if body.startswith(_EXIF) else _EXIF + body)
                    dict(exif)
            except (SyntaxError, ValueError, struct.error, KeyError, OverflowError):
                continue
            found.append(exif)
    return found


def _has_small(picture: PictureFile) -> bool:
    return any(_tags(exif, ExifTags.IFD.IFD1) for exif in _exifs(picture)) or any(
        chunk.label == "APP0" and not _is_jpeg_picture(chunk) for chunk in picture.chunks
    )


def _tags(exif: Image.Exif, directory: int) -> dict[int, object]:
    try:
        with unwarned():
            return dict(exif.get_ifd(directory))
    except (SyntaxError, ValueError, struct.error, KeyError, TypeError, OverflowError):
        return {}


def _locations(picture: PictureFile) -> Iterator[str]:
    for exif in _exifs(picture):
        gps = _tags(exif, ExifTags.IFD.GPSInfo)
        if ExifTags.GPS.GPSLatitude in gps and ExifTags.GPS.GPSLongitude in gps:
            north = _degrees(gps[ExifTags.GPS.GPSLatitude])
            east = _degrees(gps[ExifTags.GPS.GPSLongitude])
            yield f"纬度 {north}，经度 {east}"
        elif set(gps) - {ExifTags.GPS.GPSVersionID}:
            yield "定位信息"


def _degrees(parts: object) -> str:
    if not isinstance(parts, tuple):
        return "不明"
    try:
        degrees, minutes, seconds = map(float, parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return "不明"
    return f"{degrees + minutes / 60 + seconds / 3600:.4f}"


def _beside(picture: PictureFile) -> Iterator[str]:
    for exif in _exifs(picture):
        yield from _exif_lines(exif)
    for chunk in picture.chunks:
        if is_picture_chunk(picture, chunk) or chunk.label in ("EXIF", "eXIf", "tIME"):
            continue
        if chunk.label == "APP1" and chunk.body.startswith(_EXIF):
            continue
        if chunk.label == "APP0":
            continue
        yield _readable(_unpacked(chunk))


def _exif_lines(exif: Image.Exif) -> Iterator[str]:
    said: dict[str, str] = {}
    for directory in (None, ExifTags.IFD.Exif):
        tags = dict(exif) if directory is None else _tags(exif, directory)
        for tag, value in tags.items():
            name = ExifTags.TAGS.get(tag, f"{tag:#06x}")
            if name not in _HARMLESS_TAGS:
                said[name] = _plain(value)
    for name in [*_FIRST_TAGS, *(n for n in said if n not in _FIRST_TAGS)]:
        if said.get(name):
            yield f"{name}：{said[name]}"


def _plain(value: object) -> str:
    """A tag as words; the library hands out the bytes of a text as Latin letters."""
    if isinstance(value, str):
        value = value.encode("latin-1", "replace") if not value.isascii() else value
    if isinstance(value, bytes):
        value = _decoded(value)
    words = str(value).strip("\0 ")
    return _UNPRINTED.sub(" ", words).strip()[:_LONGEST] or ("读不出的内容" if words else "")


def _decoded(data: bytes) -> str:
    codings = ("utf-16-le",) if data[1:2] == b"\0" else ("utf-8", "gb18030")
    for coding in codings:
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _unpacked(chunk: Chunk) -> bytes:
    """The words of a piece that may be packed (png does so)."""
    body = chunk.body
    if chunk.label in ("zTXt", "iTXt"):
        word, _, rest = body.partition(b"\0")
        packed = rest[1:] if chunk.label == "zTXt" else rest[2:].lstrip(b"\0")
        try:
            return word + b" " + zlib.decompressobj().decompress(packed, _MOST_UNPACKED)
        except zlib.error:
            return body
    return body


def _readable(body: bytes) -> str:
    """What a piece says to a reader; its size where it is no text."""
    words = [*_ATTRIBUTES.findall(body), _MARKUP.sub(b" ", body)]
    text = " ".join(word.decode("utf-8", "replace") for word in words)
    text = _UNPRINTED.sub(" ", text).strip()
    return text[:_LONGEST] if len(text) > 3 else f"{len(body)} 字节"
