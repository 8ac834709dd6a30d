"""A letter as a PDF on the page of GB/T 9704-2012, tagged, with its typefaces embedded.

The standard asks for 仿宋 and 小标宋, which may not be given away with a program: where
``font_folder`` holds none of them the ones that come along stand in, and
:func:`font_notes` says so.  System fonts are not looked at, so that the file is
the same on every machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import pylopdf_fonts_zh_cn
import typst

from ..errors import UnwritableDocument
from ..letters import (
    Block,
    LetterDocument,
    PageBreak,
    Paragraph,
    Table,
    attachment_lines,
)
from .letter_layout import (
    centred_columns,
    is_form,
    kept_blocks,
    signature_lines,
    title_lines,
)
from .outline import printable

# The names under which the typefaces are sold or come with an operating system.
_BODY = ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK", "FZFangSong-Z02")
_TITLE = ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05")
_BODY_INSTEAD, _TITLE_INSTEAD = "Noto Serif SC", "Noto Sans SC"
_INSET, _FORM_INSET = 5, 9
# PDF/UA refuses a character that no typeface has, and names it.
_TRIAL = '#set document(title: "字")\n#set text(font: ({fonts},), fallback: true)\n#text({text})\n'
_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")
_NAMED = re.compile(r'the text `"(.+?)"` could not be displayed')
# A cell left for handwriting needs room.
_WRITING_ROOM = 42


def render(document: LetterDocument, font_folder: Path | None = None) -> bytes:
    """``document`` as the bytes of a PDF file; UnwritableDocument where it cannot be set."""
    inputs = {"letter": json.dumps(_data(document, font_folder), ensure_ascii=False)}
    try:
        return _compiled(inputs, font_folder, ["ua-1"])
    except typst.TypstError:
        # PDF/UA refuses, among others, a character that no font has; the file can do without.
        try:
            return _compiled(inputs, font_folder, [])
        except typst.TypstError as error:
            raise UnwritableDocument(f"pdf: {error.message}") from error


def font_notes(font_folder: Path | None = None) -> tuple[str, ...]:
    """What typeface stands in for one that the standard asks for."""
    held = set(_fonts(font_folder).families())
    return tuple(
        f"没有{name}字体，PDF 用随附的{instead}代替；要用国标字体，把字体文件放进字体目录，"
        "或者用 Word 文件印制。"
        for names, name, instead in ((_BODY, "仿宋", "宋体"), (_TITLE, "小标宋", "黑体"))
        if not held & set(names)
    )


def without_glyphs(text: str, font_folder: Path | None = None) -> str:
    """The characters of ``text`` that no typeface here has: they would be printed as boxes.

    Names in rare characters, and whatever a requester wrote in another script.
    """
    doubtful = "".join(dict.fromkeys(one for one in text if one.isprintable() and _is_rare(one)))
    found = ""
    while doubtful:
        try:
            typst.compile(
                _TRIAL.format(
                    fonts=json.dumps(_chosen(_BODY, _BODY_INSTEAD, font_folder), ensure_ascii=False)
                    .removeprefix("[").removesuffix("]"),
                    text=json.dumps(doubtful, ensure_ascii=False),
                ).encode(),
                format="pdf", font_paths=_fonts(font_folder), pdf_standards=["ua-1"],
            )  # fmt: skip
        except typst.TypstError as error:
            named = _NAMED.search(error.message)
            said = _CODE.sub(lambda code: chr(int(code[1], 16)), named[1]) if named else ""
            # Where it names none, it refused what is left all the same.
            wanting = [one for one in doubtful if one in said] or list(doubtful)
            found += "".join(wanting)
            doubtful = "".join(one for one in doubtful if one not in wanting)
        else:
            break
    return found


def _is_rare(character: str) -> bool:
    """Whether it is outside what every Chinese typeface has."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _compiled(
    inputs: dict[str, str], font_folder: Path | None, standards: list[Literal["ua-1"]]
) -> bytes:
    return typst.compile(
        _template(),
        format="pdf",
        font_paths=_fonts(font_folder),
        sys_inputs=inputs,
        pdf_standards=list(standards),
        timestamp=0,
    )


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (files("gongkai.core.writers") / "letter.typ").read_bytes()


@lru_cache(maxsize=2)
def _fonts(font_folder: Path | None) -> typst.Fonts:
    folders = [pylopdf_fonts_zh_cn.serif_path().parent]
    if font_folder:
        folders.append(font_folder)
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders],
    )


def _chosen(names: Sequence[str], instead: str, font_folder: Path | None) -> list[str]:
    held = set(_fonts(font_folder).families())
    return [*(name for name in names if name in held), instead]


def _data(document: LetterDocument, font_folder: Path | None) -> dict[str, Any]:
    followed = bool(document.signature or document.attachments)
    inset = _FORM_INSET if is_form(document) else _INSET
    signature = signature_lines(document.signature) if document.signature else ()
    return {
        "title": printable(document.title),
        "title_lines": [printable(line) for line in title_lines(document)],
        "agency": printable(document.agency),
        "number": printable(document.number),
        "salutation": printable(document.salutation),
        "blocks": _blocks(document.blocks, inset, followed),
        "attachments": [printable(line) for line in attachment_lines(document.attachments)],
        "signature": [{"text": printable(s.text), "right": s.right} for s in signature],
        "enclosure": _blocks(document.enclosure, _FORM_INSET, False),
        "body_fonts": _chosen(_BODY, _BODY_INSTEAD, font_folder),
        "title_fonts": _chosen(_TITLE, _TITLE_INSTEAD, font_folder),
    }


def _blocks(blocks: Sequence[Block], inset: int, followed: bool) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for block, kept in zip(blocks, kept_blocks(blocks, followed), strict=True):
        match block:
            case PageBreak():
                made.append({"kind": "page_break"})
            case Paragraph(text, place):
                made.append({"kind": place.value, "text": printable(text), "kept": kept})
            case Table():
                made.append(_table(block, inset, kept))
    return made


def _table(table: Table, inset: int, kept: bool) -> dict[str, Any]:
    cells, heights, centred = [], [], centred_columns(table)
    for y, row in enumerate(table.rows):
        x = 0
        for cell in row:
            text, middle = printable(cell.text), cell.label or x in centred
            cells.append({"x": x, "y": y, "span": cell.span, "centred": middle, "text": text})
            x += cell.span
        by_hand = any(not cell.text and not cell.label for cell in row)
        heights.append(_WRITING_ROOM if by_hand else 0)
    return {
        "kind": "table",
        "widths": list(table.widths),
        "head_rows": table.head_rows,
        "row_heights": heights,
        "inset": inset,
        "cells": cells,
        "kept": kept,
    }
