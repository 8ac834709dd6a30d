"""The prose against the tables: counts, claims of none, shares, growth.

``figures`` finds the numbers and the words before them, ``measures`` says which
cells those words mean, ``scope`` whose number it is; ``counts``, ``absence``,
``shares``, ``growth`` and ``wholly`` compare, ``continued`` tells what a number owes
to the one before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...finding import Finding
from ...forms import Form
from ...report import AnnualReport
from ...rules import find
from ..terms import cell_name, listed
from .absence import absences
from .counts import counts, totals
from .figures import Passage, passages
from .growth import growth
from .shares import shares
from .wholly import wholly

_TOLD_IN = ("overview", "proactive_disclosure", "disclosure_on_request", "remedies")


def narrative(
    report: AnnualReport, form: Form, previous: AnnualReport | None = None
) -> Iterator[Finding]:
    """Findings on the prose of sections one to four, then on lead and section five."""
    unread: dict[str, None] = {}
    for section in report.sections:
        if section.key not in _TOLD_IN:
            continue
        heading = f"“{section.title}”" if section.title else "正文"
        told: list[Passage] = passages(section.key, heading, section.text)
        yield from _once(counts(report, form, told, unread))
        yield from absences(report, form, told, unread)
        yield from wholly(report, form, told)
        yield from shares(report, form, told)
        if previous is not None:
            yield from growth(report, previous, form, told)
    for told in _asides(report):
        yield from _once(totals(report, form, told, unread))
    if unread:
        yield find(
            "narrative.undecidable",
            *unread,
            count=len(unread),
            places=listed(cell_name(form, c) for c in unread),
        )


def _asides(report: AnnualReport) -> Iterator[list[Passage]]:
    """The texts that speak of plans and of other years too."""
    yield passages("", "开头", report.lead)
    for section in report.sections:
        if section.key == "problems_and_improvements":
            yield passages(section.key, f"“{section.title}”", section.text)


def _once(findings: Iterator[Finding]) -> Iterator[Finding]:
    """A number said twice in one section is one finding."""
    said: set[tuple[str, tuple[str, ...], object]] = set()
    for finding in findings:
        key = (finding.rule, finding.cells, finding.values.get("number"))
        if key not in said:
            said.add(key)
            yield finding
