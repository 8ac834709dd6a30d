"""Claims that there was none: 未收到政府信息公开申请, 无行政诉讼 (P-1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...finding import Finding
from ...forms import Form
from ...report import AnnualReport
from ...rules import find
from .figures import Figure, Passage
from .measures import Measure, measures
from .scope import elsewhere, part_meant
from .tables import printed, readings, unread_cells

_FIRST = re.compile(r"[未没尚无不]")
_CLAIM = re.compile(
    r"(?:(?:未|没有|尚无|无|不存在)"
    r"(?:收到|接到|接收|受理|发生|产生|出现|引发|被提起|被申请|发现|制发|印发|出台|制定|下发|发布|有过?)"
    r"|没有|不存在|(?<![有毫])无(?!正当|法|人|偿|需|关|论|锡|障碍|缝|现成))"
    r"([^，。；：！？\n]{2,40})"
)
_REQUESTS = re.compile(r"依申请公开|信息公开(?:的)?申请|公开申请|^申请")
# An application that only qualifies what follows: 因申请公开引发的行政复议.
_QUALIFIES = re.compile(r"申请(?!、|和|及|以及|或|与|也|件|事项|情况|$)")
_NARROWER = re.compile(
    r"费|败诉|纠错|纠正|撤销|逾期|超期|延期|不予|部分公开|法人|企业|结转|重复|大量|投诉举报类|"
    r"信访类|异议|上年|去年|遗留|积压|因收|维持|现成"
)

_ANYBODY = re.compile(r"公民、法人(?:和|或者?|及|以及|与)其[他它]组织")
# Rows denied by their own words and no others.
_REST = r"(?:的)?(?:依申请公开)?(?:政府信息公开)?(?:申请|件|事项|情况|情形|答复|决定)?"
_EXACT = (
    (
        re.compile(
            rf"(?:没有|无|不存在)(?:需要?)?结转(?:至|到)?下一?年度?(?:继续)?(?:办理|答复)?{_REST}"
        ),
        "carried_out",
    ),
    (re.compile(rf"(?:没有|无|不存在|(?:未|没有)(?:出现|发生|作出))不予公开{_REST}"), "不予公开"),
)
_ZERO = re.compile(
    r"(?:(?:(?<=[，。；\n年])|(?<=公开|年度)|^)申请(?:总?量|数|数量|件数)|"
    r"(?:行政)?复议(?:案件)?[、和及与](?:行政)?诉讼(?:案件)?(?:数量?|件数|情况)?)均?为(?:零|0)(?![.\d件起宗例])"
)


def absences(
    report: AnnualReport, form: Form, told: list[Passage], unread: dict[str, None]
) -> Iterator[Finding]:
    """Findings on every claim of none where the table counts some."""
    known = measures(form)
    for passage in told:
        for match in _claims(passage.text):
            for name in _denied(passage, match):
                yield from _compared(report, form, passage, match, known[name], unread)
        if "为零" in passage.text or "为0" in passage.text:
            for match in _ZERO.finditer(passage.text):
                if passage.is_on_requests(match.end()) or passage.section == "remedies":
                    for name in _zero(match.group()):
                        yield from _compared(report, form, passage, match, known[name], unread)


def _denied(passage: Passage, match: re.Match[str]) -> list[str]:
    """The measures a claim of none denies, or none where it is of some kind only."""
    words = match.group(1)
    if passage.is_on_requests(match.end()):
        for exact, name in _EXACT:
            if exact.fullmatch(match.group()):
                return [name]
    return [] if _NARROWER.search(_ANYBODY.sub("", words)) else _claimed(passage, match.group())


def _zero(claim: str) -> list[str]:
    if "申请" in claim:
        return ["new"]
    return [
        name for word, name in (("复议", "reconsideration"), ("诉讼", "suits")) if word in claim
    ]


def _claims(text: str) -> Iterator[re.Match[str]]:
    """Every claim of none; a plain scan for its first letter is ten times the faster."""
    end = 0
    for first in _FIRST.finditer(text):
        claim = _CLAIM.match(text, first.start()) if first.start() >= end else None
        if claim is not None:
            end = claim.end()
            yield claim


def _claimed(passage: Passage, claim: str) -> list[str]:
    """The measures a claim denies."""
    if "规范性文件" in claim:
        return ["issued"] if re.search(r"制发|印发|出台|制定|下发|发布", claim) else []
    if "解读" in claim or "意见" in claim:
        return []
    found: list[str] = []
    if "复议" in claim:
        found.append("reconsideration")
    if "诉讼" in claim or "起诉" in claim:
        found.append("suits")
    if found and passage.section not in ("remedies", "disclosure_on_request"):
        concerned = "信息公开" in claim or passage.is_on_requests(len(passage.text))
        found = found if concerned else []
    asked = re.search(r"依申请公开|信息公开申请|公开申请", claim)
    if asked is None and passage.section == "disclosure_on_request":
        asked = re.search(r"申请", claim)
    if asked and not (found and _QUALIFIES.search(claim, asked.start())):
        found.insert(0, "new")
    return found


def _compared(
    report: AnnualReport,
    form: Form,
    passage: Passage,
    match: re.Match[str],
    measure: Measure,
    unread: dict[str, None],
) -> Iterator[Finding]:
    known = readings(report, form, measure)
    if not known:
        unread.update(dict.fromkeys(unread_cells(report, measure)))
        return
    cells, value = known[0]
    lead_in = passage.lead_in(match.start())
    figure = Figure(0, match.start(), match.end(), lead_in[-20:], lead_in, match.group())
    if not value or elsewhere(report, figure):
        return
    facts = {
        "section": passage.heading,
        "quote": match.group(),
        "number": 0,
        "table": printed(report, form, cells),
    }
    scope = part_meant(report, figure)
    if scope:
        yield find("narrative.other_scope", *cells, scope=scope, **facts)
    else:
        yield find("narrative.absence_contradicted", *cells, **facts)
