"""A kill -9 at any moment of publishing leaves the old or the new state; files follow."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.installation import installation

ROOT = Path(__file__).parents[3]


@pytest.mark.once
def test_killed_at_any_moment_files_and_database_agree_after_the_restart(tmp_path: Path) -> None:
    with installation(tmp_path, migrated=True) as environment:
        run = subprocess.run(
            [sys.executable, "-m", "tests.web.bake.killing", "20261121", "25", "90"],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )
    assert run.returncode == 0, run.stdout + run.stderr
    assert int(run.stdout) >= 25
