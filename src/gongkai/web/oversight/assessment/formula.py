"""The points that a number suggests: by what the table says and nothing else."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from .evidence import Counted, Measure, Sort, plain
from .models import Indicator

_CENT = Decimal("0.01")


def suggested(indicator: Indicator, counted: Counted) -> Decimal | None:
    """The points; None where nothing is known or the table gives no formula."""
    value = counted.value
    if value is None:
        return None
    if indicator.each is not None:
        wrong = len(counted.lines) - len(counted.good)
        return max(Decimal(0), indicator.points - indicator.each * wrong).quantize(_CENT)
    if indicator.full_at is None or indicator.zero_at is None:
        return None
    part = (value - indicator.zero_at) / (indicator.full_at - indicator.zero_at)
    points = indicator.points * min(Decimal(1), max(Decimal(0), part))
    return points.quantize(_CENT, ROUND_HALF_UP)


def told(indicator: Indicator, measure: Measure | None) -> str:
    """The formula in words, as it stands beside the points."""
    if measure is None:
        return "人工评分"
    points = plain(indicator.points)
    if indicator.each is not None:
        return (
            f"{points} 分，{measure.bad}的每{measure.unit}扣 {plain(indicator.each)} 分，扣完为止"
        )
    if indicator.full_at is None or indicator.zero_at is None:
        return "只给出数据，人工评分"
    full, zero = (
        f"{plain(one)}% " if measure.sort is Sort.SHARE else f"{plain(one)} {measure.unit}"
        for one in (indicator.full_at, indicator.zero_at)
    )
    return f"到 {full}得 {points} 分，到 {zero}得 0 分，中间按比例"
