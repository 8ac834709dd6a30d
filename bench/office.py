"""Reports as Word and as agency sites keep them: far more mark-up than words."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from html import escape

from gongkai.core.forms import Layout, LayoutCell, layouts
from gongkai.core.report import AnnualReport, form_of

_FONT = '<w:rFonts w:hint="eastAsia" w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体" w:cs="宋体"/>'
_RUN = (
    f"<w:rPr>{_FONT}"
    '<w:color w:val="000000"/><w:kern w:val="0"/><w:sz w:val="20"/>'
    '<w:szCs w:val="20"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar"/></w:rPr>'
)
_SPACING = (
    '<w:keepNext w:val="0"/><w:keepLines w:val="0"/><w:widowControl/>'
    '<w:suppressLineNumbers w:val="0"/><w:spacing w:before="0" w:beforeAutospacing="1" '
    'w:after="0" w:afterLines="0" w:afterAutospacing="0"/><w:ind w:left="0" w:right="0"/>'
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:color="auto" w:sz="8" w:space="0"/>'
    for side in ("top", "left", "bottom", "right")
)
_NO_BORDERS = "".join(
    f'<w:{side} w:val="none" w:color="auto" w:sz="0" w:space="0"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_ROW = (
    f"<w:tblPrEx><w:tblBorders>{_NO_BORDERS}</w:tblBorders></w:tblPrEx><w:trPr>"
    '<w:trHeight w:val="340" w:hRule="atLeast"/><w:jc w:val="center"/></w:trPr>'
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.styles+xml"/></Types>'
)
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(report: AnnualReport) -> bytes:
    """``report`` with the mark-up Word leaves behind: about 250 KB of document.xml."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr(
            "_rels/.rels",
            f'{_RELATIONS}<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/_rels/document.xml.rels",
            f'{_RELATIONS}<Relationship Id="rId1" Type="{_OFFICE}/styles" '
            'Target="styles.xml"/></Relationships>',
        )
        package.writestr("word/styles.xml", _styles())
        package.writestr("word/document.xml", _document(report))
    return stream.getvalue()


def _styles() -> str:
    """A style sheet of the usual size: Word lists every style it knows."""
    latent = "".join(
        f'<w:lsdException w:qFormat="1" w:unhideWhenUsed="0" w:uiPriority="{at % 99}" '
        f'w:semiHidden="0" w:name="style {at}"/>'
        for at in range(260)
    )
    return (
        f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault>{_RUN}</w:rPrDefault>'
        f"</w:docDefaults><w:latentStyles>{latent}</w:latentStyles>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="1"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="Normal (Web)"/>'
        f'<w:basedOn w:val="1"/><w:pPr>{_SPACING}</w:pPr></w:style></w:styles>'
    )


