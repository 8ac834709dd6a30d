"""An office file (docx, xlsx): a zip of XML parts, opened without trusting it.

Sizes are measured while inflating, never taken from headers; only the methods
the office formats allow are inflated; XML is parsed without a DTD, entities or
network.  Anything else is :class:`UnreadableDocument`.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from functools import lru_cache

from lxml import etree

from ..errors import UnreadableDocument
from .document import Budget

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_DIRECTORY_ENTRY = b"PK\x01\x02"
# A report has a few dozen parts; a directory of hundreds of thousands is an attack.
_MOST_PARTS = 20_000
# Tags and attributes together: what a parsed tree costs in memory hangs on these, not on bytes.
_MOST_MARKUP = 4_000_000
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_BAD_ZIP = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, struct.error,
)  # fmt: skip
# The strict variant of the standard differs in its namespaces alone, for our purpose.
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_TO_USUAL = [
    (_STRICT + strict, b"http://schemas.openxmlformats.org/" + usual)
    for strict, usual in (
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"spreadsheetml/main", b"spreadsheetml/2006/main"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/math", b"officeDocument/2006/math"),
    )
]
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def is_encrypted(data: bytes) -> bool:
    """Whether ``data`` is an office file behind a password (an OLE wrapper of the real one)."""
    return data.startswith(OLE_MAGIC) and _ENCRYPTED_STREAM in data


class Package:
    """The parts of an office file, by name; ``kind`` names the format in messages."""

    def __init__(self, data: bytes, budget: Budget, kind: str) -> None:
        if is_encrypted(data):
            raise UnreadableDocument("input.encrypted")
        self._budget = budget
        self._kind = kind
        self._left = budget.limits.unpacked_bytes
        if data.count(_DIRECTORY_ENTRY) > _MOST_PARTS:
            raise self._too_large()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BAD_ZIP:
            raise self.damaged() from None
        # Some programs write back slashes or another case; the standard reads both alike.
        self._parts = {
            info.filename.replace("\\", "/").lstrip("/").lower(): info
            for info in self._zip.infolist()
        }

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def has_like(self, word: str) -> bool:
        """Whether any part's name holds ``word``."""
        return any(word in name for name in self._parts)

    def part(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is none."""
        info = self._parts.get(name.lower())
        if info is None:
            return None
        if info.flag_bits & 0x1:
            raise UnreadableDocument("input.encrypted")
        if info.compress_type not in _METHODS:
            raise self.damaged()
        self._budget.check()
        try:
            with self._zip.open(info) as stream:
                data = stream.read(self._left + 1)
        except _BAD_ZIP:
            raise self.damaged() from None
        if len(data) > self._left:
            raise self._too_large()
        self._left -= len(data)
        return data

    def xml(self, name: str) -> etree._Element | None:
        """The root of a part; None where there is none."""
        data = self.part(name)
        return None if data is None else self.parse(data)

    def main_part(self, usual: str) -> str:
        """The name of the main part: ``usual``, or the one whose content type says so."""
        if usual in self:
            return usual
        types = self.xml("[Content_Types].xml")
        if types is not None:
            for override in types.iter(_OVERRIDE):
                name = override.get("PartName", "").lstrip("/")
                if override.get("ContentType", "").endswith("main+xml") and name in self:
                    return name
        found = self.related("", "/officeDocument")
        if found is None or found not in self:
            raise self.damaged()
        return found

    def related(self, part: str, kind: str) -> str | None:
        """The part that ``part`` relates to as ``kind``; ``part`` "" is the package itself."""
        return next((target for _, type_, target in self.relations(part) if type_ == kind), None)

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """Every relation of ``part``: its id, the end of its type (``/styles``), its target."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return []
        found = []
        for relation in root.iter(_RELATIONSHIP):
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "").replace("\\", "/")
            absolute = target if target.startswith("/") else posixpath.join("/", folder, target)
            kind = "/" + relation.get("Type", "").rpartition("/")[2]
            found.append((relation.get("Id", ""), kind, posixpath.normpath(absolute).lstrip("/")))
        return found

    def titles(self) -> list[str]:
        """The title the file gives itself in its properties."""
        core = self.xml("docProps/core.xml")
        title = None if core is None else core.findtext(_TITLE)
        return [title.strip()] if title and title.strip() else []

    def damaged(self) -> UnreadableDocument:
        return UnreadableDocument("input.damaged", kind=self._kind)

    def parse(self, data: bytes) -> etree._Element:
        """The root of the XML in ``data``, a part or a well-formed piece of one."""
        if len(data) > _MOST_MARKUP and data.count(b"<") + data.count(b"=") > _MOST_MARKUP:
            limit = self._budget.limits.cells
            raise UnreadableDocument("input.too_many_cells", limit=limit)
        if _STRICT in data[:4096]:
            for strict, usual in _STRICT_TO_USUAL:
                data = data.replace(strict, usual)
        try:
            root = etree.fromstring(data, _parser())
        except (etree.XMLSyntaxError, ValueError):
            raise self.damaged() from None
        if root is None or root.getroottree().docinfo.internalDTD is not None:
            raise self.damaged()
        return root

    def _too_large(self) -> UnreadableDocument:
        limit = self._budget.limits.unpacked_bytes // (1024 * 1024)
        return UnreadableDocument("input.unpacks_too_large", limit=limit)


@lru_cache(maxsize=1)
def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
