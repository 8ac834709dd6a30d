"""The two lists a run leaves beside its file: rows refused, and items to look at.

Both are written as the run goes, before the batch they tell of is entered, so that nothing
is in the platform that they do not tell.  The refused rows stand there as they were given: put
right, that file can be imported itself.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

_LOOK = ("行号", "标题", "原网址", "索引号", "要看什么")
# So that spreadsheets read it as UTF-8.
_MARK = "\ufeff"


class RefusedRows:
    """``NAME.refused.csv``: written anew by each run, since each looks at all rows again."""

    def __init__(self, source: Path, headings: Sequence[str]) -> None:
        self.path = source.with_name(f"{source.stem}.refused.csv")
        self.count = 0
        self._headings = [*headings, "行号", "没有收的原因"]
        self._file: TextIO | None = None
        self.path.unlink(missing_ok=True)

    def add(self, line: int, given: Mapping[str, Any], why: str) -> None:
        """One row."""
        if self._file is None:
            # Halves of characters, for which rows are refused too, are written as JSON does.
            self._file = self.path.open(
                "w", encoding="utf-8", newline="", errors="backslashreplace"
            )
            self._file.write(_MARK)
            csv.writer(self._file).writerow(self._headings)
        cells = [_cell(given.get(heading, "")) for heading in self._headings[:-2]]
        csv.writer(self._file).writerow([*cells, line, why])
        self.count += 1

    def flush(self) -> None:
        """What was added is on the disk."""
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        """Nothing more is added."""
        if self._file is not None:
            self._file.close()


class ToLookAt:
    """``NAME.look.csv``: kept from run to run, since what is entered is not looked at again."""

    def __init__(self, source: Path) -> None:
        self.path = source.with_name(f"{source.stem}.look.csv")
        self.count = 0

    def add(self, rows: Sequence[tuple[int, str, str, str, Sequence[str]]]) -> None:
        """(line, title, former address, index number, what to look at)."""
        told = [(*row[:4], "；".join(row[4])) for row in rows if row[4]]
        if not told:
            return
        new = not self.path.exists()
        with self.path.open("a", encoding="utf-8", newline="") as file:
            if new:
                file.write(_MARK)
                csv.writer(file).writerow(_LOOK)
            csv.writer(file).writerows(told)
        self.count += len(told)


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
