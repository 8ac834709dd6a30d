"""The ten example reports: every cell as its agency published it, in whatever format."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gongkai.cli.sources import find_sources
from gongkai.core.checks import check
from gongkai.core.finding import Severity
from gongkai.core.forms import edition
from gongkai.core.readers import Reading, read
from gongkai.core.report import Cell

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
APPLICANTS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other")
OUTCOMES = ("upheld", "corrected", "other_result", "pending")
REMEDIES = ("reconsideration", "direct_suit", "suit_after_reconsideration")
UNPROCESSED = (
    "not_processed.petition",
    "not_processed.repeated",
    "not_processed.public_publication",
    "not_processed.excessive",
    "not_processed.reconfirmation",
)


class Example(NamedTuple):
    """One report; ``printed`` are its cells that are not ``0``, and those of its own tables."""

    formats: tuple[str, str]
    gold: str
    edition: str
    year: int
    agency: str | None
    printed: dict[str, str]


def row(name: str, *texts: str) -> dict[str, str]:
    """A row of table three, total last."""
    return {
        f"requests.{name}/{column}": text
        for column, text in zip((*APPLICANTS, "total"), texts, strict=True)
    }


def only_total(form: str) -> Iterator[tuple[str, str]]:
    """Every cell of tables three and four blank except the totals."""
    for address in edition(form).cells:
        table, column = address.split("/")
        if table.split(".")[0] in ("requests", *REMEDIES) and column != "total":
            yield address, ""


def disclosure(form: str) -> Iterator[str]:
    """The addresses of table two."""
    for address in edition(form).cells:
        if address.split("/")[0].split(".")[0] not in ("requests", *REMEDIES):
            yield address


BLANK = ("",) * 6
DASHES = ("—",) * 5
ANY_REASON = (
    "withheld.state_secret",
    "withheld.prohibited_by_law",
    "withheld.security_and_stability",
    "withheld.internal_affairs",
    "withheld.process_information",
    "withheld.enforcement_case_file",
    "withheld.administrative_enquiry",
    "unable_to_provide.needs_creation",
)
REPORTS = {
    "lianhua-2019": Example(
        ("docx", "txt"),
        "000",
        "2019",
        2019,
        "吉林市昌邑区莲花街道办事处",
        {
            "normative_documents/made_this_year": "2",
            "normative_documents/disclosed_this_year": "2",
            "local.channels/gov_website": "12",
            "local.channels/press_gazette": "0",
            "local.channels/weibo_wechat": "421",
            "local.channels/total": "433",
        },
    ),
    "gongchenqiao-2020": Example(
        ("html", "xlsx"),
        "001",
        "2019",
        2020,
        "拱宸桥街道办事处",
        {"procurement/projects": "20", "procurement/amount": "32123000"},
    ),
    "shiji-2019": Example(
        ("xlsx", "pdf"),
        "002",
        "2019",
        2019,
        "长春经济技术开发区世纪街道",
        {
            **dict(only_total("2019")),
            **dict.fromkeys(disclosure("2019"), ""),
            "other_services/items_last_year": "133",
            "other_services/decisions": "6862",
        },
    ),
    "bureau-2019": Example(
        ("pdf", "docx"),
        "003",
        "2019",
        2019,
        None,
        {
            "normative_documents/made_this_year": "3",
            "normative_documents/disclosed_this_year": "3",
            "normative_documents/disclosed_total": "3",
            "licensing/items_last_year": "48",
            "licensing/change_this_year": "1",
            "licensing/decisions": "49",
            "other_services/items_last_year": "",
            "other_services/change_this_year": "",
            "other_services/decisions": "",
            "administrative_fees/items_last_year": "",
            "administrative_fees/change_this_year": "",
            "procurement/projects": "7",
            "procurement/amount": "1245.95万元",
            **row("received_this_year", "12", "3", "—", "—", "—", "—", "15"),
            **row("carried_from_last_year", *BLANK, "0"),
            **row("disclosed", "2", "1", "—", "—", "—", "—", "3"),
            **row("partly_disclosed", "—", "2", "—", "—", "—", "—", "2"),
            **row("withheld.third_party_interest", "3", *DASHES, "3"),
            **row("unable_to_provide.not_held", "6", *DASHES, "6"),
            **row("unable_to_provide.unclear_after_correction", "1", *DASHES, "1"),
            **{a: t for name in ANY_REASON for a, t in row(name, *BLANK, "0").items()},
            **{a: t for name in UNPROCESSED for a, t in row(name, *BLANK, "").items()},
            **row("otherwise_concluded", *BLANK, ""),
            **row("concluded_total", "12", "3", "—", "—", "—", "—", "15"),
            **row("carried_to_next_year", *BLANK, ""),
            "reconsideration/pending": "4",
            "reconsideration/total": "4",
            "direct_suit/pending": "4",
            "direct_suit/total": "4",
        },
    ),
    "jili-2021": Example(
        ("txt", "html"),
        "004",
        "2021",
        2021,
        "吉利街道办事处",
        {**row("disclosed", *BLANK, "0"), **row("partly_disclosed", *BLANK, "0")},
    ),
}
FILES = [
    pytest.param(name, form, id=f"{name}.{form}")
    for name, example in REPORTS.items()
    for form in example.formats
]
# What the checks find in each report; the hidden sheet is the workbook's alone.
FOUND = {
    "lianhua-2019": {
        "dates.titled_before_period_end",
        "dates.title_and_signature",
        "disclosure.total_covers_disclosed",
        "narrative.channels_differ",
    },
    "gongchenqiao-2020": {"amount.unit_missing"},
    "shiji-2019": {"cell.left_blank", "cell.blank_counted_as_zero"},
    "bureau-2019": {
        "report.agency_missing",
        "cell.left_blank",
        "cell.blank_counted_as_zero",
        "amount.unit_in_cell",
        "disclosure.decisions_look_like_items",
    },
    "jili-2021": {
        "head.irregular",
        "row.short",
        "overview.parts_missing",
        "other_matters.handling_fee",
        "cell.blank_counted_as_zero",
    },
}


def reading(name: str, form: str) -> Reading:
    return read(EXAMPLES / f"{name}.{form}")


def all_cells(got: Reading) -> dict[str, Cell]:
    cells = {a: c._replace(where=None) for a, c in got.report.cells.items()}
    for table in got.report.local_tables:
        cells |= {a: c._replace(where=None) for a, c in table.cells.items()}
    return cells


def printed(name: str) -> dict[str, str]:
    example = REPORTS[name]
    return dict.fromkeys(edition(example.edition).cells, "0") | example.printed


def as_gold(cell: Cell) -> object:
    """A cell in the gold files' terms: number, null, dash, or number with unit."""
    if cell.unit:
        return {"value": cell.value, "unit": cell.unit}
    return cell.text if cell.is_dash else cell.value


