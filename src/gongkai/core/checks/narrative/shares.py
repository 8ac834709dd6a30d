"""Shares worked out again (P-2), and items disclosed against a table of channels."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ...finding import Finding
from ...forms import Form
from ...report import AnnualReport, LocalTable
from ...rules import find
from ..terms import plain
from .figures import Passage
from .measures import measure_of, measures
from .scope import elsewhere, part_meant
from .tables import readings

_SHARE = re.compile(
    r"(?<!\d)(\d{1,9})[件条起份个次宗例部][，,、（(]?约?占([^。；;，,%\d]{0,16}(?:(\d{1,9})[件条起份个次宗例部])?"
    r"[^。；;，,%\d]{0,10})(\d{1,6}(?:\.\d{1,6})?)%"
)
_ITEM = re.compile(r"主动公开[^，。；]{0,12}信息|公开[^，。；]{0,8}信息")
_SUMMED = re.compile(r"共|累计|合计|各类")
# What a share may be of, and the measure it means.
_TOTALS = (
    (
        re.compile(
            r"(?:全部|本年度?|全年)?(?:申请)?(?:办结|办理|答复)(?:申请)?(?:总[数量]|总件数)的?"
        ),
        "handled",
    ),
    (
        re.compile(
            r"(?:全部|本年度?|全年)?(?:收到|新收|受理)?(?:的)?(?:申请)(?:总[数量]|总件数)的?"
        ),
        "received",
    ),
)
# More than these in one sentence are not prose.
_MOST = 50
# A full list of shares adds up to about a hundred.
_FULL = (Decimal(97), Decimal(103))


class Share(NamedTuple):
    """``42件，占81件的51.85%``: part 42, of 81件的, whole 81 (None where not said)."""

    part: int
    of: str
    whole: int | None
    percent: Decimal
    start: int
    quote: str


def shares(report: AnnualReport, form: Form, told: list[Passage]) -> Iterator[Finding]:
    """Findings on shares, sentence by sentence, then on the number of items disclosed."""
    channels = next((t for t in report.local_tables if t.id == "channels"), None)
    for passage in told:
        if "%" in passage.text and "占" in passage.text:
            for start, group in _sentences(passage):
                yield from _wrong(report, form, passage, start, group)
                if channels is not None and _is_full(group):
                    yield from _against_channels(passage, channels, group)
        if channels is not None:
            yield from _claimed_items(passage, channels)


def _sentences(passage: Passage) -> Iterator[tuple[int, list[Share]]]:
    """Each sentence that tells shares: where it starts, and its shares."""
    start = 0
    for sentence in re.split(r"(?<=[。\n])", passage.text):
        group = [
            Share(
                int(m.group(1)),
                m.group(2),
                int(m.group(3)) if m.group(3) else None,
                Decimal(m.group(4)),
                start + m.start(),
                m.group(),
            )
            for m in _SHARE.finditer(sentence)
        ]
        if group:
            yield start, group[:_MOST]
        start += len(sentence)


def _is_full(group: list[Share]) -> bool:
    return len(group) > 1 and _FULL[0] <= sum(s.percent for s in group) <= _FULL[1]


def _wrong(
    report: AnnualReport, form: Form, passage: Passage, start: int, group: list[Share]
) -> Iterator[Finding]:
    totals = _totals(passage, start, group)
    for share in group:
        if share.whole is not None:
            wholes = [share.whole]
        else:
            wholes = [n for at, n in totals if at < share.start and n >= share.part]
            if _is_full(group):
                wholes.append(sum(s.part for s in group))
        if any(_is(share, whole) for whole in wholes):
            continue
        if share.whole is None:
            wholes += _named(report, form, passage, share)
        if not wholes or any(_is(share, whole) for whole in wholes):
            continue
        whole = wholes[-1]
        expected = Decimal(share.part * 100) / whole if whole else Decimal(0)
        yield find(
            "narrative.share_wrong",
            section=passage.heading,
            quote=share.quote,
            part=share.part,
            whole=whole,
            expected=plain(round(expected, 2)),
            printed=plain(share.percent),
        )


def _named(report: AnnualReport, form: Form, passage: Passage, share: Share) -> list[int]:
    """The totals of the tables that a share names (办结总数), where its part is the table's too."""
    name = next((name for words, name in _TOTALS if words.fullmatch(share.of)), "")
    part = next((f for f in passage.figures if f.start == share.start), None)
    measure = measure_of(form, passage, part) if name and part is not None else None
    if part is None or measure is None or elsewhere(report, part) or part_meant(report, part):
        return []
    if all(value != part.number for _, value in readings(report, form, measure)):
        return []
    wholes = [value for _, value in readings(report, form, measures(form)[name])]
    return [int(value) for value in reversed(wholes) if value]


def _totals(passage: Passage, start: int, group: list[Share]) -> list[tuple[int, int]]:
    """Where the sentence tells counts that are no part of a share, and the counts."""
    figures = passage.figures
    first = bisect_left(figures, start, key=lambda f: f.start)
    last = bisect_left(figures, group[-1].start, key=lambda f: f.start)
    own = {share.start for share in group}
    return [(f.start, f.number) for f in figures[first:last] if f.start not in own][:_MOST]


def _is(share: Share, whole: int) -> bool:
    """Whether the percentage is right as printed, rounded or cut off."""
    if not whole:
        return not share.percent
    exponent = share.percent.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return abs(Decimal(share.part * 100) / whole - share.percent) < step


def _against_channels(
    passage: Passage, channels: LocalTable, group: list[Share]
) -> Iterator[Finding]:
    if passage.section != "proactive_disclosure" and "主动公开" not in passage.text:
        return
    told = sum(s.part for s in group)
    words = " + ".join(str(s.part) for s in group)
    yield from _differs(passage, channels, told, f"{words} = {told}")


def _claimed_items(passage: Passage, channels: LocalTable) -> Iterator[Finding]:
    for figure in passage.figures:
        if _ITEM.search(figure.before) and _SUMMED.search(figure.before):
            yield from _differs(passage, channels, figure.number, f"“{figure.quote}”")


def _differs(passage: Passage, channels: LocalTable, told: int, words: str) -> Iterator[Finding]:
    name = f"local.{channels.id}/total"
    cell = channels.cells.get(name)
    if cell is None or cell.value is None or cell.value == told:
        return
    yield find(
        "narrative.channels_differ",
        *channels.cells,
        section=passage.heading,
        parts=words,
        total=cell.value,
        table=channels.title,
        difference=abs(cell.value - told),
    )
