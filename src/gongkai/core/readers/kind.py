"""What kind of file it is, told from its bytes and never from its name."""

from __future__ import annotations

import io
import re
import zipfile

from ..errors import UnreadableDocument
from .encoding import without_mark

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNSUPPORTED = (
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"MZ", "exe"),
    (b"\x7fELF", "elf"),
    (b"SQLite format 3", "sqlite"),
    (b"OggS", "ogg"),
    (b"ID3", "mp3"),
)
HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|div|p|span|meta|title|script|style|center|h[1-6]|tr|td)[\s>/]",
    re.IGNORECASE,
)
_PAGE = re.compile(rb"<(?:!doctype|\?xml|html|head|body|script|style|meta)[\s>/]", re.IGNORECASE)
_MARKDOWN = re.compile(rb"^ {0,3}#{1,6}[ \t]+\S|^ {0,3}\|[ :]*--[ :|-]*$", re.MULTILINE)
_EMPTY_LINE = re.compile(rb"\n[ \t\r]*\n")
_OLE_STREAMS = {
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "EncryptedPackage": "encrypted",
}


def kind_of(data: bytes) -> str:
    """``docx``, ``doc``, ``rtf``, ``html``, ``pdf``, ``xlsx``, ``json`` or ``txt``.

    UnreadableDocument where the file is empty, of a kind that is not read, or
    of none that can be told.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableDocument("input.empty")
    if data.startswith(b"PK"):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    for magic, kind in _UNSUPPORTED:
        if data.startswith(magic):
            raise UnreadableDocument("input.unsupported_kind", kind=kind)
    head = _plain(data[:65536])
    if head.lstrip()[:1] == b"{":
        return "json"
    if _is_markdown(head):
        return "txt"
    if HTML.search(head[:4096]) or head.lstrip()[:5].lower() == b"<?xml":
        return "html"
    if len(re.findall(rb"</?(?:p|td|tr|div|span|table|br)\b", head, re.IGNORECASE)) > 5:
        return "html"
    if b"\0" in head:
        raise UnreadableDocument("input.unknown_kind")
    return "txt"


def _is_markdown(head: bytes) -> bool:
    """Markdown, whatever HTML it holds: its own signs, or paragraphs before the first tag."""
    if _PAGE.search(head):
        return False
    before = head.partition(b"<")[0].strip()
    return (
        _MARKDOWN.search(head) is not None or len(_EMPTY_LINE.findall(before)) > 0
    ) and HTML.search(head) is not None


def _plain(head: bytes) -> bytes:
    """UTF-16 as single bytes, so that the signs above can be looked for."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return (
            head[2:]
            .decode("utf-16-le" if head[0] == 0xFF else "utf-16-be", "replace")
            .encode("utf-8", "replace")
        )
    name = without_mark(head)
    if name:
        return head.decode(name, "replace").encode("utf-8", "replace")
    return head.removeprefix(b"\xef\xbb\xbf")


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    # zipfile says NotImplementedError of a file that names a later zip version.
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        kind = "docx" if b"word/" in data else "xlsx" if b"xl/" in data else "zip"
        raise UnreadableDocument("input.damaged", kind=kind) from error
    if any(n.startswith("word/") for n in names):
        return "docx"
    if any(n.startswith("xl/") for n in names):
        return "xlsx"
    if "[Content_Types].xml" in names:
        return "docx"
    kind = "odt/ods" if "mimetype" in names else "ofd" if "OFD.xml" in names else "zip"
    raise UnreadableDocument("input.unsupported_kind", kind=kind)


def _ole_kind(data: bytes) -> str:
    for name, kind in _OLE_STREAMS.items():
        if name.encode("utf-16-le") in data:
            if kind == "encrypted":
                raise UnreadableDocument("input.encrypted")
            if kind == "xls":
                raise UnreadableDocument("input.unsupported_kind", kind="xls")
            return kind
    # A Word file whose directory lies elsewhere or is cut off: let the converter say.
    return "doc"
