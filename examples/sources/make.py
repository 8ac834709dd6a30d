"""Make the ten example reports: ``python examples/sources/make.py``.

Needs the development dependencies, and LibreOffice for the PDFs.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from jili import write_rows, write_word_page
from plain import write_plain
from reports import BUREAU, GONGCHENQIAO, LIANHUA, SHIJI, Report
from sheet import write_sheet
from tables import Box, Table
from web import write_page
from word import EMBEDDED, change, to_pdf, write_word

EXAMPLES = Path(__file__).parents[1]


def make() -> None:
    """Write every example beside this folder."""
    write_word(LIANHUA, EXAMPLES / "lianhua-2019.docx")
    write_plain(LIANHUA, EXAMPLES / "lianhua-2019.txt")
    write_page(GONGCHENQIAO, EXAMPLES / "gongchenqiao-2020.html")
    write_sheet(GONGCHENQIAO, EXAMPLES / "gongchenqiao-2020.xlsx", as_text=False)
    write_sheet(SHIJI, EXAMPLES / "shiji-2019.xlsx", as_text=True, draft=_draft())
    _write_pdf(SHIJI, EXAMPLES / "shiji-2019.pdf")
    _write_pdf(BUREAU, EXAMPLES / "bureau-2019.pdf")
    _write_bureau(EXAMPLES / "bureau-2019.docx")
    write_rows(EXAMPLES / "jili-2021.txt")
    write_word_page(EXAMPLES / "jili-2021.html")


def _write_pdf(report: Report, path: Path) -> None:
    with TemporaryDirectory() as folder:
        word = Path(folder, f"{path.stem}.docx")
        write_word(report, word, EMBEDDED)
        to_pdf(word)
        path.write_bytes(word.with_suffix(".pdf").read_bytes())


def _write_bureau(path: Path) -> None:
    """Label cells not merged, the amount in three runs, a correction on record."""
    write_word(BUREAU, path, merged=False)
    change(path, "1245.95万元", ("1245", ".95", "万元"))
    change(path, "49", ("4", "9"), draft="48")


def _draft() -> Table:
    """Table two of SHIJI with a figure of the prose in the wrong place."""
    table = SHIJI.sections[1].table or []
    return [[Box("8533") if box.text == "6862" else box for box in row] for row in table]


if __name__ == "__main__":
    make()
