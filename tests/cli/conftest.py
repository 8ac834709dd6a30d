"""Running the command, in this process or as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gongkai.cli.main import build, language_of
from gongkai.core.forms import edition
from gongkai.core.report import AnnualReport, Cell
from gongkai.core.report.blank import blank_report
from gongkai.core.writers import write

Run = Callable[..., Result]


@pytest.fixture
def gongkai() -> Run:
    """``gongkai("read", "x.docx").exit_code``: one run, with stdout and stderr apart."""

    def run(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Result:
        given = [str(a) for a in arguments]
        program = build(language_of(given, env or {}))
        return CliRunner().invoke(program, given, prog_name="gongkai")

    return run


@pytest.fixture
def process() -> Callable[..., subprocess.CompletedProcess[str]]:
    """The same as a real process, pipes and all."""

    def run(*arguments: str | Path, **settings: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "gongkai", *map(str, arguments)]
        environment = {k: v for k, v in os.environ.items() if k != "GONGKAI_LANG"}
        return subprocess.run(
            command, capture_output=True, text=True, check=False, env=environment, **settings
        )

    return run


def filled(year: int = 2023, agency: str = "青听市司法局", **figures: int) -> AnnualReport:
    """A report whose every figure is 0 but those given, as ``table__row__column``."""
    report = blank_report(edition("2021"), year, agency)
    cells = {address: Cell(0, "0") for address in report.cells}
    for name, value in figures.items():
        place, _, column = name.rpartition("__")
        cells[f"{place.replace('__', '.')}/{column}"] = Cell(value, str(value))
    return replace(report, cells=cells)


@pytest.fixture
def report_file(tmp_path: Path) -> Callable[..., Path]:
    """``report_file("a.docx", licensing__decisions=3)``: a report written to a file."""

    def make(name: str, **figures: Any) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(filled(**figures), path)
        return path

    return make
