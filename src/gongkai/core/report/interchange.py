"""Our JSON, out and in: one object a report, in the shape of ``report.schema.json``.

Counts are JSON integers.  Money is a JSON number with exactly the digits that
were printed: it never goes through binary floating point, so read it with
``json.loads(text, parse_float=Decimal)`` (:func:`loads` does).  Dates are ISO
8601.  A blank is ``{"value": null, "text": ""}``, a dash the same with its
text; a cell that could not be read stands in ``unread`` and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ..errors import UnknownEdition, UnreadableDocument
from ..finding import Finding
from ..forms import Form, Kind
from ..rules import basis, say
from .annual_report import AnnualReport, LocalTable, Period, SectionText, Signature, form_of
from .cell import Cell, Number, Where
from .exact_json import dumps, loads

__all__ = ["SCHEMA", "cell_to_json", "dumps", "finding_to_json", "from_json", "loads", "to_json"]

SCHEMA = "gongkai-report-1"

# No amount that was ever printed has more digits; a number such as 1e999999999
# would otherwise cost gigabytes when written out.
_MOST_DIGITS = 60

Parts = Mapping[str, Sequence[Mapping[str, object]]]


def to_json(
    report: AnnualReport,
    *,
    file: str | None = None,
    format: str | None = None,
    sha256: str | None = None,
    findings: Iterable[Finding] = (),
    language: str = "zh",
    parts: Parts | None = None,
) -> dict[str, Any]:
    """``report`` as one JSON object; give it to :func:`dumps` to keep money exact.

    ``parts`` (of an aggregate) are, by address, the ``{file, agency, value,
    text}`` that each sum is made of.
    """
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "file": file,
        "format": format,
        "sha256": sha256,
        "edition": report.edition,
        "year": report.year,
        "agency": report.agency,
        "title": report.title,
        "titled_on": _day(report.titled_on),
        "period": report.period
        and {"start": _day(report.period.start), "end": _day(report.period.end)},
        "lead": report.lead,
        "sections": [{"key": s.key, "title": s.title, "text": s.text} for s in report.sections],
        "cells": {address: cell_to_json(cell) for address, cell in report.cells.items()},
        "unread": list(report.unread),
        "local_tables": [
            {
                "id": table.id,
                "title": table.title,
                "rows": [list(row) for row in table.rows],
                "cells": {address: cell_to_json(cell) for address, cell in table.cells.items()},
                "where": _place(table.where),
            }
            for table in report.local_tables
        ],
        "contact": report.contact,
        "signature": report.signature
        and {"text": report.signature.text, "signed_on": _day(report.signature.signed_on)},
        "findings": [finding_to_json(f, report.edition, language) for f in findings],
    }
    if parts is not None:
        data["parts"] = {address: [dict(p) for p in those] for address, those in parts.items()}
    return data


def finding_to_json(
    finding: Finding, edition: str | None = None, language: str = "zh"
) -> dict[str, Any]:
    """A finding with its sentence and its legal basis written out."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "cells": list(finding.cells),
        "values": {name: _plain(value) for name, value in finding.values.items()},
        "message": say(finding, language),
        "basis": basis(finding, edition, language),
    }


def from_json(data: Mapping[str, Any]) -> AnnualReport:
    """The report that ``data`` (of :func:`loads`) tells.

    An address of the form that is neither among the cells nor said to be unread
    is unread.  UnreadableDocument where the data are not ours or contradict
    themselves.
    """
    if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
        raise UnreadableDocument("input.not_a_report")
    try:
        report = _report(data)
        form = form_of(report)
        return _with_every_cell(report, form)
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError, UnknownEdition):
        raise UnreadableDocument("input.damaged", kind="json") from None


def _report(data: Mapping[str, Any]) -> AnnualReport:
    period, signature = data.get("period"), data.get("signature")
    return AnnualReport(
        edition=_words(data["edition"]),
        year=_count(data["year"]),
        agency=_words(data["agency"]),
        title=_words(data["title"]),
        titled_on=_date(data.get("titled_on")),
        period=None if period is None else Period(_known(period["start"]), _known(period["end"])),
        lead=_words(data.get("lead")) or "",
        sections=tuple(
            SectionText(_text(s["key"]), _text(s["title"]), _text(s["text"]))
            for s in _list(data["sections"])
        ),
        cells={_text(a): _cell_from(c) for a, c in data["cells"].items()},
        unread=tuple(_text(a) for a in _list(data["unread"])),
        local_tables=tuple(_local_table(t) for t in _list(data["local_tables"])),
        contact=_words(data.get("contact")),
        signature=None
        if signature is None
        else Signature(_text(signature["text"]), _date(signature.get("signed_on"))),
    )


def _with_every_cell(report: AnnualReport, form: Form | None) -> AnnualReport:
    """``report`` with money as Decimal, and unread what is missing; ValueError if contradictory."""
    specs = form.cells if form else {}
    told = [*report.cells, *report.unread]
    if len(set(told)) != len(told) or any(address not in specs for address in told):
        raise ValueError
    cells = dict(report.cells)
    for address, cell in cells.items():
        if isinstance(cell.value, int) and specs[address].kind is Kind.AMOUNT:
            cells[address] = cell._replace(value=Decimal(cell.value))
    missing = [address for address in specs if address not in set(told)]
    values = {name: getattr(report, name) for name in AnnualReport.__dataclass_fields__}
    values |= {"cells": cells, "unread": (*report.unread, *missing)}
    return AnnualReport(**values)


def cell_to_json(cell: Cell) -> dict[str, Any]:
    """One cell: value, text, unit where one was printed, and where it stood."""
    data: dict[str, Any] = {"value": cell.value, "text": cell.text}
    if cell.unit is not None:
        data["unit"] = cell.unit
    data["where"] = _place(cell.where)
    return data


def _cell_from(data: Mapping[str, Any]) -> Cell:
    value, text = data["value"], _text(data["text"])
    if value is not None:
        value = _number(value)
        if not text:
            raise ValueError
    return Cell(value, text, _words(data.get("unit")), _where(data.get("where")))


def _local_table(data: Mapping[str, Any]) -> LocalTable:
    return LocalTable(
        id=_text(data["id"]),
        title=_text(data["title"]),
        rows=tuple(tuple(_text(word) for word in _list(row)) for row in _list(data["rows"])),
        cells={_text(a): _cell_from(c) for a, c in data["cells"].items()},
        where=_where(data.get("where")),
    )


def _place(where: Where | None) -> dict[str, int | str] | None:
    return where.as_dict() if where else None


def _where(data: Mapping[str, Any] | None) -> Where | None:
    if data is None:
        return None
    counts = {name: _count(value) for name, value in data.items() if name != "sheet"}
    return Where(sheet=_words(data.get("sheet")), **counts)


def _number(value: object) -> Number:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError
    if isinstance(value, Decimal):
        digits, exponent = value.as_tuple().digits, value.as_tuple().exponent
        if not isinstance(exponent, int) or len(digits) + abs(exponent) > _MOST_DIGITS:
            raise ValueError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _words(value: object) -> str | None:
    return None if value is None else _text(value)


def _count(value: object) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise TypeError
    return value


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(value: object) -> date | None:
    return None if value is None else date.fromisoformat(_text(value))


def _known(value: object) -> date:
    return date.fromisoformat(_text(value))


def _plain(value: object) -> Any:
    """A finding's fact as JSON has it."""
    if value is None or isinstance(value, bool | int | str | Decimal):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _plain(member) for name, member in value.items()}
    if isinstance(value, Iterable):
        return [_plain(member) for member in value]
    return str(value)
