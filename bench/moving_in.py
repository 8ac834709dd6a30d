"""A site moves in, is baked whole, and publishes: each beside the least that does a part of it."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from . import items, servers
from .attachment import pdf
from .reading import Result

# A former site gives one item in eight a file of its own.
_WITH_FILE = 8
_ROUNDS = 2
# The promise: 20,000 items in 180 seconds.
_SECONDS_AN_ITEM = 180 / 20_000
_SECONDS_TO_PUBLISH = 5
_PUBLISHED = 5
_SECONDS_AT_MOST = 900


def measure(quick: bool) -> Iterator[Result]:
    """Import, bake, and the way of one item."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        yield _import(Path(name), 2_000 if quick else 20_000)
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        data = Path(name, "data")
        servers.inside(data, "bench.region", 300 if quick else 1_000)
        yield _bake(data)
        yield _publish(data)


def _import(folder: Path, number: int) -> Result:
    """Half of the items, the rows of that half alone, and once more."""
    data, bare = folder / "data", folder / "bare"
    servers.inside(data, "bench.region", 0)
    shutil.copytree(data, bare)
    files = folder / "files"
    files.mkdir()
    size = number // _ROUNDS
    ours = theirs = 0.0
    for first in range(1, number + 1, size):
        export = _export(folder, files, first, size)
        began = time.perf_counter()
        _command(data, "import-items", str(export), "--agency", "QH0001", "--files", str(files))
        ours += time.perf_counter() - began
        # Items are numbered from 1 in the order of the file.
        theirs += float(servers.inside(bare, "bench.inside", "rows", data, first - 1))
    most = number * _SECONDS_AN_ITEM
    return Result(
        f"迁入 {number:,} 条／只写公开的那些行",
        f"{ours:.1f} s，{number / ours:,.0f}/s",
        f"{theirs:.1f} s，{number / theirs:,.0f}/s",
        f"{ours / theirs:.1f}",
        f"≤ {most:.0f} s",
        ours <= most,
    )


def _bake(data: Path) -> Result:
    """Everything written anew, beside as many pages of a bare view that nobody writes."""
    ours = theirs = 0.0
    number = 0
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        _command(data, "bake", "--force")
        ours += time.perf_counter() - began
        number = sum(1 for page in (data / "site").rglob("*.*") if page.suffix != ".gz")
        theirs += float(servers.inside(data, "bench.inside", "pages", number))
    return Result(
        f"写出全部 {number:,} 个文件／裸模板视图",
        f"{_ROUNDS * number / ours:,.0f}/s",
        f"{_ROUNDS * number / theirs:,.0f}/s",
        f"{ours / theirs:.1f}",
        "—",
        None,
    )


def _publish(data: Path) -> Result:
    """One after the other, while the worker does what it does all day."""
    with servers.running([sys.executable, "-m", "gongkai.web.worker"], data):
        took = [
            float(servers.inside(data, "bench.inside", "publish", 900_000 + at))
            for at in range(_PUBLISHED)
        ]
    return Result(
        "发布一条，到网页和列表都写好",
        f"{statistics.median(took):.2f} s，最长 {max(took):.2f} s",
        "—",
        "—",
        f"≤ {_SECONDS_TO_PUBLISH} s",
        max(took) <= _SECONDS_TO_PUBLISH,
    )


def _export(folder: Path, files: Path, first: int, size: int) -> Path:
    """What the former site hands over: a row an item, its text as its editor left it."""
    export = folder / f"from-{first}.jsonl"
    with export.open("w", encoding="utf-8") as lines:
        for number in range(first, first + size):
            item = items.item(number)
            row = {
                "title": item.title,
                "published_at": f"{item.published_on} 09:30",
                "former_address": f"http://www.example.gov.cn/xxgk/{number}.html",
                "body_html": item.pasted,
                "kind": item.kind,
                "statutory": item.statutory,
                "theme": item.theme,
                "made_on": item.made_on.isoformat(),
                "document_number": item.document_number,
                "index_number": item.index_number,
            }
            if number % _WITH_FILE == 0:
                name = f"{number}.pdf"
                (files / name).write_bytes(pdf(number))
                row["attachments"] = [name]
            lines.write(f"{json.dumps(row, ensure_ascii=False)}\n")
    return export


def _command(data: Path, *words: str) -> None:
    """A command of ours; what it says is shown only where it fails."""
    command = [sys.executable, "-m", "gongkai", *words, "--data", str(data)]
    done = subprocess.run(
        command,
        env=servers.environment(data),
        capture_output=True,
        text=True,
        timeout=_SECONDS_AT_MOST,
    )
    if done.returncode:
        raise RuntimeError(f"gongkai {words[0]}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
