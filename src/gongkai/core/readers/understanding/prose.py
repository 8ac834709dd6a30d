"""Prose into title, lead, the six sections, and the lines at the end.

A heading is known by its words, not by its number: agencies number a
sub-heading 二、 inside section one, print a table of contents, or leave the
number to Word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from ...forms import editions
from ...forms.label import label_key, normalise, ordinal, tidy
from ...report import SectionText, Signature
from ..document import Budget, Paragraph
from .one_line import part_at_headings
from .rows import Flow, TableMark

_NUMBERED = re.compile(r"^[一二三四五六七八九十]{1,2}$|^第[一二三四五六七八九十]+")
_FREE_HEADING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,2})[、.．：:\s]"
)
_TITLE = re.compile(r"(?:政府信息公开|信息公开|政务公开).{0,12}(?:报告|年报)")
_TITLE_REST = re.compile(r"^(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:报告|年报)$")
_DATE = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})[日号]")
_ONLY_DATE = re.compile(r"^\(?(20\d\d)年(\d{1,2})月(\d{1,2})[日号]\)?$")
_AGENCY_LINE = re.compile(
    r"^[\u4e00-\u9fff（）()]{2,30}(?:政府|委员会|办公室|办事处|街道|局|厅|部|院|委|办|镇|乡|区|县|市|省|中心|队|站|所|署|会)$"
)
_AFTER_REPORT = re.compile(
    r"^(?:附件(?:下载)?|相关(?:链接|附件|文档|阅读)|扫一扫|分享|打印|关闭|上一[篇条]|下一[篇条]|版权所有|主办(?:单位)?|"
    r"承办|网站标识码|.{0,8}ICP备|.{0,6}公网安备|网站地图|联系我们|关于我们|责任编辑|信息来源|浏览次数|【|\[打印)"
)
# Headings that differ in a word or two are taken for the same.
_ALIKE = 0.85
_REACHED_BY = re.compile(r"电\s*话|邮\s*箱|邮\s*编|传\s*真")
_ASKS_TO_REACH = re.compile(r"联系|咨询|地址|疑问")


@dataclass
class Prose:
    """What the words outside the tables say."""

    title: str | None = None
    titled_on: date | None = None
    lead: str = ""
    sections: list[SectionText] = field(default_factory=list)
    contact: str | None = None
    signature: Signature | None = None

    @cached_property
    def plain_lead(self) -> str:
        """The lead in one typography, without white space."""
        return normalise(self.lead)

    def plain_parts(self) -> Iterator[str]:
        """The lead, then each section, in one typography: made only as far as they are asked for."""
        yield self.plain_lead
        for section in self.sections:
            yield normalise(section.text)

    @cached_property
    def plain_sections(self) -> list[str]:
        """The text of each section in one typography, without white space."""
        return [normalise(s.text) for s in self.sections]


@dataclass(slots=True)
class _Heading:
    at: int
    key: str
    title: str
    exact: bool


def read_prose(
    flow: Sequence[Flow], titles: Sequence[str], free_form: bool, budget: Budget | None = None
) -> Prose:
    """Sort the prose of ``flow``; ``titles`` are names the document gives itself elsewhere.

    Without a ``budget`` it may take any time.
    """
    prose = Prose()
    headings = _headings(flow, free_form, budget)
    if len(headings) < 3:
        flow = part_at_headings(flow, free_form)
        headings = _headings(flow, free_form, budget)
    first = headings[0].at if headings else len(flow)
    body = _title_and_lead(flow[:first], prose)
    if not headings:
        prose.lead = body
        _ending(prose, None)
        return _with_outside_title(prose, titles)
    prose.lead = body
    ends = [h.at for h in headings[1:]] + [len(flow)]
    for heading, end in zip(headings, ends, strict=True):
        text = "\n".join(_lines(flow[heading.at + 1 : end]))
        prose.sections.append(SectionText(heading.key, heading.title, text))
    _ending(prose, prose.sections[-1])
    return _with_outside_title(prose, titles)


def _with_outside_title(prose: Prose, titles: Sequence[str]) -> Prose:
    if prose.title is None:
        for title in titles:
            if _TITLE.search(normalise(title)):
                prose.title = tidy(re.split(r"[_|\-–—]{1,2}", title)[0]) or tidy(title)
                break
    return prose


def _lines(flow: Sequence[Flow]) -> list[str]:
    return [t for p in flow if isinstance(p, Paragraph) and (t := tidy(p.text))]


# ── headings ──────────────────────────────────────────────────────


@lru_cache(maxsize=1)
def _section_keys() -> dict[str, tuple[str, bool]]:
    """Key of a heading's words → section, and whether they are the official ones."""
    known: dict[str, tuple[str, bool]] = {}
    for form in editions().values():
        for section in form.sections:
            for words in section.variants:
                known.setdefault(label_key(words), (section.key, False))
    for form in editions().values():
        for section in form.sections:
            known[label_key(section.title)] = (section.key, True)
    return known


