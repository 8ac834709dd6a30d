"""Where the corpus of real reports is, and that nothing skips where everything is installed."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real reports with gold values, which is not part of this repository."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real reports is not beside this clone (../shared/corpus)")
    return CORPUS


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With GONGKAI_NO_SKIP a skipped test has failed, unless the corpus is what it lacks."""
    report = yield
    if report.skipped and os.environ.get("GONGKAI_NO_SKIP") and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if "corpus" not in reason or CORPUS.is_dir():
            report.outcome = "failed"
            report.longrepr = f"skipped, and nothing may be skipped here: {reason}"
    return report
