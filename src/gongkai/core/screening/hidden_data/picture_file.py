"""A picture file taken apart: which of its pieces are picture, and which are said beside it.

Jpeg, png, gif and webp are rows of labelled pieces; only their labels are read
here, never a pixel.  What stands behind the end of the picture (a film clip of a
phone, another file) is told as such.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple


class NotAPicture(ValueError):
    """The file begins like a picture and breaks off, or lies about its pieces."""


class Chunk(NamedTuple):
    """One piece: its label, its bytes as they stand, and what it says without its frame."""

    label: str
    raw: bytes
    body: bytes


class PictureFile(NamedTuple):
    """``format`` is ``jpeg``, ``png``, ``gif`` or ``webp``; ``behind`` what follows the end."""

    format: str
    width: int
    height: int
    chunks: tuple[Chunk, ...]
    behind: bytes


_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_CHUNKS = 200_000
# Jpeg markers that begin a frame (its size stands there), and those without a length.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE = frozenset((0x01, *range(0xD0, 0xD8)))
_SCAN, _START, _END = 0xDA, 0xD8, 0xD9


def picture_of(data: bytes) -> PictureFile | None:
    """The pieces of a picture; None where ``data`` is none, NotAPicture where it is broken."""
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return _jpeg(data)
        if data.startswith(_PNG):
            return _png(data)
        if data.startswith((b"GIF87a", b"GIF89a")):
            return _gif(data)
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            return _webp(data)
    except (struct.error, IndexError) as error:
        raise NotAPicture from error
    return None


def put_together(picture: PictureFile, chunks: list[Chunk]) -> bytes:
    """The file with only ``chunks`` of its pieces, and nothing behind them."""
    body = b"".join(chunk.raw for chunk in chunks)
    if picture.format == "png":
        return _PNG + body
    if picture.format == "webp":
        return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
    return body


def _jpeg(data: bytes) -> PictureFile:
    chunks = [Chunk("SOI", data[:2], b"")]
    width = height = 0
    at = 2
    while True:
        start = at
        if data[at] != 0xFF or len(chunks) > _MOST_CHUNKS:
            raise NotAPicture
        while data[at] == 0xFF:
            at += 1
        marker = data[at]
        at += 1
        if marker == _END:
            chunks.append(Chunk("EOI", b"\xff\xd9", b""))
            break
        if marker in _BARE:
            chunks.append(Chunk(f"{marker:02X}", data[start:at], b""))
            continue
        (length,) = struct.unpack_from(">H", data, at)
        end = at + length
        body = data[at + 2 : end]
        if length < 2 or end > len(data):
            raise NotAPicture
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", body, 1)
        if marker == _SCAN:
            end = _end_of_scan(data, end)
        label = f"APP{marker - 0xE0}" if 0xE0 <= marker <= 0xEF else f"{marker:02X}"
        chunks.append(Chunk("COM" if marker == 0xFE else label, data[start:end], body))
        at = end
    return PictureFile("jpeg", width, height, tuple(chunks), data[at:])


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands behind the packed pixels (restarts and stuffing are theirs)."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise NotAPicture
        following = data[at + 1]
        if following != 0 and following != 0xFF and not 0xD0 <= following <= 0xD7:
            return at
        at += 1 if following == 0xFF else 2


def _png(data: bytes) -> PictureFile:
    chunks: list[Chunk] = []
    width, height = struct.unpack_from(">II", data, 16)
    at = len(_PNG)
    while not chunks or chunks[-1].label != "IEND":
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 12 + length
        if end > len(data) or len(chunks) > _MOST_CHUNKS:
            raise NotAPicture
        label = data[at + 4 : at + 8].decode("latin-1")
        chunks.append(Chunk(label, data[at:end], data[at + 8 : end - 4]))
        at = end
    if chunks[0].label != "IHDR":
        raise NotAPicture
    return PictureFile("png", width, height, tuple(chunks), data[at:])


def _gif(data: bytes) -> PictureFile:
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    at = 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    chunks = [Chunk("head", data[:at], b"")]
    while True:
        start, sign = at, data[at]
        if len(chunks) > _MOST_CHUNKS:
            raise NotAPicture
        if sign == 0x3B:
            chunks.append(Chunk("end", b"\x3b", b""))
            return PictureFile("gif", width, height, tuple(chunks), data[at + 1 :])
        if sign == 0x21:
            label, at = f"ext{data[at + 1]:02X}", at + 2
        elif sign == 0x2C:
            local = data[at + 9]
            label, at = "image", at + 11 + (3 << ((local & 7) + 1) if local & 0x80 else 0)
        else:
            raise NotAPicture
        blocks = list(_blocks(data, at))
        at += sum(len(block) + 1 for block in blocks) + 1
        chunks.append(Chunk(label, data[start:at], b"".join(blocks)))


def _blocks(data: bytes, at: int) -> Iterator[bytes]:
    while data[at]:
        end = at + 1 + data[at]
        if end >= len(data):
            raise NotAPicture
        yield data[at + 1 : end]
        at = end


def _webp(data: bytes) -> PictureFile:
    (size,) = struct.unpack_from("<I", data, 4)
    whole = size + 8
    if whole > len(data):
        raise NotAPicture
    chunks: list[Chunk] = []
    at = 12
    while at < whole:
        label = data[at : at + 4].decode("latin-1")
        (length,) = struct.unpack_from("<I", data, at + 4)
        end = at + 8 + length
        if end > whole or len(chunks) > _MOST_CHUNKS:
            raise NotAPicture
        chunks.append(Chunk(label, data[at : end + length % 2], data[at + 8 : end]))
        at = end + length % 2
    width, height = _webp_size({chunk.label: chunk.body for chunk in reversed(chunks)})
    return PictureFile("webp", width, height, tuple(chunks), data[max(at, whole) :])


def _webp_size(bodies: dict[str, bytes]) -> tuple[int, int]:
    if "VP8X" in bodies:
        body = bodies["VP8X"]
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if "VP8L" in bodies:
        (packed,) = struct.unpack_from("<I", bodies["VP8L"], 1)
        return 1 + (packed & 0x3FFF), 1 + (packed >> 14 & 0x3FFF)
    if "VP8 " in bodies:
        width, height = struct.unpack_from("<HH", bodies["VP8 "], 6)
        return width & 0x3FFF, height & 0x3FFF
    raise NotAPicture
