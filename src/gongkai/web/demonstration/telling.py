"""How far the loading has come, in words for the terminal."""

from __future__ import annotations

from collections.abc import Callable

# Told (done, of how many, what is being done).
Progress = Callable[[int, int, str], None]


class Telling:
    """Counts what is done and tells it."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def one(self, what: str) -> None:
        """One more thing is done."""
        self._done += 1
        self._progress(self._done, self._total, what)
