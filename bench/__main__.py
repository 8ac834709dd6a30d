"""``python -m bench [--quick] [--only PART]``: every ratio the project promises, measured now.

The parts: ``reading`` (one report), ``batch`` (thousands of them), ``moving-in`` (a site is
imported, baked, and publishes), ``serving`` (the platform under load), ``handling`` (the desk
of requests), ``year-end`` (reports compiled, added up, received), ``watching`` (the watch of
oversight).
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from . import handling, moving_in, servers, serving, watching, year_end
from .batch import quarters, run, write_files
from .reading import Result, measure

_PARTS = ("reading", "batch", "moving-in", "serving", "handling", "year-end", "watching")


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("--quick", action="store_true", help="fewer rounds, fewer files and items")
    options.add_argument("--no-batch", action="store_true", help="leave out the many files")
    options.add_argument(
        "--only", action="append", choices=_PARTS, help="this part alone (may be given again)"
    )
    given = options.parse_args()
    # What was started is ended also where we are asked to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    parts = given.only or [part for part in _PARTS if not (given.no_batch and part == "batch")]
    table = Table("项目", "本库", "对照", "比值", "目标", "达到")
    for column in table.columns[1:]:
        column.justify = "right"
    for line in _lines(parts, given.quick):
        met = "—" if line.met is None else "是" if line.met else "否"
        table.add_row(*line[:-1], met)
    # Wide enough for every figure, also where the output is a file.
    console = Console()
    Console(width=max(console.width, 120)).print(table)


def _lines(parts: list[str], quick: bool) -> Iterator[Result]:
    if "reading" in parts:
        yield from measure(50 if quick else 200)
    if "batch" in parts:
        yield from _many(1_000 if quick else 10_000)
    if "moving-in" in parts:
        yield from moving_in.measure(quick)
    if "serving" in parts:
        packages = servers.missing()
        if packages:
            print(
                f"没有 {'、'.join(packages)}，平台受访问的速度没有量。先安装：apt install {' '.join(packages)}",
                file=sys.stderr,
            )
        else:
            yield from serving.measure(quick)
    if "handling" in parts:
        yield from handling.measure(quick)
    if "year-end" in parts:
        yield from year_end.measure(quick)
    if "watching" in parts:
        yield from watching.measure(quick)


def _many(number: int) -> Iterator[Result]:
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        folder = Path(name)
        write_files(folder, number)
        one, two = run(folder, 1), run(folder, 2)
    faster = one.seconds / two.seconds
    yield Result(
        f"{number:,} 份 docx：-j 2 / -j 1",
        f"{two.seconds:.1f} s",
        f"{one.seconds:.1f} s",
        f"{faster:.2f} 倍",
        "≥ 1.8 倍",
        faster >= 1.8,
    )
    first, last = quarters(two.memory)
    yield Result(
        "  其内存：最后四分之一 / 最初四分之一",
        f"{last:.0f} MB",
        f"{first:.0f} MB",
        f"{last / first:.2f}",
        "≤ 1.1",
        last <= 1.1 * first,
    )


main()
