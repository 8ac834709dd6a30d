"""Our JSON: exact, complete, and closed to what is not ours."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.core.errors import UnreadableDocument
from gongkai.core.readers.json import read_report
from gongkai.core.report import AnnualReport, Cell, SectionText, Where
from gongkai.core.report.interchange import SCHEMA, dumps, from_json, loads, to_json
from gongkai.core.rules import find
from gongkai.core.writers.json import render

SCHEMA_TEXT = (files("gongkai.core.report") / "report.schema.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(SCHEMA_TEXT)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def test_a_report_is_the_same_after_writing_and_reading(report: AnnualReport) -> None:
    assert read_report(render(report))[0] == report


def test_each_report_of_the_corpus_is_the_same(
    gold_report: AnnualReport, validator: jsonschema.Draft202012Validator
) -> None:
    written = render(gold_report)
    validator.validate(json.loads(written))
    back, _ = read_report(written)
    assert back == gold_report
    assert [(c.value, c.text, c.unit) for c in back.cells.values()] == [
        (c.value, c.text, c.unit) for c in gold_report.cells.values()
    ]


def test_the_schema_describes_what_we_write(
    report: AnnualReport, validator: jsonschema.Draft202012Validator
) -> None:
    data = to_json(
        report,
        file="报告.docx",
        format="docx",
        sha256="0" * 64,
        findings=[find("input.extension_differs", extension=".doc", kind="docx")],
        parts={"licensing/decisions": [{"file": "a", "agency": None, "value": 1, "text": "1"}]},
    )
    validator.validate(json.loads(dumps(data)))
    told = data["findings"][0]
    assert told["severity"] == "note"
    assert "docx" in told["message"]
    assert told["values"] == {"extension": ".doc", "kind": "docx"}


def test_the_schema_refuses_a_stranger(validator: jsonschema.Draft202012Validator) -> None:
    assert not validator.is_valid({"schema": "something-else"})


@pytest.mark.parametrize(
    "printed", ["0.10", "24252.311082", "18651.060", "0", "123456789012345678.9"]
)
def test_money_keeps_its_digits(report: AnnualReport, printed: str) -> None:
    cells = {**report.cells, "administrative_fees/amount": Cell(Decimal(printed), printed)}
    text = dumps(to_json(replace(report, cells=cells)))
    assert f'"value": {printed},' in text
    value = from_json(loads(text)).cells["administrative_fees/amount"].value
    assert isinstance(value, Decimal)
    assert str(value) == printed


def test_counts_are_integers_and_places_are_kept(report: AnnualReport) -> None:
    cells = {
        **report.cells,
        "licensing/decisions": Cell(7, "７件", None, Where(page=2, table=1, row=7)),
    }
    data = to_json(replace(report, cells=cells))
    assert data["cells"]["licensing/decisions"] == {
        "value": 7,
        "text": "７件",
        "where": {"page": 2, "table": 1, "row": 7},
    }
    assert from_json(data).cells == cells


def test_one_text_on_one_line_and_one_cell_on_a_line(report: AnnualReport) -> None:
    data = to_json(report)
    assert "\n" not in dumps(data)
    assert loads(dumps(data, lines=True)) == loads(dumps(data))
    assert '\n    "licensing/decisions": {"value"' in dumps(data, lines=True)


def test_a_free_form_report(validator: jsonschema.Draft202012Validator) -> None:
    free = AnnualReport(edition=None, year=2014, sections=(SectionText("", "一、概述", "文字"),))
    data = json.loads(render(free))
    validator.validate(data)
    assert data["edition"] is None
    assert from_json(data) == free


def test_a_cell_that_is_not_told_is_unread_not_blank(report: AnnualReport) -> None:
    data = to_json(report)
    del data["cells"]["licensing/decisions"]
    assert "licensing/decisions" in from_json(data).unread


@pytest.mark.parametrize("data", [b"{}", b"[]", b"1", b'{"schema": "gongkai-report-99"}', b"null"])
def test_what_is_not_ours(data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as error:
        read_report(data)
    assert error.value.rule == "input.not_a_report"


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000, b'{"schema": 1' + b"0" * 5000 + b"}"]
)
def test_what_is_no_json(data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as error:
        read_report(data)
    assert error.value.rule == "input.damaged"


def _set(*path: Any, value: Any) -> Any:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        _set("cells", value=[]),
        _set("cells", "licensing/decisions", value=None),
        _set("cells", "licensing/decisions", "value", value="7"),
        _set("cells", "licensing/decisions", "value", value=True),
        _set("cells", "licensing/decisions", "value", value=Decimal("1e999999")),
        _set("cells", "licensing/decisions", "text", value=""),
        _set("cells", "licensing/decisions", "where", value={"nowhere": 1}),
        _set("cells", "no_such/cell", value={"value": 1, "text": "1", "where": None}),
        _set("unread", value=["licensing/decisions"]),
        _set("unread", value=["no_such/cell"]),
        _set("edition", value="1999"),
        _set("year", value="2023"),
        _set("titled_on", value="2023-02-30"),
        _set("period", value={"start": "2023-01-01"}),
        _set("sections", value=[{"key": "overview"}]),
        _set("local_tables", 0, "rows", value=[[1]]),
        _set("signature", value="某局"),
        _set("period", value=[]),
        _set("unread", value=""),
        _set("sections", value={}),
    ],
)
def test_what_contradicts_itself_is_damaged(report: AnnualReport, change: Any) -> None:
    data = to_json(report)
    change(data)
    with pytest.raises(UnreadableDocument) as error:
        from_json(data)
    assert (error.value.rule, error.value.values) == ("input.damaged", {"kind": "json"})


def _places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    members = data.items() if isinstance(data, dict) else enumerate(data)
    inner = [(k, v) for k, v in members]
    own = [(*path, k) for k, _ in inner]
    return own + [p for k, v in inner if isinstance(v, dict | list) for p in _places(v, (*path, k))]


JUNK = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.decimals()
    | st.just([])
    | st.just({})
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_in_it_a_report_or_one_refusal(report: AnnualReport, data: Any) -> None:
    told = to_json(report)
    for _ in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from(_places(told)))
        place = told
        for step in way:
            place = place[step]
        place[last] = data.draw(JUNK)
    try:
        back = from_json(told)
    except UnreadableDocument:
        return
    assert set(back.cells).isdisjoint(back.unread)
    assert from_json(loads(dumps(to_json(back)))) == back


def test_the_schema_names_our_version() -> None:
    assert json.loads(SCHEMA_TEXT)["properties"]["schema"]["const"] == SCHEMA
