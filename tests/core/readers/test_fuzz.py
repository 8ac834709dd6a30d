"""Whatever a file has gone through, it is read or refused: never a crash, never a cell made up."""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutation import EDITS, JUNK, Edit, broken
from sample import figures, html_report, text_report

from gongkai.core.errors import UnreadableDocument
from gongkai.core.forms import edition
from gongkai.core.readers import Limits, Reading, read_bytes
from gongkai.core.report import AnnualReport, Cell, SectionText, form_of
from gongkai.core.writers import render

_LIMITS = Limits(file_bytes=1 << 24, unpacked_bytes=1 << 24, cells=50_000, seconds=10)
_FIGURE = re.compile(r"\d+")


@lru_cache(maxsize=1)
def seeds() -> dict[str, bytes]:
    """A report of different figures in every format."""
    form = edition("2021")
    report = AnnualReport(
        edition="2021",
        year=2023,
        title="青听区民政局2023年政府信息公开工作年度报告",
        lead="统计期限自2023年1月1日起至2023年12月31日止。",
        sections=tuple(SectionText(s.key, s.heading, "这一部分的文字。") for s in form.sections),
        cells={a: Cell(int(v), v) for a, v in figures(form).items()},
    )
    made = {kind: render(report, f".{kind}") for kind in ("docx", "xlsx", "html", "json", "pdf")}
    made["page"] = html_report(edition_id="2019")
    made["tabs"] = text_report("2021", lambda rows: "\n".join("\t".join(row) for row in rows))
    made["spaces"] = text_report("2021", lambda rows: "\n".join("  ".join(row) for row in rows))
    made["markdown"] = text_report(
        "2021", lambda rows: "\n".join(f"| {' | '.join(row)} |" for row in rows)
    )
    made["lines"] = text_report(
        "2019", lambda rows: "\n\n".join("\n".join(f"\t{c}" for c in row) for row in rows)
    )
    made["glued"] = text_report("2021", lambda rows: "\n".join("".join(row) for row in rows))
    return made


def examined(data: bytes) -> Reading | None:
    """The reading, its promises kept; None where the file is refused in order."""
    try:
        reading = read_bytes(data, "a", _LIMITS)
    except UnreadableDocument as failure:
        refused = failure.rule
    else:
        refused = ""
    if refused:
        assert refused.startswith("input.")
        return None
    report = reading.report
    form = form_of(report)
    if form is None:
        assert not report.cells
        assert not report.unread
    else:
        assert sorted([*report.cells, *report.unread]) == sorted(form.cells)
    return reading


positions = st.floats(0, 1, exclude_max=True)
edits = st.lists(
    st.builds(Edit, st.sampled_from(EDITS), positions, positions, st.sampled_from(JUNK)),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize(
    ("kind", "times"),
    [
        ("docx", 60), ("xlsx", 60), ("html", 120), ("page", 120), ("json", 80), ("pdf", 25),
        ("tabs", 60), ("spaces", 60), ("markdown", 60), ("lines", 60), ("glued", 5),
    ],
)  # fmt: skip
def test_a_broken_file_is_read_or_refused(kind: str, times: int) -> None:
    @settings(max_examples=times, deadline=None, database=None, derandomize=True)
    @given(edits)
    def tried(made: list[Edit]) -> None:
        examined(broken(seeds()[kind], made))

    tried()


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<table>", b"{"])
)
def test_bytes_of_no_meaning(data: bytes, opening: bytes) -> None:
    examined(opening + data)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from("一二、（）[]|\t #1０⼀.—\n政府信息公开年度报告规章2023年\ud800\u200b")
    )
)
def test_text_of_no_meaning(characters: list[str]) -> None:
    text = "青听区民政局2023年政府信息公开工作年度报告\n一、总体情况\n" + "".join(characters)
    examined(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("kind", ["page", "html", "tabs", "markdown", "lines"])
def test_no_figure_appears_that_was_not_printed(kind: str) -> None:
    """Cells taken out anywhere: what is still read was printed as a figure of its own."""
    cell = {
        "page": rb"<td[^>]*>[^<]*</td>", "html": rb"<td[^>]*>[^<]*</td>", "tabs": rb"\t[^\t\n]*",
        "markdown": rb"\| [^|\n]* (?=\|)", "lines": rb"\n\t[^\n]*",
    }[kind]  # fmt: skip
    spans = [m.span() for m in re.finditer(cell, seeds()[kind])]

    @settings(max_examples=40, deadline=None, database=None, derandomize=True)
    @given(st.sets(st.integers(0, len(spans) - 1), min_size=1, max_size=8))
    def tried(gone: set[int]) -> None:
        data = seeds()[kind]
        for at in sorted(gone, reverse=True):
            start, end = spans[at]
            data = data[:start] + data[end:]
        reading = examined(data)
        if reading is None:
            return
        printed = set(_FIGURE.findall(unicodedata.normalize("NFKC", data.decode())))
        assert {c.text for c in reading.report.cells.values() if c.value is not None} <= printed

    tried()


def test_the_seeds_themselves_are_read_whole() -> None:
    for kind, data in seeds().items():
        reading = examined(data)
        assert reading is not None, kind
        if kind != "glued":
            assert not reading.report.unread, kind


def test_real_reports_broken(corpus: Path) -> None:
    """Each real file under a few edits, other ones for each file."""
    for file in sorted(p for p in corpus.iterdir() if p.is_file() and p.suffix != ".md"):
        data = file.read_bytes()
        start = zlib.crc32(file.name.encode())
        for at in range(4 if file.suffix == ".pdf" else 10):
            number = start + at * 7919
            examined(
                broken(
                    data,
                    [
                        Edit(
                            EDITS[(number + step) % len(EDITS)],
                            number * (step + 3) % 997 / 997,
                            number * (step + 5) % 991 / 991,
                            JUNK[number * (step + 7) % len(JUNK)],
                        )
                        for step in range(3)
                    ],
                )
            )
