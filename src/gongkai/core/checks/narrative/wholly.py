"""Claims that all were: 均予以公开, 全部办结, 办结率 100% (P-1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...finding import Finding
from ...forms import Form
from ...report import AnnualReport
from ...rules import find
from .figures import Figure, Passage
from .measures import INFLOW, OTHER_CASES, Cells, measure_of, measures
from .scope import elsewhere, part_meant
from .tables import printed, readings

_END = r"(?=[，。；\n]|$)"
# Of all requests: 全年申请均予以公开; or after their number: 收到申请 9 件，均予以公开.
_ALL = re.compile(
    r"(?:(?:^|[，。；\n])(?:20\d\d年度?|全年|本年度?|年内|所有|收到的?|受理的?|政府信息公开|依申请公开)*"
    r"申请(?:件|事项)?|(?<=[件起宗])，)(?:目前)?(?:均已?|已?全部|均已全部)(?:予以)?(公开|办结)"
    + _END
)
# 按期办结率 is another rate.
_RATE = re.compile(r"(?<![期时限应内])办结率(?:为|达到?|均为|均达)?(?:到)?100%")
_NOT_DISCLOSED = ("不予公开", "无法提供", "不予处理")


def wholly(report: AnnualReport, form: Form, told: list[Passage]) -> Iterator[Finding]:
    """Findings on every claim of all where the table counts others."""
    known = measures(form)
    refused: Cells = tuple(c for word in _NOT_DISCLOSED for c in known[word].readings[0])
    for passage in told:
        if "均" not in passage.text and "全部" not in passage.text and "率" not in passage.text:
            continue
        for match in _ALL.finditer(passage.text):
            counted = "申请" not in match.group()
            if counted and not _after_all(report, form, passage, match):
                continue
            cells = refused if match.group(1) == "公开" else known["carried_out"].readings[0]
            yield from _contradicted(report, form, passage, match, cells)
        for match in _RATE.finditer(passage.text):
            lead_in = passage.lead_in(match.start())
            if "申请" in lead_in and not OTHER_CASES.search(lead_in):
                cells = known["carried_out"].readings[0]
                yield from _contradicted(report, form, passage, match, cells)


def _after_all(report: AnnualReport, form: Form, passage: Passage, match: re.Match[str]) -> bool:
    """Whether the number before the claim is that of all requests."""
    for figure in passage.figures:
        if figure.end == match.start():
            measure = measure_of(form, passage, figure)
            return (
                measure is not None
                and measure.name in INFLOW
                and any(value == figure.number for _, value in readings(report, form, measure))
            )
    return False


def _contradicted(
    report: AnnualReport, form: Form, passage: Passage, match: re.Match[str], cells: Cells
) -> Iterator[Finding]:
    if any(c not in report.cells for c in cells) or not passage.is_on_requests(match.end()):
        return
    lead_in = passage.lead_in(match.start())
    figure = Figure(0, match.start(), match.end(), lead_in[-20:], lead_in, match.group())
    if elsewhere(report, figure) or part_meant(report, figure):
        return
    filled = tuple(c for c in cells if report.number(c))
    if filled:
        yield find(
            "narrative.all_contradicted",
            *filled,
            section=passage.heading,
            quote=(lead_in[-20:] + match.group()).lstrip("，").rpartition("。")[2].strip(),
            table=printed(report, form, filled),
        )
