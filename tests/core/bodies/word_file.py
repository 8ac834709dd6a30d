"""Word files built part by part, as Word writes them: only what a test needs of each."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
 <w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/>
 <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/><w:basedOn w:val="a"/>
 <w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="44"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="S"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="P"><w:name w:val="Placeholder Text"/></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF06C;"/></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF06E;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
"""


def png(shade: int = 0) -> bytes:
    """A picture of one dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    dots = zlib.compress(bytes((0, shade)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dots) + chunk(b"IEND", b"")


def run(words: str, properties: str = "") -> str:
    """A run of text."""
    told = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{told}<w:t xml:space="preserve">{words}</w:t></w:r>'


def para(content: str, properties: str = "") -> str:
    """A paragraph; plain words become a run."""
    inner = content if content.startswith("<") or not content else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def numbered(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


CENTRED = '<w:jc w:val="center"/>'
RIGHT = '<w:jc w:val="right"/>'


def cell(content: str, properties: str = "") -> str:
    inner = content if content.startswith(("<w:p", "<w:tbl")) else para(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str, columns: int = 3) -> str:
    grid = '<w:gridCol w:w="2000"/>' * columns
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def drawing(relation: str, descr: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="{descr}"/><a:graphic>'
        f'<a:graphicData><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name=""/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill></pic:pic></a:graphicData>'
        f"</a:graphic></wp:inline></w:drawing></w:r>"
    )


def word_file(
    *body: str,
    parts: dict[str, bytes | str] | None = None,
    relations: dict[str, tuple[str, str]] | None = None,
) -> bytes:
    """A docx with ``body``.

    ``parts`` are further parts: xml as what their root holds, pictures as bytes;
    ``relations`` of the main part are kind and target by id (an ``http`` target is outside).
    """
    related = {
        "s": ("styles", "styles.xml"),
        "n": ("numbering", "numbering.xml"),
        **(relations or {}),
    }
    xml = {
        "word/document.xml": ("document", f"<w:body>{''.join(body)}<w:sectPr/></w:body>"),
        "word/styles.xml": ("styles", STYLES),
        "word/numbering.xml": ("numbering", NUMBERING),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, (root, inner) in xml.items():
            package.writestr(name, f"<w:{root} {_NAMES}>{inner}</w:{root}>")
        for name, data in (parts or {}).items():
            if isinstance(data, str):
                root = {"header1.xml": "hdr", "footer1.xml": "ftr"}.get(
                    name.rpartition("/")[2], name.rpartition("/")[2].removesuffix(".xml")
                )
                data = f"<w:{root} {_NAMES}>{data}</w:{root}>".encode()
            package.writestr(name, data)
        outside = ' TargetMode="External"'
        links = "".join(
            f'<Relationship Id="{key}" Type="{_KINDS}/{kind}" Target="{target}"'
            f"{outside if target.startswith(('http', 'mailto', 'java')) else ''}/>"
            for key, (kind, target) in related.items()
        )
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        package.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{space}">{links}</Relationships>',
        )
        package.writestr(
            "docProps/core.xml",
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
            'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<dc:title>属性里的标题</dc:title><dc:creator>张三</dc:creator></cp:coreProperties>",
        )
        package.writestr("[Content_Types].xml", "<Types/>")
    return stream.getvalue()
