"""A case of reconsideration or litigation, and its result, as table four counts them.

The form names four columns and three blocks (report form, part four); which
decision belongs to which column is usual practice and not verified
(``results.toml``).  The papers and clocks of a case are elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from ..errors import HandlingError
from ..handling.load import Data, entry, made, read_data

_FILE = "results.toml"


class RemedyKind(StrEnum):
    """The blocks of table four."""

    RECONSIDERATION = "reconsideration"
    DIRECT_SUIT = "direct_suit"
    SUIT_AFTER_RECONSIDERATION = "suit_after_reconsideration"

    @property
    def label(self) -> str:
        return _KINDS[self]

    @property
    def litigation(self) -> bool:
        return self is not RemedyKind.RECONSIDERATION


_KINDS = {
    RemedyKind.RECONSIDERATION: "行政复议",
    RemedyKind.DIRECT_SUIT: "行政诉讼（未经复议直接起诉）",
    RemedyKind.SUIT_AFTER_RECONSIDERATION: "行政诉讼（复议后起诉）",
}


class ResultColumn(StrEnum):
    """The columns of table four but for 尚未审结 and 总计."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER_RESULT = "other_result"

    @property
    def label(self) -> str:
        return _COLUMNS[self]


_COLUMNS = {
    ResultColumn.UPHELD: "结果维持",
    ResultColumn.CORRECTED: "结果纠正",
    ResultColumn.OTHER_RESULT: "其他结果",
}


@dataclass(frozen=True)
class Result:
    """One kind of decision.  ``redo`` names the limit of a new reply, "" where none is ordered."""

    id: str
    litigation: bool
    label: str
    column: ResultColumn
    redo: str = ""


@dataclass(frozen=True)
class RemedyCase:
    """One case, of one instance or several.

    ``opened_on`` is the day of acceptance or filing; ``closed_on`` the day of the
    decision that stands, for a suit that of the judgment in force.  ``result`` is
    an id of ``results.toml``.  ``original_agency`` is false where the agency
    stands in the case only as the reconsideration body: such a case is counted by
    the agency whose act it is, not here (report form, part four).
    """

    number: str
    kind: RemedyKind
    opened_on: date
    request_number: str = ""
    body: str = ""
    closed_on: date | None = None
    result: str = ""
    original_agency: bool = True

    def __post_init__(self) -> None:
        if not self.number:
            raise HandlingError("a case has no number")
        if (self.closed_on is None) != (not self.result):
            raise HandlingError(f"case {self.number!r}: result without day")
        if self.closed_on is not None and self.closed_on < self.opened_on:
            raise HandlingError(f"case {self.number!r}: closed before it was opened")
        if self.result and result(self.result).litigation is not self.kind.litigation:
            raise HandlingError(f"case {self.number!r}: {self.result} is of the other kind")


def result(wanted: str) -> Result:
    """The result called ``wanted``; HandlingError where there is none."""
    return entry(_FILE, _results(), wanted)


def results(kind: RemedyKind | str) -> tuple[Result, ...]:
    """The results that a case of ``kind`` may have, in the order of the columns."""
    litigation = RemedyKind(kind).litigation
    return tuple(r for r in _results().values() if r.litigation is litigation)


@lru_cache(maxsize=1)
def _results() -> Mapping[str, Result]:
    return made(_FILE, read_data(_FILE, __package__), _result)


def _result(name: str, data: Data) -> Result:
    if data["kind"] not in ("reconsideration", "litigation"):
        raise ValueError(data["kind"])
    return Result(
        id=name,
        litigation=data["kind"] == "litigation",
        label=data["label"],
        column=ResultColumn(data["column"]),
        redo=data.get("redo", ""),
    )
