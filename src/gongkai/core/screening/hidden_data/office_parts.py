"""What Word files and workbooks hide alike, outside their text and cells.

Who wrote it and on which machine, other files packed inside, data of other
programs, pictures that tell where they were taken, parts that nothing shows.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator

from lxml import etree

from .hidden import Hidden, Piece, gathered
from .office_file import OfficeFile
from .picture import look_into_pictures

_DC = "{http://purl.org/dc/elements/1.1/}"
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_PEOPLE = (
    (_DC + "creator", "作者"),
    (_CP + "lastModifiedBy", "最后修改人"),
)
_DESCRIPTIONS = (
    (_DC + "title", "标题"),
    (_DC + "subject", "主题"),
    (_DC + "description", "备注"),
    (_CP + "keywords", "关键词"),
    (_CP + "category", "类别"),
    (_CP + "contentStatus", "状态"),
)
_APP_PEOPLE = (("Manager", "主管"), ("Company", "单位"))
_USUAL_TEMPLATES = frozenset(("", "normal.dotm", "normal.dot", "normal", "normal.wpt"))
# What an office program writes of itself, and nothing of anybody.
_OWN_MARKS = frozenset(("ksoproductbuildver", "icv"))
_MACROS = frozenset(("/vbaProject", "/xlMacrosheet", "/xlIntlMacrosheet", "/wordVbaData"))
_EMBEDDED = frozenset((
    "/oleObject", "/package", "/aFChunk", "/subDocument", "/control", "/activeXControlBinary",
    "/video", "/audio", "/media", "/attachedToolbars",
))  # fmt: skip
# The templates of custom data that every document of some programs carries empty.
_EMPTY_KINDS = ("bibliography", "wpsCustomData", "coverPageProps", "contentType", "documentManagement")  # fmt: skip
# Outside addresses that are only followed when somebody asks.
_ONLY_NAMED = frozenset(("/hyperlink", "/externalLinkPath"))
LOCAL_PATH = re.compile(
    r"(?:\b[A-Za-z]:\\|\\\\[\w.$-]+\\|\bfile:/{2,})[^\s\"'<>|*?]{2,}|/(?:Users|home)/[^\s\"'<>]{2,}"
)


def look_into_parts(file: OfficeFile, expected: frozenset[str]) -> Iterator[Hidden]:
    """Findings on the parts of ``file``; ``expected`` are the kinds that its text shows or tells."""
    yield from gathered("hidden.author", _people(file))
    yield from gathered("hidden.description", _descriptions(file))
    yield from gathered("hidden.custom_data", _custom_data(file))
    yield from gathered("hidden.macros", _named(file, _MACROS))
    yield from gathered("hidden.embedded_file", _named(file, _EMBEDDED))
    yield from gathered("hidden.thumbnail", _named(file, frozenset(("/thumbnail",))))
    known = expected | _MACROS | _EMBEDDED | _TOLD_HERE
    yield from gathered("hidden.other_part", _others(file, known))
    yield from gathered("hidden.local_path", _paths(file))
    yield from gathered("hidden.remote_content", _remote(file))
    yield from look_into_pictures(
        (file.part(name), f"图片 {posixpath.basename(name)}")
        for name, kind in file.kinds.items()
        if kind in ("/image", "/hdphoto")
    )
    if file.stray_bytes:
        yield from gathered("hidden.appended_data", [Piece("文件", f"{file.stray_bytes} 字节")])


_TOLD_HERE = frozenset((
    "/officeDocument", "/core-properties", "/extended-properties", "/custom-properties",
    "/thumbnail", "/customXml", "/customXmlProps", "/image", "/hyperlink", "/theme",
    "/styles", "/stylesWithEffects", "/chart", "/chartStyle", "/chartColorStyle",
    "/themeOverride", "/chartUserShapes", "/diagramData", "/diagramLayout",
    "/diagramQuickStyle", "/diagramColors", "/diagramDrawing", "/hdphoto", "/printerSettings",
    "/vmlDrawing",
))  # fmt: skip


def text_of(root: etree._Element | None) -> str:
    """All words under ``root``, apart by blanks."""
    parts = () if root is None else root.itertext()
    return " ".join(str(part).strip() for part in parts if part.strip())


def _properties(file: OfficeFile, kind: str) -> Iterator[etree._Element]:
    for name in file.related("", kind):
        root = file.root(name)
        if root is not None:
            yield root


def _people(file: OfficeFile) -> Iterator[Piece]:
    for root in _properties(file, "/core-properties"):
        for tag, label in _PEOPLE:
            yield Piece("文件属性", _labelled(label, root.findtext(tag)))
    for root in _properties(file, "/extended-properties"):
        for child in root:
            role = dict(_APP_PEOPLE).get(etree.QName(child).localname)
            if role:
                yield Piece("文件属性", _labelled(role, child.text))
    for name, kind in file.kinds.items():
        if kind in ("/people", "/person"):
            people = file.root(name)
            for person in () if people is None else people:
                named = [str(v) for k, v in person.attrib.items() if _says_name(k)]
                yield Piece("批注人名单", "".join(named[:1]))


def _says_name(attribute: object) -> bool:
    return etree.QName(str(attribute)).localname in ("author", "displayName")


def _descriptions(file: OfficeFile) -> Iterator[Piece]:
    for root in _properties(file, "/core-properties"):
        for tag, label in _DESCRIPTIONS:
            yield Piece("文件属性", _labelled(label, root.findtext(tag)))
    for root in _properties(file, "/extended-properties"):
        for child in root:
            name, words = etree.QName(child).localname, (child.text or "").strip()
            if name == "Template" and words.lower() not in _USUAL_TEMPLATES:
                yield Piece("文件属性", _labelled("模板", words))
            elif name == "HyperlinkBase":
                yield Piece("文件属性", _labelled("链接起点", words))
    for root in _properties(file, "/custom-properties"):
        for child in root:
            called = child.get("name", "")
            if called.lower() not in _OWN_MARKS:
                yield Piece("自定义属性", _labelled(called, text_of(child)))


def _labelled(label: str, words: str | None) -> str:
    return f"{label}：{words.strip()}" if words and words.strip() else ""


def _custom_data(file: OfficeFile) -> Iterator[Piece]:
    for name, kind in file.kinds.items():
        if kind != "/customXml":
            continue
        root = file.root(name)
        if root is None:
            yield Piece(name, f"{len(file.part(name))} 字节")
            continue
        words = text_of(root) or " ".join(
            str(v) for element in root.iter() if element is not root for v in element.values()
        )
        if words or not any(known in str(root.tag) for known in _EMPTY_KINDS):
            yield Piece(name, words or str(root.tag))


def _named(file: OfficeFile, kinds: frozenset[str]) -> Iterator[Piece]:
    for name, kind in file.kinds.items():
        if kind in kinds:
            yield Piece(posixpath.basename(name), f"{len(file.part(name))} 字节")


def _others(file: OfficeFile, known: frozenset[str]) -> Iterator[Piece]:
    for name, kind in file.kinds.items():
        if kind not in known and name != file.main:
            yield Piece(name, text_of(file.root(name)) or f"{len(file.part(name))} 字节")
    for name in file.loose:
        yield Piece(name, text_of(file.root(name)) or f"{len(file.part(name))} 字节")


def _paths(file: OfficeFile) -> Iterator[Piece]:
    for part in ("", file.main, *file.kinds):
        for relation in file.relations(part):
            if relation.external and LOCAL_PATH.search(relation.target):
                yield Piece(part or "文件", relation.target)
    for element in _absolute_paths(file.root(file.main)):
        yield Piece("文件", element.get("url", ""))


def _absolute_paths(root: etree._Element | None) -> Iterable[etree._Element]:
    """Where the workbook lay when it was last saved (``x15ac:absPath``)."""
    if root is None:
        return ()
    return (e for e in root.iter("{*}absPath") if e.get("url"))


def _remote(file: OfficeFile) -> Iterator[Piece]:
    """What is fetched from elsewhere as soon as the file is opened."""
    for part in ("", file.main, *file.kinds):
        for relation in file.relations(part):
            fetched = relation.external and relation.kind not in _ONLY_NAMED
            if fetched and ":" in relation.target and not LOCAL_PATH.search(relation.target):
                yield Piece(part or "文件", relation.target)
