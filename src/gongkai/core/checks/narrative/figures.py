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
# A number that goes on to the left is none of ours: 3.5件, a run of digits.
_WITHIN = tuple("0123456789.")
_CLAUSE_END = re.compile(r"[，,。；;：:！？!?（）()“”\n]")
# Bracketed asides without a number: （含申请人主动撤回申请）.  （一） opens a topic and stays.
_ASIDE = re.compile(r"[（(](?![一二三四五六七八九十]{1,3}[）)])[^（）()\d]*[）)]")
_TOPIC = re.compile(r"(?:^|(?<=[\n。；：]))[（(][一二三四五六七八九十\d]{1,3}[）)]")
_ON_REQUESTS = re.compile(r"依申请|申请公开|公开申请")
_LEAD_IN = 300
_FULL_WIDTH = re.compile(r"[０-９％．]")
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

    @cached_property
    def figures(self) -> list[Figure]:
        """Every exact count; 7700余条 and 18万条 are none."""
        found: list[Figure] = []
        previous = 0
        text = self.text
        for match in _NUMBER.finditer(text):
            start, end = match.span()
            since, previous = previous, end
            if match.group(2) or text[start - 1 : start] in _WITHIN:
                continue
            before = _CLAUSE_END.split(text[since:start])[-1]
            found.append(
                Figure(
                    int(match.group(1).replace(",", "")),
                    start,
                    end,
                    before,
                    self.lead_in(start),
                    (before + match.group()).lstrip("、和及与")[-40:],
                )
            )
        return found


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
