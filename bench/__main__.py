"""``python -m bench [--quick]``: every ratio the project promises, measured now."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from .batch import quarters, run, write_files
from .reading import Result, measure


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("--quick", action="store_true", help="fewer rounds, 1,000 files")
    options.add_argument("--no-batch", action="store_true", help="leave out the many files")
    given = options.parse_args()
    table = Table("项目", "本库", "对照", "比值", "目标", "达到")
    for column in table.columns[1:]:
        column.justify = "right"
    for line in _lines(given.quick, not given.no_batch):
        met = "—" if line.met is None else "是" if line.met else "否"
        table.add_row(*line[:-1], met)
    # Wide enough for every figure, also where the output is a file.
    console = Console()
    Console(width=max(console.width, 100)).print(table)


def _lines(quick: bool, batch: bool) -> Iterator[Result]:
    yield from measure(50 if quick else 200)
    if batch:
        yield from _many(1_000 if quick else 10_000)


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