def heading_key(text: str, marked: bool = False) -> tuple[str, bool]:
    """The section that a line heads, and whether in the official words; ``("", False)`` if none."""
    if len(text) > 60 or not text.strip():
        return "", False
    number = ordinal(text)
    if number and not _NUMBERED.match(number):
        return "", False
    key = label_key(text)
    known = _section_keys()
    if key in known:
        section, official = known[key]
        return (section, official) if number or marked or official else ("", False)
    if number and 4 <= len(key) <= 40:
        likeness, section = max(
            (
                (SequenceMatcher(None, key, words, autojunk=False).ratio(), name)
                for words, (name, _) in known.items()
                if len(words) >= 6 and _may_be_like(key, words)
            ),
            default=(0.0, ""),
        )
        if likeness >= _ALIKE:
            return section, False
    return "", False


def _may_be_like(key: str, words: str) -> bool:
    """Told at once of most: no likeness is above what the characters in common allow."""
    least = _ALIKE / 2 * (len(key) + len(words))
    return min(len(key), len(words)) >= least and sum(c in words for c in key) >= least


def _headings(flow: Sequence[Flow], free_form: bool, budget: Budget | None) -> list[_Heading]:
    found: list[_Heading] = []
    for at, part in enumerate(flow):
        if budget and at % 256 == 0:
            budget.check()
        if not isinstance(part, Paragraph):
            continue
        text = part.text.strip()
        key, exact = heading_key(text, part.heading)
        if key:
            found.append(_Heading(at, key, tidy(text), exact))
        elif (
            free_form and _FREE_HEADING.match(text) and len(text) <= 40 and text[-1] not in "。；，"
        ):
            found.append(_Heading(at, "", tidy(text), False))
    return _chosen(found, flow)


def _chosen(found: list[_Heading], flow: Sequence[Flow]) -> list[_Heading]:
    """One heading a section: the one with its table below, with official words, with content."""
    best: dict[str, tuple[tuple[bool, bool, bool], _Heading]] = {}
    for i, heading in enumerate(found):
        if not heading.key:
            continue
        end = found[i + 1].at if i + 1 < len(found) else len(flow)
        inside = flow[heading.at + 1 : end]
        tables = {p.table for p in inside if isinstance(p, TableMark)}
        own = {
            "proactive_disclosure": "disclosure",
            "disclosure_on_request": "requests",
            "remedies": "remedies",
        }.get(heading.key, "")
        rank = (own in tables, heading.exact, bool(inside))
        if heading.key not in best or rank > best[heading.key][0]:
            best[heading.key] = (rank, heading)
    kept = {id(h) for _, h in best.values()}
    return [h for h in found if not h.key or id(h) in kept]


# ── title and lead ────────────────────────────────────────────────


def _title_and_lead(flow: Sequence[Flow], prose: Prose) -> str:
    lines = [p for p in flow if isinstance(p, Paragraph) and p.text.strip()]
    at = _title_at(lines)
    if at is None:
        return "\n".join(tidy(p.text) for p in lines)
    title, _before, after = _joined_title(lines, at)
    prose.title = title
    rest: list[str] = []
    same = normalise(title)
    for i, part in enumerate(lines[after:]):
        bare = normalise(part.text)
        dated = _ONLY_DATE.match(bare)
        if dated and i < 4 and prose.titled_on is None:
            prose.titled_on = _day(dated.groups())
        elif not dated and bare and bare not in same:
            rest.append(tidy(part.text))
    kept = list(dict.fromkeys(rest))
    return "\n".join(kept)


