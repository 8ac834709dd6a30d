"""Rows that were told by their words, into the cells of one form.

Each figure is bound by its row's label and its column's head; never by
counting numbers.  What cannot be bound for certain stays unread, with the
reason as a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ..finding import Finding
from ..forms import Form, Kind, address
from ..forms.label import label_key
from ..forms.model import Column
from ..report import Cell
from ..rules import find
from .columns import How, Paired, Spot, is_regular, pair
from .document import GridCell
from .numerals import join_wrapped, parse_cell
from .rows import DisclosureRow, Head, Line, RemedyRow, RequestRow, Sorted, Unplaced
from .vocabulary import vocabulary


@dataclass
class Bound:
    """What was bound: cells and, for the rest of the form, why not."""

    form: Form
    cells: dict[str, Cell] = field(default_factory=dict)
    explained: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    repeated: list[Unplaced] = field(default_factory=list)

    @property
    def unread(self) -> tuple[str, ...]:
        return tuple(a for a in self.form.cells if a not in self.cells)


def bind(rows: Sorted, form: Form, wrapped: bool = False) -> Bound:
    """Bind every row of ``rows`` that ``form`` knows.

    ``wrapped``: line breaks inside a cell are the column's doing (PDF), so
    digits on both sides of one belong together.
    """
    return _Binder(rows, form, wrapped).run()


class _Binder:
    def __init__(self, rows: Sorted, form: Form, wrapped: bool) -> None:
        self.rows = rows
        self.bound = Bound(form)
        self.form = form
        self.wrapped = wrapped
        self.seen: dict[str, Line] = {}
        self.irregular: set[str] = set()

    def run(self) -> Bound:
        for disclosure in self.rows.disclosure:
            self.disclosure(disclosure)
        for request in self.rows.requests:
            self.request(request)
        for remedy in self.rows.remedies:
            self.remedy(remedy)
        self.report_repeated()
        return self.bound

    # ── rows ──────────────────────────────────────────────────

    def disclosure(self, row: DisclosureRow) -> None:
        columns = _disclosure_columns(self.form).get(row.table)
        if columns is None or not self.first(row.table, row.line, row.cells):
            return
        by_key = {
            key: column.id
            for column in columns
            for key in _keys(column)
        }
        spots = _spots(row.head, row.line, by_key)
        names = [c.id for c in columns]
        self.look_at_head(self.form.disclosure.caption, row.head, row.line, by_key, columns)
        aligned = _aligned(row.head, row.line)
        if aligned and not is_regular(spots, names):
            spots = _whole(spots, names)
        paired = pair(row.cells, spots, names, aligned, from_left=True)
        self.take(row.table, "", columns, paired, row.line, row.cells)

    def request(self, row: RequestRow) -> None:
        table = self.form.requests
        known = {r.id for r in table.rows}
        if row.row not in known:
            return
        if not self.first(f"requests.{row.row}", row.line, row.cells):
            return
        if row.reworded:
            label = next(r.label for r in table.rows if r.id == row.row)
            self.bound.findings.append(
                find(
                    "row.reworded",
                    *(address("requests", c.id, row.row) for c in table.columns),
                    printed=" ".join(row.reworded.split()),
                    label=label,
                )
            )
        by_key = vocabulary().requests_columns
        self.look_at_head(table.caption, row.head, row.line, by_key, table.columns)
        spots = _spots(row.head, row.line, by_key)
        columns = _reading_order(row.head, by_key, table.columns)
        aligned = _aligned(row.head, row.line)
        paired = pair(row.cells, spots, [c.id for c in columns], aligned)
        self.take("requests", row.row, columns, paired, row.line, row.cells)

    def remedy(self, row: RemedyRow) -> None:
        table = self.form.remedies
        words = vocabulary()
        columns = {c.id: c for c in table.columns}
        spots = _remedy_spots(row.head)
        aligned = _aligned(row.head, row.line)
        if aligned and spots and all(s.column.partition("/")[0] for s in spots):
            names = [s.column for s in sorted(spots, key=lambda s: s.start)]
            if len(set(names)) != len(names):
                aligned = False
        else:
            aligned = False
        if not aligned:
            present = {words.remedy_blocks[k] for k, _, _ in row.head.spots if k in words.remedy_blocks}
            blocks = [b.table for b in table.blocks if b.table in present or not present]
            names = [f"{b}/{c.id}" for b in blocks for c in table.columns]
        if not names or not self.first("+".join(names), row.line, row.cells):
            return
        paired = pair(row.cells, spots if aligned else (), names, aligned)
        for block in table.blocks:
            own = [n for n in names if n.startswith(block.table + "/")]
            if not own:
                continue
            part = Paired(
                paired.how,
                {n.partition("/")[2]: paired.cells[n] for n in own if n in paired.cells},
                {n.partition("/")[2]: paired.shared[n] for n in own if n in paired.shared},
            )
            self.take(
                block.table,
                "",
                [columns[n.partition("/")[2]] for n in own],
                part,
                row.line,
                row.cells,
            )

    # ── cells ─────────────────────────────────────────────────

    def take(
        self,
        table: str,
        row: str,
        columns: Sequence[Column],
        paired: Paired,
        line: Line,
        printed: Sequence[GridCell],
    ) -> None:
        """Value the paired cells of one row; explain those that stay unread."""
        bound = self.bound
        places = [address(table, c.id, row) for c in columns]
        label = self.form.cells[places[0]].row_label
        if paired.how is How.FAILED:
            bound.explained.update(places)
            words = " | ".join(" ".join(c.text.split()) for c in printed)
            bound.findings.append(
                find("row.not_paired", *places, row=label, found=len(printed),
                     wanted=len(columns), printed=words)
            )  # fmt: skip
            return
        if paired.how is How.SHORT:
            bound.findings.append(
                find("row.short", *places, row=label, found=len(printed), wanted=len(columns),
                     last=self.form.cells[places[-1]].column_label)
            )  # fmt: skip
        for place, column in zip(places, columns, strict=True):
            self.value(place, column.kind, column.id, paired, line)

    def value(self, place: str, kind: Kind, column: str, paired: Paired, line: Line) -> None:
        cells = paired.cells.get(column, [])
        filled = [c for c in cells if c.text.strip() or c.unread]
        label = self.form.cells[place].label
        if not cells:
            return
        if len(filled) > 1:
            self.refuse("cell.several", place, cell=label, printed=[c.text.strip() for c in filled])
            return
        cell = filled[0] if filled else cells[0]
        if cell.unread:
            self.refuse("cell.no_stored_result", place, cell=label)
        elif filled and column in paired.shared and _shares_figures(paired, column):
            names = [n.rpartition("/")[2] for n in paired.shared[column]]
            self.refuse("cell.merged", place, cells=names, printed=cell.text.strip())
        else:
            text = join_wrapped(cell.text) if self.wrapped else cell.text
            read = parse_cell(text, kind, line.grid.place(cell))
            if read is None:
                self.refuse("cell.not_a_number", place, cell=label, printed=text.strip())
            else:
                self.bound.cells[place] = read

    def refuse(self, rule: str, place: str, **values: object) -> None:
        self.bound.explained.add(place)
        self.bound.findings.append(find(rule, place, **values))

    # ── heads and repeats ─────────────────────────────────────

    def first(self, name: str, line: Line, cells: Sequence[GridCell]) -> bool:
        """Whether this is the first time the row called ``name`` is met."""
        before = self.seen.get(name)
        if before is None:
            self.seen[name] = line
            return True
        figures = [c.text.strip() for c in cells if c.text.strip()]
        if figures and figures != [c.text.strip() for c in before.cells if c.text.strip()][-len(figures):]:
            self.bound.repeated.append(Unplaced(line.grid, [line]))
        return False

    def report_repeated(self) -> None:
        if self.bound.repeated:
            captions = [
                t.caption for t in (self.form.disclosure, self.form.requests, self.form.remedies)
            ]
            kinds = set()
            for part in self.bound.repeated:
                keys = set(part.lines[0].keys)
                words = vocabulary()
                kinds.add(
                    0 if keys & words.disclosure_rows.keys()
                    else 1 if keys & (words.requests_rows.keys() | {words.requests_results})
                    else 2
                )  # fmt: skip
            for kind in sorted(kinds):
                self.bound.findings.append(find("table.repeated", table=captions[kind]))

    def look_at_head(
        self,
        caption: str,
        head: Head | None,
        line: Line,
        by_key: dict[str, str],
        columns: Sequence[Column],
    ) -> None:
        """Say once a table whose heads are not those of the form."""
        if head is None:
            problem = "缺失"
        else:
            named = [by_key[k] for k, _, _ in head.spots if k in by_key]
            labels = {c.id: c.label for c in columns}
            lacking = [labels[c.id] for c in columns if c.id not in named]
            doubled = [labels[n] for n in dict.fromkeys(named) if n in labels and named.count(n) > 1]
            if caption == self.form.disclosure.caption:
                doubled = []
            said = [f"缺「{w}」" for w in lacking] + [f"「{w}」重复" for w in doubled]
            problem = "、".join(said)
        if problem and caption not in self.irregular:
            self.irregular.add(caption)
            self.bound.findings.append(find("head.irregular", table=caption, problem=problem))


def _shares_figures(paired: Paired, column: str) -> bool:
    """Whether a wide cell leaves a neighbour without a cell of its own."""
    return any(
        len(paired.cells.get(other, ())) == 1 for other in paired.shared[column] if other != column
    )


@lru_cache(maxsize=4)
def _disclosure_columns(form: Form) -> dict[str, tuple[Column, ...]]:
    return {r.table: g.columns for g in form.disclosure.groups for r in g.rows}


@lru_cache(maxsize=256)
def _keys(column: Column) -> tuple[str, ...]:
    return tuple(label_key(words) for words in (column.label, *column.variants))


def _aligned(head: Head | None, line: Line) -> bool:
    """Whether the row's columns can be held against the head's."""
    if head is None or not line.grid.aligned:
        return False
    same = head.grid is line.grid
    return same or (head.grid.aligned and head.grid.columns == line.grid.columns)


def _spots(head: Head | None, line: Line, by_key: dict[str, str]) -> list[Spot]:
    if head is None:
        return []
    return [Spot(by_key[k], start, end) for k, start, end in head.spots if k in by_key]


def _whole(spots: list[Spot], names: Sequence[str]) -> list[Spot]:
    """One spot a column, where a head's label is repeated over unmerged cells."""
    merged: dict[str, Spot] = {}
    for spot in spots:
        before = merged.get(spot.column)
        if before is None or before.end == spot.start:
            start = before.start if before else spot.start
            merged[spot.column] = Spot(spot.column, start, spot.end)
    return [merged[n] for n in names if n in merged]


