"""Two ways to do the same, measured in turn; the median of the ratios counts.

Neighbouring runs share whatever else the machine is doing, so their ratio is
steady where their times are not.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Measured:
    """Milliseconds of each (medians), and the median of ours to theirs in one round."""

    ours: float
    theirs: float
    ratio: float


def paired(
    ours: Callable[[Item], object],
    theirs: Callable[[Item], object],
    items: Sequence[Item],
    rounds: int,
) -> Measured:
    """Each round takes the next item, so that nothing is measured on one it has just seen."""
    for work in (ours, theirs):
        work(items[0])
    gc.freeze()
    pairs = []
    for at in range(rounds):
        item = items[at % len(items)]
        # The order changes each round: being second must not favour either.
        if at % 2:
            second = timed(theirs, item)
            pairs.append((timed(ours, item), second))
        else:
            pairs.append((timed(ours, item), timed(theirs, item)))
    return Measured(
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def timed(work: Callable[[Item], object], item: Item) -> float:
    """Milliseconds that ``work`` takes on ``item``; what others left behind is cleared before."""
    gc.collect()
    started = time.perf_counter()
    work(item)
    return (time.perf_counter() - started) * 1000