@pytest.mark.parametrize(("name", "form"), FILES)
def test_edition_year_and_agency(name: str, form: str) -> None:
    example, got = REPORTS[name], reading(name, form)
    assert got.format == form
    report = got.report
    assert (report.edition, report.year, report.agency) == (
        example.edition,
        example.year,
        example.agency,
    )


@pytest.mark.parametrize(("name", "form"), FILES)
def test_every_cell_is_read_as_printed(name: str, form: str) -> None:
    got = reading(name, form)
    cells = all_cells(got)
    assert got.report.unread == ()
    assert {a: c.text for a, c in cells.items()} == printed(name)
    for cell in cells.values():
        if cell.text in ("", "—"):
            assert (cell.value, cell.unit) == (None, None)
        elif cell.text != "1245.95万元":
            assert (cell.value, cell.unit) == (int(cell.text), None)


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_bureaus_amount_keeps_its_unit(form: str) -> None:
    amount = reading("bureau-2019", form).report.cells["procurement/amount"]
    assert (amount.value, amount.unit) == (Decimal("1245.95"), "万元")


@pytest.mark.parametrize(("name", "form"), FILES)
def test_the_cells_of_the_published_report(corpus: Path, name: str, form: str) -> None:
    text = (corpus / "gold" / f"{REPORTS[name].gold}.json").read_text(encoding="utf-8")
    gold: dict[str, Any] = json.loads(text, parse_float=Decimal)
    got = reading(name, form)
    assert {a: as_gold(c) for a, c in all_cells(got).items()} == gold["cells"]
    assert (got.report.edition, got.report.year, got.report.agency) == (
        gold["edition"],
        gold["year"],
        gold["agency"],
    )


@pytest.mark.parametrize("name", REPORTS)
def test_both_formats_say_the_same(name: str) -> None:
    one, other = (reading(name, form) for form in REPORTS[name].formats)
    assert all_cells(one) == all_cells(other)
    assert [s.key for s in one.report.sections] == [s.key for s in other.report.sections]
    for a, b in zip(one.report.sections, other.report.sections, strict=True):
        assert squeezed(a.text) == squeezed(b.text)
    assert one.report.period == other.report.period
    assert one.report.titled_on == other.report.titled_on


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).replace("[bookmark:_GoBack]", "").split())


@pytest.mark.parametrize(("name", "form"), FILES)
def test_the_six_sections_are_told_apart(name: str, form: str) -> None:
    report = reading(name, form).report
    assert [s.key for s in report.sections] == [
        "overview",
        "proactive_disclosure",
        "disclosure_on_request",
        "remedies",
        "problems_and_improvements",
        "other_matters",
    ]
    assert len(report.section("overview")) > 300
    assert report.section("problems_and_improvements")
    assert report.section("other_matters")


