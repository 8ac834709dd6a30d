"""Text files as conversions of Word files leave them: a cell a line after a tab."""

from __future__ import annotations

from pathlib import Path

from reports import Report
from tables import Table, spread


def write_plain(report: Report, path: Path) -> None:
    """``report`` as UTF-8 text, with the bookmark Word leaves where the cursor stood last."""
    lines = [*report.title, *report.opening, ""]
    for section in report.sections:
        lines += [section.heading, *section.paragraphs, ""]
        if section.table:
            lines += [*_cells(section.table), ""]
    lines += [" " * 40, "", *report.closing, " "]
    last = max(i for i, line in enumerate(lines) if line.startswith("二是"))
    lines[last] = f"[bookmark: _GoBack]{lines[last]}"
    path.write_text("\n".join(lines), encoding="utf-8")


def _cells(table: Table) -> list[str]:
    lines = []
    for row in spread(table):
        lines += [f"\t{box.text if box else ''}" for box in row]
        lines.append("")
    return lines
