"""Prose into title, lead, the six sections, and the lines at the end.

A heading is known by its words, not by its number: agencies number a
sub-heading 二、 inside section one, print a table of contents, or leave the
number to Word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from ...forms import editions
from ...forms.label import label_key, normalise, ordinal, tidy
from ...report import SectionText, Signature
from ..document import Budget, Paragraph
from .dates import find_date, is_only_date
from .lines import Flow, TableMark
from .one_line import part_at_headings
from .title import AGENCY_LINE, find_title, is_title, is_whole_title

_NUMBERED = re.compile(r"^[一二三四五六七八九十]{1,2}$|^第[一二三四五六七八九十]+")
_FREE_HEADING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,2})[、.．：:\s]"
)
_AFTER_REPORT = re.compile(
    r"^(?:附件(?:下载)?|相关(?:链接|附件|文档|阅读)|扫一扫|分享|打印|关闭|上一[篇条]|下一[篇条]|版权所有|主办(?:单位)?|"
    r"承办|网站标识码|.{0,8}ICP备|.{0,6}公网安备|网站地图|联系我们|关于我们|责任编辑|信息来源|浏览次数|【|\[打印)"
)
# Headings that differ in a word or two are taken for the same.
_ALIKE = 0.85
# With fewer headings than this the report is looked through again, less strictly.
_FEW = 3
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
    second: str | None = None

    @cached_property
    def plain_lead(self) -> str:
        """The lead in one typography, without white space."""
        return normalise(self.lead)

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
    flow, prose.second = _before_second(flow)
    headings = _headings(flow, free_form, budget)
    if len(headings) < _FEW:
        flow = part_at_headings(flow, free_form)
        headings = _headings(flow, free_form, budget)
    if len(headings) < _FEW:
        numbered = _headings(flow, free_form, budget, any_number=True)
        headings = numbered if len(numbered) > _FEW else headings
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


def _before_second(flow: Sequence[Flow]) -> tuple[Sequence[Flow], str | None]:
    """``flow`` up to where the title of another report stands, and that title."""
    tables = [at for at, p in enumerate(flow) if isinstance(p, TableMark)]
    # A table of contents also names the last section, but stands before every table.
    last = [
        at
        for at, p in enumerate(flow)
        if isinstance(p, Paragraph) and tables and at > tables[0] and _closes(p.text)
    ]
    if not last:
        return flow, None
    first = find_title([p for p in flow[: last[0]] if isinstance(p, Paragraph)])
    for at in range(last[0] + 1, len(flow)):
        part = flow[at]
        if isinstance(part, Paragraph) and is_whole_title(part.text):
            title = tidy(part.text)
            if first is None or normalise(first.text) != normalise(title):
                return flow[:at], title
    return flow, None


def _closes(text: str) -> bool:
    return heading_key(text.strip())[0] == "other_matters"


def _with_outside_title(prose: Prose, titles: Sequence[str]) -> Prose:
    if prose.title is None:
        for title in titles:
            if is_title(title):
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


def heading_key(text: str, marked: bool = False, any_number: bool = False) -> tuple[str, bool]:
    """The section that a line heads, and whether in the official words; ``("", False)`` if none.

    ``any_number`` also takes 1. and （一）, which sub-headings of section one have too.
    """
    if len(text) > 60 or not text.strip():
        return "", False
    number = ordinal(text)
    if number and not any_number and not _NUMBERED.match(number):
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


def _headings(
    flow: Sequence[Flow], free_form: bool, budget: Budget | None, any_number: bool = False
) -> list[_Heading]:
    found: list[_Heading] = []
    for at, part in enumerate(flow):
        if budget and at % 256 == 0:
            budget.check()
        if not isinstance(part, Paragraph):
            continue
        text = part.text.strip()
        key, exact = heading_key(text, part.heading, any_number)
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
    found = find_title(lines)
    if found is None:
        return "\n".join(tidy(p.text) for p in lines)
    prose.title = found.text
    rest: list[str] = []
    same = normalise(found.text)
    for i, part in enumerate(lines[found.end :]):
        bare = normalise(part.text)
        dated = find_date(bare) if is_only_date(bare) else None
        if dated and i < 4 and prose.titled_on is None:
            prose.titled_on = dated.day
        elif not dated and bare and bare not in same:
            rest.append(tidy(part.text))
    return "\n".join(dict.fromkeys(rest))


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
        dated = [found for line in signed if (found := find_date(normalise(line)))]
        prose.signature = Signature("\n".join(signed), dated[-1].day if dated else None)
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
    if is_only_date(bare):
        return True
    if re.search(r"盖章|签[字章名]|公章", bare) and len(bare) <= 40:
        return True
    dated = find_date(bare) if len(bare) <= 45 else None
    if dated and dated.start == 0 and bare[dated.end :] in ("印发", "发布", "公布"):
        return True
    if dated and dated.end == len(bare.rstrip(")")):
        return bool(AGENCY_LINE.match(bare[: dated.start].strip("()")))
    return below_signed and bool(AGENCY_LINE.match(bare))
