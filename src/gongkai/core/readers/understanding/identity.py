"""Whose report, of which year, for which period: told from the text or left open.

The title comes first, then the lead, then how section one begins.  A report
that only says 我局 has no agency: none is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ...forms.label import normalise
from ...report import Period
from .dates import chinese_year, find_date
from .prose import Prose

_YEAR = re.compile(r"(20[0-3]\d)年?(?:度)?")
_CHINESE_YEAR = re.compile(r"(二[〇○零0Oo][一二三四五六七八九〇○零]{2})年(?:度)?")
_UNTIL = re.compile(r"(?:零时)?(?:起|开始)?[,，、]?(?:至|到|—+|–|-+|~|～)(?:当年|同年|本年)?")
_SAME_YEAR = re.compile(r"(\d{1,2})月(\d{1,2})[日号]")
_MOST_DATES = 40
_TOPIC = re.compile(
    r"(?:政府信息与政务公开|政府信息公开|政府信息主动公开|信息公开|政务公开|政务信息)"
)
_NAME = r"[\u4e00-\u9fff（）()]{2,30}?"
_SUFFIX = (
    r"(?:人民政府|政府|管理委员会|管委会|委员会|办公室|办事处|街道|实验区|开发区|新区|园区|管理区|自治区|自治州|自治县|"
    r"局|厅|部|署|院|委|办|镇|乡|区|县|市|省|州|盟|旗|中心|总队|支队|大队|分局|站|所|会)"
)
_OPENING = re.compile(
    rf"^(?:20\d\d年度?[,，]?)({_NAME}{_SUFFIX})(?=坚持|认真|深入|全面|严格|紧紧|以|按照|在|政务公开|政府信息公开|"
    r"贯彻|高度重视|进一步|扎实|持续|积极|坚决|始终|不断|着力|切实|根据|围绕|聚焦|立足|共|依法|主动|把|牢牢|党)"
)
_COMPILED_BY = re.compile(
    rf"(?:本报告|本年报|本年度报告|报告)(?:是)?由({_NAME}{_SUFFIX})(?=根据|依据|按照|按|编制|遵照)"
)
_PUBLISHED_BY = re.compile(
    rf"现(?:面向社会|向社会)?(?:公布|公开|发布|编制|将)({_NAME}{_SUFFIX})(?=20\d\d年)"
)
# 关于, and what an office does with a report, behind the name of the agency.
_ABOUT = re.compile(r"(?:关于)?(?:印发|报送|发布|公布|公开|上报|做好)?[《(]?$")
# The name behind the title: ——某局.
_AFTER_TITLE = re.compile(r"(?:报告|年报)(?:——?|—|–|-+|\()([\u4e00-\u9fff()]{2,30}?)\)?$")
_NOBODY = re.compile(r"^(?:我|本|全|各|该|其|上级|区委|市委|县委|党|院|国务院|办公|年度|政府信息)")
_ADMINISTRATIVE = re.compile(
    r"(?:[\u4e00-\u9fff]{1,8}?(?:省|市|自治区|自治州|地区|盟|县|区|旗|开发区|新区|镇|乡))+$"
)


def year_of(prose: Prose, period: Period | None) -> int | None:
    """The year the report is about: by its title, its period, or how section one opens."""
    if prose.title:
        title = normalise(prose.title)
        found = _YEAR.search(title)
        if found:
            return int(found.group(1))
        chinese = _CHINESE_YEAR.search(title)
        if chinese:
            return chinese_year(chinese.group(1))
    if period:
        return period.end.year
    for text in _openings(prose):
        found = re.match(r"(20[0-3]\d)年", text)
        if found:
            return int(found.group(1))
    return None


def period_of(prose: Prose) -> Period | None:
    """The days the figures cover, where the text states them."""
    for text in _wholes(prose):
        at = 0
        for _ in range(_MOST_DATES):
            first = find_date(text[at:])
            if first is None:
                break
            at += first.end
            last = _until(text[at : at + 40], first.day)
            if first.day and last:
                return Period(first.day, last)
    return None


def _until(rest: str, start: date | None) -> date | None:
    """The day that a period beginning at ``start`` runs to, where ``rest`` goes on with it."""
    joint = _UNTIL.match(rest)
    if not joint or start is None:
        return None
    rest = rest[joint.end() :]
    last = find_date(rest)
    if last and last.start == 0:
        return last.day
    short = _SAME_YEAR.match(rest)
    if not short:
        return None
    try:
        return date(start.year, int(short[1]), int(short[2]))
    except ValueError:
        return None


def _wholes(prose: Prose) -> Iterator[str]:
    """The lead, and only where that does not do, the sections."""
    yield prose.plain_lead
    yield from prose.plain_sections


def agency_of(prose: Prose) -> str | None:
    """The agency's name as the report gives it, with the region the lead puts before it."""
    lead = prose.plain_lead
    name = _in_title(prose.title) or _in_text(prose, lead) or _in_signature(prose)
    if name is None:
        return None
    name = _with_region(name, lead)
    if name.endswith("街道"):
        text = "。".join([lead, *prose.plain_sections])
        if f"{name}办事处" in text or re.search(r"[,，。、;；:：]街道办事处", text):
            # The organ of a 街道 is its 办事处; the text itself calls it that.
            name += "办事处"
    return name


