"""Pictures without words for those who cannot see them, or with words that say nothing.

GB/T 37668 wants a text for every picture that tells something.  An empty text
is right only for a picture marked as an ornament (``role="presentation"``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .placed_text import PlacedText
from .spotted import Sighting

_FILE = re.compile(r"\S.{0,200}\.(?:jpe?g|jfif|png|gif|bmp|webp|tiff?|svg|heic|emf|wmf)", re.I)
_TAKEN = re.compile(
    r"(?:IMG|DSC[NF]?|DCIM|MVIMG|PXL|Screenshot|mmexport|wx_camera|clip_image|image|微信(?:图片|截图)"
    r"|QQ(?:图片|截图)|企业微信截图|WPS图片|屏幕截图|截图|截屏|扫描件?)[\s_\-（(]*\d{2,}.*|[0-9a-f]{16,}|[0-9a-f-]{36}",
    re.I,
)
_NOTHING = re.compile(
    r"(?:图片?|照片|图像|插图|附图|配图|截图|image|img|picture|photo|pic|untitled|undefined|null"
    r"|未命名|未标题|无标题|请输入图片描述|在此处?插入图片描述|图片描述|输入图片说明)[\s_\-:：]*[\d一二三四五六七八九十()（）]*"
    r"|[\d\W_]+",
    re.I,
)


def alternative_text(placed: PlacedText) -> Iterator[Sighting]:
    """Pictures whose text is missing, is the name of a file, or says nothing."""
    for node, start, end in placed.elements:
        if node.tag != "img":
            continue
        said = node.get("alt")
        words = " ".join((said or "").split())
        name = _name(node.get("src") or "")
        if not words:
            if said is not None and _is_ornament(node.get("role"), node.get("aria-hidden")):
                continue
            rule = "alternative_text_missing"
        elif _FILE.fullmatch(words) or _TAKEN.fullmatch(words) or words == name.rpartition(".")[0]:
            rule = "alternative_text_file_name"
        elif _NOTHING.fullmatch(words):
            rule = "alternative_text_says_nothing"
        else:
            continue
        looked_at = f"{node.get('src')}\x1e{words}"
        quote = (words or name or "图片")[:60]
        yield Sighting(f"screening.{rule}", start, end, quote, looked_at)


def _is_ornament(role: str | None, hidden: str | None) -> bool:
    return role in ("presentation", "none") or hidden == "true"


def _name(address: str) -> str:
    """The file that an address ends in; ``""`` where it holds the picture itself."""
    if address.startswith(("data:", "attachment:")):
        return ""
    return re.split(r"[?#]", address)[0].replace("\\", "/").rpartition("/")[2]
