"""What both Word files and workbooks need cleaned in their XML: dangling references, cut pictures.

An element that refers to something that did not come along goes too, or with it
the drawing it is the heart of; a picture shown in part is cut for good.
"""

from __future__ import annotations

from lxml import etree

from ...errors import NotRedacted
from ..hidden_data.word_text import A
from .office_copy import OfficeCopy, R
from .picture import cropped
from .word_revisions import remove, unwrap

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VML = "{urn:schemas-microsoft-com:vml}"
_WP = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_HOLDERS = (
    _WP + "drawing", _WP + "pict", _XDR + "twoCellAnchor", _XDR + "oneCellAnchor",
    _XDR + "absoluteAnchor",
)  # fmt: skip
# The names of what every program of the last ten years understands.
_UNDERSTOOD = frozenset((
    "wps", "wpg", "wpc", "wp14", "w14", "w15", "a14", "x14", "x14ac", "xr", "x15", "p14", "c14",
))  # fmt: skip
_SIDES = ("l", "t", "r", "b")
_WHOLE = 100_000
_VML_CROPS = ("croptop", "cropbottom", "cropleft", "cropright")


def drop_alternatives(root: etree._Element) -> None:
    """Of two versions of one thing keep the one that today's programs show, and no other."""
    for alternative in list(root.iter(MC + "AlternateContent")):
        known = [
            choice for choice in alternative.iterchildren(MC + "Choice")
            if set(choice.get("Requires", "").split()) <= _UNDERSTOOD
        ]  # fmt: skip
        fallbacks = list(alternative.iterchildren(MC + "Fallback"))
        kept = (known or fallbacks or list(alternative))[:1]
        for child in list(alternative):
            if child not in kept:
                alternative.remove(child)
        if kept and kept[0].tag == MC + "Fallback":
            unwrap(kept[0])
            unwrap(alternative)


def drop_dangling(copy: OfficeCopy, part: str, root: etree._Element) -> None:
    """Take out what refers to a part that did not come along."""
    gone = copy.dropped.get(part, set())
    if not gone:
        return
    for element in list(root.iter()):
        for name, value in list(element.attrib.items()):
            if str(name).startswith(R) and str(value) in gone:
                _drop(element, str(name))


def cut_pictures(copy: OfficeCopy, part: str, root: etree._Element) -> None:
    """Cut every picture that is shown in part to the part that is shown."""
    for crop in list(root.iter(A + "srcRect")):
        shares = [max(0, _thousandths(crop.get(side, "0"))) / _WHOLE for side in _SIDES]
        if not any(shares):
            continue
        fill = crop.getparent()
        blip = None if fill is None else fill.find(A + "blip")
        data = None if blip is None else copy.picture(part, blip.get(R + "embed", ""))
        if blip is None or data is None:
            raise NotRedacted("有一张裁剪过的图片找不到原图，没法真正裁掉")
        left, top, right, bottom = shares
        cut, kind = cropped(data, (left, top, right, bottom))
        blip.set(R + "embed", copy.add_picture(part, cut, kind))
        # A second form of the same picture (svg, or the state before an effect) is whole.
        for extensions in list(blip.iterchildren(A + "extLst")):
            blip.remove(extensions)
        for side in _SIDES:
            if _thousandths(crop.get(side, "0")) > 0:
                del crop.attrib[side]
        copy.done["图片裁掉的部分"] += 1
    for image in root.iter(_VML + "imagedata"):
        if any(image.get(side, "0") not in ("0", "") for side in _VML_CROPS):
            raise NotRedacted("有一张旧格式的图片裁剪过，没法真正裁掉")


def drop_unused_pictures(copy: OfficeCopy, part: str, root: etree._Element) -> None:
    """Let ``part`` lead to no picture that it does not show."""
    used = {
        str(value) for element in root.iter() for name, value in element.attrib.items()
        if str(name).startswith(R)
    }  # fmt: skip
    for relation in list(copy.relations[part]):
        if relation.kind == "/image" and relation.id not in used:
            copy.drop_relation(part, relation.id)


def _drop(element: etree._Element, name: str) -> None:
    tag = etree.QName(element).localname
    if tag == "hyperlink" and element.tag.startswith(_WP):
        unwrap(element)
    elif tag in ("blip", "imagedata", "chart", "relIds"):
        if tag == "blip" and (element.get(R + "embed") or "") and not name.endswith("embed"):
            del element.attrib[name]
            return
        holder = next(element.iterancestors(*_HOLDERS), element)
        remove(holder)
    elif tag in ("imgLayer", "svgBlip"):
        remove(next(element.iterancestors(A + "ext"), element))
    else:
        remove(element)


def _thousandths(value: str) -> int:
    try:
        if value.endswith("%"):
            return round(float(value[:-1]) * 1000)
        return int(value)
    except ValueError:
        return 0
