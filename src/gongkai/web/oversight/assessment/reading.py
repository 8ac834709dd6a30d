"""An indicator table out of a spreadsheet: what was taken for what, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from gongkai.core.finding import Finding
from gongkai.core.rules import find

from .evidence import measures
from .models import Indicator

# Our columns, and what else a region may call them; the first two must be there.
NAME, POINTS = "二级指标", "分值"
FIRST, WORDS, SOURCE = "一级指标", "评分标准", "数据来源"
FULL_AT, ZERO_AT, EACH = "满分值", "零分值", "每件扣分"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    NAME: ("指标", "指标名称", "考核指标", "考核内容", "考核项目"),
    POINTS: ("权重", "标准分", "满分", "分数"),
    FIRST: ("指标类别", "考核类别", "类别"),
    WORDS: ("评分办法", "评分细则", "计分办法", "考核标准"),
    SOURCE: ("取数", "评分方式"),
    FULL_AT: ("得满分的值",),
    ZERO_AT: ("得零分的值",),
    EACH: ("每次扣分", "每条扣分"),
}
BY_HAND = "人工评分"
_NUMBERED = {"序号", "编号"}
_TOTALS = {"合计", "总计", "总分"}
_AROUND = re.compile(r"[（(].*?[）)]|\s")


@dataclass
class Read:
    """What was read: lines that are not kept yet, which column was which, and the findings."""

    indicators: list[Indicator] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read(grid: Sequence[Sequence[str]], full: Decimal) -> Read:
    """The table in ``grid``, whose points should add up to ``full``."""
    told = Read()
    at = _head_row(grid)
    if at is None:
        told.findings += (find("indicators.column_missing", column=one) for one in (NAME, POINTS))
        return told
    places = _columns(grid[at], told)
    missing = [one for one in (NAME, POINTS) if one not in places]
    if missing:
        told.findings += (find("indicators.column_missing", column=one) for one in missing)
        return told
    _lines(grid, at, places, told, full)
    return told


def _head_row(grid: Sequence[Sequence[str]]) -> int | None:
    """The row with most of our headings, the upper of two."""
    scores = [
        (len({one for cell in row if (one := _meant(cell)[0])}), -at)
        for at, row in enumerate(grid[:20])
    ]
    best = max(scores, default=(0, 0))
    return -best[1] if best[0] >= 2 else None


def _meant(heading: str) -> tuple[str, bool]:
    """The column that a heading means, and whether it says so plainly."""
    bare = _AROUND.sub("", heading)
    for column, others in COLUMNS.items():
        if heading.strip() == column or (heading.strip() in others):
            return column, True
    for column, others in COLUMNS.items():
        if bare == column or bare in others:
            return column, False
    return "", False


def _columns(head: Sequence[str], told: Read) -> dict[str, int]:
    places: dict[str, int] = {}
    for at, heading in enumerate(head):
        column, plainly = _meant(heading)
        if not heading.strip() or heading.strip() in _NUMBERED:
            continue
        if not column or column in places:
            told.findings.append(find("indicators.column_unused", heading=heading.strip()))
            continue
        places[column] = at
        told.columns[column] = heading.strip()
        if not plainly or heading.strip() != column:
            told.findings.append(
                find("indicators.column_guessed", heading=heading.strip(), column=column)
            )
    return places


def _lines(
    grid: Sequence[Sequence[str]], at: int, places: Mapping[str, int], told: Read, full: Decimal
) -> None:
    first = ""
    names: set[tuple[str, str]] = set()
    total: tuple[int, Decimal] | None = None
    for number, cells in enumerate(grid[at + 1 :], start=at + 2):
        row = {
            column: cells[place].strip() if place < len(cells) else ""
            for column, place in places.items()
        }
        if not any(row.values()):
            continue
        if _TOTALS & {cell.strip() for cell in cells}:
            points = _number(row, POINTS, number, told)
            total = (number, points) if points is not None else None
            continue
        # A merged cell speaks for the lines beside it.
        first = row.get(FIRST) or first
        indicator = _line(row, number, first, told)
        key = (first, indicator.name)
        if indicator.name and key in names:
            told.findings.append(find("indicators.name_twice", row=number, name=indicator.name))
        names.add(key)
        indicator.position = len(told.indicators) + 1
        told.indicators.append(indicator)
    if not told.indicators:
        told.findings.append(find("indicators.none"))
        return
    added = sum((one.points for one in told.indicators), Decimal(0))
    if added != full:
        told.findings.append(find("indicators.points_do_not_sum", sum=added, full=full))
    if total is not None and total[1] != added:
        told.findings.append(
            find("indicators.total_differs", row=total[0], found=total[1], sum=added)
        )


def _line(row: Mapping[str, str], number: int, first: str, told: Read) -> Indicator:
    name = row[NAME][:200]
    if not name:
        told.findings.append(find("indicators.name_missing", row=number))
    points = _number(row, POINTS, number, told)
    if points is None or points <= 0:
        if points is not None or not row[POINTS]:
            told.findings.append(find("indicators.points_missing", row=number, name=name))
        points = Decimal(0)
    indicator = Indicator(
        first=first[:100],
        name=name,
        points=points,
        words=row.get(WORDS, ""),
        measure=_source(row, number, name, told),
        full_at=_number(row, FULL_AT, number, told),
        zero_at=_number(row, ZERO_AT, number, told),
        each=_number(row, EACH, number, told),
    )
    told.findings += _formula(indicator, number)
    return indicator


def _source(row: Mapping[str, str], number: int, name: str, told: Read) -> str:
    source = row.get(SOURCE, "")
    if source == BY_HAND:
        return ""
    if not source:
        told.findings.append(find("indicators.source_missing", row=number, name=name))
        return ""
    by_label = {one.label: slug for slug, one in measures().items()}
    if source in by_label:
        return by_label[source]
    near = get_close_matches(source, by_label, n=1, cutoff=0.4)
    like = f"，是不是“{near[0]}”" if near else ""
    told.findings.append(find("indicators.source_unknown", row=number, source=source, like=like))
    return ""


def _formula(indicator: Indicator, number: int) -> Iterator[Finding]:
    limits = (indicator.full_at, indicator.zero_at)
    given = [one for one in (*limits, indicator.each) if one is not None]
    if not indicator.measure:
        if given:
            yield find("indicators.formula_unused", row=number, name=indicator.name)
        indicator.full_at = indicator.zero_at = indicator.each = None
        return
    if not given:
        yield find("indicators.formula_missing", row=number, name=indicator.name)
        return
    why = ""
    if indicator.each is not None and len(given) > 1:
        why = "每件扣分和满分值、零分值都写了，不知道按哪一个"
    elif indicator.each is not None and indicator.each <= 0:
        why = "每件扣分要大于 0"
    elif indicator.each is not None and not measures()[indicator.measure].bad:
        why = "这个数据里没有要扣分的件"
    elif indicator.each is None and None in limits:
        why = "满分值和零分值只写了一个"
    elif indicator.each is None and limits[0] == limits[1]:
        why = "满分值和零分值一样"
    if why:
        yield find("indicators.formula_wrong", row=number, name=indicator.name, why=why)


def _number(row: Mapping[str, str], column: str, number: int, told: Read) -> Decimal | None:
    text = row.get(column, "")
    bare = text.removesuffix("分").removesuffix("%").strip()
    if not bare:
        return None
    try:
        value = Decimal(bare)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) >= 100_000 or value != round(value, 2):
        told.findings.append(
            find("indicators.number_wrong", row=number, column=column, text=text[:30])
        )
        return None
    return value
