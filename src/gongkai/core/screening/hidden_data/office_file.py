"""A Word file or workbook as its parts: which there are, and which of them leads to which.

What a part is follows from the relation that leads to it, not from its name; a
part that nothing leads to is lying loose in the file and is told as such.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from ...errors import UnreadableDocument
from ...readers.document import Budget
from ...readers.package import Package

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATION = f"{{{RELATIONS}}}Relationship"
CONTENT_TYPES = "[Content_Types].xml"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_LOCAL_HEADER = 30
# Word leaves room to grow behind its first part; anything within this is no data.
_PADDING = 4_096


class Relation(NamedTuple):
    """One arrow: its id, the end of its type (``/styles``), its target, whether outside, its type."""

    id: str
    kind: str
    target: str
    external: bool
    type: str = ""


class OfficeFile:
    """The parts of an office file by name; ``main`` is the document or the workbook."""

    def __init__(self, data: bytes, kind: str, budget: Budget) -> None:
        self.budget = budget
        self.package = Package(data, budget, kind)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            self.stray_bytes = _stray_bytes(archive, infos) + len(archive.comment)
        # The same name in two spellings is one part, as for every program that opens the file.
        named = {info.filename.replace("\\", "/").lstrip("/"): info for info in infos}
        self.names = tuple({name.lower(): name for name in named}.values())
        self._spelled = {name.lower(): name for name in self.names}
        self._relations: dict[str, tuple[Relation, ...]] = {}
        self._roots: dict[str, etree._Element | None] = {}
        usual = "word/document.xml" if kind == "docx" else "xl/workbook.xml"
        self.main = self.spelled(self.package.main_part(usual)) or usual

    def spelled(self, name: str) -> str | None:
        """The part's name as the file spells it; None where there is no such part."""
        return self._spelled.get(name.lower())

    def part(self, name: str) -> bytes:
        return self.package.part(name) or b""

    def root(self, name: str) -> etree._Element | None:
        """The root of an XML part, parsed once; None where there is none or it is no XML."""
        if name not in self._roots:
            data = self.package.part(name)
            try:
                self._roots[name] = None if data is None else self.package.parse(usual_names(data))
            except UnreadableDocument:
                if name == self.main:
                    raise
                self._roots[name] = None
        return self._roots[name]

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Where ``part`` leads; "" is the file itself."""
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def related(self, part: str, *kinds: str) -> list[str]:
        """The parts within the file that ``part`` leads to as one of ``kinds``."""
        return [r.target for r in self.relations(part) if r.kind in kinds and not r.external]

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Every part that something leads to, with the kind of the first arrow to it."""
        found: dict[str, str] = {}
        waiting = [""]
        while waiting:
            for relation in self.relations(waiting.pop()):
                inside = not relation.external and relation.target in self.names
                if inside and relation.target not in found:
                    found[relation.target] = relation.kind
                    waiting.append(relation.target)
        return found

    @cached_property
    def loose(self) -> list[str]:
        """The parts that nothing leads to."""
        return [
            name for name in self.names
            if name not in self.kinds and name != self.main and name != CONTENT_TYPES
            and not name.endswith(".rels")
        ]  # fmt: skip

    def _read_relations(self, part: str) -> tuple[Relation, ...]:
        folder, name = posixpath.split(part)
        listed = self.spelled(posixpath.join(folder, "_rels", f"{name}.rels"))
        data = None if listed is None else self.package.part(listed)
        if data is None:
            return ()
        found = []
        for relation in self.package.parse(data).iter(_RELATION):
            external = relation.get("TargetMode") == "External"
            target = relation.get("Target", "")
            if not external:
                target = target.replace("\\", "/")
                absolute = target if target.startswith("/") else posixpath.join("/", folder, target)
                target = posixpath.normpath(absolute).lstrip("/")
                target = self.spelled(target) or target
            type_ = usual_names(relation.get("Type", "").encode()).decode()
            kind = "/" + type_.rpartition("/")[2]
            found.append(Relation(relation.get("Id", ""), kind, target, external, type_))
        return tuple(found)


def usual_names(data: bytes) -> bytes:
    """XML of the strict variant with the names of the usual one: they differ in nothing else here."""
    return _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)


def _stray_bytes(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> int:
    """Bytes that belong to no part, such as what an update in place left standing."""
    used = sum(
        _LOCAL_HEADER + len(info.filename.encode()) + len(info.extra) + info.compress_size
        for info in infos
    )
    stray = archive.start_dir - used
    return stray if stray > _PADDING else 0
