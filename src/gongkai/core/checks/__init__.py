"""Is the report consistent, complete and true to itself?

One family of checks a module, none knowing another; each yields findings, never
raises for what a report says.  Start with ``arithmetic``; ``terms`` holds the
words that findings print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..finding import Finding
from ..report import AnnualReport, form_of
from .arithmetic import arithmetic
from .carry_forward import carry_forward, not_last_years
from .cells import cells
from .completeness import completeness
from .dates import dates
from .identity import identity
from .narrative import narrative
from .parts import sums_of_parts
from .plausibility import plausibility
from .privacy import privacy
from .similarity import similarity
from .units import units

__all__ = ["check"]


def check(
    report: AnnualReport,
    previous: AnnualReport | None = None,
    others: Sequence[AnnualReport] = (),
    parts: Sequence[AnnualReport] = (),
) -> tuple[Finding, ...]:
    """Everything there is to say of ``report``, always in the same order.

    ``previous`` is the same agency's report of the year before (another one is
    said to be so and not compared), ``others`` are reports of other agencies whose
    wording may be the same, ``parts`` are the reports that ``report`` adds up.  A report of no edition (before
    2019) is looked at for dates, wording and private details only.
    """
    return tuple(_findings(report, previous, others, parts))


def _findings(
    report: AnnualReport,
    previous: AnnualReport | None,
    others: Sequence[AnnualReport],
    parts: Sequence[AnnualReport],
) -> Iterator[Finding]:
    form = form_of(report)
    yield from identity(report)
    yield from dates(report)
    stranger = not_last_years(report, previous) if previous is not None else None
    if stranger is not None:
        yield stranger
        previous = None
    if form is not None:
        yield from completeness(report, form)
        yield from arithmetic(report, form)
        yield from cells(report, form)
        yield from units(report, form)
        yield from plausibility(report, form)
        if previous is not None:
            yield from carry_forward(report, previous, form)
        yield from narrative(report, form, previous)
        if parts:
            yield from sums_of_parts(report, parts, form)
    yield from similarity(report, previous, others)
    yield from privacy(report)
