"""An opened number: what the source gave, what was typed, and the cases or items behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from gongkai.core.forms import CellSpec
from gongkai.core.report.aggregate import Source, State, aggregate

from .figures import DOCUMENT, PARTS, Figure
from .filling import Filled
from .models import Behind
from .original import anchor_of
from .parts import parts_of
from .sources import kinds, sources

MOST = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One record behind a number."""

    name: str
    address: str
    note: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A cell with all that is known of it."""

    spec: CellSpec
    figure: Figure
    printed: str | None
    beside: str | None
    parts: list[tuple[str, str]]
    lines: list[Line]
    count: int
    unit: str
    source: str
    place: str
    anchor: str
    gone: int

    @property
    def more(self) -> int:
        """How many records are not listed."""
        return max(0, self.count - self.gone - len(self.lines))


def open_cell(filled: Filled, address: str) -> Opened | None:
    """The cell at ``address``; None where the form has none there."""
    spec = filled.form.cells.get(address)
    if spec is None:
        return None
    figure = filled.figures[address]
    lines: list[Line] = []
    count = gone = 0
    unit = ""
    compilation = filled.version.compilation
    if compilation is not None and compilation.parts:
        found = _parts(filled, address)
        lines, count, unit = found[:MOST], len(found), "机关"
    elif compilation is not None:
        for behind in Behind.objects.filter(compilation=compilation, address=address):
            kind = kinds()[behind.kind]
            count, unit = len(behind.keys), kind.label
            wanted = behind.keys[:MOST]
            records = kind.model._default_manager.select_related(*kind.related).in_bulk(wanted)
            gone = len(wanted) - len(records)
            lines = [Line(*kind.line(records[key])) for key in wanted if key in records]
    labels = {source.slug: source.label for source in sources()}
    labels |= {DOCUMENT: "文件", PARTS: "各机关之和"}
    return Opened(
        spec=spec,
        figure=figure,
        printed=filled.printed[address],
        beside=filled.sum_beside(address),
        parts=[
            (filled.form.cells[part].label, filled.printed[part] or "")
            for part in filled.totals.get(address, ())
            if filled.printed[part] not in ("", "0")
        ],
        lines=lines,
        count=count,
        unit=unit,
        source=labels.get(figure.source, ""),
        place=_place(filled, address),
        anchor=_anchor(filled, address),
        gone=gone,
    )


def _parts(filled: Filled, address: str) -> list[Line]:
    """What each agency adds to a sum, the largest first; those that could not be added before."""
    added = parts_of(filled.version)
    sums = aggregate([Source(one.report) for one in added], edition_id=filled.form.id)
    adding = [
        (one, addend)
        for one, addend in zip(added, sums.parts[address], strict=True)
        if addend.value or addend.state is not State.READ
    ]
    adding.sort(key=lambda pair: (pair[1].state is State.READ, -Decimal(pair[1].value or 0)))
    return [
        Line(
            one.report.agency or "",
            reverse("reports:version", args=[one.owner, one.number]),
            (addend.text or "") if addend.state is State.READ else "不能加",
        )
        for one, addend in adding
    ]


def _place(filled: Filled, address: str) -> str:
    """Where in the document the cell stood."""
    read = filled.base.cells.get(address) if filled.base else None
    if read is None or read.where is None:
        return ""
    words = {"page": "第 {} 页", "sheet": "“{}”表", "table": "第 {} 个表", "row": "第 {} 行",
             "column": "第 {} 列", "line": "第 {} 行文字"}  # fmt: skip
    return "，".join(
        words[name].format(value) for name, value in read.where.as_dict().items() if name in words
    )


def _anchor(filled: Filled, address: str) -> str:
    read = filled.base.cells.get(address) if filled.base else None
    return anchor_of(read.where) if read is not None and read.where is not None else ""
