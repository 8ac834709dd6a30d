"""A Word file as its pages show it, and no more."""

from __future__ import annotations

from lxml import etree

from ...readers.document import Budget
from ...readers.docx import names as n
from ..hidden_data.office_file import OfficeFile
from ..hidden_data.word import is_hidden_row, unseen_kind
from ..hidden_data.word_fields import WordField, fields
from ..hidden_data.word_looks import Looks
from ..hidden_data.word_text import shown
from ..hidden_data.word_unused import unused_references
from .chart import without_source
from .mask import Mask
from .office_cleaning import cut_pictures, drop_alternatives, drop_dangling, drop_unused_pictures
from .office_copy import OfficeCopy, R
from .word_revisions import accept, remove, unwrap
from .xml_masking import mask_paragraphs, mask_rest

W = n.W
_KEPT = frozenset((
    "/styles", "/numbering", "/settings", "/fontTable", "/font", "/theme", "/header", "/footer",
    "/footnotes", "/endnotes", "/chart", "/chartStyle", "/chartColorStyle", "/themeOverride",
    "/chartUserShapes", "/diagramData", "/diagramLayout", "/diagramQuickStyle", "/diagramColors",
    "/diagramDrawing",
))  # fmt: skip
_STORIES = ("/officeDocument", "/header", "/footer", "/footnotes", "/endnotes")
_REMARKS = (
    W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference", W + "annotationRef",
)  # fmt: skip
# Marks of editing, of permissions, of other programs.
_MARKS = (
    W + "proofErr", W + "permStart", W + "permEnd", W + "lastRenderedPageBreak", W + "fldData",
    W + "dataBinding", W + "placeholder", W + "docPartObj", W + "docPartList", W + "sectPrChange",
    W + "smartTagPr", W + "customXmlPr", W + "movie", W + "dirty",
)  # fmt: skip
_WRAPPERS = (W + "customXml", W + "smartTag")
_TEMPORARY_BOOKMARK = "_GoBack"
# The settings that bear on how the pages look.
_SETTINGS = frozenset(
    W + name
    for name in (
        "zoom", "mirrorMargins", "alignBordersAndEdges", "bordersDoNotSurroundHeader",
        "bordersDoNotSurroundFooter", "gutterAtTop", "defaultTabStop", "autoHyphenation",
        "evenAndOddHeaders", "bookFoldPrinting", "drawingGridHorizontalSpacing",
        "drawingGridVerticalSpacing", "displayHorizontalDrawingGridEvery",
        "displayVerticalDrawingGridEvery", "characterSpacingControl", "noLineBreaksAfter",
        "noLineBreaksBefore", "strictFirstAndLastChars", "footnotePr", "endnotePr", "compat",
        "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator",
        "displayBackgroundShape", "embedTrueTypeFonts", "saveSubsetFonts",
    )
) | {"{http://schemas.openxmlformats.org/officeDocument/2006/math}mathPr"}  # fmt: skip


def copy_of_word(data: bytes, mask: Mask, keep: frozenset[str], budget: Budget) -> OfficeCopy:
    """The copy, not yet written."""
    file = OfficeFile(data, "docx", budget)
    mask.learn(piece.text for piece in shown(file))
    copy = OfficeCopy(file, _KEPT, mask)
    _drop_unused_headers(copy)
    looks = Looks(file)
    for part, root in list(copy.parts_of_kind(*_STORIES)):
        budget.check()
        copy.done["修订"] += accept(root)
        drop_alternatives(root)
        for remark in list(root.iter(*_REMARKS)):
            remove(remark)
        _settle_fields(copy, root)
        _drop_unseen(copy, root, looks, keep)
        for mark in list(root.iter(*_MARKS)):
            remove(mark)
        for wrapper in list(root.iter(*_WRAPPERS)):
            unwrap(wrapper)
        drop_dangling(copy, part, root)
        cut_pictures(copy, part, root)
        drop_unused_pictures(copy, part, root)
        _forget_sessions(root)
    for part, root in list(copy.parts_of_kind("/settings")):
        for child in list(root):
            if child.tag not in _SETTINGS:
                root.remove(child)
        drop_dangling(copy, part, root)
    for part, root in list(copy.parts_of_kind("/styles", "/numbering", "/fontTable")):
        _forget_sessions(root)
        drop_dangling(copy, part, root)
    for part, root in list(copy.parts_of_kind("/chart", *_DRAWN)):
        without_source(root)
        drop_dangling(copy, part, root)
    for root in copy.trees.values():
        copy.done["遮盖的文字"] += mask_paragraphs(root, mask) + mask_rest(root, mask)
    return copy


_DRAWN = ("/chartUserShapes", "/diagramData", "/diagramDrawing", "/diagramLayout", "/theme")


def _drop_unused_headers(copy: OfficeCopy) -> None:
    main = copy.file.main
    for reference in unused_references(copy.file):
        copy.drop_relation(main, reference.get(R + "id", ""))
        remove(reference)
        copy.done["没有用上的页眉页脚"] += 1


def _settle_fields(copy: OfficeCopy, root: etree._Element) -> None:
    """Leave of a field only its result, unless its code says no more than the page."""
    for field in fields(root):
        if field.stays and not copy.mask.covers(field.code):
            continue
        if field.holds_data:
            copy.done["域里的数据"] += 1
        _settle(field)


def _settle(field: WordField) -> None:
    if field.place.tag == W + "fldSimple":
        unwrap(field.place)
        return
    for element in (*field.code_parts, *field.marks):
        remove(element)


def _drop_unseen(
    copy: OfficeCopy, root: etree._Element, looks: Looks, keep: frozenset[str]
) -> None:
    for row in list(root.iter(n.TR)):
        if is_hidden_row(row):
            copy.done["隐藏的文字"] += 1
            remove(row)
    for table in list(root.iter(n.TBL)):
        if table.find(f".//{n.TR}") is None:
            remove(table)
    named = {
        "hidden_text": "隐藏的文字",
        "white_text": "和纸同色的文字",
        "tiny_text": "小得看不清的文字",
    }
    for run in list(root.iter(n.R)):
        kind = unseen_kind(run, looks)
        if not kind or f"hidden.{kind}" in keep:
            continue
        if any(child.tag not in _KEPT_OF_RUN for child in run):
            copy.done[named[kind]] += 1
        for child in list(run):
            # The marks of a field that stays must stay in pairs.
            if child.tag not in _KEPT_OF_RUN:
                run.remove(child)
    for picture in list(root.iter("{*}docPr")):
        if n.is_on(picture.get("hidden", "0")):
            remove(next(picture.iterancestors(W + "drawing"), picture))
            copy.done["隐藏的文字"] += 1


_KEPT_OF_RUN = frozenset((n.R_PR, n.FLD_CHAR, W + "instrText"))


def _forget_sessions(root: etree._Element) -> None:
    """Drop the numbers of editing sessions: they tell which texts were typed together."""
    for element in root.iter():
        for name in [str(name) for name in element.attrib]:
            plain = name.rpartition("}")[2]
            if plain.startswith("rsid") or plain in ("paraId", "textId", "conformance"):
                del element.attrib[name]
    for bookmark in list(root.iter(W + "bookmarkStart")):
        if bookmark.get(W + "name") == _TEMPORARY_BOOKMARK:
            number = bookmark.get(W + "id")
            for end in list(root.iter(W + "bookmarkEnd")):
                if end.get(W + "id") == number:
                    remove(end)
            remove(bookmark)
