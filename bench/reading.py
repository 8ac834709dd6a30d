"""One report read or checked, beside the floor or a peer that does the same."""

from __future__ import annotations

import io
import statistics
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import docx as python_docx
import lxml.html
import pdfplumber
from lxml import etree

from gongkai.core.checks import check
from gongkai.core.readers import read_bytes
from gongkai.core.writers import render

from .measure import paired, timed
from .office import article, docx, page
from .report import made_up

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
_DOCUMENTS = 12


class Result(NamedTuple):
    """A line of the table.  ``met`` is ``ratio <= most`` (or ``>= least``)."""

    what: str
    ours: str
    theirs: str
    ratio: str
    target: str
    met: bool | None


def measure(rounds: int) -> Iterator[Result]:
    """Every measurement of one document, in turn."""
    reports = [made_up(seed) for seed in range(_DOCUMENTS)]
    documents = [docx(report) for report in reports]
    yield _compared("docx / 解压＋lxml", _ours_docx, _unzip_and_parse, documents, 3.0, rounds)
    yield _compared("docx / python-docx", _ours_docx, _python_docx, documents, 0.2, rounds // 5)
    pages = [page(report).encode() for report in reports]
    yield _compared("html 整页 / lxml.html", _ours_html, _parse_html, pages, 2.5, rounds)
    bare = [article(report).encode() for report in reports]
    yield _compared("html 仅正文 / lxml.html", _ours_html, _parse_html, bare, None, rounds)
    printed = [render(report, ".pdf") for report in reports[:4]]
    few = max(4, rounds // 25)
    yield _compared("pdf / pdfplumber", _ours_pdf, _pdfplumber, printed, 0.25, few)
    for name, ours, theirs, target in (
        ("official-form-2021.docx", _ours_docx, _unzip_and_parse, 3.0),
        ("pingtan-2025.html", _ours_html, _parse_html, 2.5),
        ("hongze-2023.pdf", _ours_pdf, _pdfplumber, 0.25),
    ):
        file = CORPUS / name
        if file.exists():
            times = few if name.endswith(".pdf") else rounds
            yield _compared(name, ours, theirs, [file.read_bytes()], target, times)
    yield _checked([read_bytes(data, "x.docx").report for data in documents], rounds)


def _compared(what, ours, theirs, documents, most, rounds) -> Result:
    found = paired(ours, theirs, documents, max(rounds, 4))
    return Result(
        what,
        f"{found.ours:.2f} ms",
        f"{found.theirs:.2f} ms",
        f"{found.ratio:.3f}" if found.ratio < 1 else f"{found.ratio:.2f}",
        f"≤ {most:g}" if most else "—",
        found.ratio <= most if most else None,
    )


def _checked(reports, rounds) -> Result:
    check(reports[0])
    took = statistics.median(
        timed(lambda r: check(r), reports[at % len(reports)]) for at in range(rounds)
    )
    return Result("check 一份", f"{took:.2f} ms", "—", "—", "≤ 1 ms", took <= 1)


def _ours_docx(data: bytes) -> object:
    return read_bytes(data, "report.docx")


def _ours_html(data: bytes) -> object:
    return read_bytes(data, "report.html")


def _ours_pdf(data: bytes) -> object:
    return read_bytes(data, "report.pdf")


def _unzip_and_parse(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def _python_docx(data: bytes) -> object:
    document = python_docx.Document(io.BytesIO(data))
    return [[[c.text for c in row.cells] for row in table.rows] for table in document.tables]


def _parse_html(data: bytes) -> object:
    return lxml.html.fromstring(data.decode())


def _pdfplumber(data: bytes) -> object:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.extract_tables() for page in document.pages]
