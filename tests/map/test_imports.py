"""The import contracts hold, and each is seen to break: a rule nobody saw fail may not be able to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# A line for a module, and the contract (by its number) that it breaks.
VIOLATIONS = [
    ("core/law/citation.py", "import gongkai.cli", 1),
    ("core/errors.py", "import click", 2),
    ("core/finding.py", "import urllib.request", 2),
    ("core/law/citation.py", "import gongkai.core.forms", 3),
    ("core/checks/__init__.py", "import gongkai.core.readers", 3),
    ("core/report/cell.py", "import lxml", 4),
    ("core/report/cell.py", "from . import annual_report", 5),
    ("core/checks/dates.py", "from . import units", 6),
    ("web/publication/release.py", "import gongkai.web.policies", 7),
    ("web/registers/kinds.py", "import gongkai.web.disclosure.steps", 7),
    ("web/oversight/watching/families.py", "import gongkai.web.oversight.rectification", 8),
    ("web/public/pages.py", "import gongkai.web.disclosure.models", 9),
]


def contracts() -> list[str]:
    """The names of the contracts, in order."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [c["name"] for c in settings["tool"]["importlinter"]["contracts"]]


def lint(tree: Path) -> str:
    """What lint-imports says of the package in ``tree``."""
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [command, "--no-cache", "--config", tree / "pyproject.toml"],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree / "src"), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def broken(report: str) -> list[int]:
    """The numbers of the contracts reported as broken."""
    lines = [line.strip() for line in report.splitlines()]
    return [int(line[0]) for line in lines if line[:1].isdigit() and line.endswith("BROKEN")]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold(copy: Path) -> None:
    report = lint(copy)
    assert f"{len(contracts())} kept, 0 broken" in report, report


def test_every_contract_has_a_violation() -> None:
    numbers = sorted({number for _, _, number in VIOLATIONS})
    assert numbers == [int(name.partition(".")[0]) for name in contracts()]


@pytest.mark.parametrize(("module", "line", "contract"), VIOLATIONS)
def test_a_contract_is_seen_to_break(copy: Path, module: str, line: str, contract: int) -> None:
    path = copy / "src" / "gongkai" / module
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    report = lint(copy)
    assert contract in broken(report), report