def _reading_order(
    head: Head | None, by_key: dict[str, str], columns: Sequence[Column]
) -> Sequence[Column]:
    """The form's columns in the order in which this table's heads name them."""
    if head is None:
        return columns
    inner = [by_key[k] for k, _, _ in head.spots if k in by_key]
    organisations = {c.id for c in columns if c.organisation}
    order = [n for n in inner if n in organisations]
    if set(order) != organisations or len(order) != len(organisations):
        return columns
    by_id = {c.id: c for c in columns}
    moved = iter(order)
    return [by_id[next(moved)] if c.organisation else c for c in columns]


def _remedy_spots(head: Head) -> list[Spot]:
    """The fifteen leaf heads by place, named ``block/column``."""
    words = vocabulary()
    blocks = [(words.remedy_blocks[k], a, b) for k, a, b in head.spots if k in words.remedy_blocks]
    spots = []
    for key, start, end in head.spots:
        leaf = words.remedy_columns.get(key)
        if leaf:
            over = next((n for n, a, b in blocks if a <= start < b), "")
            spots.append(Spot(f"{over}/{leaf}", start, end))
    return spots


def grouped(places: Iterable[str], form: Form) -> dict[str, list[str]]:
    """``places`` by the label of their row, in the form's order."""
    rows: dict[str, list[str]] = {}
    for place in places:
        rows.setdefault(form.cells[place].row_label, []).append(place)
    return rows
