"""Evidence: what the records say of an agency's work, measure by measure.

``counting`` says what a measure is, ``spans`` over which days it is told; ``disclosed``,
``asked``, ``reported`` and ``overseen`` are the measures there are, by what they read;
``records`` shows the records behind a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from . import asked, disclosed, overseen, reported
from .counting import Counted, Line, Measure, Sort, count, line_kept, over, plain
from .spans import Length, Span, last_spans, span_called, span_of

__all__ = [
    "Counted",
    "Length",
    "Line",
    "Measure",
    "Sort",
    "Span",
    "count",
    "last_spans",
    "line_kept",
    "measures",
    "over",
    "plain",
    "span_called",
    "span_of",
]


@lru_cache(maxsize=1)
def measures() -> Mapping[str, Measure]:
    """Every measure by its slug, in the order of the law's duties."""
    every = (
        *disclosed.MEASURES,
        *asked.MEASURES,
        *reported.MEASURES,
        *overseen.MEASURES,
    )
    return {one.slug: one for one in every}