def _document(report: AnnualReport) -> str:
    chance = random.Random(report.title)

    def paragraph(text: str, place: str) -> str:
        opening = (
            f'<w:p w14:paraId="{chance.randrange(1 << 31):08X}"><w:pPr>{place}{_SPACING}</w:pPr>'
        )
        # Word breaks a paragraph into runs wherever it was edited or checked.
        size = 40 if len(text) > 40 else len(text)
        pieces = [text[at : at + size] for at in range(0, len(text), size)] if text else []
        return (
            opening + "".join(f"<w:r>{_RUN}<w:t>{escape(p)}</w:t></w:r>" for p in pieces) + "</w:p>"
        )

    def cell(at: LayoutCell, text: str, merge: str) -> str:
        span = f'<w:gridSpan w:val="{at.column_span}"/>' if at.column_span > 1 else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{900 * at.column_span}" w:type="dxa"/>{span}{merge}'
            f'<w:tcBorders>{_BORDERS}</w:tcBorders><w:shd w:val="clear" w:color="auto" '
            'w:fill="auto"/><w:tcMar><w:left w:w="57" w:type="dxa"/>'
            '<w:right w:w="57" w:type="dxa"/></w:tcMar><w:vAlign w:val="center"/></w:tcPr>'
            + paragraph(text, "")
            + "</w:tc>"
        )

    def table(layout: Layout) -> str:
        rows = []
        for row in range(layout.rows):
            cells = [c for c in layout.cells if c.row <= row < c.row + c.row_span]
            made = []
            for c in sorted(cells, key=lambda c: c.column):
                first = c.row == row
                merge = f'<w:vMerge w:val="{"restart" if first else "continue"}"/>'
                words = _printed(report, c) if first else ""
                made.append(cell(c, words, merge if c.row_span > 1 else ""))
            rows.append(f'<w:tr w14:paraId="{row:08X}">{_ROW}{"".join(made)}</w:tr>')
        columns = '<w:gridCol w:w="900"/>' * layout.columns
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="9740" w:type="dxa"/><w:tblBorders>{_NO_BORDERS}'
            f'</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}'
            f"</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    style = '<w:pStyle w:val="2"/>'
    body = "".join(
        table(part) if isinstance(part, Layout) else paragraph(part, style)
        for part in _parts(report)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{_W}" '
        f'xmlns:w14="{_W14}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    )


def article(report: AnnualReport) -> str:
    """The report as an editor on an agency's site leaves it: styles on every cell."""
    blocks = []
    for part in _parts(report):
        if isinstance(part, Layout):
            blocks.append(_html_table(report, part))
        else:
            blocks.append(f'<p style="text-indent: 2em; line-height: 2;">{escape(part)}</p>')
    return f'<div class="TRS_Editor">{"".join(blocks)}</div>'


def page(report: AnnualReport) -> str:
    """The whole page around the article: menus, scripts, style sheets, links."""
    title = escape(report.title or "")
    menu = "".join(
        f'<li class="nav-item"><a href="/xxgk/col/col{1000 + at}/index.html" target="_blank" '
        f'title="栏目{at}">栏目{at}</a></li>'
        for at in range(180)
    )
    links = "".join(
        f'<option value="https://www.example.gov.cn/{at}">友情链接{at}</option>' for at in range(60)
    )
    script = "var menu = document.getElementById('menu');\n" * 350
    css = "".join(
        f".layout-{at} .box {{ float: left; width: {at}px; color: #333; }}\n" for at in range(220)
    )
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8">'
        f'<meta name="ArticleTitle" content="{title}"><title>{title}_政府网站</title>'
        f"<style>{css}.print {{ display: none; }}</style><script>{script}</script></head><body>"
        f'<div class="header"><ul class="nav">{menu}</ul></div>'
        '<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/xxgk">政府信息公开'
        f'</a></div><div class="container"><h1>{title}</h1><div class="info">'
        "<span>发布时间：2025-01-20</span><span>浏览次数：128</span></div>"
        f'{article(report)}</div><div class="print">打印</div><div class="footer"><select>{links}'
        f"</select><p>主办：{escape(report.agency or '')} 网站标识码：0000000000</p></div>"
        f"<script>{script}</script></body></html>"
    )


def _html_table(report: AnnualReport, layout: Layout) -> str:
    rows = []
    for row in range(layout.rows):
        own = sorted((c for c in layout.cells if c.row == row), key=lambda c: c.column)
        cells = "".join(
            f"<td{_span('rowspan', c.row_span)}{_span('colspan', c.column_span)} "
            'style="padding:5px 5px 5px 5px ;border-left:none;border-right:1px solid windowtext;'
            'border-top:none;border-bottom:1px solid windowtext" valign="center">'
            f'<p style="text-indent: 0em;">{escape(_printed(report, c))}</p></td>'
            for c in own
        )
        rows.append(f'<tr style="height:19px">{cells}</tr>')
    return (
        '<table style="border-collapse: collapse; border: none;" cellspacing="0" border="1">'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _span(name: str, value: int) -> str:
    return f' {name}="{value}"' if value > 1 else ""


def _printed(report: AnnualReport, cell: LayoutCell) -> str:
    return report.cells[cell.address].text if cell.address else cell.text


def _parts(report: AnnualReport) -> Iterator[str | Layout]:
    """Title, lead, and the sections with their tables, in order."""
    form = form_of(report)
    if form is None:
        raise ValueError("a report of no edition has no tables")
    tables = {layout.section: layout for layout in layouts(form)}
    yield report.title or ""
    yield report.lead
    for section in report.sections:
        yield section.title
        yield from filter(None, section.text.split("\n"))
        if section.key in tables:
            yield tables[section.key]
