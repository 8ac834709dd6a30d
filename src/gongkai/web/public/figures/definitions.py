"""How each rate is reckoned: in words, by which numbers, on which table, and whose way it is."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.core.law import cite
from gongkai.core.report.measures import Rate, rates

OWN = "本平台的算法"


@dataclass(frozen=True)
class Definition:
    """A rate as the pages explain it."""

    rate: Rate
    basis: str
    # Where an official text defines it; that it is our own way otherwise.
    by: str


def definitions() -> list[Definition]:
    """Every rate, in the order of the tables."""
    return [
        Definition(
            rate,
            cite(rate.basis),
            cite(rate.defined_in) if rate.defined_in else OWN,
        )
        for rate in rates().values()
    ]
