"""The numbers in the prose, each with the words that tell what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

_UNIT = "件起宗例份条部个次"
_NUMBER = re.compile(
    rf"([0-9]{{1,9}}(?:,[0-9]{{3}}){{0,2}})((?:\.\d+)?[万千百余多]*)([{_UNIT}])(?!次)"
)
# 二十九件; 一件 is rather said of any one, 第三件 and 三件大事 of none.
_CHINESE = re.compile(
    r"(?<![第每数几上近余约多万亿\d.一二三四五六七八九十百千两零〇])"
    r"([一二三四五六七八九两十百千零]{2,8}|[二三四五六七八九两十])[件起宗]"
    r"(?=[，,。；;、：:（(\n]|$|申请|政府信息|依申请)"
)
_DIGIT = "[一二三四五六七八九两]"
_PLACES = re.compile(rf"(?:({_DIGIT})千零?)?(?:({_DIGIT})百零?)?(?:({_DIGIT}?)(十))?({_DIGIT})?")
# A number that goes on to the left is none of ours: 3.5件, a run of digits.
_WITHIN = tuple("0123456789.")
_CLAUSE_END = re.compile(r"[，,。；;：:！？!?（）()“”\n]")
# Bracketed asides without a number: （含申请人主动撤回申请）.  （一） opens a topic and stays.
_ASIDE = re.compile(r"[（(](?![一二三四五六七八九十]{1,3}[）)])[^（）()\d]*[）)]")
_TOPIC = re.compile(r"(?:^|(?<=[\n。；：]))[（(][一二三四五六七八九十\d]{1,3}[）)]")
_ON_REQUESTS = re.compile(r"依申请|申请公开|公开申请")
_LEAD_IN = 300
_FULL_WIDTH = re.compile(r"[０-９％．]")
_DIGITS = {**{d: n for n, d in enumerate("一二三四五六七八九", 1)}, "两": 2}
_HALF_WIDTH = str.maketrans("０１２３４５６７８９％．", "0123456789%.")


class Figure(NamedTuple):
    """A number with its unit word.

    ``before`` are the words of its clause that come before it (and after the
    number before it); ``lead_in`` those of its sentence; ``quote`` what to show.
    ``start`` and ``end`` are offsets in the passage.
    """

    number: int
    start: int
    end: int
    before: str
    lead_in: str
    quote: str


@dataclass(frozen=True)
class Passage:
    """Prose on one topic, e.g. from （二）依申请公开 to （三）, without white space."""

    section: str
    heading: str
    text: str

    def is_on_requests(self, at: int) -> bool:
        """Whether requests for information are what is spoken of before ``at``."""
        return self.section == "disclosure_on_request" or self._requests_from < at

    def lead_in(self, at: int) -> str:
        """The words of the sentence before ``at``, of a very long one the last."""
        since = max(0, at - _LEAD_IN)
        sentence = max(self.text.rfind("。", since, at), self.text.rfind("\n", since, at)) + 1
        return self.text[max(sentence, since) : at]

    @cached_property
    def _requests_from(self) -> int:
        found = _ON_REQUESTS.search(self.text)
        return found.start() if found else len(self.text)

    def _numbers(self) -> list[re.Match[str]]:
        found = list(_NUMBER.finditer(self.text))
        told = list(_CHINESE.finditer(self.text))
        return sorted(found + told, key=lambda m: m.start()) if told else found

    @cached_property
    def figures(self) -> list[Figure]:
        """Every exact count; 7700余条 and 18万条 are none."""
        found: list[Figure] = []
        previous = 0
        text = self.text
        for match in self._numbers():
            start, end = match.span()
            since, previous = previous, end
            exact = match.re is _CHINESE or not match.group(2)
            if not exact or text[start - 1 : start] in _WITHIN:
                continue
            number = _value(match.group(1))
            if number is None:
                continue
            before = _CLAUSE_END.split(text[since:start])[-1]
            found.append(
                Figure(
                    number,
                    start,
                    end,
                    before,
                    self.lead_in(start),
                    (before + match.group()).lstrip("、和及与")[-40:],
                )
            )
        return found


def _value(digits: str) -> int | None:
    """``1,293`` or ``二十九`` as a number; None for what is none, as 十二三."""
    if digits[0] in "0123456789":
        return int(digits.replace(",", ""))
    places = _PLACES.fullmatch(digits)
    if places is None:
        return None
    thousands, hundreds, tens, ten, ones = places.groups()
    values = [_DIGITS.get(d or "", 0) for d in (thousands, hundreds, tens, ones)]
    values[2] = values[2] or (1 if ten else 0)
    return values[0] * 1000 + values[1] * 100 + values[2] * 10 + values[3]


def passages(section: str, heading: str, text: str) -> list[Passage]:
    """The text of one section cut where a topic （一） opens."""
    joined = _joined(text)
    starts = [0, *(m.start() for m in _TOPIC.finditer(joined)), len(joined)]
    return [Passage(section, heading, joined[a:b]) for a, b in pairwise(starts) if b > a]


def _joined(text: str) -> str:
    """White space gone, lines that break within a sentence joined."""
    out: list[str] = []
    for line in text.splitlines():
        bare = "".join(line.split())
        if bare:
            out.append(bare if bare[-1] not in "。；：！？" else bare + "\n")
    joined = "".join(out)
    if _FULL_WIDTH.search(joined):
        joined = joined.translate(_HALF_WIDTH)
    return _ASIDE.sub("", joined)
