"""A workbook as its visible sheets show it, and no more."""

from __future__ import annotations

from lxml import etree

from ...errors import NotRedacted
from ...readers.document import Budget
from ...readers.xlsx.values import S
from ..hidden_data.cell_reference import area_of
from ..hidden_data.sheet_looks import CellLooks
from ..hidden_data.sheet_text import shown
from ..hidden_data.workbook import RELATION_ID, Sheet, Workbook
from .chart import as_shown
from .formulas import Unseen, stays
from .mask import Mask
from .office_cleaning import cut_pictures, drop_alternatives, drop_dangling, drop_unused_pictures
from .office_copy import OfficeCopy
from .sheet import SheetCopy, Strings, forget, unseen_cells
from .word_revisions import remove
from .xml_masking import mask_paragraphs, mask_rest

_KEPT = frozenset((
    "/worksheet", "/chartsheet", "/sharedStrings", "/styles", "/theme", "/drawing", "/table",
    "/chart", "/chartStyle", "/chartColorStyle", "/themeOverride", "/chartUserShapes",
    "/diagramData", "/diagramLayout", "/diagramQuickStyle", "/diagramColors", "/diagramDrawing",
))  # fmt: skip
_PRINTING = ("_xlnm.Print_Area", "_xlnm.Print_Titles")
_WORKBOOK_PARTS = ("workbookPr", "bookViews", "sheets", "definedNames")
_TABLE_PARTS = ("tableColumns", "tableStyleInfo")
_TABLE_MARKS = frozenset((
    "id", "name", "displayName", "ref", "headerRowCount", "totalsRowCount", "totalsRowShown",
))  # fmt: skip


def copy_of_workbook(data: bytes, mask: Mask, keep: frozenset[str], budget: Budget) -> OfficeCopy:
    """The copy, not yet written."""
    book = Workbook(data, budget)
    mask.learn(piece.text for piece in shown(book))
    visible = [sheet for sheet in book.sheets if sheet.is_visible]
    if not visible:
        raise NotRedacted("工作簿里没有一个可见的工作表")
    copy = OfficeCopy(book.file, _KEPT, mask)
    _drop_hidden_sheets(book, copy)
    looks = CellLooks(book)
    gone = {sheet.name: unseen_cells(book, sheet, looks, keep) for sheet in visible}
    unseen = Unseen(frozenset(s.name for s in visible if not mask.covers(s.name)))
    for sheet in visible:
        # What is masked gives other results too.
        masked = [(r, c) for r, c, cell in sheet.cells(budget) if mask.covers(book.says(cell))]
        unseen.add(sheet.name, [*gone[sheet.name], *masked])
    strings = Strings(book, copy)
    for sheet in visible:
        # A sheet of a macro's own kind would have been refused at the door.
        SheetCopy(book, sheet, copy, strings, unseen).settle(gone[sheet.name])
        drop_alternatives(sheet.root)
        drop_dangling(copy, sheet.part, sheet.root)
        _settle_tables(copy, sheet, gone[sheet.name])
    _put_strings(book, copy, strings)
    _settle_drawings(copy, unseen)
    _settle_workbook(book, copy, visible)
    for name, root in copy.trees.items():
        for extension in list(root.iter(S + "extLst")):
            remove(extension)
        count = mask_paragraphs(root, mask)
        # Cells were masked with their formulas and types; here only what stands beside them.
        if name not in {sheet.part for sheet in visible} or root.tag != S + "worksheet":
            count += mask_rest(root, mask)
        else:
            count += sum(mask_rest(child, mask) for child in root if child.tag != S + "sheetData")
        copy.done["遮盖的文字"] += count
    return copy


def _drop_hidden_sheets(book: Workbook, copy: OfficeCopy) -> None:
    main = book.file.main
    for element in list(book.root.iter(S + "sheet")):
        if element.get("state", "visible") not in ("hidden", "veryHidden"):
            continue
        copy.drop_relation(main, element.get(RELATION_ID, ""))
        copy.done["隐藏的工作表"] += 1


def _put_strings(book: Workbook, copy: OfficeCopy, strings: Strings) -> None:
    for part in book.file.related(book.file.main, "/sharedStrings"):
        if part in copy.trees:
            copy.trees[part] = strings.root


