"""Sections present, in order, filled; what sections one, five and six must tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Finding
from ..forms import Form
from ..report import AnnualReport
from ..rules import find

_PROSE = ("overview", "problems_and_improvements", "other_matters")
_OVERVIEW_LIMIT = 1000
_PROBLEMS_LEAST = 30
# The five parts of section one and the words real reports head or tell them with.
_PARTS = {
    "主动公开": re.compile(r"主动公开|公开政府信息|信息发布|发布信息"),
    "依申请公开": re.compile(r"依申请|申请公开|公开申请"),
    "政府信息管理": re.compile(
        r"信息管理|信息资源管理|管理制度|信息规范管理|动态管理|动态调整|"
        r"保密审查|三审三校|审核(?:发布)?制度|公开目录"
    ),
    "政府信息公开平台建设": re.compile(
        r"平台建设|公开平台|新媒体|门户网站|政府网站|网站(?:建设|专栏|管理)|公众号|"
        r"公开渠道|公开载体|公开专区|信息化建设|信息平台"
    ),
    "监督保障": re.compile(r"监督|考核|评议|组织领导|业务培训|责任追究|培训"),
}
_ACCOUNTED = {
    "工作考核": re.compile(r"考核|考评|绩效"),
    "社会评议": re.compile(r"评议|评价|满意度"),
    "责任追究": re.compile(r"追究|问责|追责"),
}
_FEE = re.compile(r"处理费|收费|收取[^，。；]{0,10}费")
_COLLECTED = re.compile(
    r"(?<![未有不应需可])收取(?:了)?(?:(?:政府)?信息(?:公开)?)?(?:处理)?(?:费用?)?(?:共计?|合计|计)?"
    r"(?:人民币)?(?=[\d.,]*[1-9])\d[\d,.]*万?元"
)
_NOT_COLLECTED = re.compile(r"(?:未|没有)收取(?:任何)?(?:(?:政府)?信息(?:公开)?)?(?:处理费|费用)")
_OF_OTHERS = re.compile(r"其[他它余]|上年|去年|本级|部门|单位|街道|[镇乡]|除|另|减免|以外")
_ANY_YEAR = re.compile(r"(20\d\d)年")
# The first year of the edition that asks for the handling fee and for the 1000 characters.
_FORMAL = 2021


def completeness(report: AnnualReport, form: Form) -> Iterator[Finding]:
    """Findings on the sections and on what each must tell."""
    yield from _sections(report, form)
    overview = report.section("overview")
    if overview and form.first_year >= _FORMAL:
        missing = tuple(part for part, words in _PARTS.items() if not words.search(overview))
        if missing:
            yield find("overview.parts_missing", missing=missing)
        length = len("".join(overview.split()))
        if length > _OVERVIEW_LIMIT:
            yield find("overview.too_long", length=length, limit=_OVERVIEW_LIMIT)
    if overview and (report.agency or "").endswith("人民政府"):
        unsaid = tuple(what for what, words in _ACCOUNTED.items() if not words.search(overview))
        if unsaid:
            yield find("overview.accountability", missing=unsaid)
    problems = "".join(report.section("problems_and_improvements").split())
    if problems and len(problems) < _PROBLEMS_LEAST:
        yield find("problems.too_short", text=problems, length=len(problems))
    if form.first_year >= _FORMAL:
        yield from _handling_fee(report)


def _sections(report: AnnualReport, form: Form) -> Iterator[Finding]:
    order = [section.key for section in form.sections]
    printed = list(dict.fromkeys(s.key for s in report.sections if s.key in order))
    missing = tuple(f"“{form.section(key).heading}”" for key in order if key not in printed)
    if missing:
        yield find("section.missing", missing=missing, count=len(missing))
    if printed != sorted(printed, key=order.index):
        yield find("section.order", found=tuple(f"“{form.section(k).heading}”" for k in printed))
    empty = tuple(
        f"“{form.section(key).heading}”"
        for key in _PROSE
        if key in printed and not report.section(key).strip()
    )
    if empty:
        yield find("section.empty", empty=empty)


def _handling_fee(report: AnnualReport) -> Iterator[Finding]:
    """P-4: section six must tell the handling fee, none collected included."""
    if not report.sections:
        # A file of tables alone: that its prose is missing is said by itself.
        return
    told = "".join(report.section("other_matters").split())
    if _FEE.search(told):
        collected, none = _COLLECTED.search(told), _NOT_COLLECTED.search(told)
        years = [int(y) for y in _ANY_YEAR.findall(told)]
        if collected and none and not _OF_OTHERS.search(told) and set(years) <= {report.year}:
            yield find(
                "other_matters.fee_contradicted", collected=collected.group(), none=none.group()
            )
        return
    for section in report.sections:
        if section.key != "other_matters" and "处理费" in section.text:
            yield find("other_matters.handling_fee_elsewhere", section=section.title)
            return
    yield find("other_matters.handling_fee")
