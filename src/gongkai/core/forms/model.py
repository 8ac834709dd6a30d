"""What an edition of the annual report form consists of.

Six sections; three tables: proactive disclosure (表二, groups of rows that
follow the items of article 20), requests (表三, 23 or 25 rows by 7 columns) and
remedies (表四, three blocks of five); and the relations its figures must keep.
Everything here is filled from ``editions/*.toml`` by :mod:`gongkai.core.forms.load`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from .address import address


class Kind(StrEnum):
    """What a cell counts: pieces, a change that may be negative, or money."""

    COUNT = "count"
    CHANGE = "change"
    AMOUNT = "amount"


@dataclass(frozen=True)
class Section:
    """One of the six sections; ``variants`` are other headings seen in real reports."""

    key: str
    ordinal: str
    title: str
    variants: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        return f"{self.ordinal}、{self.title}"


@dataclass(frozen=True)
class Column:
    id: str
    label: str
    variants: tuple[str, ...] = ()
    kind: Kind = Kind.COUNT
    unit: str | None = None
    organisation: bool = False


@dataclass(frozen=True)
class DisclosureRow:
    """A row of 表二: each is a table of its own, e.g. ``licensing`` 行政许可."""

    table: str
    label: str
    variants: tuple[str, ...] = ()


@dataclass(frozen=True)
class DisclosureGroup:
    """The rows that belong to one item of article 20 and share their column heads."""

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[DisclosureRow, ...]
    spans: tuple[int, ...]


@dataclass(frozen=True)
class Disclosure:
    section: str
    caption: str
    head: str
    grid_columns: int
    groups: tuple[DisclosureGroup, ...]


@dataclass(frozen=True)
class RowGroup:
    id: str
    label: str


@dataclass(frozen=True)
class RequestRow:
    """A row of 表三.  ``result``: counted in （七）总计; ``total``: is that total."""

    id: str
    label: str
    variants: tuple[str, ...] = ()
    result: bool = False
    total: bool = False

    @property
    def group(self) -> str:
        return self.id.partition(".")[0] if "." in self.id else ""


@dataclass(frozen=True)
class Alternative:
    """Rows of another edition that real reports print instead of this one's."""

    instead_of: tuple[str, ...]
    rows: tuple[RequestRow, ...]
    row_groups: tuple[RowGroup, ...] = ()


@dataclass(frozen=True)
class Requests:
    section: str
    caption: str
    corner: str
    head: str
    organisations: str
    results: str
    columns: tuple[Column, ...]
    row_groups: tuple[RowGroup, ...]
    rows: tuple[RequestRow, ...]
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True)
class RemedyBlock:
    table: str
    label: str
    variants: tuple[str, ...] = ()
    litigation: bool = False


@dataclass(frozen=True)
class Remedies:
    section: str
    caption: str
    reconsideration: str
    litigation: str
    columns: tuple[Column, ...]
    blocks: tuple[RemedyBlock, ...]


@dataclass(frozen=True)
class Relation:
    """A tie-out relation (勾稽关系): the sum of ``left`` against the sum of ``right``.

    ``each`` says what ``left`` and ``right`` name: with ``"column"`` they are
    rows, and the relation is kept in every column; with ``"row"`` the reverse.
    ``test`` is ``equal`` or ``at_least`` (left ≥ right).
    """

    rule: str
    table: str
    each: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    test: str = "equal"


@dataclass(frozen=True)
class Equation:
    """A relation at one place: two lists of cell addresses."""

    rule: str
    test: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True)
class LocalColumn:
    id: str
    label: str


@dataclass(frozen=True)
class LocalTable:
    """A table known from real reports that is in no edition; it is kept, not counted."""

    id: str
    label: str
    columns: tuple[LocalColumn, ...]


@dataclass(frozen=True)
class CellSpec:
    """What the form says of one cell: its kind, its unit, and how to name it to a person."""

    address: str
    kind: Kind
    unit: str | None
    row_label: str
    column_label: str

    @property
    def label(self) -> str:
        return f"{self.row_label}·{self.column_label}"

    @cached_property
    def row(self) -> str:
        """The row the cell stands in: ``licensing``, ``requests.disclosed``."""
        return self.address.rpartition("/")[0]

    @cached_property
    def column(self) -> str:
        return self.address.rpartition("/")[2]