def _settle_tables(copy: OfficeCopy, sheet: Sheet, gone: dict[tuple[int, int], str]) -> None:
    """Keep the frame of a table; one with hidden or masked cells in its head goes."""
    for relation in [r for r in copy.relations.get(sheet.part, []) if r.kind == "/table"]:
        root = copy.trees[relation.target]
        area = area_of(root.get("ref", ""))
        in_head = area is None or any(
            row == area.top and area.left <= column <= area.right for row, column in gone
        )
        names = [column.get("name", "") for column in root.iter(S + "tableColumn")]
        if in_head or any(map(copy.mask.covers, names)):
            copy.drop_relation(sheet.part, relation.id)
            for part in list(sheet.root.iter(S + "tablePart")):
                if part.get(RELATION_ID) == relation.id:
                    remove(part)
            continue
        for child in list(root):
            if child.tag not in {S + name for name in _TABLE_PARTS}:
                root.remove(child)
        for name in [str(name) for name in root.attrib]:
            if name not in _TABLE_MARKS:
                del root.attrib[name]
        for column in root.iter(S + "tableColumn"):
            for child in list(column):
                column.remove(child)
            for name in [str(name) for name in column.attrib]:
                if name not in ("id", "name"):
                    del column.attrib[name]
    for parts in list(sheet.root.iter(S + "tableParts")):
        if len(parts):
            parts.set("count", str(len(parts)))
        else:
            remove(parts)


def _settle_drawings(copy: OfficeCopy, unseen: Unseen) -> None:
    for part, root in list(copy.parts_of_kind("/drawing", "/chartUserShapes", "/diagramData", "/diagramDrawing")):  # fmt: skip
        drop_alternatives(root)
        for shape in root.iter():
            for name in ("textlink", "macro"):
                if shape.get(name):
                    shape.set(name, "")
        for hidden in list(root.iter("{*}cNvPr")):
            if hidden.get("hidden") in ("1", "true"):
                anchor = next(hidden.iterancestors("{*}twoCellAnchor", "{*}oneCellAnchor", "{*}absoluteAnchor"), hidden)  # fmt: skip
                remove(anchor)
                copy.done["隐藏的图形"] += 1
        drop_dangling(copy, part, root)
        cut_pictures(copy, part, root)
        drop_unused_pictures(copy, part, root)
    for part, root in list(copy.parts_of_kind("/chart")):
        settled = as_shown(root, lambda formula: stays(formula, "", unseen))
        copy.done["图表改成不连表格的"] += settled > 0
        drop_dangling(copy, part, root)


def _settle_workbook(book: Workbook, copy: OfficeCopy, visible: list[Sheet]) -> None:
    """The list of sheets anew: no names, paths, users or links; what is printed stays so."""
    root = book.root
    numbers = {sheet.name: number for number, sheet in enumerate(visible)}
    before = [sheet.name for sheet in book.sheets]
    names = [n for n in root.iter(S + "definedName") if n.get("name") in _PRINTING]
    others = [
        n for n in root.iter(S + "definedName")
        if n.get("name") not in _PRINTING and n.get("name") != "_xlnm._FilterDatabase"
    ]  # fmt: skip
    copy.done["定义的名称"] += len(others)
    for child in list(root):
        if etree.QName(child).localname not in _WORKBOOK_PARTS:
            root.remove(child)
    for element in list(root.iter(S + "sheet")):
        if element.get("name", "") not in numbers:
            remove(element)
    for defined in list(root.iter(S + "definedNames")):
        remove(defined)
    kept = etree.Element(S + "definedNames")
    for name in names:
        local = name.get("localSheetId", "")
        at = int(local) if local.isdecimal() and len(local) < 6 else len(before)
        sheet = before[at] if at < len(before) else ""
        if sheet in numbers and not copy.mask.covers(sheet):
            name.set("localSheetId", str(numbers[sheet]))
            for attribute in ("comment", "description", "help", "statusBar"):
                forget(name, attribute)
            kept.append(name)
    if len(kept):
        root.append(kept)
    for view in root.iter(S + "workbookView"):
        for attribute in ("activeTab", "firstSheet"):
            forget(view, attribute)
        for child in list(view):
            view.remove(child)
    for properties in root.iter(S + "workbookPr"):
        for attribute in [str(given) for given in properties.attrib]:
            if attribute != "date1904":
                forget(properties, attribute)
    forget(root, "conformance")
    drop_dangling(copy, book.file.main, root)
