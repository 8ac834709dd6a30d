"""A picture without what is said beside it, and with areas blacked out.

Where nothing is blacked out and nothing turned, the pixels stay as they are:
only the pieces of the file that are no picture are left out.
"""

from __future__ import annotations

import io
import struct

from PIL import Image, ImageDraw, ImageOps, ImageSequence

from ...errors import NotRedacted
from ..hidden_data.picture import BROKEN_PICTURE, is_picture_chunk, orientation_of, unwarned
from ..hidden_data.picture_file import Chunk, NotAPicture, PictureFile, picture_of, put_together
from .choices import Area

_QUALITY = 95
# In the first byte of the piece that announces the others: metadata will follow.
_WEBP_METADATA = 0b0000_1100


def without_metadata(data: bytes) -> bytes:
    """The picture alone; ``data`` as it is where it is no picture that can be taken apart."""
    try:
        picture = picture_of(data)
    except NotAPicture:
        picture = None
    if picture is None:
        return data
    if orientation_of(picture) != 1:
        # The turn is said beside the pixels: turned for good before it goes.
        return _written(_opened(data), picture.format)
    return put_together(picture, [c for c in map(_quiet, picture.chunks) if _stays(picture, c)])


def blacked_out(data: bytes, areas: tuple[Area, ...]) -> bytes:
    """The picture with ``areas`` black, drawn anew."""
    picture = picture_of(data)
    if picture is None:
        raise NotRedacted("这张图片打不开，没法涂黑")
    return _written(_opened(data), picture.format, areas)


def cropped(data: bytes, sides: tuple[float, float, float, float]) -> tuple[bytes, str]:
    """What is left between the sides (shares cut off left, top, right, bottom), and its kind."""
    left, top, right, bottom = sides
    image = _opened(data)
    box = (
        round(image.width * left),
        round(image.height * top),
        round(image.width * (1 - right)),
        round(image.height * (1 - bottom)),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        raise NotRedacted("有一张图片裁得什么也没有剩下")
    kind = "jpeg" if image.format == "JPEG" else "png"
    return _saved(image.crop(box), kind), kind


def _stays(picture: PictureFile, chunk: Chunk) -> bool:
    return is_picture_chunk(picture, chunk)


def _quiet(chunk: Chunk) -> Chunk:
    """The piece that announces the others, saying nothing of metadata."""
    if chunk.label != "VP8X" or not chunk.body:
        return chunk
    body = bytes([chunk.body[0] & ~_WEBP_METADATA]) + chunk.body[1:]
    return Chunk("VP8X", b"VP8X" + struct.pack("<I", len(body)) + body, body)


def _opened(data: bytes) -> Image.Image:
    try:
        with unwarned():
            image = Image.open(io.BytesIO(data))
            image.load()
    except BROKEN_PICTURE as error:
        raise NotRedacted("有一张图片打不开，没法处理") from error
    return image


def _written(image: Image.Image, kind: str, areas: tuple[Area, ...] = ()) -> bytes:
    try:
        frames = [_drawn(frame, areas) for frame in ImageSequence.Iterator(image)]
    except BROKEN_PICTURE as error:
        raise NotRedacted("有一张图片打不开，没法处理") from error
    if len(frames) == 1 or kind == "jpeg":
        return _saved(frames[0], kind)
    out = io.BytesIO()
    frames[0].save(
        out,
        kind,
        save_all=True,
        append_images=frames[1:],
        duration=image.info.get("duration", 100),
        loop=image.info.get("loop", 0),
    )
    return out.getvalue()


def _drawn(frame: Image.Image, areas: tuple[Area, ...]) -> Image.Image:
    with unwarned():
        turned = ImageOps.exif_transpose(frame.copy())
    if not areas:
        return turned
    if turned.mode not in ("RGB", "RGBA", "L"):
        turned = turned.convert("RGBA" if "transparency" in turned.info else "RGB")
    pen = ImageDraw.Draw(turned)
    for area in areas:
        pen.rectangle(on_image(area, turned.width, turned.height), fill="black")
    return turned


def on_image(area: Area, width: int, height: int) -> tuple[int, int, int, int]:
    """The pixels an area covers, rather one too many."""
    left, right = sorted((area.left, area.right))
    top, bottom = sorted((area.top, area.bottom))
    return (
        max(0, int(left * width)),
        max(0, int(top * height)),
        min(width, int(right * width) + 1),
        min(height, int(bottom * height) + 1),
    )


def _saved(image: Image.Image, kind: str) -> bytes:
    """The pixels and their colours, nothing else."""
    plain = Image.new(image.mode, image.size)
    plain.paste(image)
    if image.mode == "P":
        palette = image.getpalette()
        if palette is not None:
            plain.putpalette(palette)
    if kind == "jpeg" and plain.mode not in ("L", "RGB", "CMYK"):
        plain = plain.convert("RGB")
    told = {"icc_profile": image.info["icc_profile"]} if image.info.get("icc_profile") else {}
    if "transparency" in image.info and image.mode in ("P", "L", "RGB") and kind in ("png", "gif"):
        told["transparency"] = image.info["transparency"]
    out = io.BytesIO()
    if kind == "jpeg":
        plain.save(out, "jpeg", quality=_QUALITY, **told)
    elif kind == "webp":
        plain.save(out, "webp", quality=_QUALITY, **told)
    else:
        plain.save(out, kind, **told)
    return out.getvalue()
