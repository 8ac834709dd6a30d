"""Where everything is installed a skipped test is a failed one, except for want of the corpus."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = """
import pytest

def test_program():
    pytest.skip("soffice is not installed")

def test_corpus(corpus):
    raise AssertionError("never reached")

def test_passes():
    pass
"""


@pytest.mark.parametrize(
    ("no_skip", "summary"), [("", "1 passed, 2 skipped"), ("1", "1 failed, 1 passed, 1 skipped")]
)
def test_a_skip_fails_when_nothing_may_be_skipped(
    tmp_path: Path, no_skip: str, summary: str
) -> None:
    folder = tmp_path / "clone" / "tests"
    folder.mkdir(parents=True)
    shutil.copy(Path(__file__).parents[1] / "conftest.py", folder)
    (folder / "test_it.py").write_text(TESTS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", folder],
        env={**os.environ, "GONGKAI_NO_SKIP": no_skip},
        capture_output=True,
        text=True,
        check=False,
    )
    assert summary in done.stdout, done.stdout
