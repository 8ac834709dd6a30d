"""The shares and rates of published reports, one a row: reckoned by ``core.report.measures``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache, partial
from operator import attrgetter
from typing import NamedTuple

from gongkai.core.report import Number
from gongkai.core.report.measures import Missing, compute, rates
from gongkai.web.agencies.models import Kind
from gongkai.web.publication.report_figures import cell_of

from ...shell import permalink
from ..fields import ADDRESS, NUMBER, TEXT, Field, Schema, one_of, said
from .rows import Read

_DIGITS = Decimal("0.000001")
_AMOUNT: Schema = {"type": ["number", "null"]}


class RateRow(NamedTuple):
    """One rate of one published report; the names are those of the open data."""

    number: int
    agency: str
    agency_code: str
    agency_name: str
    agency_kind: str
    year: int
    edition: str
    rate: str
    label: str
    numerator: Number | None
    denominator: Number | None
    value: Decimal | None
    missing: str
    address: str


@lru_cache(maxsize=1)
def rate_fields() -> tuple[Field, ...]:
    """A rate of a published report."""
    kinds = {kind.value: kind.label for kind in Kind}
    ways = {rate.id: f"{rate.label}，{rate.definition}" for rate in rates().values()}
    why = {one.value: one.label for one in Missing}
    told: dict[str, tuple[str, Schema]] = {
        "number": ("报告的编号，不变（见信息）", NUMBER),
        "agency": ("机关的网址名（见机关）", TEXT),
        "agency_code": ("机关代码", TEXT),
        "agency_name": ("机关全称", TEXT),
        "agency_kind": (f"机关类别：{said(kinds)}", one_of(*kinds)),
        "year": ("报告的年度", NUMBER),
        "edition": ("格式版本", TEXT),
        "rate": (f"哪个比率：{said(ways)}", one_of(*ways)),
        "label": ("比率的名称", TEXT),
        "numerator": ("分子；没有的是空", _AMOUNT),
        "denominator": ("分母；没有的是空", _AMOUNT),
        "value": ("比率，0 到 1，四舍五入到六位小数；要准的用分子、分母", _AMOUNT),
        "missing": (f"没有比率的原因：{said(why)}", one_of(*why)),
        "address": ("报告的网址，不变", ADDRESS),
    }
    return tuple(Field(name, *told[name], attrgetter(name)) for name in RateRow._fields)


def rates_of(read: Read, wanted: frozenset[str]) -> Iterator[tuple[int, RateRow]]:
    """The rates of a report, each with its place; none wanted asks for all."""
    report = read.row
    if read.form is None or report.year is None or not report.holds:
        return
    agency, address = report.agency, permalink(report.publication.path)
    for place, rate in enumerate(rates().values()):
        if wanted and rate.id not in wanted:
            continue
        share = compute(rate, read.form, partial(cell_of, report))
        yield (
            place,
            RateRow(
                report.pk,
                agency.slug,
                agency.code,
                agency.name,
                agency.kind,
                report.year,
                report.edition,
                rate.id,
                rate.label,
                share.numerator.value,
                share.denominator.value,
                None if share.value is None else rounded(share.value),
                share.missing.value if share.missing else "",
                address,
            ),
        )


def rounded(share: Fraction) -> Decimal:
    """A share to six digits, half rounded up."""
    exact = Decimal(share.numerator) / Decimal(share.denominator)
    return exact.quantize(_DIGITS, ROUND_HALF_UP)
