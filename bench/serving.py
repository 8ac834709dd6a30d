"""The platform under the load of fifty connections, beside the least that does the same.

Baked pages by nginx with the shipped configuration beside nginx's own file; the page of an
item beside a bare view that sends the same bytes; search beside a scan for the substring.
Each pair stands in the same server and is loaded in turn.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from . import items, servers
from .load import CONNECTIONS, Asked, Compared, compared
from .reading import Result
from .servers import Server

_MOUNT = "/zwgk/zfxxgk/"
_FLOOR = "/bench/"


def measure(quick: bool) -> Iterator[Result]:
    """Every measurement of the platform under load; the programs it needs are here."""
    number = 10_000 if quick else 100_000
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        data = Path(name, "data")
        servers.inside(data, "bench.region", number)
        pages = sorted((data / "site" / "item").rglob("*.html"))
        yield from _baked(data, pages, 5 if quick else 9)
        of = f"{number:,} 条，{CONNECTIONS} 个连接"
        with servers.gunicorn(
            data, "bench.floors:application", GONGKAI_BENCH_PAGES=str(data / "site")
        ) as server:
            found = _item_page(server, data, pages, 2 if quick else 4)
            yield from _waited(f"信息页 p95（{of}）／只发同样字节", found, None)
            found = _search(server, data, 2 if quick else 3)
            yield from _waited(f"检索 p95（{of}）／逐篇找子串", found, 1.0)


def _baked(data: Path, pages: list[Path], rounds: int) -> Iterator[Result]:
    """A baked page beside a file of the same bytes that stands in a folder of nothing else.

    Twice: as it is, and compressed as every browser takes it.
    """
    page = sorted(pages, key=lambda page: page.stat().st_size)[len(pages) // 2]
    path = _MOUNT + page.relative_to(data / "site").as_posix()
    plain = data / "plain"
    plain.mkdir()
    with servers.nginx(data, plain) as (ours, own):
        for what, file, header in (
            ("静态信息页", page, ""),
            ("静态信息页，压缩的", page.with_name(f"{page.name}.gz"), "Accept-Encoding: gzip"),
        ):
            shutil.copyfile(file, plain / f"{file.name}.bin")
            beside = f"/{file.name}.bin"
            asked = Asked(ours, path, header=header), Asked(own, beside, header=header)
            _same(*asked)
            found = compared(*asked, rounds, 2)
            yield Result(
                f"{what}（{file.stat().st_size / 1024:.1f} KB）／nginx 自己的文件，每秒",
                f"{found.ours.rate:,.0f}",
                f"{found.theirs.rate:,.0f}",
                f"{found.ratio.rate:.3f}",
                "≥ 0.95",
                found.ratio.rate >= 0.95,
            )


def _item_page(server: Server, data: Path, pages: list[Path], rounds: int) -> Compared:
    paths = [page.relative_to(data / "site").as_posix() for page in pages]
    ours, theirs = (
        _written(data, f"pages{at}", [folder + path for path in paths])
        for at, folder in enumerate((_MOUNT, _FLOOR))
    )
    _same(Asked(server, _MOUNT + paths[0]), Asked(server, _FLOOR + paths[0]))
    return compared(Asked(server, paths=ours), Asked(server, paths=theirs), rounds, 4)


def _search(server: Server, data: Path, rounds: int) -> Compared:
    ours, theirs = (
        _written(
            data,
            f"queries{at}",
            [f"{place}search?{urlencode({'q': q, **more})}" for q in items.queries()],
        )
        for at, (place, more) in enumerate(((_MOUNT, {"order": "newest"}), (_FLOOR, {})))
    )
    return compared(Asked(server, paths=ours), Asked(server, paths=theirs), rounds, 10)


def _waited(what: str, found: Compared, most: float | None) -> Iterator[Result]:
    ratio = found.ratio.p95
    yield Result(
        what,
        f"{found.ours.p95:.0f} ms",
        f"{found.theirs.p95:.0f} ms",
        f"{ratio:.3f}" if ratio < 1 else f"{ratio:.1f}",
        f"≤ {most:g}" if most else "—",
        ratio <= most if most else None,
    )
    yield Result(
        "  其 p50，每秒",
        f"{found.ours.p50:.0f} ms，{found.ours.rate:,.0f}",
        f"{found.theirs.p50:.0f} ms，{found.theirs.rate:,.0f}",
        f"{found.ratio.rate:.3f}",
        "—",
        None,
    )


def _written(data: Path, name: str, paths: list[str]) -> Path:
    file = data / f"{name}.txt"
    file.write_text("".join(f"{path}\n" for path in paths), encoding="ascii")
    return file


def _same(ours: Asked, theirs: Asked) -> None:
    if servers.get(ours.address, ours.header) != servers.get(theirs.address, theirs.header):
        raise RuntimeError(f"{ours.path} and {theirs.path} do not send the same bytes")
