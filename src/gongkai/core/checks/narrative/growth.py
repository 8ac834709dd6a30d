"""Growth over last year worked out again: 收到申请 3607 件，同比增长 70.3% (P-2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ...finding import Finding
from ...forms import Form
from ...report import AnnualReport
from ...rules import find
from ..terms import plain
from .figures import Passage
from .measures import measure_of
from .tables import readings

_GROWTH = re.compile(
    r"(?:（[^（）]*）|\([^()]*\))?[，,]?(?:同比|[较比](?:上一?年度?|去年)(?:同期)?)"
    r"(增长|增加|上升|提高|下降|减少|降低)了?约?(\d{1,6}(?:\.\d{1,6})?)%"
)
_FELL = ("下降", "减少", "降低")


def growth(
    report: AnnualReport, previous: AnnualReport, form: Form, told: list[Passage]
) -> Iterator[Finding]:
    """Findings on growth that the two reports do not bear out, like compared with like."""
    for passage in told:
        for figure in passage.figures:
            said = _GROWTH.match(passage.text, figure.end)
            measure = measure_of(form, passage, figure) if said else None
            if said is None or measure is None:
                continue
            before = dict(readings(previous, form, measure))
            pairs = [
                (now, before[cells])
                for cells, now in readings(report, form, measure)
                if now == figure.number and before.get(cells)
            ]
            percent = Decimal(said.group(2)) * (-1 if said.group(1) in _FELL else 1)
            if not pairs or any(_is(percent, *pair) for pair in pairs):
                continue
            now, last = pairs[0]
            yield find(
                "narrative.growth_wrong",
                section=passage.heading,
                quote=figure.quote + said.group(),
                now=plain(now),
                last=plain(last),
                expected=plain(round(_change(now, last), 2)),
            )


def _change(now: Decimal | int, last: Decimal | int) -> Decimal:
    return Decimal(now - last) * 100 / last


def _is(percent: Decimal, now: Decimal | int, last: Decimal | int) -> bool:
    """Whether the percentage is right as printed, rounded or cut off."""
    exponent = percent.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return abs(_change(now, last) - percent) < step
