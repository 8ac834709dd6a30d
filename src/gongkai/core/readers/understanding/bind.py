"""Rows that were told by their words, into the cells of one form.

Each figure is bound by its row's label and its column's head; never by
counting numbers.  What cannot be bound for certain stays unread, with the
reason as a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ...finding import Finding
from ...forms import CellSpec, Form
from ...forms.label import label_key
from ...forms.model import Column
from ...report import Cell
from ...rules import find
from ..document import GridCell
from ..numerals import parse_cell
from .columns import How, Paired, Spot, pair
from .lines import DisclosureRow, Head, Line, RemedyRow, RequestRow, Sorted
from .vocabulary import vocabulary

# What a reader says of a cell whose words could not be had, by the rule that tells it.
_WHY_UNREAD = {
    "unplaced": "cell.unplaced",
    "struck": "cell.struck",
    "white": "cell.white_figures",
    "marked": "cell.marked_unread",
}


@dataclass
class Bound:
    """What was bound: cells and, for the rest of the form, why not."""

    form: Form
    cells: dict[str, Cell] = field(default_factory=dict)
    explained: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    @property
    def unread(self) -> tuple[str, ...]:
        return tuple(a for a in self.form.cells if a not in self.cells)


def bind(rows: Sorted, form: Form) -> Bound:
    """Bind every row of ``rows`` that ``form`` knows."""
    return _Binder(rows, form).run()


@dataclass(slots=True)
class _Heads:
    """What a head says of the columns below it, worked out once."""

    spots: list[Spot]
    names: list[str]
    problem: str


class _Binder:
    def __init__(self, rows: Sorted, form: Form) -> None:
        self.rows = rows
        self.bound = Bound(form)
        self.form = form
        self.heads: dict[tuple[int, str], _Heads] = {}
        self.irregular: set[str] = set()

    def run(self) -> Bound:
        for disclosure in self.rows.disclosure:
            self.disclosure(disclosure)
        for request in self.rows.requests:
            self.request(request)
        for remedy in self.rows.remedies:
            self.remedy(remedy)
        return self.bound

    # ── rows ──────────────────────────────────────────────────

    def disclosure(self, row: DisclosureRow) -> None:
        caption = self.form.disclosure.caption
        specs = self.form.rows.get(row.table)
        if specs is None:
            return
        columns = _disclosure_columns(self.form)[row.table]
        heads = self.heads_of(row.head, row.table, _keys(columns), columns, merge=True)
        self.say_irregular(caption, heads)
        aligned = _aligned(row.head, row.line)
        paired = pair(row.cells, heads.spots, heads.names, aligned, from_left=True)
        self.take(specs, heads.names, paired, row.line, row.cells)

    def request(self, row: RequestRow) -> None:
        table = self.form.requests
        name = f"requests.{row.row}"
        specs = self.form.rows.get(name)
        if specs is None:
            return
        if row.reworded:
            self.bound.findings.append(
                find(
                    "row.reworded",
                    *(s.address for s in specs),
                    printed=" ".join(row.reworded.split()),
                    label=specs[0].row_label,
                )
            )
        heads = self.heads_of(row.head, "requests", vocabulary().requests_columns, table.columns)
        self.say_irregular(table.caption, heads)
        paired = pair(row.cells, heads.spots, heads.names, _aligned(row.head, row.line))
        self.take(specs, heads.names, paired, row.line, row.cells)

    def remedy(self, row: RemedyRow) -> None:
        table = self.form.remedies
        spots = _remedy_spots(row.head)
        names = [s.column for s in sorted(spots, key=lambda s: s.start)]
        aligned = (
            _aligned(row.head, row.line)
            and bool(names)
            and len(set(names)) == len(names)
            and not any(n.startswith("/") for n in names)
        )
        if not aligned:
            blocks = vocabulary().remedy_blocks
            present = {blocks[k] for k, _, _ in row.head.spots if k in blocks}
            names = [
                f"{b.table}/{c.id}"
                for b in table.blocks
                if b.table in present or not present
                for c in table.columns
            ]
        paired = pair(row.cells, spots if aligned else (), names, aligned)
        for block in table.blocks:
            specs = [s for s in self.form.rows[block.table] if s.address in names]
            if specs:
                self.take(specs, [s.address for s in specs], paired, row.line, row.cells)

    # ── cells ─────────────────────────────────────────────────

    def take(
        self,
        specs: Sequence[CellSpec],
        names: Sequence[str],
        paired: Paired,
        line: Line,
        printed: Sequence[GridCell],
    ) -> None:
        """Value the paired cells of one row; explain those that stay unread.

        ``names`` are the columns as ``paired`` calls them, one for each of ``specs``
        though perhaps in another order.
        """
        bound = self.bound
        if paired.how in (How.FAILED, How.SHORT):
            places = [s.address for s in specs]
            facts = {"row": specs[0].row_label, "found": len(printed), "wanted": len(names)}
            if paired.how is How.FAILED:
                bound.explained.update(places)
                words = " | ".join(" ".join(c.text.split()) for c in printed)
                bound.findings.append(find("row.not_paired", *places, **facts, printed=words))
                return
            last = specs[-1].column_label
            bound.findings.append(find("row.short", *places, **facts, last=last))
        cells, place_of = bound.cells, line.grid.place
        by_address = bool(names) and "/" in names[0]
        for spec in specs:
            column = spec.address if by_address else spec.column
            under = paired.cells.get(column)
            if under is None:
                continue
            cell = under[0]
            if len(under) > 1 or cell.unread or column in paired.shared:
                chosen = self.choose(spec, column, under, paired)
                if chosen is None:
                    continue
                cell = chosen
            read = parse_cell(cell.text, spec.kind, place_of(cell))
            if read is None:
                self.refuse("cell.not_a_number", spec, printed=cell.text.strip())
            else:
                cells[spec.address] = read

    def choose(
        self, spec: CellSpec, column: str, under: Sequence[GridCell], paired: Paired
    ) -> GridCell | None:
        """The one cell that counts among those under a head; None, with a finding, if none does."""
        filled = [c for c in under if c.text.strip() or c.unread]
        if len({c.text.strip() for c in filled}) > 1:
            self.refuse("cell.several", spec, printed=[c.text.strip() for c in filled])
            return None
        cell = filled[0] if filled else under[0]
        if cell.unread:
            self.refuse(_WHY_UNREAD.get(cell.unread, "cell.no_stored_result"), spec)
            return None
        shared = paired.shared.get(column, ())
        if filled and any(len(paired.cells.get(o, ())) == 1 for o in shared if o != column):
            over = [s.column_label for s in self.form.rows[spec.row] if s.column in shared]
            self.refuse("cell.merged", spec, cells=over, printed=cell.text.strip())
            return None
        return cell

    def refuse(self, rule: str, spec: CellSpec, **values: object) -> None:
        self.bound.explained.add(spec.address)
        values.setdefault("cell", spec.label)
        self.bound.findings.append(find(rule, spec.address, **values))

    # ── heads ─────────────────────────────────────

    def heads_of(
        self,
        head: Head | None,
        table: str,
        by_key: dict[str, str],
        columns: Sequence[Column],
        merge: bool = False,
    ) -> _Heads:
        """The columns as ``head`` names them; ``merge`` joins a label repeated side by side."""
        known = self.heads.get((id(head), table))
        if known is None:
            spots = [Spot(by_key[k], a, b) for k, a, b in head.spots if k in by_key] if head else []
            if merge:
                spots = _joined(spots)
            order = _reading_order(spots, columns)
            problem = _problem(head, spots, columns)
            if head and head.grid.aligned and _is_torn(spots, columns):
                # Their places are not the figures' places: without spans, say.
                spots, problem = [], problem or "没有按格式合并"
            known = _Heads(sorted(spots, key=lambda s: s.start), order, problem)
            self.heads[id(head), table] = known
        return known

    def say_irregular(self, caption: str, heads: _Heads) -> None:
        """Say once of a table that its heads are not those of the form."""
        if heads.problem and caption not in self.irregular:
            self.irregular.add(caption)
            self.bound.findings.append(find("head.irregular", table=caption, problem=heads.problem))


@lru_cache(maxsize=8)
def _disclosure_columns(form: Form) -> dict[str, tuple[Column, ...]]:
    return {r.table: g.columns for g in form.disclosure.groups for r in g.rows}


@lru_cache(maxsize=64)
def _keys(columns: tuple[Column, ...]) -> dict[str, str]:
    return {label_key(w): c.id for c in columns for w in (c.label, *c.variants)}


def _aligned(head: Head | None, line: Line) -> bool:
    """Whether the row's columns can be held against the head's."""
    if head is None or not line.grid.aligned:
        return False
    if head.grid is line.grid:
        return True
    return head.grid.aligned and head.grid.columns == line.grid.columns


def _joined(spots: list[Spot]) -> list[Spot]:
    """One spot a column, where a head's label is repeated over unmerged cells."""
    joined: list[Spot] = []
    for spot in spots:
        last = joined[-1] if joined else None
        if last and last.column == spot.column and last.end == spot.start:
            joined[-1] = Spot(spot.column, last.start, spot.end)
        else:
            joined.append(spot)
    return joined


