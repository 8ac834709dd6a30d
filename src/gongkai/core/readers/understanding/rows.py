"""Every row of every grid, told by its words: which table it belongs to, or none.

One pass over the document keeps the place (which table are we in, under which
heads, in which group of rows), so that tables may be split over pages, repeat
their heads or lose their label columns.  Nothing is valued yet.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...forms.label import label_key
from ..document import Budget, Document, Grid, GridCell, Paragraph
from ..numerals import is_value
from .label_match import nearest_row
from .lines import (
    DisclosureRow,
    Head,
    Line,
    RemedyRow,
    RequestRow,
    Run,
    Sorted,
    TableMark,
    Unplaced,
    joined,
    lines_of,
    unwrapped,
)
from .vocabulary import Vocabulary, article_item, vocabulary

_CORNER = "勾稽关系"
_ARTICLE = "二十条"


def sort_rows(document: Document, budget: Budget) -> Sorted:
    """Tell every row of ``document`` by its words."""
    sorter = _Sorter(budget, wrapped=document.format == "pdf")
    for block in document.blocks:
        budget.check()
        if isinstance(block, Paragraph):
            sorter.paragraph(block)
        else:
            sorter.grid(block)
    sorter.end_cut()
    sorter.release()
    return sorter.done


class _Sorter:
    def __init__(self, budget: Budget, wrapped: bool) -> None:
        self.budget = budget
        self.wrapped = wrapped
        self.words: Vocabulary = vocabulary()
        self.done = Sorted()
        self.table = ""
        self.item = ""
        self.head: Head | None = None
        self.group = ""
        self.in_head = False
        self.cut: Line | None = None
        self.above = ""
        self.heads: list[Line] = []
        self.caption = ""
        self.open_runs: dict[str, Run] = {}

    # ── blocks ────────────────────────────────────────────────

    def paragraph(self, block: Paragraph) -> None:
        """Prose; or a row of a text table that lost its borders and all but its spaces."""
        self.end_cut()
        parts = block.text.split() if len(block.text) <= 120 else []
        if len(parts) > 1 and not self.all_of_a_table(parts):
            parts = [block.text] if len(block.text) <= 60 else []
        if parts:
            cells = [GridCell(0, at, words) for at, words in enumerate(parts)]
            grid = Grid(cells, 1, len(cells), aligned=False, where=block.where)
            line = Line(grid, cells, [label_key(words) for words in parts])
            heads = len(parts) > 1 or (
                article_item(block.text)
                or _CORNER in line.keys[0]
                or line.keys[0] in self.words.requests_head
            )
            if heads and self.place(line):
                return
        self.above = block.text if len(block.text) <= 60 else ""
        self.done.flow.append(block)

    def all_of_a_table(self, parts: Sequence[str]) -> bool:
        """Whether each word of a line is a label of some table or a figure."""
        labels = [p for p in parts if label_key(p) in self.words.labels]
        figures = [p for p in parts if is_value(p)]
        named = bool(labels) or (self.table == "remedies" and len(figures) >= 5)
        return named and len(labels) + len(figures) == len(parts)

    def grid(self, grid: Grid) -> None:
        lines = list(lines_of(unwrapped(grid) if self.wrapped else grid))
        if self.cut and lines:
            whole = joined(self.cut, lines[0])
            if whole and self.place(whole):
                self.cut = None
                del lines[0]
        self.end_cut()
        waiting: list[Line] = []
        for at, line in enumerate(lines):
            if at % 64 == 0:
                self.budget.check()
            if self.place(line):
                if waiting:
                    self.unplaced(grid, waiting)
                    waiting = []
            elif any(line.keys) or any(c.text.strip() for c in line.cells):
                if not waiting and self.heads and self.heads[-1].grid is line.grid:
                    # The heads were those of a table of no edition.
                    waiting, self.heads = self.heads, []
                waiting.append(line)
        if waiting and self.in_head and grid.aligned:
            # A head that a page break may have cut through: wait for its second half.
            self.cut = waiting.pop()
        self.unplaced(grid, waiting)

    def end_cut(self) -> None:
        """Nothing came to make the last row of a grid whole: it stands as it is."""
        if self.cut:
            cut, self.cut = self.cut, None
            self.unplaced(cut.grid, [cut])

    def unplaced(self, grid: Grid, lines: list[Line]) -> None:
        """Rows of no edition: prose where they hold one cell each, else a table to keep."""
        kept: list[Line] = []
        for at, line in enumerate(lines):
            printed = line.printed
            titles_next = at + 1 < len(lines) and len(lines[at + 1].printed) > 1
            alone = len(printed) == 1 and (
                len(printed[0].text) > 60 or (not titles_next and not kept)
            )
            if alone and not is_value(printed[0].text):
                if kept:
                    self.done.flow.append(Unplaced(grid, kept))
                    kept = []
                self.above = printed[0].text
                self.done.flow.append(Paragraph(printed[0].text, grid.place(printed[0])))
            else:
                kept.append(line)
        if kept:
            self.done.flow.append(Unplaced(grid, kept))

    # ── rows ──────────────────────────────────────────────────

    def place(self, line: Line) -> bool:
        """Put ``line`` into its table; False where it belongs to none."""
        words = "\n".join(line.keys)
        if _ARTICLE in words and self.article(line):
            return True
        # Most rows hold figures: told at once not to be heads.
        if (_CORNER in words or not self.words.heads.isdisjoint(line.keys)) and (
            self.disclosure_head(line) or self.requests_head(line) or self.remedy_head(line)
        ):
            return True
        return self.disclosure_row(line) or self.request_row(line) or self.remedy_row(line)

    def enter(self, line: Line, table: str, row: str, blank: bool) -> Run | None:
        """The run that a row belongs to; a new one where the table begins anew.

        None where the row only repeats the label of the last one without figures,
        as the second half of a row that a page break cut does.
        """
        order = self.words.order
        run = self.open_runs.get(table)
        if run is not None and row == run.last and blank:
            return None
        if run is None or row in run.rows or order[row] < order[run.last]:
            run = self.open_runs[table] = Run(table, self.caption if self.heads else self.above)
            self.done.runs.append(run)
        run.lines += [*self.heads, line]
        run.rows.add(row)
        run.last = row
        self.heads.clear()
        self.in_head = False
        self.above = ""
        last = self.done.flow[-1] if self.done.flow else None
        if not (isinstance(last, TableMark) and last.run is run):
            self.done.flow.append(TableMark(table, run))
        return run

    def hold(self, line: Line, table: str) -> None:
        """Keep a line of heads for the row that comes."""
        if self.table != table or not self.heads:
            self.release()
            self.caption = self.above
        self.heads.append(line)

    def release(self) -> None:
        """Heads that no row of the table came to: they stand as they are."""
        for line in self.heads:
            self.unplaced(line.grid, [line])
        self.heads.clear()

    def open(self, line: Line, table: str) -> Head:
        """The heads of ``table``: the open ones if this row goes on with them, else new ones."""
        self.hold(line, table)
        if self.table != table or self.head is None or not self.in_head:
            self.head = Head(line.grid)
        self.table = table
        self.in_head = True
        self.head.add(line)
        self.note_marks(line)
        return self.head

    def article(self, line: Line) -> bool:
        for cell in line.cells:
            item = article_item(cell.text)
            if item:
                self.hold(line, "disclosure")
                self.table, self.item, self.head, self.in_head = "disclosure", item, None, False
                return True
        return False

    def disclosure_head(self, line: Line) -> bool:
        words = self.words
        named = [k for k in line.keys if k in words.disclosure_columns]
        if not named and not (
            self.table == "disclosure" and words.disclosure_head & set(line.keys)
        ):
            return False
        if any(k in words.disclosure_rows for k in line.keys):
            return False
        self.in_head = False
        self.open(line, "disclosure")
        return True

    def requests_head(self, line: Line) -> bool:
        words = self.words
        named = bool(words.requests_head & set(line.keys)) or any(_CORNER in k for k in line.keys)
        # 商业企业…其他 may break off and leave 总计 or 其他 to a row of its own.
        goes_on = (
            self.table == "requests"
            and self.in_head
            and any(line.keys)
            and all(k in words.requests_columns for k in line.keys if k)
        )
        if not named and not goes_on:
            return False
        if self.table == "requests" and not self.in_head:
            self.group = ""
        self.open(line, "requests")
        return True

    def remedy_head(self, line: Line) -> bool:
        words = self.words
        blocks = {k for k in line.keys if k in words.remedy_blocks or k == words.litigation}
        leaves = [k for k in line.keys if k in words.remedy_columns]
        certain = [k for k in leaves if words.remedy_columns[k] != "total"]
        if not blocks and len(certain) < 2:
            return False
        # 单位 or 序号 may head a column of its own before the others.
        strange = [k for k in line.keys if k and k not in words.remedy_columns and k not in blocks]
        if strange and (len(strange) > 1 or line.keys[0] != strange[0] or len(strange[0]) > 6):
            return False
        if self.table == "remedies" and not self.in_head:
            self.head = None
        self.open(line, "remedies")
        return True

    def disclosure_row(self, line: Line) -> bool:
        if self.table != "disclosure":
            return False
        for at, key in enumerate(line.keys):
            table = self.words.disclosure_rows.get(key)
            if table:
                cells = line.cells[at + 1 :]
                run = self.enter(line, "disclosure", table, _is_blank(cells))
                if run:
                    self.done.disclosure.append(
                        DisclosureRow(run, table, self.item, self.head, line, cells)
                    )
                    self.note_marks(line)
                return True
            if key and not is_value(line.cells[at].text):
                return False
        return False

    def note_marks(self, line: Line) -> None:
        """Count the labels that only one edition has."""
        for key in line.keys:
            edition = self.words.marks.get(key)
            if edition:
                self.done.marks[edition] = self.done.marks.get(edition, 0) + 1

    def request_row(self, line: Line) -> bool:
        words = self.words
        inside = self.table == "requests"
        label_at, row, group = -1, "", self.group if inside else ""
        for at, key in enumerate(line.keys):
            if key not in words.request_labels:
                continue
            found_group = words.requests_groups.get(key)
            if found_group:
                group = found_group
                label_at = at
                row = found_group if key in words.requests_rows else ""
                continue
            rows = words.request_rows(key, group)
            if (len(rows) == 1 and (inside or len(key) > 3)) or (rows and inside):
                label_at, row = at, rows[0]
            elif key == words.requests_results and inside:
                label_at = at
        if label_at < 0 or (not row and not inside):
            return inside and self.reworded_row(line)
        rest = line.cells[label_at + 1 :]
        # （六）其他处理 is a row by itself only if no label follows it.
        follows = row == group and any(not is_value(c.text) for c in rest if not c.unread)
        if (not row or follows) and self.reworded_row(line):
            return True
        if not row:
            self.group = group
            self.in_head = False
            self.hold(line, "requests")
            return all(is_value(c.text) and not c.text.strip() for c in rest)
        self.add_request(row, group, line, rest)
        return True

    def reworded_row(self, line: Line) -> bool:
        """A row whose label is worded differently, cut by a page break, or misspelt."""
        labels = [
            (at, c.text)
            for at, c in enumerate(line.cells)
            if c.text.strip() and not is_value(c.text)
        ]
        if not labels or self.in_head:
            return False
        at, text = labels[-1]
        group = self.group
        for _, words in labels[:-1]:
            group = self.words.requests_groups.get(label_key(words), group)
        row = nearest_row(text, group, self.words)
        rest = line.cells[at + 1 :]
        if row and rest:
            self.add_request(row, group, line, rest, reworded=text)
            return True
        return self.continues_last(line, rest)

    def continues_last(self, line: Line, rest: list[GridCell]) -> bool:
        """The second half of a row that a page break cut through."""
        requests = self.done.requests
        if not requests or requests[-1].line.grid is line.grid or not rest:
            return False
        last = requests[-1]
        if not any(c.text.strip() for c in rest):
            return True
        if len(rest) == len(last.cells) and not any(c.text.strip() for c in last.cells):
            last.cells, last.line = rest, line
            return True
        return False

    def add_request(
        self, row: str, group: str, line: Line, rest: list[GridCell], reworded: str = ""
    ) -> None:
        if self.table != "requests":
            self.head = None
        self.table = "requests"
        self.group = row.partition(".")[0] if "." in row else group
        run = self.enter(line, "requests", row, _is_blank(rest))
        if run:
            self.done.requests.append(RequestRow(run, row, self.head, line, rest, reworded))

    def remedy_row(self, line: Line) -> bool:
        if self.table != "remedies" or self.head is None:
            return False
        cells = self.under_heads(line)
        if not cells or not all(is_value(c.text) or c.unread for c in cells):
            return False
        if _is_blank(cells) and not self.in_head:
            return False
        blocks = self.words.remedy_blocks
        named = [blocks[k] for k, _, _ in self.head.spots if k in blocks]
        if not named:
            # Heads that name no block can only be those of all three together.
            named = list(blocks.values())
            leaves = sum(k in self.words.remedy_columns for k, _, _ in self.head.spots)
            if leaves < len(set(named)) * len(set(self.words.remedy_columns.values())):
                return False
        named = list(dict.fromkeys(named))
        run = self.enter(line, "remedies", named[0], _is_blank(cells))
        if run:
            run.rows.update(named)
            run.last = named[-1]
            self.done.remedies.append(RemedyRow(run, self.head, line, cells))
        return True

    def under_heads(self, line: Line) -> list[GridCell]:
        """The cells of a row of table four: without what stands before its figures (件数, 本区)."""
        head = self.head
        if head and line.grid.aligned and head.grid.columns == line.grid.columns:
            leaves = [(a, b) for k, a, b in head.spots if k in self.words.remedy_columns]
            if leaves:
                first = min(a for a, _ in leaves)
                return [c for c in line.cells if c.column + c.column_span > first]
        cells = line.cells
        if cells and line.keys[0] and not is_value(cells[0].text) and len(line.keys[0]) <= 4:
            cells = cells[1:]
        return cells


def _is_blank(cells: Sequence[GridCell]) -> bool:
    return not any(c.text.strip() or c.unread for c in cells)
