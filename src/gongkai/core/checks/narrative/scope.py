"""Whose number it is: the whole agency's, or that of a part, another year, another matter."""

from __future__ import annotations

import re

from ...report import AnnualReport
from .figures import Figure

_WHOLE = re.compile(
    r"全[市县区省州旗镇乡]|全街道|全局|全委|全系统|我[市县区省州旗镇乡局委]|本[市县区局委]"
)
_PART = re.compile(
    r"本级|本机关|管委会办(?:公室)?|[市县区省州旗](?:人民)?政府(?:办(?:公[室厅])?)?|党政办|办公[室厅]|"
    r"各(?:有关)?(?:部门|单位|乡镇|镇街|街道|县区|区县|县市区|科室)|(?:有关|相关)部门|直属|垂管|"
    r"[\u4e00-\u9fff]{1,6}?(?:局|委员会|[县镇乡]|街道|中心|分局)(?=[共收受接办累全年予答新])"
)
_ITSELF = re.compile(r"[我本](?:局|委|街道|[县镇乡市区])")
# A closed bracket lists parts; what follows it speaks of the whole again.
_BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)")
_BARE_PART = re.compile(
    r"^[、和及]?(?:其中)?[\u4e00-\u9fff]{0,12}?"
    r"(?:政府(?:办(?:公[室厅])?)?|办公[室厅]|部门|单位|本级|本机关|[市县区镇乡局]|街道|委员会|中心)$"
)
_OTHER_TIME = re.compile(
    r"去年|上年度?(?!结转)|上一年度?(?!结转)|往年|历年|以来|季度|半年|同比|环比|较|相比|比上|"
    r"增加|减少|增长|下降|上升|平均|\d月(?:底|份)"
)
# A span of time that is not the year, named in the sentence, and the year named after it.
_SPAN = re.compile(
    r"[上下]半年|第?[一二三四1-4]季度|前[一二三四五六七八九十\d]{1,2}个?(?:月|季度)|"
    r"(?<!\d)(?!1月?份?[至到—–~～-]+12月)\d{1,2}月?份?[至到—–~～-]+\d{1,2}月(?!\d)|"
    r"截[至止](?=.*累计)"
)
_YEAR_AGAIN = re.compile(r"全年|本年度?|年度|当年")
_CHANNEL = re.compile(
    r"网络|网上|网站|在线|平台|信函|信件|邮寄|来信|当面|现场|传真|邮件|邮箱|快递|邮政|窗口|渠道|系统"
)
_SUMMED = re.compile(r"共|累计|合计|总")
_YEAR = re.compile(r"(20\d\d)年")


def part_meant(report: AnnualReport, figure: Figure) -> str:
    """The words that say the number is of a part only (区政府办), or ``""``."""
    told = _BRACKETED.sub("", figure.lead_in)
    whole = max((m.end() for m in _WHOLE.finditer(told)), default=0)
    parts = [m for m in _PART.finditer(told) if m.start() >= whole]
    agency = (report.agency or "").replace("人民", "")
    for match in reversed(parts):
        words = match.group().replace("人民", "")
        # The agency's own name is no part of it; four characters tell 年度长河街道 from others.
        if _ITSELF.search(words) is None and words[-4:] not in agency:
            return match.group()
    return ""


def is_part(words: str) -> bool:
    """Whether a number's words only name a part of the agency: 其中区政府办 17 件."""
    return bool(_BARE_PART.match(words))


def _other_span(told: str) -> bool:
    if "截" not in told and "季" not in told and "月" not in told and "半年" not in told:
        return False
    since = max((m.end() for m in _SPAN.finditer(told)), default=-1)
    return since >= 0 and not _YEAR_AGAIN.search(told, since)


def elsewhere(report: AnnualReport, figure: Figure) -> bool:
    """Whether the number is of another time, a comparison, or one channel of several."""
    told = figure.before
    if _OTHER_TIME.search(told) or _other_span(figure.lead_in):
        return True
    years = _YEAR.findall(told) or _YEAR.findall(figure.lead_in)
    if years and report.year is not None and int(years[-1]) != report.year:
        return True
    channels = len(_CHANNEL.findall(told))
    several = channels > 1 or "等" in told
    return channels > 0 and not (several and _SUMMED.search(told))