def _title_at(lines: Sequence[Paragraph]) -> int | None:
    best, score = None, 0.0
    for i, part in enumerate(lines[:60]):
        text = normalise(part.text)
        if len(text) > 60 or text.endswith(("。", "；", "：", ":")) or ">" in text or "›" in text:
            continue
        found = _TITLE.search(text)
        opens = "政府信息公开" in text and i + 1 < len(lines)
        if not found and not (opens and _TITLE_REST.match(normalise(lines[i + 1].text))):
            continue
        points = 1.0 + ("年度报告" in text) + 2 * bool(re.search(r"20\d\d", text)) + part.heading
        points -= 3 * bool(re.match(r"^(?:当前位置|首页|栏目)", text))
        if points > score:
            best, score = i, points
    return best


def _joined_title(lines: Sequence[Paragraph], at: int) -> tuple[str, int, int]:
    """The title over the lines it takes: agency above, 年度报告 below."""
    text = re.sub(r"^标题[:：]\s*", "", tidy(lines[at].text.replace("\n", "")))
    after = at + 1
    if after < len(lines) and _TITLE_REST.match(normalise(lines[after].text)):
        text += tidy(lines[after].text)
        after += 1
    before = at
    if at and re.match(r"^(?:20\d\d|二〇|政府信息公开|信息公开)", normalise(text)):
        above = normalise(lines[at - 1].text)
        if _AGENCY_LINE.match(above):
            text = tidy(lines[at - 1].text) + text
            before = at - 1
    return re.sub(r"(?<=[\u4e00-\u9fff\d])\s+(?=[\u4e00-\u9fff\d])", "", text), before, after


def _day(parts: Sequence[str]) -> date | None:
    try:
        return date(*(int(p) for p in parts))
    except ValueError:
        return None


# ── the end ───────────────────────────────────────────────────────


def _ending(prose: Prose, last: SectionText | None) -> None:
    """Take contact and signature out of lead and last section."""
    prose.contact = _contact("\n".join([prose.lead, *(s.text for s in prose.sections)]))
    if last is None:
        return
    lines = last.text.split("\n")
    for i, line in enumerate(lines):
        if _AFTER_REPORT.match(normalise(line)):
            lines = lines[:i]
            break
    signed: list[str] = []
    while lines and len(signed) < 4 and _signs(lines[-1], bool(signed)):
        signed.insert(0, lines.pop())
    if signed:
        dated = [m for line in signed if (m := _DATE.search(normalise(line)))]
        prose.signature = Signature("\n".join(signed), _day(dated[-1].groups()) if dated else None)
    prose.sections[-1] = SectionText(last.key, last.title, "\n".join(lines))


def _contact(text: str) -> str | None:
    """The sentence that says where to ask: it names a way to be reached, with a number."""
    looked_at = 0
    for found in _REACHED_BY.finditer(text):
        if found.start() < looked_at:
            continue
        start = max(text.rfind(mark, 0, found.start()) for mark in "。；\n") + 1
        ends = [at for mark in "。\n" if (at := text.find(mark, found.end())) >= 0]
        looked_at = min(ends, default=len(text)) + 1
        sentence = text[start:looked_at]
        if _ASKS_TO_REACH.search(sentence) and re.search(r"\d{3}", sentence):
            return sentence.strip()
    return None


def _signs(line: str, below_signed: bool) -> bool:
    bare = normalise(line)
    if _ONLY_DATE.match(bare):
        return True
    if re.search(r"盖章|签[字章名]|公章", bare) and len(bare) <= 40:
        return True
    if len(bare) <= 45 and _DATE.search(bare) and _DATE.sub("", bare) and bare[-1] in "日号)":
        return bool(_AGENCY_LINE.match(_DATE.sub("", bare).strip("()")))
    return below_signed and bool(_AGENCY_LINE.match(bare))
