"""The open data of annual reports: what is in the files and the answers is what was published."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from django.conf import settings
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from pytest_django.fixtures import Settings

from gongkai.core.forms import editions
from gongkai.web.public import bake
from gongkai.web.public.open_data.fields import NUMBER, Field
from gongkai.web.public.open_data.openapi import document
from gongkai.web.public.open_data.reports import cells, kept, lists, pages, writing
from gongkai.web.publication.models import Change
from gongkai.web.work import data_files
from tests.web.conftest import Office
from tests.web.public.publishing import take_back

from .report_data import (
    API,
    FORMS,
    PLACE,
    UNREAD,
    Expected,
    figures_in,
    number,
    publish_report,
    publish_several,
    rows_in,
    sent,
)

_SITE = "open-data/annual-reports/"


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """A data folder of its own."""
    settings.DATA = tmp_path
    settings.FILES, settings.SITE = tmp_path / "files", tmp_path / "site"
    return tmp_path


@pytest.fixture
def told(folder: Path, office: Office) -> Expected:
    """The figures of what is published."""
    return publish_several(office)


@pytest.mark.once
def test_every_file_holds_every_figure_and_no_other(client: Client, told: Expected) -> None:
    assert client.get(PLACE + "figures.csv").status_code == 503
    data_files.make()
    sets = {"": told, "2020/": {}, "2022/": {}, "2023/": {}}
    for (report, cell), figure in told.items():
        sets["2020/" if report == 14 else "2023/"][report, cell] = figure
    assert set(kept.available()) == {"all", "2020", "2022", "2023"}
    for name, figures in sets.items():
        for form in FORMS:
            rows = rows_in(sent(client, f"{PLACE}{name}figures.{form}"), form, "figures")
            if form == "xlsx":
                # Binary fractions: the printed text is exact there.
                figures = {key: (s, _fifteen(v), t, u) for key, (s, v, t, u) in figures.items()}
            assert figures_in(rows) == figures, (name, form)
            assert len(rows) == len(figures)
    own = {key: figure for key, figure in told.items() if key[0] in (11, 14)}
    for form in FORMS[:2]:
        rows = rows_in(sent(client, f"{API}agencies/qh0401/figures.{form}"), form, "figures")
        assert figures_in(rows) == own
    assert client.get(f"{API}agencies/none/figures.csv").status_code == 404
    assert client.get(f"{API}agencies/qh0401/figures.pdf").status_code == 404


@pytest.mark.once
def test_every_file_has_a_line_for_every_report(client: Client, told: Expected) -> None:
    data_files.make()
    for form in FORMS:
        rows = rows_in(sent(client, f"{PLACE}reports.{form}"), form, "reports")
        by_number = {int(row["number"]): row for row in rows}
        assert list(by_number) == [14, 16, 15, 11, 12, 13]
        held = {n for n, row in by_number.items() if row["holds"] in (True, "true")}
        assert held == {11, 13, 14, 15, 16}
        assert by_number[11]["title"].removeprefix("'") == "=1+1听泉街道2023年年报"
        assert by_number[16]["state"] == "waiting"
        for (report, cell), (_, value, _, _) in told.items():
            wanted = _fifteen(value) if form == "xlsx" else value
            assert number(by_number[report][cell]) == wanted, (form, report, cell)
        for name, said in (
            ("blanks", ["requests.disclosed/other"]),
            ("dashes", ["requests.disclosed/research"]),
            ("unread", [UNREAD]),
            ("units", ["administrative_fees/amount=万元"]),
        ):
            one = by_number[11][name]
            assert (one if isinstance(one, list) else one.split("；")) == said
        assert not by_number[16]["unread"]


def test_filters_are_those_of_a_plain_filter(
    client: Client, told: Expected, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = _all(client, "figures")
    assert figures_in(everything) == told
    assert [row["number"] for row in _all(client, "reports")] == [11, 12, 13, 14, 15, 16]
    plain: list[tuple[dict[str, Any], Callable[[dict[str, Any]], bool]]] = [
        ({"agency": "qh0401"}, lambda row: row["agency"] == "qh0401"),
        ({"agency": ["qh0401", "qh0402"]}, lambda row: row["agency_code"] != "QH0000"),
        ({"agency": "qh0000", "below": "1"}, lambda row: True),
        ({"agency": "qh0000"}, lambda row: row["agency_kind"] == "government"),
        ({"agency_kind": "street"}, lambda row: row["agency_kind"] == "street"),
        ({"year_from": 2021}, lambda row: row["year"] >= 2021),
        ({"year_to": 2020, "edition": "2019"}, lambda row: row["edition"] == "2019"),
    ]
    figures: list[tuple[dict[str, Any], Callable[[dict[str, Any]], bool]]] = [
        ({"cell": UNREAD}, lambda row: row["cell"] == UNREAD),
        ({"cell": "requests.withheld"}, lambda row: ".withheld." in row["cell"]),
        (
            {"cell": ["licensing", "reconsideration/total"], "year_from": 2021},
            lambda row: (
                row["year"] > 2020
                and (row["cell"].startswith("licensing/") or row["cell"] == "reconsideration/total")
            ),
        ),
        ({"section": "remedies"}, lambda row: row["section"] == "remedies"),
        ({"state": ["dash", "unread"]}, lambda row: row["state"] in ("dash", "unread")),
    ]
    reports = _all(client, "reports")
    for asked, passes in plain:
        assert _all(client, "reports", **asked) == [
            row for row in reports if passes(row) and (row["edition"] or "edition" not in asked)
        ]
    for asked, passes in (*plain, *figures):
        wanted = [row for row in everything if passes(row)]
        assert wanted, asked
        assert _all(client, "figures", limit=89, **asked) == wanted
        in_csv = sent(client, f"{API}figures.csv?{urlencode({**asked, 'limit': 1000}, True)}")
        assert figures_in(rows_in(in_csv, "csv", "figures")) == figures_in(wanted)
    values = {cell: value for (report, cell), (_, value, _, _) in told.items() if report == 13}
    (share,) = _all(client, "rates", rate="natural_persons", agency="qh0402", limit=1)
    assert share["numerator"] == values["requests.received_this_year/natural_person"] == 20
    assert share["denominator"] == values["requests.received_this_year/total"] == 32
    assert (share["value"], share["missing"]) == (Decimal("0.625"), "")
    unread = _all(client, "rates", rate="disclosed", limit=1)
    assert [(row["number"], row["value"], row["missing"]) for row in unread] == [
        (number, None, "unread") for number in (11, 13, 14, 15)
    ]
    # A page that looked into many reports in vain goes on in the next.
    monkeypatch.setattr(lists, "_MOST_REPORTS", 1)
    assert figures_in(_all(client, "figures", state="unread", edition="2019")) == {
        (14, UNREAD): told[14, UNREAD]
    }
    assert _all(client, "figures", agency_kind="street") == [
        row for row in everything if row["agency_kind"] == "street"
    ]
    for name, value, said in (
        ("cell", "requests.with", "没有“requests.with”这样的格"),
        ("section", "x", "section 没有“x”"),
        ("agency", "x", "没有网址名是“x”的机关"),
        ("year_from", "23", "year_from 应是四位数的年份"),
    ):
        problems = json.loads(sent(client, f"{API}figures.json?{name}={value}", 400))["problems"]
        assert said in "；".join(problems)


@pytest.mark.once
def test_what_is_withdrawn_is_gone_from_every_file_at_once(
    client: Client,
    office: Office,
    folder: Path,
    told: Expected,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = tuple(one for one in bake.sources.SOURCES if one.paths is pages.paths)
    monkeypatch.setattr(bake.sources, "SOURCES", own)
    bake.bake_all()
    data_files.make()
    bake.bake_changes()
    site = folder / "site"
    baked = [path for path in pages.paths() if path not in (pages.INDEX, pages.PACKAGE)]
    assert len(baked) == 5 + 4 * 2 * 4
    for path in baked:
        assert (site / path).exists(), path
    packed = (site / f"{_SITE}figures.csv.gz").read_bytes()
    assert gzip.decompress(packed) == (site / f"{_SITE}figures.csv").read_bytes()
    assert kept.due() == []

    take_back(13)
    bake.bake_changes()
    for name in ("", "2023/"):
        for form in FORMS:
            path = f"{_SITE}{name}figures.{form}"
            assert not (site / path).exists()
            assert not (site / f"{path}.gz").exists()
            assert client.get(settings.MOUNT + path).status_code == 503
    assert (site / f"{_SITE}2020/figures.csv").exists()
    assert "2023/figures.csv" not in (site / pages.INDEX).read_text()
    assert sorted(kept.due()) == ["2023", "all"]
    data_files.make()
    bake.bake_changes()
    # Of that agency and year the older report holds now.
    again = publish_report(office.neighbour, 99, 2023, 9)
    left = {key: figure for key, figure in told.items() if key[0] != 13}
    left |= {(12, cell): figure for (_, cell), figure in again.items()}
    for path in (site / f"{_SITE}figures.csv", site / f"{_SITE}2023/figures.csv"):
        found = figures_in(rows_in(path.read_bytes(), "csv", "figures"))
        assert found == {
            key: left[key] for key in left if key[0] != 14 or path.parent == site / _SITE
        }

    take_back(14)
    bake.bake_changes()
    assert kept.outlived() == ["2020"]
    data_files.make()
    bake.bake_changes()
    assert not (site / _SITE / "2020").exists()
    assert client.get(f"{PLACE}2020/figures.csv").status_code == 404


def test_a_set_is_made_anew_after_a_while(
    office: Office, told: Expected, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_files.make()
    publish_report(office.street, 11, 2023, 7)
    assert kept.due() == []
    monkeypatch.setattr(kept, "_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(kept, "_PATIENCE", 0.0)
    assert sorted(kept.due()) == ["2023", "all"]
    data_files.make()
    assert kept.due() == []


def test_the_maker_starts_one_process_and_tells_when_it_broke(
    told: Expected, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[SimpleNamespace] = []

    def fork(run: Callable[[], None], name: str) -> SimpleNamespace:
        child = SimpleNamespace(exitcode=None, ended=False, is_alive=lambda: not child.ended)
        child.kill = lambda: setattr(child, "ended", True)
        child.join = lambda: None
        started.append(child)
        return child

    monkeypatch.setattr(data_files, "fork", fork)
    monkeypatch.setattr(data_files.connections, "close_all", lambda: None)
    maker = data_files.Maker()
    maker.keep()
    maker.keep()
    assert len(started) == 1
    started[0].ended, started[0].exitcode = True, -9
    with pytest.raises(data_files.NotMade):
        maker.keep()
    maker.keep()
    assert len(started) == 2
    maker.stop()
    assert started[1].ended
    # The files were made, and the pages not told of it, when the worker was killed.
    data_files.make()
    Change.objects.all().delete()
    data_files.Maker().keep()
    assert len(started) == 2
    (asked,) = Change.objects.all()
    assert asked.before["paths"] == sorted(pages.paths())


@pytest.mark.once
def test_the_descriptions_agree_with_the_files(client: Client, told: Expected) -> None:
    data_files.make()
    package = json.loads(sent(client, PLACE + "datapackage.json"))
    assert len(package["resources"]) == 4 * 2 * 4
    for one in package["resources"]:
        data = sent(client, PLACE + one["path"])
        assert (len(data), hashlib.sha256(data).hexdigest()) == (one["bytes"], one["hash"][7:])
        schema = json.loads(sent(client, PLACE + one["schema"]))
        names = [field["name"] for field in schema["fields"]]
        if one["format"] == "csv":
            assert next(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == names
            assert len(rows_in(data, "csv", "")) == one["rows"]
            packed = sent(client, PLACE + one["path"], accept_encoding="gzip")
            assert gzip.decompress(packed) == data
        elif one["format"] == "json":
            assert all(
                list(row) == names for row in rows_in(data, "json", one["name"].split("-")[0])
            )
    first = client.get(PLACE + "figures.csv")
    b"".join(first)
    again = client.get(PLACE + "figures.csv", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    described = document()
    for name, path, schema in (
        ("figures", "figures.json?limit=1000", "Figure"),
        ("reports", "reports.json", "Report"),
        ("reports", "agencies/qh0401/reports.json", "WideReport"),
    ):
        row = {**described["components"]["schemas"][schema], "components": described["components"]}
        validator = Draft202012Validator(row, format_checker=FormatChecker())
        rows = json.loads(sent(client, API + path), parse_float=Decimal)[name]
        assert rows
        for one in rows:
            validator.validate(one)
    words = list(
        csv.reader(io.StringIO(sent(client, PLACE + "dictionary.csv").decode("utf-8-sig")))
    )
    told_cells = {(word[0], word[1]) for word in words[1:]}
    for form in editions().values():
        for one in (form, *form.mixtures):
            assert {(form.id, address) for address in one.cells} <= told_cells
    assert len(told_cells) == len(words) - 1 == len(cells.dictionary())
    page = sent(client, PLACE).decode()
    assert all(f"<code>{cell}</code>" in page for _, cell in told_cells)
    assert all(f'href="{one["path"]}"' in page for one in package["resources"])


@pytest.mark.once
def test_a_sheet_that_is_full_goes_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_MOST_ROWS", 4)
    path = tmp_path / "numbers.xlsx"
    with writing.XlsxFile(path, "numbers", (Field("n", "数", NUMBER, int),)) as file:
        for n in range(9):
            file.add((n,), "2020" if n < 7 else "2021")
    book = openpyxl.load_workbook(path)
    assert {sheet.title: [row[0].value for row in sheet] for sheet in book.worksheets} == {
        "2020": ["n", 0, 1, 2],
        "2020 (2)": ["n", 3, 4, 5],
        "2020 (3)": ["n", 6],
        "2021": ["n", 7, 8],
    }


def _all(client: Client, name: str, **asked: Any) -> list[dict[str, Any]]:
    """Every row of a list, page by page."""
    rows: list[dict[str, Any]] = []
    following = f"{API}{name}.json?{urlencode({'limit': 1000, **asked}, doseq=True)}"
    while following:
        page = json.loads(
            sent(client, following.removeprefix(settings.ORIGIN)), parse_float=Decimal
        )
        rows += page[name]
        following = page["next"]
    return rows


def _fifteen(value: Decimal | None) -> Decimal | None:
    """What a workbook keeps of a number."""
    return None if value is None else Decimal(str(float(value)))