@dataclass(frozen=True, eq=False)
class Form:
    """One edition of the form."""

    id: str
    instrument: str
    first_year: int
    last_year: int | None
    marks: tuple[str, ...]
    sections: tuple[Section, ...]
    disclosure: Disclosure
    requests: Requests
    remedies: Remedies
    relations: tuple[Relation, ...]
    local_tables: tuple[LocalTable, ...] = ()
    # Whether this is the form as a report that mixes editions prints it.
    mixed: bool = False

    @cached_property
    def cells(self) -> dict[str, CellSpec]:
        """Every cell of the form by address, in printed order."""
        cells: dict[str, CellSpec] = {}

        def add(spec: CellSpec) -> None:
            cells[spec.address] = spec

        for group in self.disclosure.groups:
            for line in group.rows:
                for c in group.columns:
                    place = address(line.table, c.id)
                    add(CellSpec(place, c.kind, c.unit, line.label, c.label))
        groups = {g.id: g.label for g in self.requests.row_groups}
        for row in self.requests.rows:
            label = groups.get(row.group, "") + row.label
            for c in self.requests.columns:
                place = address("requests", c.id, row.id)
                add(CellSpec(place, c.kind, None, label, c.label))
        for block in self.remedies.blocks:
            label = f"{self.remedies.litigation}·{block.label}" if block.litigation else block.label
            for c in self.remedies.columns:
                add(CellSpec(address(block.table, c.id), c.kind, None, label, c.label))
        return cells

    @cached_property
    def rows(self) -> dict[str, tuple[CellSpec, ...]]:
        """The cells of every row by the row's name (``licensing``, ``requests.disclosed``)."""
        rows: dict[str, list[CellSpec]] = {}
        for place, spec in self.cells.items():
            rows.setdefault(place.rpartition("/")[0], []).append(spec)
        return {name: tuple(specs) for name, specs in rows.items()}

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """Every relation written out for every place it holds at, in printed order."""
        return tuple(e for relation in self.relations for e in self._write_out(relation))

    def _write_out(self, relation: Relation) -> list[Equation]:
        results = tuple(r.id for r in self.requests.rows if r.result)

        def names(words: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(n for w in words for n in (results if w == "results" else (w,)))

        left, right = names(relation.left), names(relation.right)
        if relation.table == "requests" and relation.each == "column":
            places = [
                (tuple(address("requests", c.id, r) for r in left),
                 tuple(address("requests", c.id, r) for r in right))
                for c in self.requests.columns
            ]  # fmt: skip
        else:
            tables = {
                "requests": [("requests", r.id) for r in self.requests.rows],
                "remedies": [(b.table, "") for b in self.remedies.blocks],
            }.get(relation.table, [(relation.table, "")])
            places = [
                (tuple(address(t, c, r) for c in left), tuple(address(t, c, r) for c in right))
                for t, r in tables
            ]
        return [Equation(relation.rule, relation.test, a, b) for a, b in places]

    @cached_property
    def mixtures(self) -> tuple[Form, ...]:
        """This form with another edition's rows in place of its own, one for each alternative."""
        return tuple(self._with(alternative) for alternative in self.requests.alternatives)

    def _with(self, alternative: Alternative) -> Form:
        gone = set(alternative.instead_of)
        groups = {r.partition(".")[0] for r in gone if "." in r}
        rows: list[RequestRow] = []
        for row in self.requests.rows:
            if row.id not in gone:
                rows.append(row)
            elif row.id == alternative.instead_of[0]:
                rows.extend(alternative.rows)
        kept = tuple(g for g in self.requests.row_groups if g.id not in groups)
        requests = replace(
            self.requests,
            rows=tuple(rows),
            row_groups=kept + alternative.row_groups,
            alternatives=(alternative,),
        )
        return replace(self, requests=requests, mixed=True)

    def section(self, key: str) -> Section:
        return next(s for s in self.sections if s.key == key)
