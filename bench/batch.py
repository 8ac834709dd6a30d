"""Thousands of files through the command, by one process and by two, and what memory they hold."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import NamedTuple

from .office import docx
from .report import made_up

_DISTINCT = 250
_PAGE_KB = os.sysconf("SC_PAGE_SIZE") // 1024


class Run(NamedTuple):
    """Seconds a run took, and the memory of all its processes over time, in MB."""

    seconds: float
    memory: list[float]


def write_files(folder: Path, number: int) -> None:
    """``number`` docx files, a few hundred of them different, the rest links to those."""
    for at in range(number):
        path = folder / f"{at:05d}.docx"
        if at < _DISTINCT:
            path.write_bytes(docx(made_up(at)))
        else:
            path.hardlink_to(folder / f"{at % _DISTINCT:05d}.docx")


def run(folder: Path, processes: int) -> Run:
    """``gongkai check --json`` on every file of ``folder``."""
    command = [sys.executable, "-m", "gongkai", "check", "--json", "-j", str(processes)]
    started = time.perf_counter()
    with subprocess.Popen(
        [*command, str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        memory: list[float] = []
        watch = threading.Thread(target=_watch, args=(process, memory))
        watch.start()
        process.wait()
        watch.join()
    if process.returncode not in (0, 1):
        raise RuntimeError(f"gongkai check ended with {process.returncode}")
    return Run(time.perf_counter() - started, memory)


def quarters(memory: list[float]) -> tuple[float, float]:
    """The median of the first and of the last quarter, without start and end themselves."""
    steady = memory[len(memory) // 20 + 1 : -2] or memory
    size = max(1, len(steady) // 4)
    return statistics.median(steady[:size]), statistics.median(steady[-size:])


def _watch(process: subprocess.Popen[bytes], memory: list[float]) -> None:
    while process.poll() is None:
        memory.append(sum(map(_resident_kb, _family(process.pid))) / 1024)
        time.sleep(0.1)


def _family(parent: int) -> list[int]:
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    except OSError:
        children = []
    return [parent, *(p for child in children for p in _family(int(child)))]


def _resident_kb(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE_KB
    except (OSError, IndexError):
        return 0
