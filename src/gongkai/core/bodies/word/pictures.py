"""The pictures of a Word file: taken out with the words for them, under names of our own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from ...readers.docx import names as n
from ...readers.package import Package
from ..addresses import alternative
from ..content import Image
from ..references import ImageFile

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_EMBED, _ID = _R + "embed", _R + "id"
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"), (b"BM", "bmp"),
)  # fmt: skip


class Pictures:
    """Takes pictures out as they are come upon."""

    def __init__(self, package: Package, left: Counter[str]) -> None:
        self.files: list[ImageFile] = []
        self._package = package
        self._left = left
        # The picture of each part; None where it is none that a browser shows.
        self._known: dict[str, str | None] = {}

    def of(self, drawing: etree._Element, parts: dict[str, str]) -> list[Image]:
        """The pictures in ``drawing``, those of text boxes left out; ``parts`` by relation."""
        found: list[Image] = []
        for element in _outside_boxes(drawing):
            if _is(element, "chart") or _is(element, "relIds"):
                self._left["chart"] += 1
            elif _is_picture(element):
                relation = element.get(_EMBED) or element.get(_ID) or ""
                image = self._image(parts.get(relation), _told(element))
                if image is not None:
                    found.append(image)
        return found

    def _image(self, part: str | None, alt: str) -> Image | None:
        if part is None:
            self._left["picture"] += 1
            return None
        if part not in self._known:
            data = self._package.part(part) or b""
            kind = _kind(data)
            self._known[part] = f"image{len(self.files) + 1}.{kind}" if kind else None
            if kind:
                self.files.append(ImageFile(f"image{len(self.files) + 1}.{kind}", data, alt))
        name = self._known[part]
        if name is None:
            self._left["picture"] += 1
        return None if name is None else Image(f"attachment:{name}", alt)


def _kind(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), "")


def _outside_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """All of a drawing but its text boxes; of alternatives the first that draws anything."""
    if element.tag == n.TEXT_BOX:
        return
    if element.tag == n.ALTERNATE:
        for alternative in element.iterchildren(n.CHOICE, n.FALLBACK):
            found = [e for child in alternative for e in _outside_boxes(child)]
            if any(map(_is_picture, found)):
                yield from found
                return
        for alternative in element.iterchildren(n.CHOICE):
            for child in alternative:
                yield from _outside_boxes(child)
        return
    yield element
    for child in element:
        yield from _outside_boxes(child)


def _told(element: etree._Element) -> str:
    """The words for a picture, from the nearest element round it that has any."""
    for around in element.iterancestors():
        named = [around, *(c for c in around if _is(c, "docPr"))]
        named += [name for c in around if _is(c, "nvPicPr") for name in c]
        for place in named:
            told = alternative(place.get("descr") or place.get("alt"))
            if told:
                return told
        if around.tag in n.DRAWINGS or around.tag == n.R:
            break
    return ""


def _is_picture(element: etree._Element) -> bool:
    return _is(element, "blip") or _is(element, "imagedata")


def _is(element: etree._Element, name: str) -> bool:
    """Whether an element has that name, in the strict variant of its namespace too."""
    return isinstance(element.tag, str) and element.tag.endswith("}" + name)
