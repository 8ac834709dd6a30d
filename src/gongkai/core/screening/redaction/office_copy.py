"""A Word file or workbook written anew from the parts that are seen, and from no others.

Nothing is deleted from the file: what is to be published is carried over, part
by part, along the relations of a short list.  What no listed relation leads to
(remarks, other files, macros, properties, loose parts) does not come along.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from ..hidden_data.office_file import CONTENT_TYPES, RELATIONS, OfficeFile, Relation
from ..hidden_data.office_parts import LOCAL_PATH
from .mask import Mask
from .picture import without_metadata

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
R = f"{{{_OFFICE}}}"
_MAIN_TYPES = {
    "document": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "workbook": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_EPOCH = (1980, 1, 1, 0, 0, 0)
# What each kind of relation that is not carried over was, for the account.
_NAMED = {
    "/comments": "批注",
    "/threadedComment": "批注",
    "/customXml": "其他程序存的数据",
    "/oleObject": "嵌入的文件",
    "/package": "嵌入的文件",
    "/aFChunk": "嵌入的文件",
    "/subDocument": "嵌入的文件",
    "/control": "控件",
    "/ctrlProp": "控件",
    "/vbaProject": "宏",
    "/glossaryDocument": "自动图文集",
    "/externalLink": "外部链接和存下的数据",
    "/pivotTable": "数据透视表的底数",
    "/pivotCacheDefinition": "数据透视表的底数",
    "/connections": "数据连接",
    "/queryTable": "数据连接",
    "/revisionHeaders": "修订记录",
    "/core-properties": "文件属性",
    "/extended-properties": "文件属性",
    "/custom-properties": "文件属性",
    "/thumbnail": "预览图",
    "/printerSettings": "打印机设置",
    "/attachedTemplate": "模板路径",
}
_SAFE_LINKS = ("http://", "https://", "mailto:", "tel:", "#")
_PICTURES = frozenset(("/image",))
_PLAIN_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".emf", ".wmf")  # fmt: skip


class OfficeCopy:
    """The copy while it is made: its XML parts as trees that may be changed, the rest as bytes."""

    def __init__(self, file: OfficeFile, kept: frozenset[str], mask: Mask) -> None:
        self.file = file
        self.mask = mask
        self.done: Counter[str] = Counter()
        self.trees: dict[str, etree._Element] = {}
        self._bytes: dict[str, bytes] = {}
        self.relations: dict[str, list[Relation]] = {}
        self.dropped: dict[str, set[str]] = {}
        self._kept = kept
        self._follow("")
        main = self.trees.get(file.main)
        if main is None or etree.QName(main).localname not in _MAIN_TYPES:
            raise file.package.damaged()
        if file.loose or file.stray_bytes:
            self.done["不显示的部分"] += len(file.loose) or 1

    def _follow(self, part: str) -> None:
        """Carry over what ``part`` leads to, as far as the list goes, and on from there."""
        waiting = [part]
        while waiting:
            at = waiting.pop()
            if at in self.relations:
                continue
            self.relations[at] = []
            self.dropped[at] = set()
            for relation in self.file.relations(at):
                if self._comes_along(at, relation):
                    self.relations[at].append(relation)
                    if not relation.external:
                        self._carry(relation)
                        waiting.append(relation.target)
                else:
                    self.dropped[at].add(relation.id)
                    if relation.kind in _NAMED:
                        self.done[_NAMED[relation.kind]] += 1
                    elif relation.external:
                        self.done["指向别处的链接"] += 1

    def drop_relation(self, part: str, id_: str) -> None:
        """Let ``part`` lead no longer there."""
        self.relations[part] = [r for r in self.relations[part] if r.id != id_]
        self.dropped[part].add(id_)

    def add_picture(self, part: str, data: bytes, kind: str) -> str:
        """A new picture that ``part`` leads to; its relation's id."""
        folder = posixpath.dirname(part)
        number = len(self._bytes) + 1
        name = posixpath.join(folder, "media", f"cut{number}.{kind}")
        id_ = f"cut{number}"
        self._bytes[name] = data
        self.relations[part].append(Relation(id_, "/image", name, False))
        return id_

    def picture(self, part: str, id_: str) -> bytes | None:
        """The picture behind a relation of ``part``."""
        target = next((r.target for r in self.relations[part] if r.id == id_), None)
        return None if target is None else self._bytes.get(target)

    def parts_of_kind(self, *kinds: str) -> Iterator[tuple[str, etree._Element]]:
        """The carried XML parts that something leads to as one of ``kinds``."""
        seen = set()
        for relations in list(self.relations.values()):
            for relation in relations:
                name = relation.target
                if relation.kind in kinds and name in self.trees and name not in seen:
                    seen.add(name)
                    yield name, self.trees[name]

    def written(self) -> bytes:
        """The copy as a file; every part dated the same day."""
        reached = self._reached()
        parts: dict[str, bytes] = {
            name: _bytes_of(self.trees[name]) if name in self.trees else self._bytes[name]
            for name in reached
        }
        for part in ("", *reached):
            relations = self.relations.get(part)
            if relations:
                folder, name = posixpath.split(part)
                parts[posixpath.join(folder, "_rels", f"{name}.rels")] = _relations(relations)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in [(CONTENT_TYPES, self._content_types(parts)), *parts.items()]:
                info = zipfile.ZipInfo(name, _EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, data)
        return out.getvalue()

    def _reached(self) -> list[str]:
        """The parts that are still led to."""
        found: dict[str, None] = {}
        waiting = [""]
        while waiting:
            for relation in self.relations.get(waiting.pop(), ()):
                if not relation.external and relation.target not in found:
                    found[relation.target] = None
                    waiting.append(relation.target)
        return [name for name in found if name in self.trees or name in self._bytes]

    def _comes_along(self, part: str, relation: Relation) -> bool:
        if part == "":
            return relation.kind == "/officeDocument" and not relation.external
        if relation.external:
            target = relation.target
            return (
                relation.kind == "/hyperlink"
                and target.lower().startswith(_SAFE_LINKS)
                and not LOCAL_PATH.search(target)
                and not self.mask.covers(target)
            )
        if relation.kind in _PICTURES:
            return relation.target.lower().endswith(_PLAIN_PICTURES) and relation.target in self.file.names  # fmt: skip
        return relation.kind in self._kept and relation.target in self.file.names

    def _carry(self, relation: Relation) -> None:
        name = relation.target
        if name in self.trees or name in self._bytes:
            return
        if relation.kind in _PICTURES or relation.kind == "/font":
            data = self.file.part(name)
            self._bytes[name] = without_metadata(data)
            if self._bytes[name] != data:
                self.done["图片的拍摄信息"] += 1
            return
        root = self.file.root(name)
        if root is None:
            raise self.file.package.damaged()
        self.trees[name] = root

    def _content_types(self, parts: dict[str, bytes]) -> bytes:
        given = self.file.root(CONTENT_TYPES)
        usual = {
            "rels": "application/vnd.openxmlformats-package.relationships+xml",
            "png": "image/png",
            "jpeg": "image/jpeg",
            "xml": "application/xml",
        }
        single: dict[str, str] = {}
        for element in () if given is None else given:
            kind = element.get("ContentType", "")
            if element.get("Extension"):
                usual[element.get("Extension", "").lower()] = kind
            elif element.get("PartName"):
                single[element.get("PartName", "").lstrip("/").lower()] = kind
        main = self.file.main
        single[main.lower()] = _MAIN_TYPES[etree.QName(self.trees[main]).localname]
        root = _unprefixed(_TYPES, "Types")
        extensions = {posixpath.splitext(name)[1][1:].lower() for name in parts}
        for extension in sorted({"rels", *extensions}):
            if extension in usual:
                told = {"Extension": extension, "ContentType": usual[extension]}
                etree.SubElement(root, f"{{{_TYPES}}}Default", told)
        for name in parts:
            if name.lower() in single:
                told = {"PartName": f"/{name}", "ContentType": single[name.lower()]}
                etree.SubElement(root, f"{{{_TYPES}}}Override", told)
        return _bytes_of(root)


def _relations(relations: list[Relation]) -> bytes:
    root = _unprefixed(RELATIONS, "Relationships")
    for relation in relations:
        told = {
            "Id": relation.id,
            "Type": relation.type or _OFFICE + relation.kind,
            "Target": relation.target if relation.external else f"/{relation.target}",
        }
        if relation.external:
            told["TargetMode"] = "External"
        etree.SubElement(root, f"{{{RELATIONS}}}Relationship", told)
    return _bytes_of(root)


def _unprefixed(namespace: str, name: str) -> etree._Element:
    """An element in the default namespace: LibreOffice knows no package whose parts carry a prefix."""
    return etree.fromstring(f'<{name} xmlns="{namespace}"/>')


def _bytes_of(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
