"""The charts beside the tables on figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from gongkai.core.report.measures import Measure, measures, rates
from gongkai.core.writers.charts import Series, bars, lines, stacked

from .lines import OUTCOMES
from .tables import share_of, taken
from .told import Told

# With more bars than these a chart tells less than its table.
_MOST_BARS = 24
_REMEDIES = ("upheld", "corrected", "other_result", "pending")


@dataclass(frozen=True)
class Picture:
    """A chart with its title."""

    title: str
    svg: SafeString


def received(reports: Sequence[Told], name: str = "received") -> Picture:
    """Requests received, year by year."""
    title = "本年新收申请（件）"
    numbers = [taken(measures()["received"], told).value for told in reports]
    return _picture(title, bars(name, title, _years(reports), Series("新收申请", numbers)))


def outcomes(
    places: Sequence[str], reports: Sequence[Told], name: str = "outcomes"
) -> Picture | None:
    """Outcomes as parts of a bar, one bar a report; none where there are too many reports."""
    if not 0 < len(reports) <= _MOST_BARS:
        return None
    title = "办理结果（件）"
    parts = [
        Series(measures()[outcome].label, [taken(measures()[outcome], t).value for t in reports])
        for outcome in OUTCOMES
    ]
    return _picture(title, stacked(name, title, places, parts))


def remedies(reports: Sequence[Told], name: str = "remedies") -> Picture:
    """Reconsideration and suits together by result, year by year."""
    title = "行政复议、行政诉讼（件）"
    labels = ("结果维持", "结果纠正", "其他结果", "尚未审结")
    blocks = ("reconsideration", "direct_suit", "suit_after_reconsideration")
    parts = []
    for column, label in zip(_REMEDIES, labels, strict=True):
        measure = Measure(column, label, "件", tuple(f"{block}/{column}" for block in blocks))
        parts.append(Series(label, [taken(measure, told).value for told in reports]))
    return _picture(title, stacked(name, title, _years(reports), parts))


def shares(reports: Sequence[Told], name: str = "shares") -> Picture:
    """Two rates that answer each other, year by year."""
    several = []
    for rate in ("disclosed_or_partly", "withheld"):
        found = [share_of(rates()[rate], told) for told in reports]
        several.append(
            Series(rates()[rate].label, [s.value for s in found], [s.percent for s in found])
        )
    title = "公开率和不予公开占比"
    return _picture(title, lines(name, title, _years(reports), several))


def _years(reports: Sequence[Told]) -> list[str]:
    return [str(told.year) for told in reports]


def _picture(title: str, svg: str) -> Picture:
    # Drawn by core.writers.charts, which escapes every word.
    return Picture(title, mark_safe(svg))
