"""A reading that one file ends, for a process that knows no platform."""

from __future__ import annotations

import signal
from pathlib import Path

from gongkai.web.reports.file_reading import Read, read_all


def crashing(given: list[tuple[Path, str]]) -> list[Read]:
    """Reads, unless a file is called 坏.json: then the process ends."""
    if any(name == "坏.json" for _, name in given):
        signal.raise_signal(signal.SIGKILL)
    return read_all(given)
