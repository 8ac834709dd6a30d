"""A picture of boxes from above to below: what an agency draws to show the steps of a matter."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

_WIDTH, _MARGIN, _GAP, _PAD = 960, 40, 46, 22
_SIZE, _LINE = 30, 44
_PAPER, _INK, _BOX, _EDGE = "#ffffff", "#1a1a1a", "#eef3f8", "#2a5f8f"


def picture_file(boxes: Sequence[str]) -> bytes:
    """A png with the words of ``boxes`` in one box each, an arrow from each to the next."""
    lines = [_broken(words) for words in boxes]
    heights = [2 * _PAD + _LINE * len(one) for one in lines]
    height = 2 * _MARGIN + sum(heights) + _GAP * (len(boxes) - 1)
    picture = Image.new("RGB", (_WIDTH, height), _PAPER)
    draw = ImageDraw.Draw(picture)
    top = _MARGIN
    for number, (one, high) in enumerate(zip(lines, heights, strict=True)):
        if number:
            _arrow(draw, top - _GAP, top)
        place = (_MARGIN, top, _WIDTH - _MARGIN, top + high)
        draw.rounded_rectangle(place, 10, fill=_BOX, outline=_EDGE, width=3)
        for row, words in enumerate(one):
            middle = (_WIDTH / 2, top + _PAD + _LINE * (row + 0.5))
            draw.text(middle, words, fill=_INK, font=_font(), anchor="mm")
        top += high + _GAP
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _arrow(draw: ImageDraw.ImageDraw, top: int, bottom: int) -> None:
    middle, tip = _WIDTH // 2, bottom - 6
    draw.line((middle, top + 6, middle, tip - 8), fill=_EDGE, width=4)
    draw.polygon([(middle - 11, tip - 14), (middle + 11, tip - 14), (middle, tip)], fill=_EDGE)


def _broken(words: str) -> list[str]:
    """The words in lines that fit a box; Chinese may be broken anywhere."""
    room = _WIDTH - 2 * (_MARGIN + _PAD)
    lines = [""]
    for sign in words:
        if _font().getlength(lines[-1] + sign) > room:
            lines.append("")
        lines[-1] += sign
    return lines


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.sans_path()), _SIZE)
