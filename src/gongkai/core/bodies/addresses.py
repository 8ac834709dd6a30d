"""Which addresses a body may hold: of links, and of pictures.

A link goes to the web, to a mailbox, to a telephone, to an attachment of the item itself
(``attachment:ID``) or to a place on this site (``/…``).  A picture is an attachment, or, where
the caller allows it, part of the html itself (``data:``) until it has become one.
"""

from __future__ import annotations

import re

ATTACHMENT = re.compile(r"attachment:[\w.-]{1,200}")
_LINK = re.compile(
    r"https?://[^\s<>\"'\\]+|mailto:[^\s<>\"'\\]+|tel:[+\d()-]+|/(?![/\\])[^\s<>\"'\\]*",
    re.IGNORECASE,
)
_EMBEDDED = re.compile(r"data:image/(png|jpeg|jpg|gif|webp|bmp);base64,([A-Za-z0-9+/\s]+={0,2})")
# An alternative text that a program made up: a file's name, or "图片 3".
_NO_ALTERNATIVE = re.compile(
    r".*[\\/].*|.*\.(?:png|jpe?g|gif|bmp|webp|emf|wmf|tiff?|svg)|(?:图片|图像|图形|image|picture|img|未标题)[\s_\-(（]*\d*[)）]?"
    r"|(?:说明|描述)\s*[:：]\s*(?:图片|图像).*|.*(?:描述已自动生成|AI 生成的内容可能不正确).*",
    re.IGNORECASE | re.DOTALL,
)


def link_to(href: str | None) -> str:
    """``href`` where a body may hold it, else ""."""
    bare = (href or "").strip()
    return bare if _LINK.fullmatch(bare) or ATTACHMENT.fullmatch(bare) else ""


def is_attachment(src: str) -> bool:
    """Whether an address is that of an attachment of the item."""
    return ATTACHMENT.fullmatch(src) is not None


def embedded(src: str) -> tuple[str, str] | None:
    """The kind (``png``) and the base64 of a picture that is part of the html; else None."""
    found = _EMBEDDED.fullmatch(src)
    code = "".join(found[2].split()) if found else ""
    return (found[1], code) if found and len(code) % 4 == 0 else None


def picture_from(src: str | None, data_images: bool) -> str:
    """``src`` where a picture of a body may come from there, else ""."""
    bare = (src or "").strip()
    if is_attachment(bare):
        return bare
    found = embedded(bare) if data_images else None
    return f"data:image/{found[0]};base64,{found[1]}" if found else ""


def alternative(printed: str | None) -> str:
    """The alternative text of a picture; "" for one that only a program wrote."""
    bare = " ".join((printed or "").split())
    return "" if _NO_ALTERNATIVE.fullmatch(bare) else bare
