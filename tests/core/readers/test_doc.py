"""Old Word documents through LibreOffice."""

import io
import shutil
import subprocess
from pathlib import Path

import docx as python_docx
import pytest

from gongkai.core.errors import UnreadableDocument
from gongkai.core.readers import doc, docx
from gongkai.core.readers.document import Budget, Grid, Limits
from gongkai.core.readers.package import OLE_MAGIC

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")

RTF = (
    rb"{\rtf1\ansi\ansicpg936\deff0 "
    rb"\trowd\cellx2000\cellx4000 \intbl\u20214?\cell\intbl 12\cell\row"
    rb"\trowd\cellx2003\cellx4000 \intbl\u20035?\cell\intbl\cell\row"
    rb"\pard\u23436?\par}"
)


def test_without_libreoffice_the_cure_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnreadableDocument) as caught:
        doc.parse(OLE_MAGIC + b"\0" * 2000, Budget(Limits()))
    assert caught.value.rule == "input.needs_libreoffice"


def test_a_password_is_told_before_anything_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    word = b"\xec\xa5\xc1\x00" + b"\0" * 6 + (0x0100).to_bytes(2, "little")
    data = OLE_MAGIC + b"\0" * 504 + word + b"\0" * 1000
    with pytest.raises(UnreadableDocument) as caught:
        doc.parse(data, Budget(Limits()))
    assert caught.value.rule == "input.encrypted"


@pytest.mark.parametrize(
    ("script", "rule"),
    [("exit 0", "input.conversion_failed"), ("sleep 60 & sleep 60", "input.too_slow")],
)
def test_a_conversion_that_fails_or_hangs_ends(
    script: str, rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(UnreadableDocument) as caught:
        doc.parse(OLE_MAGIC + b"\0" * 2000, Budget(Limits(seconds=0.3)))
    assert caught.value.rule == rule


@needs_office
def test_rich_text_is_read_too() -> None:
    document = doc.parse(RTF, Budget(Limits()))
    assert document.format == "rtf"
    grid = document.blocks[0]
    assert isinstance(grid, Grid)
    assert [(c.row, c.column, c.text) for c in grid.cells] == [
        (0, 0, "件"), (0, 1, "12"), (1, 0, "乃"), (1, 1, ""),
    ]  # fmt: skip


@needs_office
def test_a_round_trip_through_the_old_format_keeps_every_cell(tmp_path: Path) -> None:
    made = python_docx.Document()
    table = made.add_table(4, 5)
    for row in range(4):
        for column in range(5):
            table.cell(row, column).text = f"{row}{column}" if (row, column) != (3, 3) else ""
    table.cell(0, 0).merge(table.cell(1, 0)).text = "甲"
    table.cell(0, 1).merge(table.cell(0, 4)).text = "乙"
    made.add_paragraph("完")
    stream = io.BytesIO()
    made.save(stream)
    (tmp_path / "made.docx").write_bytes(stream.getvalue())
    subprocess.run(
        [
            str(OFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            "--convert-to", "doc", "--outdir", str(tmp_path), str(tmp_path / "made.docx"),
        ],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    before = docx.parse(stream.getvalue(), Budget(Limits()))
    after = doc.parse((tmp_path / "made.doc").read_bytes(), Budget(Limits()))
    assert after.format == "doc"
    assert after.blocks == before.blocks
