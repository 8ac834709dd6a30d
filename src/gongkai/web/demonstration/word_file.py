"""A Word file of a light text, with the traces of its making that the data ask for.

The least that Word opens: no template, a handful of styles.  A comment and a tracked change
are there for the check before the secrecy review to find.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from gongkai.core.bodies.content import SIGNED, Block, Listing, Paragraph, Table, words_of

from .light_text import blocks_of

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NEVER = (1980, 1, 1, 0, 0, 0)
_WHEN = "2026-11-10T09:00:00Z"
_STYLES = f"""<w:styles xmlns:w="{_WORD}">
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="FangSong" w:hAnsi="FangSong" w:eastAsia="仿宋"/>
<w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>
<w:pPr><w:ind w:firstLineChars="200" w:firstLine="640"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>
<w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:rFonts w:eastAsia="楷体"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Signature"><w:name w:val="Signature"/><w:basedOn w:val="Normal"/>
<w:pPr><w:jc w:val="right"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Cell"/><w:basedOn w:val="Normal"/>
<w:pPr><w:ind w:firstLineChars="0" w:firstLine="0"/></w:pPr><w:rPr><w:sz w:val="21"/></w:rPr></w:style>
</w:styles>"""
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(f'<w:{edge} w:val="single" w:sz="4" w:color="000000"/>' for edge in _EDGES)


def word_file(recipe: Mapping[str, Any], author: str) -> bytes:
    """The file that ``recipe`` tells of; it names its author only where the recipe does.

    ``author``: who commented and changed, where the recipe does not say.
    """
    named = recipe.get("author", "")
    author = named or author
    body = "".join(_written(blocks_of(recipe["text"])))
    body += _tracked(recipe.get("tracked_change"), author)
    comment = recipe.get("comment", "")
    if comment:
        body += (
            '<w:p><w:commentRangeStart w:id="0"/>'
            + _run("（以上名单以公示为准。）")
            + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>'
        )
    parts = {
        "[Content_Types].xml": _types(bool(comment)),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml", _OFFICE),
            ("core-properties", "docProps/core.xml", f"{_PACKAGE}/relationships/metadata"),
        ),
        "docProps/core.xml": _properties(named),
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}<w:sectPr>'
        '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>',
        "word/styles.xml": _STYLES,
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml", _OFFICE),
            *([("comments", "comments.xml", _OFFICE)] if comment else []),
        ),
    }
    if comment:
        parts["word/comments.xml"] = (
            f'<w:comments xmlns:w="{_WORD}"><w:comment w:id="0" w:author="{escape(author)}"'
            f' w:date="{_WHEN}"><w:p>{_run(comment)}</w:p></w:comment></w:comments>'
        )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            info = zipfile.ZipInfo(name, _NEVER)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, (_HEAD + xml).encode())
    return buffer.getvalue()


def _written(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield from _table(block)
        elif isinstance(block, Listing):
            for item in block.items:
                for within in item:
                    if isinstance(within, Paragraph):
                        yield _paragraph(f"● {words_of(within.content)}")
        elif isinstance(block, Paragraph):
            style = {"h2": "Heading1", "h3": "Heading2"}.get(block.tag, "")
            if block.place == SIGNED:
                style = "Signature"
            yield _paragraph(words_of(block.content), style)


def _table(block: Table) -> Iterator[str]:
    if block.caption:
        yield _paragraph(words_of(block.caption), "Cell")
    rows = []
    for row in block.rows:
        head = "<w:trPr><w:tblHeader/></w:trPr>" if row.part == "thead" else ""
        cells = [
            "<w:tc><w:tcPr/>"
            + _paragraph(
                "".join(words_of(p.content) for p in cell.content if isinstance(p, Paragraph)),
                "Cell",
            )
            + "</w:tc>"
            for cell in row.cells
        ]
        rows.append(f"<w:tr>{head}{''.join(cells)}</w:tr>")
    grid = "<w:gridCol/>" * len(block.rows[0].cells)
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    # Word wants a paragraph between two tables and after the last.
    yield "<w:p/>"


def _tracked(change: Mapping[str, str] | None, author: str) -> str:
    if change is None:
        return ""
    by = f'w:author="{escape(author)}" w:date="{_WHEN}"'
    return (
        f'<w:p><w:del w:id="1" {by}><w:r><w:delText xml:space="preserve">'
        f"{escape(change['deleted'])}</w:delText></w:r></w:del>"
        f'<w:ins w:id="2" {by}>{_run(change["inserted"])}</w:ins></w:p>'
    )


def _paragraph(words: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{_run(words)}</w:p>"


def _run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def _types(comments: bool) -> str:
    named = {"document.xml": "document.main", "styles.xml": "styles"}
    if comments:
        named["comments.xml"] = "comments"
    overrides = "".join(
        f'<Override PartName="/word/{name}" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in named.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{overrides}</Types>"
    )


def _relations(*relations: tuple[str, str, str]) -> str:
    written = "".join(
        f'<Relationship Id="r{number}" Type="{kinds}/{kind}" Target="{target}"/>'
        for number, (kind, target, kinds) in enumerate(relations, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{written}</Relationships>'


def _properties(author: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{escape(author)}</dc:creator></cp:coreProperties>"
    )
