"""kill -9 while a request is submitted: nothing accepted is lost, nothing is doubled."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.web.installation import installation

ROOT = Path(__file__).parents[4]


@pytest.mark.parametrize(("where", "accepted"), [("tell", 0), ("close", 1)])
def test_killed_while_submitting(tmp_path: Path, where: str, accepted: int) -> None:
    with installation(tmp_path, migrated=True) as environment:

        def run(*arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [sys.executable, "-m", *arguments],
                cwd=ROOT,
                env=environment,
                input=said,
                capture_output=True,
                text=True,
                check=False,
            )

        made = run("django", "migrate", "-v0")
        assert made.returncode == 0, made.stderr
        killed = run("tests.web.requests.asking.killed", where)
        assert killed.returncode == -9, killed.stderr
        again = run("tests.web.requests.asking.killed", said=killed.stdout)
        assert again.returncode == 0, again.stderr
        found: dict[str, Any] = json.loads(again.stdout)
    assert found == {
        "before": accepted,
        "answered": True,
        "number": "1号",
        "last": 1,
        "papers": [True],
        "opens": 302,
        "audited": 1,
    }
