"""The papers of one published report, and the reading that fills most of its form.

For a process of its own: no database is known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gongkai.core.errors import UnreadableDocument
from gongkai.core.readers import read_bytes
from gongkai.core.report import AnnualReport
from gongkai.core.rules import find, say


class Paper(NamedTuple):
    """Something a report was published as: the text of the page (no name) or a file."""

    data: bytes
    name: str


class Told(NamedTuple):
    """What was read of one publication, of which of its papers, or why nothing was."""

    report: AnnualReport | None
    file_name: str = ""
    failure: str = ""


def best_of(publications: Sequence[Sequence[Paper]]) -> list[Told]:
    """The best reading of each publication."""
    return [_best(papers) for papers in publications]


def _best(papers: Sequence[Paper]) -> Told:
    found: list[tuple[int, Told]] = []
    failures: list[str] = []
    for paper in papers:
        try:
            report = read_bytes(paper.data, paper.name or "page.html").report
        except UnreadableDocument as refused:
            failures.append(say(find(refused.rule, **refused.values)))
            continue
        found.append((len(report.cells), Told(report, paper.name)))
        if report.cells and not report.unread:
            break
    if found:
        return max(found, key=lambda one: one[0])[1]
    return Told(None, failure="；".join(failures) or "没有正文，也没有能读的附件。")
