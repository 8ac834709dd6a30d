"""A Word file around its body: page, styles, fonts and page numbers as GB/T 9704 has them.

Report and letter are set alike; only what stands between differs.  The bytes are
the same on every run.
"""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files
from xml.sax.saxutils import escape

from .outline import printable

# GB/T 9704: A4, 156 mm by 225 mm of text.  All in twentieths of a point.
TEXT_WIDTH = 8844
_NEVER = (1980, 1, 1, 0, 0, 0)

# Our file to its place in the archive; the first must come first.
_FILES = {
    "content-types.xml": "[Content_Types].xml",
    "package-rels.xml": "_rels/.rels",
    "document.xml": "word/document.xml",
    "document-rels.xml": "word/_rels/document.xml.rels",
    "styles.xml": "word/styles.xml",
    "settings.xml": "word/settings.xml",
    "fonts.xml": "word/fontTable.xml",
    "footer-odd.xml": "word/footer1.xml",
    "footer-even.xml": "word/footer2.xml",
    "core.xml": "docProps/core.xml",
}


def word_file(body: str, title: str, agency: str) -> bytes:
    """The bytes of a docx file with this body."""
    texts = {name: _part(name) for name in _FILES}
    texts["document.xml"] = texts["document.xml"].replace("{body}", body)
    core = texts["core.xml"].replace("{title}", escape(printable(title)))
    texts["core.xml"] = core.replace("{agency}", escape(printable(agency)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, place in _FILES.items():
            info = zipfile.ZipInfo(place, _NEVER)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, texts[name].encode())
    return buffer.getvalue()


def runs(text: str) -> str:
    """The words of a paragraph; line ends within it stay."""
    if not text:
        return ""
    lines = printable(text).replace("\t", " ").split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r>{inner}</w:r>"


def paragraph(text: str, style: str, properties: str = "", kept: bool = False) -> str:
    """A paragraph; ``kept`` on the page of what follows it."""
    keep = "<w:keepNext/>" if kept else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{properties}</w:pPr>{runs(text)}</w:p>'


def _part(name: str) -> str:
    place = files("gongkai.core.writers") / "docx_parts" / name
    return place.read_text(encoding="utf-8")
