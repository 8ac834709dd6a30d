"""Tables whose cells were run together: text that was copied out of its borders.

``151`` ``3`` ``0`` … printed as ``15130000154`` is not guessed at.  A row is read
only if the relations of the form leave exactly one way to split it; then each
figure carries a finding.  Everything else stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ...finding import Finding
from ...forms import Form, address, editions, split
from ...forms.label import normalise
from ...forms.model import Column
from ...report import Cell
from ...rules import find
from ..numerals import parse_cell
from .lines import Flow, Sorted
from .splitting import Split, number, settle, ways
from .stream import Stream

_FIGURES = re.compile(r"[\d.,—–/-]+(?:万?元)?")
_LEAF_HEADS = "结果维持结果纠正其他结果尚未审结总计"
# Rows shown in the finding; the cells name all of them.
_SHOWN = 2
_QUOTES = re.compile(r"[“”\"'‘’]")


@dataclass
class Separated:
    """What could be told from run-together text, and of which edition it is."""

    edition: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def separate(rows: Sorted) -> tuple[list[Flow], Separated]:
    """The flow without run-together tables, and what those tables say.

    Only tables that were not found as grids are looked for.
    """
    wanted = (not rows.disclosure, not rows.requests, not rows.remedies)
    done = Separated()
    if not any(wanted):
        return rows.flow, done
    stream = Stream(rows.flow)
    done.edition = stream.edition()
    if not done.edition:
        return rows.flow, done
    reader = _Reader(stream, editions()[done.edition], done)
    form = reader.form
    if wanted[0]:
        reader.disclosure()
        reader.say_inferred(form.disclosure.caption)
    if wanted[1]:
        reader.requests()
        reader.say_inferred(form.requests.caption)
    if wanted[2]:
        reader.remedies()
        reader.say_inferred(form.remedies.caption)
    return stream.without_tables(), done


class _Reader:
    def __init__(self, stream: Stream, form: Form, done: Separated) -> None:
        self.stream = stream
        self.form = form
        self.done = done
        self.inferred: list[tuple[tuple[str, ...], str]] = []

    def say_inferred(self, table: str) -> None:
        """Say once of a table which of its rows had to be told apart."""
        if self.inferred:
            cells = [place for places, _ in self.inferred for place in places]
            shown = "；".join(told for _, told in self.inferred[:_SHOWN])
            shown += "……" if len(self.inferred) > _SHOWN else ""
            self.done.findings.append(
                find("cell.inferred", *cells, table=table, count=len(self.inferred), shown=shown)
            )
            self.inferred.clear()

    # ── table two ─────────────────────────────────────────────

    def disclosure(self) -> None:
        text = self.stream.text
        first = last = -1
        for group in self.form.disclosure.groups:
            heading = text.find(normalise(group.heading), max(last, 0))
            if heading < 0:
                continue
            first = heading if first < 0 else first
            last = heading + len(normalise(group.heading))
            for row in group.rows:
                found = re.compile(
                    "|".join(re.escape(normalise(w)) for w in (row.label, *row.variants))
                    + r"(?=[\d—–/-])"
                ).search(text, last, last + 120)
                if not found:
                    continue
                figures = _FIGURES.match(text, found.end())
                if not figures:
                    continue
                last = figures.end()
                self.disclosure_row(row.table, group.columns, figures.start(), figures.end())
        if first >= 0 and last > first:
            self.stream.taken.append((first, last, "disclosure"))

    def disclosure_row(self, table: str, columns: Sequence[Column], start: int, end: int) -> None:
        pieces = self.stream.pieces(start, end)
        printed = "".join(pieces)
        places = [address(table, c.id) for c in columns]
        if len(pieces) == len(columns) > 1:
            self.take(places, columns, pieces, start)
        elif len(columns) == 1 or (len(printed) == len(columns) and set(printed) == {"0"}):
            figures = [printed] if len(columns) == 1 else list(printed)
            self.take(places, columns, figures, start, printed)
        else:
            self.refuse(places, printed)

    # ── table three ───────────────────────────────────────────

    def requests(self) -> None:
        form, text = self.form, self.stream.text
        found = self.labels(form)
        for mixture in form.mixtures:
            other = self.labels(mixture)
            if (
                len(other) >= len(found)
                and any(r.id in other for r in mixture.requests.alternatives[0].rows)
                and not any(r in found for r in mixture.requests.alternatives[0].instead_of)
            ):
                form, found = mixture, other
        if not found:
            return
        starts = sorted(start for start, _ in found.values())
        runs: dict[str, tuple[int, int]] = {}
        for row, (start, end) in found.items():
            after = next((s for s in starts if s > start), len(text))
            run = _FIGURES.match(text, end, after)
            if run:
                runs[row] = (run.start(), run.end())
        if not runs:
            return
        head = max(text.rfind("(本列数据", 0, starts[0]), text.rfind("申请人情况", 0, starts[0]))
        first = head if head >= 0 and starts[0] - head < 200 else starts[0]
        if 0 <= text.rfind("(本列数据", 0, starts[0]) < first:
            first = text.rfind("(本列数据", 0, starts[0])
        self.stream.taken.append((first, max(e for _, e in runs.values()), "requests"))
        self.request_rows(form, runs)

    def labels(self, form: Form) -> dict[str, tuple[int, int]]:
        """Where each row's label stands, looked for in printed order."""
        at = 0
        found: dict[str, tuple[int, int]] = {}
        for row in form.requests.rows:
            limit = at + 600 if found else len(self.stream.text)
            match = _label_pattern((row.label, *row.variants)).search(self.stream.text, at, limit)
            if match:
                found[row.id] = match.span()
                at = match.end()
        return found

    def request_rows(self, form: Form, runs: dict[str, tuple[int, int]]) -> None:
        columns = form.requests.columns
        width = len(columns)
        options: dict[str, list[Split]] = {}
        apart: set[str] = set()
        for row, (start, end) in runs.items():
            pieces = self.stream.pieces(start, end)
            if len(pieces) == width:
                options[row] = [tuple(pieces)]
                apart.add(row)
                continue
            found = ways(pieces, width, lambda s: sum(map(number, s[:-1])) == number(s[-1]))
            if found:
                options[row] = found
        settled = settle(options, _keeps(form))
        for row, (start, end) in runs.items():
            places = [address("requests", c.id, row) for c in columns]
            printed = self.stream.text[start:end]
            if row in settled:
                told = "" if row in apart else printed
                self.take(places, columns, settled[row], start, told)
            else:
                self.refuse(places, printed)

    # ── table four ────────────────────────────────────────────

    def remedies(self) -> None:
        table = self.form.remedies
        text = self.stream.text
        head = text.rfind(_LEAF_HEADS)
        if head < 0:
            return
        figures = _FIGURES.match(text, head + len(_LEAF_HEADS))
        if not figures:
            return
        first = text.rfind("行政复议行政诉讼", 0, head)
        self.stream.taken.append((first if first >= 0 else head, figures.end(), "remedies"))
        width, count = len(table.columns), len(table.columns) * len(table.blocks)
        pieces = self.stream.pieces(figures.start(), figures.end())
        found = [tuple(pieces)] if len(pieces) == count else ways(
            pieces, count,
            lambda s: all(
                sum(map(number, s[i : i + width - 1])) == number(s[i + width - 1])
                for i in range(0, count, width)
            ),
        )  # fmt: skip
        for i, block in enumerate(table.blocks):
            places = [address(block.table, c.id) for c in table.columns]
            if found and len(found) == 1:
                told = "" if len(pieces) == count else figures.group()
                part = found[0][i * width : (i + 1) * width]
                self.take(places, table.columns, part, figures.start(), told)
            else:
                self.refuse(places, figures.group())

    # ── cells ─────────────────────────────────────────────────

    def take(
        self,
        places: Sequence[str],
        columns: Sequence[Column],
        figures: Sequence[str],
        at: int,
        run_together: str = "",
    ) -> None:
        """Keep ``figures``; with a finding where they had to be told apart."""
        where = self.stream.where(at)
        cells = [parse_cell(f, c.kind, where) for f, c in zip(figures, columns, strict=True)]
        if any(cell is None for cell in cells):
            self.refuse(places, run_together or "".join(figures))
            return
        self.done.cells.update(
            {p: cell for p, cell in zip(places, cells, strict=True) if cell is not None}
        )
        if run_together:
            told = f"{self.label(places[0])} {run_together} → {'、'.join(figures)}"
            self.inferred.append((tuple(places), told))

    def refuse(self, places: Sequence[str], printed: str) -> None:
        self.done.findings.append(
            find("cell.run_together", *places, row=self.label(places[0]), printed=printed)
        )

    def label(self, place: str) -> str:
        for form in (self.form, *self.form.mixtures):
            if place in form.cells:
                return form.cells[place].row_label
        return place


@lru_cache(maxsize=256)
def _label_pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    """A row's label as it may stand in a run of text, with or without an explanation after it."""
    choices = []
    for label in labels:
        words = re.sub(r"\([^()]{4,}\)$", "", normalise(label))
        choices.append(_QUOTES.sub("[“”\"'‘’]?", re.escape(words)))
    choices.sort(key=len, reverse=True)
    return re.compile("(?:" + "|".join(choices) + r")(?:\([^()]{2,40}\))?")


def _keeps(form: Form) -> Callable[[dict[str, Split]], bool]:
    """Whether rows together keep the relations that run down the columns."""
    relations = [
        (tuple(split(a)[1] for a in e.left), tuple(split(a)[1] for a in e.right))
        for e in form.equations
        if e.left[0].startswith("requests.") and split(e.left[0])[2] == form.requests.columns[0].id
    ]
    down = [(left, right) for left, right in relations if len({*left, *right}) > 1]

    def holds(rows: dict[str, Split]) -> bool:
        for left, right in down:
            if not all(r in rows for r in (*left, *right)):
                continue
            for column in range(len(form.requests.columns)):
                if sum(number(rows[r][column]) for r in left) != sum(
                    number(rows[r][column]) for r in right
                ):
                    return False
        return True

    return holds
