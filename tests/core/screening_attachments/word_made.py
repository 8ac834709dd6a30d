"""Word files made for these tests: the least a Word file needs, and what is hidden in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TYPES = {
    "word/document.xml": _PART + "document.main+xml",
    "word/styles.xml": _PART + "styles+xml",
    "word/settings.xml": _PART + "settings+xml",
    "word/comments.xml": _PART + "comments+xml",
    "word/footnotes.xml": _PART + "footnotes+xml",
    "word/header1.xml": _PART + "header+xml",
    "word/header2.xml": _PART + "header+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}


def run(text: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, properties: str = "") -> str:
    inner = "".join(r if r.startswith("<") else run(r) for r in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def table(*rows: tuple[str, ...], look: str = "") -> str:
    lines = "".join(
        "<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid/>{lines}</w:tbl>"


def part(tag: str, inner: str) -> str:
    return f"<w:{tag} {_NAMES}>{inner}</w:{tag}>"


def relation(id_: str, kind: str, target: str, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def word(
    body: str,
    relations: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    package: str = "",
    types: Mapping[str, str] | None = None,
) -> bytes:
    """A Word file; ``relations`` are those of the document, ``package`` those of the file."""
    told: dict[str, str | bytes] = {
        "word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "_rels/.rels": f'<Relationships xmlns="{P}">'
        + relation("rId1", "officeDocument", "word/document.xml")
        + package
        + "</Relationships>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{P}">{relations}</Relationships>',
        **(parts or {}),
    }
    known = {**_TYPES, **(types or {})}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{known[name]}"/>'
        for name in told
        if name in known
    )
    content = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="jpeg" ContentType="image/jpeg"/>'
        '<Default Extension="bin" ContentType="application/octet-stream"/>'
        f"{overrides}</Types>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"[Content_Types].xml": content, **told}.items():
            archive.writestr(name, data)
    return stream.getvalue()


def picture(id_: str, crop: str = "", description: str = "") -> str:
    """A picture in a run."""
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/>'
        f'<wp:docPr id="1" name="图片" descr="{description}"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="1" name="图片"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{id_}"/>{crop}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def field(code: str, result: str) -> str:
    """A field in the runs of one paragraph."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def strict(data: bytes) -> bytes:
    """The same file in the strict variant of the standard."""
    names = {
        W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
        OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as archive:
        for name in given.namelist():
            content = given.read(name)
            for usual, own in names.items():
                content = content.replace(usual.encode(), own.encode())
            archive.writestr(name, content)
    return out.getvalue()
