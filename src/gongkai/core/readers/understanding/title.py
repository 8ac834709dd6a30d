"""The title of a report, over as many lines as it was printed on.

An office sets it in two or three lines: its name above, the year below, or
broken wherever the line was full.  Short lines that stand together are tried
in every grouping; the one that makes the most whole title is it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ...forms.label import normalise, tidy
from ..document import Paragraph

AGENCY_LINE = re.compile(
    r"^[\u4e00-\u9fff（）()]{2,30}(?:政府|委员会|管委会|办公室|办事处|街道|局|厅|部|院|委|办|镇|乡|区|县|市|省|州|盟|旗|"
    r"中心|队|站|所|署|会|社|校|学院|大学|公司|银行)$"
)
_TITLE = re.compile(r"(?:政府信息公开|信息公开|政务公开).{0,12}(?:报告|年报)")
_WHOLE = re.compile(r"政府信息(?:与政务)?公开(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?(?:报告|年报)")
_YEAR = re.compile(r"20\d\d|二[〇○零0][一二三四五六七八九〇○零]{2}")
_CHROME = re.compile(r"^(?:当前位置|首页|栏目|来源|发布)")
_NOT_IN_TITLE = re.compile(r"[。；;，!！?？>›»|]|^\(?[一二三四五六七八九十]{1,2}[、)]")
_LONGEST_LINE, _LONGEST, _MOST_LINES = 40, 70, 4
_LOOKED_AT = 60


class Title(NamedTuple):
    """A title and the lines it stands on, ``start`` to before ``end``."""

    text: str
    start: int
    end: int


def is_title(text: str) -> bool:
    """Whether ``text`` names an annual report."""
    return _TITLE.search(normalise(text)) is not None


def is_whole_title(text: str) -> bool:
    """Whether ``text`` is a title by itself: a name or year, then the words of the report."""
    plain = normalise(text)
    found = _WHOLE.search(plain)
    return bool(
        found
        and found.end() == len(plain)
        and found.start() >= 4
        and len(plain) <= _LONGEST
        and _YEAR.search(plain)
        and not _NOT_IN_TITLE.search(plain)
    )


def find_title(lines: Sequence[Paragraph]) -> Title | None:
    """The title among ``lines``, or None."""
    # A long line is prose: it ends every title, whatever it says.
    bare = [normalise(p.text) if len(p.text) < 100 else "。" for p in lines[:_LOOKED_AT]]
    best: Title | None = None
    most = 0.0
    for start in range(len(bare)):
        joined = ""
        for end in range(start + 1, min(start + _MOST_LINES, len(bare)) + 1):
            line = bare[end - 1]
            if len(line) > (_LONGEST if end == start + 1 else _LONGEST_LINE):
                break
            if _NOT_IN_TITLE.search(line) or (
                joined and _TITLE.search(line) and _YEAR.search(line) and _TITLE.search(joined)
            ):
                break
            joined += line
            if len(joined) > _LONGEST + 20:
                break
            if "公开" not in joined:
                continue
            score = _score(joined, end - start) + lines[start].heading
            if score > most:
                most, best = score, Title(_printed(lines[start:end]), start, end)
    return _with_agency_above(best, lines) if best else None


def _score(text: str, lines: int) -> float:
    """How much of a title ``text`` is: none below 1."""
    found = _TITLE.search(text)
    if not found or _CHROME.match(text):
        return 0.0
    whole = _WHOLE.search(text)
    behind = text[(whole or found).end() :]
    score = 1.0 + 2 * bool(_YEAR.search(text)) + bool(whole) + ("年度报告" in text) / 2
    score -= 0.4 * (lines - 1) + 0.1 * len(behind)
    # What stands before the year or the topic should be a name, or nothing.
    name = re.split(_YEAR, text)[0] if _YEAR.search(text) else text[: found.start()]
    return score + (0.5 if name and AGENCY_LINE.match(name) else 0.0)


def _with_agency_above(title: Title, lines: Sequence[Paragraph]) -> Title:
    """``title`` with the agency's name, or the region's, where it has a line of its own above."""
    text, start = title.text, title.start
    for _ in range(2):
        above = normalise(lines[start - 1].text) if start else ""
        if not above or len(above) > 24 or not AGENCY_LINE.match(above):
            break
        plain = normalise(text)
        opens = re.match(r"^(?:20\d\d|二[〇○零0]|政府信息公开|信息公开)", plain)
        region = re.search(r"(?:省|市|自治区|州|盟|县|区|旗)$", above)
        if not opens and not (
            region and not re.match(r"^[\u4e00-\u9fff]{2,8}[省市州县区旗盟]", plain)
        ):
            break
        text = tidy(lines[start - 1].text.replace("\n", "")) + text
        start -= 1
    return Title(_closed(text), start, title.end)


def _printed(lines: Sequence[Paragraph]) -> str:
    text = "".join(tidy(p.text.replace("\n", "")) for p in lines)
    return _closed(re.sub(r"^标题[:：]\s*", "", text))


def _closed(text: str) -> str:
    """``text`` without spaces for looks between Chinese characters and digits."""
    return re.sub(r"(?<=[\u4e00-\u9fff\d])\s+(?=[\u4e00-\u9fff\d])", "", text)
