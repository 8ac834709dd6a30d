"""The desk of requests with a hundred thousand of them, beside the plain SQL it rests on."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from . import servers
from .reading import Result

_CALLED = {"board": "申请一览", "case": "一件申请的页面", "tally": "全区一年的统计"}


def measure(quick: bool) -> Iterator[Result]:
    """The board, a case, the tally."""
    number = 10_000 if quick else 100_000
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        data = Path(name, "data")
        servers.inside(data, "bench.region", 0)
        servers.inside(data, "bench.cases", "fill", number)
        found = json.loads(servers.inside(data, "bench.cases", "measure", 5 if quick else 9))
    for what, (ours, theirs) in found.items():
        yield Result(
            f"{_CALLED[what]}（{number:,} 件）／只用 SQL",
            f"{ours * 1000:,.0f} ms",
            f"{theirs * 1000:,.1f} ms",
            f"{ours / theirs:.1f}",
            "—",
            None,
        )