def _in_title(title: str | None) -> str | None:
    if not title:
        return None
    text = re.sub(r"^关于", "", normalise(title).strip("《》"))
    year = _YEAR.search(text) or _CHINESE_YEAR.search(text)
    topic = _TOPIC.search(text)
    if year and (not topic or year.start() < topic.start()):
        places = [text[: year.start()], text[year.end() : topic.start() if topic else None]]
    elif topic:
        places = [text[: topic.start()]]
    else:
        return None
    after = _AFTER_TITLE.search(text)
    if after:
        places.append(after.group(1))
    for place in places:
        name = _name(place)
        if name:
            return name
    return None


def _name(words: str) -> str | None:
    """``words`` as an agency's name, or None where they are none."""
    name = _ABOUT.sub("", words).strip("《》“”\"'的,，:：-—_")
    if name.count("(") != name.count(")"):
        name = name.strip("()")
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1]
    if name.endswith("人民"):
        name += "政府"
    if len(name) < 2 or _NOBODY.match(name) or not re.fullmatch(r"[\u4e00-\u9fff()·、]+", name):
        return None
    return name.replace("(", "（").replace(")", "）")


def _openings(prose: Prose) -> Iterator[str]:
    texts = [prose.lead, *(s.text for s in prose.sections[:1])]
    return (normalise(line[:80]) for text in texts for line in text.split("\n") if line.strip())


def _in_text(prose: Prose, lead: str) -> str | None:
    compiled = _COMPILED_BY.search(lead)
    if compiled and not _NOBODY.match(compiled.group(1)):
        return compiled.group(1)
    published = _PUBLISHED_BY.search(lead)
    if published and not _NOBODY.match(published.group(1)):
        return published.group(1)
    for line in _openings(prose):
        opened = _OPENING.match(line)
        if opened and not _NOBODY.match(opened.group(1)):
            return opened.group(1)
    return None


def _in_signature(prose: Prose) -> str | None:
    if prose.signature is None:
        return None
    for line in prose.signature.text.split("\n"):
        name = re.sub(r"\((?:盖章|公章|章)\)|20\d\d年.*$", "", normalise(line))
        if re.fullmatch(rf"{_NAME}{_SUFFIX}", name) and not _NOBODY.match(name):
            return name
    return None


def _with_region(name: str, lead: str) -> str:
    """``洪泽区人民政府`` → ``淮安市洪泽区人民政府`` where the lead calls it so."""
    at = lead.find(name)
    while at >= 0:
        before = re.split(r"[^\u4e00-\u9fff]|由|与|向|请|是|系|为", lead[max(0, at - 20) : at])[-1]
        if before and _ADMINISTRATIVE.fullmatch(before):
            return before + name
        at = lead.find(name, at + 1)
    return name
