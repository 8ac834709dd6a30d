"""What a workbook holds and its sheets do not show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from ...readers.document import Budget
from ...readers.xlsx.values import S
from .cell_reference import letters_of
from .hidden import Hidden, Piece, found, gathered, quoted
from .office_parts import look_into_parts, text_of
from .personal import numbers_shown
from .sheet_looks import CellLooks, coloured_areas
from .sheet_text import shown
from .workbook import VALUE, Sheet, Workbook

_COMMENTS = frozenset(("/comments", "/threadedComment", "/person"))
_DATA = frozenset((
    "/externalLink", "/externalLinkPath", "/xlPathMissing", "/externalLinkLongPath",
    "/pivotCacheDefinition", "/pivotCacheRecords", "/pivotTable", "/connections", "/queryTable",
    "/revisionHeaders", "/revisionLog", "/usernames",
))  # fmt: skip
_TOLD = _COMMENTS | _DATA | frozenset((
    "/worksheet", "/chartsheet", "/sharedStrings", "/calcChain", "/drawing", "/table",
    "/sheetMetadata", "/rdRichValue", "/ctrlProp", "/dialogsheet",
))  # fmt: skip
_STATES = {"hidden": "隐藏", "veryHidden": "深度隐藏"}
_LONGEST_HEADER = 8
_PLAIN_NAME = re.compile(r"(?:'[^'\[\]]+'|[^\s'!\[\]\"(]+)![$A-Za-z0-9:,]+")


def look_into_workbook(data: bytes, budget: Budget) -> Iterator[Hidden]:
    """Everything found in the workbook ``data``."""
    book = Workbook(data, budget)
    looks = CellLooks(book)
    unseen: dict[str, list[Piece]] = {"invisible_cell": [], "white_text": [], "tiny_text": []}
    for sheet in book.sheets:
        if not sheet.is_visible:
            yield _hidden_sheet(book, sheet)
            continue
        yield from _hidden_lines(book, sheet)
        _unseen_cells(book, sheet, looks, unseen)
    for kind, pieces in unseen.items():
        yield from gathered(f"hidden.{kind}", pieces)
    yield from gathered("hidden.comment", _comments(book))
    yield from gathered("hidden.tracked_change", _revisions(book))
    yield from gathered("hidden.name", _names(book))
    yield from gathered("hidden.filter", _filters(book))
    yield from gathered("hidden.external_data", _external(book))
    yield from _pivot_caches(book)
    yield from gathered("hidden.connection", _connections(book))
    yield from look_into_parts(book.file, _TOLD)
    yield from numbers_shown(shown(book))


def _hidden_sheet(book: Workbook, sheet: Sheet) -> Hidden:
    lines: dict[int, list[str]] = {}
    columns: set[int] = set()
    for row, column, cell in sheet.cells(book.budget):
        text = book.says(cell)
        if text.strip():
            lines.setdefault(row, []).append(text)
            columns.add(column)
    state = _STATES.get(sheet.state, sheet.state)
    told = ["　".join(cells) for _, cells in sorted(lines.items())]
    header = [quoted(cell, 12) for cell in next(iter(lines.values()), [])[:_LONGEST_HEADER]]
    place = f"{sheet.place}（{state}）"
    return found(
        "hidden.sheet",
        place,
        f"{sheet.name}\n" + "\n".join(told),
        "、".join(header),
        len(lines),
        told,
        sheet=sheet.name,
        state=state,
        rows=len(lines),
        columns=len(columns),
        header="、".join(header),
    )


def _hidden_lines(book: Workbook, sheet: Sheet) -> Iterator[Hidden]:
    """Hidden rows and columns with something in them."""
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return
    rows: dict[int, list[str]] = {}
    columns: dict[int, list[str]] = {}
    for row, column, cell in sheet.cells(book.budget):
        if not sheet.is_unseen(row, column):
            continue
        text = book.says(cell)
        if not text.strip():
            continue
        if row in sheet.hidden_rows:
            rows.setdefault(row, []).append(text)
        else:
            columns.setdefault(column, []).append(text)
    if rows:
        rule = "hidden.filtered_rows" if sheet.filtered else "hidden.rows"
        named = {f"第 {row} 行": cells for row, cells in rows.items()}
        yield _lines(rule, sheet, named)
    if columns:
        named = {f"{letters_of(column)} 列": cells for column, cells in sorted(columns.items())}
        yield _lines("hidden.columns", sheet, named)


def _lines(rule: str, sheet: Sheet, named: dict[str, list[str]]) -> Hidden:
    told = [f"{name}：{'　'.join(cells)}" for name, cells in named.items()]
    first = next(iter(named))
    where = first if len(named) == 1 else f"{first}等"
    content = f"{sheet.name}\n" + "\n".join(told)
    sample = "、".join(next(iter(named.values())))
    return found(rule, f"{sheet.place}{where}", content, sample, len(named), told, sheet=sheet.name)


def _unseen_cells(
    book: Workbook, sheet: Sheet, looks: CellLooks, into: dict[str, list[Piece]]
) -> None:
    if looks.all_seen:
        return
    areas = coloured_areas(book, sheet)
    for row, column, cell in sheet.cells(book.budget):
        kind = looks.kind(cell)
        if not kind or sheet.is_unseen(row, column):
            continue
        coloured = any(a.top <= row <= a.bottom and a.left <= column <= a.right for a in areas)
        if kind == "white_text" and coloured:
            continue
        into[kind].append(Piece(f"{sheet.place} {letters_of(column)}{row}", book.says(cell)))


def _comments(book: Workbook) -> Iterator[Piece]:
    for name, kind in book.file.kinds.items():
        root = book.file.root(name) if kind in ("/comments", "/threadedComment") else None
        if root is None:
            continue
        authors = [author.text or "" for author in root.iter("{*}author")]
        for comment in root.iter("{*}comment", "{*}threadedComment"):
            index = comment.get("authorId", "")
            at = int(index) if index.isdecimal() and len(index) < 6 else len(authors)
            who = authors[at] if at < len(authors) else "不具名"
            words = "".join(t.text or "" for t in comment.iter("{*}t", "{*}text"))
            yield Piece(f"批注 {comment.get('ref', '')}", f"{who}：{words.strip()}")


def _revisions(book: Workbook) -> Iterator[Piece]:
    for name, kind in book.file.kinds.items():
        if kind in ("/revisionHeaders", "/revisionLog"):
            root = book.file.root(name)
            who = [] if root is None else [e.get("userName", "") for e in root.iter("{*}header")]
            said = "、".join(dict.fromkeys(filter(None, who))) or text_of(root)
            yield Piece("共享工作簿的修订记录", said or f"{len(book.file.part(name))} 字节")


def _names(book: Workbook) -> Iterator[Piece]:
    """Names that are hidden, or that hold something else than a place in the workbook."""
    visible = {sheet.name for sheet in book.sheets if sheet.is_visible}
    for name in book.root.iter(S + "definedName"):
        called, means = name.get("name", ""), (name.text or "").strip()
        if called.startswith("_xlnm."):
            continue
        sheet = means.rpartition("!")[0].strip("'").replace("''", "'")
        plain = _PLAIN_NAME.fullmatch(means) is not None and sheet in visible
        if name.get("hidden") in ("1", "true") or not plain:
            yield Piece("名称管理器", f"{called} = {means}")


def _filters(book: Workbook) -> Iterator[Piece]:
    """What a filter was set to: values that its sheet may no longer hold."""
    for sheet in book.sheets:
        for column in sheet.root.iter(S + "filterColumn"):
            chosen = [e.get("val", "") for e in column.iter(S + "filter", S + "customFilter")]
            words = "、".join(filter(None, chosen))
            if words:
                yield Piece(f"{sheet.place}的筛选条件", words)


def _external(book: Workbook) -> Iterator[Piece]:
    for name, kind in book.file.kinds.items():
        if kind != "/externalLink":
            continue
        root = book.file.root(name)
        targets = [r.target for r in book.file.relations(name) if r.external]
        kept = [] if root is None else [v.text or "" for v in root.iter(VALUE)]
        words = f"{'、'.join(targets)}，存有 {len(kept)} 个数据"
        yield Piece("外部链接", f"{words}：{'、'.join(kept[:10])}" if kept else words)


def _pivot_caches(book: Workbook) -> Iterator[Hidden]:
    for name, kind in book.file.kinds.items():
        if kind != "/pivotCacheDefinition":
            continue
        root = book.file.root(name)
        fields = [] if root is None else [f.get("name", "") for f in root.iter(S + "cacheField")]
        records = [book.file.root(part) for part in book.file.related(name, "/pivotCacheRecords")]
        rows = sum(len(record) for record in records if record is not None)
        told = [
            " ".join(_values_of(row))
            for record in records
            if record is not None
            for row in islice(record, 30)
        ]
        items = [] if root is None else _values_of(root)
        content = "\n".join((name, *fields, *items, *told, str(rows)))
        place, header = "数据透视表", "、".join(fields[:_LONGEST_HEADER])
        yield found("hidden.pivot_cache", place, content, header, rows, told, header=header)


def _values_of(element: etree._Element) -> list[str]:
    return [e.get("v", "") for e in element.iter() if e.get("v")]


def _connections(book: Workbook) -> Iterator[Piece]:
    for name, kind in book.file.kinds.items():
        if kind in ("/connections", "/queryTable"):
            root = book.file.root(name)
            for element in (
                () if root is None else root.iter("{*}connection", "{*}dbPr", "{*}webPr")
            ):
                words = " ".join(
                    element.get(key, "")
                    for key in ("name", "connection", "command", "url", "description")
                )
                yield Piece("数据连接", words.strip())