@pytest.mark.parametrize(("name", "form"), FILES)
def test_what_the_checks_find(name: str, form: str) -> None:
    got = reading(name, form)
    findings = [*got.findings, *check(got.report)]
    extra = {"sheet.hidden"} if (name, form) == ("shiji-2019", "xlsx") else set()
    assert {f.rule for f in findings} == FOUND[name] | extra
    errors = {f.rule for f in findings if f.severity is Severity.ERROR}
    assert errors == ({"other_matters.handling_fee"} if name == "jili-2021" else set())


def test_dates_and_signature_of_lianhua() -> None:
    for form in REPORTS["lianhua-2019"].formats:
        report = reading("lianhua-2019", form).report
        assert report.title == "吉林市昌邑区莲花街道办事处2019年政府信息公开工作年度报告"
        assert str(report.titled_on) == "2019-01-17"
        assert report.period is not None
        assert str(report.period.end) == "2019-12-31"
        assert report.signature is not None
        assert str(report.signature.signed_on) == "2020-01-20"
        assert [t.id for t in report.local_tables] == ["channels"]


def test_the_sub_heading_numbered_two_stays_in_section_one() -> None:
    for form in REPORTS["shiji-2019"].formats:
        overview = reading("shiji-2019", form).report.section("overview")
        assert "二、推进决策和执行公开，强化权力监督" in overview


# --- the files are what the README says they are ---------------------------------------------


def test_a_run_over_the_folder_takes_the_ten_reports_only() -> None:
    found = {s.below.as_posix() for s in find_sources([str(EXAMPLES)])}
    assert found == {f"{name}.{f}" for name, e in REPORTS.items() for f in e.formats}


def test_the_files_show_their_oddities() -> None:
    page = (EXAMPLES / "gongchenqiao-2020.html").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        page.decode("gb2312")  # the encoding it declares
    shown = page.decode("gb18030")
    assert "charset=gb2312" in shown
    assert shown.count("32123000") == 2  # on the page and in the hidden print copy

    exported = (EXAMPLES / "jili-2021.html").read_bytes().decode("gb18030")
    assert "charset" not in exported
    assert "MsoNormal" in exported
    assert "<!--[if gte mso 9]>" in exported

    with zipfile.ZipFile(EXAMPLES / "bureau-2019.docx") as archive:
        body = archive.read("word/document.xml").decode()
    assert "1245.95" not in body  # in pieces
    assert "<w:delText>48</w:delText>" in body
    assert "<w:vMerge" in body  # in the heads only

    with zipfile.ZipFile(EXAMPLES / "shiji-2019.xlsx") as archive:
        assert 'state="hidden"' in archive.read("xl/workbook.xml").decode()
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    assert "<f>SUM(" in sheet

    plain = (EXAMPLES / "lianhua-2019.txt").read_text(encoding="utf-8")
    assert "[bookmark: _GoBack]" in plain
    assert "䃼正" in plain


@pytest.mark.parametrize("name", ["shiji-2019", "bureau-2019"])
def test_table_three_of_the_pdfs_goes_over_the_page(name: str) -> None:
    cells = reading(name, "pdf").report.cells
    first = cells["requests.received_this_year/total"].where
    last = cells["requests.carried_to_next_year/total"].where
    assert first is not None
    assert last is not None
    assert (first.page, last.page) == (2, 3)


@pytest.mark.parametrize("name", ["shiji-2019", "bureau-2019"])
def test_the_pdfs_have_a_plain_text_layer(name: str) -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    path = EXAMPLES / f"{name}.pdf"
    run = subprocess.run([program, path, "-"], capture_output=True, check=True, text=True)
    assert "一、本年新收政府信息公开申请数量" in run.stdout
    odd = [c for c in run.stdout if "\u2e80" <= c <= "\u2fdf" or "\ue000" <= c <= "\uf8ff"]
    assert odd == []


def test_the_sources_still_say_what_the_text_files_say(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from jili import write_rows, write_word_page\n"
        "from plain import write_plain\n"
        "from reports import GONGCHENQIAO, LIANHUA\n"
        "from web import write_page\n"
        "out = Path(sys.argv[2])\n"
        "write_rows(out / 'jili-2021.txt')\n"
        "write_word_page(out / 'jili-2021.html')\n"
        "write_plain(LIANHUA, out / 'lianhua-2019.txt')\n"
        "write_page(GONGCHENQIAO, out / 'gongchenqiao-2020.html')\n"
    )
    command = [sys.executable, "-c", script, EXAMPLES / "sources", tmp_path]
    subprocess.run(command, check=True, capture_output=True)
    made = sorted(tmp_path.iterdir())
    assert len(made) == 4
    for path in made:
        assert path.read_bytes() == (EXAMPLES / path.name).read_bytes(), path.name
