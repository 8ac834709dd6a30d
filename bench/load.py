"""Many browsers at once, by wrk: requests a second, and how long the slowest of them waited."""

from __future__ import annotations

import statistics
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from .servers import Server

CONNECTIONS = 50
_SCRIPT = Path(__file__).with_name("load.lua")
_ONE_ANSWER_SECONDS = 60


class Load(NamedTuple):
    """What one load found: milliseconds within which half, 95 and 99 of a hundred were answered."""

    rate: float
    p50: float
    p95: float
    p99: float


class Failed(Exception):
    """The server did not answer every request with what was asked for."""


class Asked(NamedTuple):
    """What is asked for: a path, or those in a file; and a header to send with each."""

    server: Server
    path: str = "/"
    paths: Path | None = None
    header: str = ""

    @property
    def address(self) -> str:
        """The whole address."""
        return self.server.address + self.path


def load(asked: Asked, seconds: int) -> Load:
    """Ask from 50 connections for so many seconds; the server rests before."""
    asked.server.settle()
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s"]
    command += ["-H", asked.header] if asked.header else []
    command += ["--timeout", f"{_ONE_ANSWER_SECONDS}s", "-s", str(_SCRIPT), asked.address]
    command += ["--", str(asked.paths)] if asked.paths else []
    said = subprocess.run(
        command, capture_output=True, text=True, timeout=seconds + 2 * _ONE_ANSWER_SECONDS
    )
    asked.server.look_after()
    line = next((line for line in said.stdout.splitlines() if line.startswith("LOAD ")), "")
    if said.returncode or not line:
        raise Failed(f"wrk {asked.address}: {said.stderr or said.stdout}")
    requests, took, p50, p95, p99, errors = map(float, line.split()[1:])
    if errors or not requests:
        raise Failed(f"{asked.address}: {errors:.0f} of {requests:.0f} requests failed")
    return Load(requests / took, p50, p95, p99)


class Compared(NamedTuple):
    """Ours and theirs (medians over the rounds), and the medians of their ratios."""

    ours: Load
    theirs: Load
    ratio: Load


def compared(ours: Asked, theirs: Asked, rounds: int, seconds: int) -> Compared:
    """Both loaded in turn, each round the other first.

    A round before them does not count: it opens files and fills caches.
    """
    for each in (ours, theirs):
        load(each, seconds)
    pairs = []
    for at in range(rounds):
        if at % 2:
            second = load(theirs, seconds)
            pairs.append((load(ours, seconds), second))
        else:
            first = load(ours, seconds)
            pairs.append((first, load(theirs, seconds)))
    return Compared(
        _middle([a for a, _ in pairs]),
        _middle([b for _, b in pairs]),
        _middle([Load(*(x / y for x, y in zip(a, b, strict=True))) for a, b in pairs]),
    )


def _middle(loads: Sequence[Load]) -> Load:
    return Load(*(statistics.median(values) for values in zip(*loads, strict=True)))
