"""The prose against the tables: counts, claims of none, shares, growth.

``figures`` finds the numbers and the words before them, ``measures`` says which
cells those words mean, ``scope`` whose number it is; ``counts``, ``absence``,
``shares`` and ``growth`` compare.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...finding import Finding
from ...forms import Form
from ...report import AnnualReport
from ...rules import find
from ..terms import cell_name, listed
from .absence import absences
from .counts import counts
from .figures import Passage, passages
from .growth import growth
from .shares import shares

# Section five speaks of plans and of other years.
_TOLD_IN = ("overview", "proactive_disclosure", "disclosure_on_request", "remedies")


def narrative(
    report: AnnualReport, form: Form, previous: AnnualReport | None = None
) -> Iterator[Finding]:
    """Findings on the prose of sections one to four, section by section."""
    unread: dict[str, None] = {}
    for section in report.sections:
        if section.key not in _TOLD_IN:
            continue
        heading = f"“{section.title}”" if section.title else "正文"
        told: list[Passage] = passages(section.key, heading, section.text)
        yield from _once(counts(report, form, told, unread))
        yield from absences(report, form, told, unread)
        yield from shares(report, told)
        if previous is not None:
            yield from growth(report, previous, form, told)
    if unread:
        yield find(
            "narrative.undecidable",
            *unread,
            count=len(unread),
            places=listed(cell_name(form, c) for c in unread),
        )


def _once(findings: Iterator[Finding]) -> Iterator[Finding]:
    """A number said twice in one section is one finding."""
    said: set[tuple[str, tuple[str, ...], object]] = set()
    for finding in findings:
        key = (finding.rule, finding.cells, finding.values.get("number"))
        if key not in said:
            said.add(key)
            yield finding
