"""Word files as offices make them: named fonts, merged cells, a title over two lines."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from lxml.etree import _Element
from reports import Report
from tables import Box, Table, spread, width_of

_W = nsdecls("w")
_TWIPS = 9072  # the width of the text: A4 less 25 mm on either side
_SHARES = {4: (40, 20, 20, 20), 10: (7, 10, 27, 8, 8, 8, 8, 8, 8, 8), 15: (1,) * 15}
_SHARES_APART = (18, 16, 24, 6, 6, 6, 6, 6, 6, 6)
_HEIGHT = '<w:trPr><w:trHeight w:val="397" w:hRule="atLeast"/></w:trPr>'


class Fonts(NamedTuple):
    """The faces of title, headings and text."""

    title: str
    heading: str
    text: str


OFFICE = Fonts("方正小标宋简体", "黑体", "仿宋_GB2312")
EMBEDDED = Fonts("Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Serif CJK SC")


def write_word(report: Report, path: Path, fonts: Fonts = OFFICE, merged: bool = True) -> None:
    """``report`` as docx; without ``merged`` the label cells of table three stand apart."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    end = document.element.body[-1]
    for part in _parts(report, fonts, merged):
        end.addprevious(parse_xml(part))
    document.core_properties.author = ""
    document.core_properties.title = ""
    document.core_properties.comments = ""
    document.save(str(path))


def to_pdf(path: Path) -> None:
    """A PDF beside the Word file at ``path``, made by LibreOffice."""
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", path.parent, path]
    subprocess.run(command, check=True, capture_output=True)


def change(path: Path, before: str, pieces: Sequence[str], draft: str = "") -> None:
    """In the docx at ``path``, put the one cell that says ``before`` into several runs.

    With ``draft`` as a change on record: ``draft`` struck out, ``pieces`` put in.
    """
    document = Document(str(path))
    (found,) = [
        text
        for cell in document.element.body.iter(_name("tc"))
        for text in cell.iter(_name("t"))
        if text.text == before
    ]
    run = found.getparent()
    new = [_piece(run, piece, "t") for piece in pieces]
    if draft:
        who = f'w:author="办公室" w:date="2020-01-15T09:30:00Z" {_W}'
        inserted = parse_xml(f'<w:ins w:id="901" {who}/>')
        inserted.extend(new)
        deleted = parse_xml(f'<w:del w:id="900" {who}/>')
        deleted.append(_piece(run, draft, "delText"))
        new = [deleted, inserted]
    for element in new:
        run.addprevious(element)
    run.getparent().remove(run)
    document.save(str(path))


def _piece(run: _Element, words: str, tag: str) -> _Element:
    piece = parse_xml(f"<w:r {_W}><w:{tag}>{escape(words)}</w:{tag}></w:r>")
    style = run.find(_name("rPr"))
    piece.insert(0, deepcopy(style))
    return piece


def _name(tag: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{tag}"


def _parts(report: Report, fonts: Fonts, merged: bool) -> list[str]:
    parts = [_paragraph(line, fonts.title, 44, "center") for line in report.title]
    for line in report.opening:
        dated = line.endswith("日") and len(line) < 12
        parts.append(_paragraph(line, fonts.text, 32, "center" if dated else "both"))
    for section in report.sections:
        parts.append(_paragraph(section.heading, fonts.heading, 32, "both"))
        parts += [_paragraph(words, fonts.text, 32, "both") for words in section.paragraphs]
        if section.table:
            parts += [
                _table(section.table, fonts.text, merged),
                _paragraph("", fonts.text, 20, "both"),
            ]
    parts += [_paragraph(line, fonts.text, 32, "right") for line in report.closing]
    return parts


def _paragraph(words: str, font: str, half_points: int, align: str) -> str:
    indent = f'<w:ind w:firstLineChars="200" w:firstLine="{half_points * 20}"/>'
    return (
        f'<w:p {_W}><w:pPr><w:spacing w:line="560" w:lineRule="exact" w:before="0" w:after="0"/>'
        f'{indent if align == "both" else ""}<w:jc w:val="{align}"/></w:pPr>'
        f"{_run(words, font, half_points)}</w:p>"
    )


def _run(words: str, font: str, half_points: int) -> str:
    if not words:
        return ""
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>'
        f'<w:sz w:val="{half_points}"/></w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
    )


def _table(table: Table, font: str, merged: bool) -> str:
    apart = not merged and width_of(table) == len(_SHARES_APART)
    shares = _SHARES_APART if apart else _SHARES[width_of(table)]
    widths = [_TWIPS * share // sum(shares) for share in shares]
    rows = []
    above: list[tuple[int, int]] = []
    for at, line in enumerate(spread(table)):
        rows.append(f"<w:tr>{_HEIGHT}{_row(line, widths, above, font, apart and at > 2)}</w:tr>")
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl {_W}><w:tblPr><w:tblW w:w="{_TWIPS}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(
    line: list[Box | None],
    widths: Sequence[int],
    above: list[tuple[int, int]],
    font: str,
    apart: bool,
) -> str:
    """One row; ``above`` holds (column, span) of the cells that reach down and is kept up."""
    cells, column = [], 0
    spans = dict(above)
    for box in line:
        span = spans[column] if box is None else box.columns
        if box is not None:
            spans.pop(column, None)
            if box.rows > 1:
                spans[column] = span
        merge = "" if apart else _merge(box)
        for part in range(span if apart else 1):
            words = box.text if box and part == 0 else ""
            taken = 1 if apart else span
            width = sum(widths[column : column + taken])
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
                + (f'<w:gridSpan w:val="{taken}"/>' if taken > 1 else "")
                + merge
                + '<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
                '<w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/></w:pPr>'
                + _run(words, font, 18)
                + "</w:p></w:tc>"
            )
            column += taken
    above[:] = spans.items()
    return "".join(cells)


def _merge(box: Box | None) -> str:
    if box is None:
        return "<w:vMerge/>"
    return '<w:vMerge w:val="restart"/>' if box.rows > 1 else ""
