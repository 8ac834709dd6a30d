"""The close of the year: a report compiled, a province added up, documents received."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from . import servers
from .reading import Result

_MOST_TO_SUM, _MOST_TO_THE_CORE = 3.0, 1.5


def measure(quick: bool) -> Iterator[Result]:
    """Each in a data folder of its own."""
    cases = 10_000 if quick else 100_000
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        data = Path(name, "data")
        servers.inside(data, "bench.region", 0)
        servers.inside(data, "bench.cases", "fill", cases, 2025)
        ours, theirs = json.loads(servers.inside(data, "bench.compiling", 3 if quick else 7))
    yield _line(f"编制年报（{cases:,} 件申请）／只用 SQL 计数", ours, theirs, None)
    agencies, years = 3_000, 1 if quick else 10
    found = _in_a_folder("bench.adding_up", agencies, years)
    what = f"汇总 {agencies:,} 个机关 {years} 年、五级／只用 SQL 加"
    yield _line(what, found["ours"], found["theirs"], _MOST_TO_SUM)
    number = 100 if quick else 1_000
    found = _in_a_folder("bench.receiving", number)
    what = f"收 {number:,} 份文件，读、核对、入库／只用内核"
    yield _line(what, found["ours"], found["theirs"], _MOST_TO_THE_CORE)


def _in_a_folder(module: str, *words: object) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        found: dict[str, float] = json.loads(servers.inside(Path(name, "data"), module, *words))
        return found


def _line(what: str, ours: float, theirs: float, most: float | None) -> Result:
    ratio = ours / theirs
    return Result(
        what,
        f"{ours:,.2f} s",
        f"{theirs:,.2f} s",
        f"{ratio:.2f}",
        f"≤ {most:g}" if most else "—",
        ratio <= most if most else None,
    )