def _reading_order(spots: Sequence[Spot], columns: Sequence[Column]) -> list[str]:
    """The form's columns in the order in which this table's heads name them."""
    inside = {c.id for c in columns if c.organisation}
    order = [s.column for s in spots if s.column in inside]
    if len(order) != len(inside) or set(order) != inside:
        return [c.id for c in columns]
    moved = iter(order)
    return [next(moved) if c.organisation else c.id for c in columns]


def _is_torn(spots: Sequence[Spot], columns: Sequence[Column]) -> bool:
    """Whether another column's head stands among those of the organisations, or over one."""
    inside = {c.id for c in columns if c.organisation}
    own = [s for s in spots if s.column in inside]
    if not own:
        return False
    start, end = min(s.start for s in own), max(s.end for s in own)
    return any(s.start < end and start < s.end for s in spots if s.column not in inside)


def _problem(head: Head | None, spots: Sequence[Spot], columns: Sequence[Column]) -> str:
    """What is not as in the form, in words; ``""`` where the heads are whole."""
    if head is None:
        return "缺失"
    named = [s.column for s in spots]
    lacking = [f"缺「{c.label}」" for c in columns if c.id not in named]
    doubled = [f"「{c.label}」重复" for c in columns if named.count(c.id) > 1]
    return "、".join(lacking + doubled)


def _remedy_spots(head: Head) -> list[Spot]:
    """The fifteen leaf heads by place, named as their cells are: ``block/column``."""
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
