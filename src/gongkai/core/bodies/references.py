"""What a body points to: its pictures and links, to be checked, fetched or given new addresses."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from .addresses import embedded
from .content import Image, Inline, Text, change_inline, every_inline
from .markup import render
from .parsing import stored
from .sanitise import secured

_ATTACHMENT = "attachment:"


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a body: where it goes and what it says."""

    href: str
    words: str


@dataclass(frozen=True, slots=True)
class ImageFile:
    """A picture taken out of a body: a name for it, its bytes, what it shows ("" if untold).

    The body names it by ``attachment:NAME`` until ``with_attachments`` gives it its id.
    """

    name: str
    data: bytes
    alt: str = ""


def images(html: str) -> tuple[Image, ...]:
    """The pictures of a stored body; those without ``alt`` are to be described."""
    return tuple(part for part in every_inline(stored(html)) if isinstance(part, Image))


def links(html: str) -> tuple[Link, ...]:
    """The links of a stored body, each with its words."""
    found: list[Link] = []
    for part in every_inline(stored(html)):
        href = part.href if isinstance(part, Text | Image) else ""
        words = part.words if isinstance(part, Text) else ""
        if href and found and found[-1].href == href:
            found[-1] = replace(found[-1], words=found[-1].words + words)
        elif href:
            found.append(Link(href, words))
    return tuple(found)


def with_attachments(html: str, ids: Mapping[str, str]) -> str:
    """A stored body whose attachments named in ``ids`` are known by the id given there."""

    def named(address: str) -> str:
        name = address.removeprefix(_ATTACHMENT)
        known = address.startswith(_ATTACHMENT) and name in ids
        return f"{_ATTACHMENT}{ids[name]}" if known else address

    def change(part: Inline) -> Inline:
        if isinstance(part, Image):
            return replace(part, src=named(part.src), href=named(part.href))
        if isinstance(part, Text) and part.href:
            return replace(part, href=named(part.href))
        return part

    return _changed(html, change)


def take_embedded(html: str) -> tuple[str, tuple[ImageFile, ...]]:
    """A body cleaned with ``data_images``, its pictures taken out of the html."""
    files: dict[str, ImageFile] = {}

    def change(part: Inline) -> Inline:
        found = embedded(part.src) if isinstance(part, Image) else None
        if found is None or not isinstance(part, Image):
            return part
        if part.src not in files:
            kind = "jpg" if found[0] == "jpeg" else found[0]
            name = f"image{len(files) + 1}.{kind}"
            files[part.src] = ImageFile(name, base64.b64decode(found[1]), part.alt)
        return replace(part, src=_ATTACHMENT + files[part.src].name)

    return _changed(html, change), tuple(files.values())


def _changed(html: str, change: Callable[[Inline], Inline]) -> str:
    blocks = stored(html)
    change_inline(blocks, change)
    return secured(render(blocks), data_images=True)
