"""Whether a guide (指南, art. 12) still tells the Regulation of 2007, or another telephone.

Only what can be nothing else is called old: fifteen working days are a reply's limit of then, and
a third party's of now; order 492 is named in the history of the Regulation in force, beside 711.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from ..finding import Finding
from ..rules import find

_SENTENCE = re.compile(r"[^。；;\n]+")
_FIFTEEN = re.compile(r"(?:15|十五|１５)\s*个?工作日")
_REPLY = re.compile(r"答复|予以公开|办理完毕")
_OTHERS = re.compile(r"第三方|征求|其他机关|共同制作|延长|补正|缴|不超过\s*(?:15|十五)")
_NEEDS = re.compile(r"自身生产、?\s*生活、?\s*科研等?特殊需要|[“\"]?三需要[”\"]?")
_NO_LONGER = re.compile(r"不再|取消|删去|无需|不得|不需要")
_OLD_ORDER = re.compile(r"(?:国务院令)?第?\s*492\s*号")
_COSTS = re.compile(r"检索费|复制费|检索、复制、邮寄")
_TELEPHONE = re.compile(
    r"(?:联系电话|咨询电话|受理电话|办公电话)(?:号码)?[：:\s]{0,3}([\d（）()\s—–-]{7,20}\d)"
)


def old_rules(title: str, text: str) -> Iterator[Finding]:
    """What the text still says of the Regulation of 2007, each kind once."""
    told: set[str] = set()
    for match in _SENTENCE.finditer(text):
        sentence = match.group().strip()
        for kind, why in _old_in(sentence, text):
            if kind not in told:
                told.add(kind)
                yield find("watch.guide_old_rules", title=title, quote=sentence[:80], why=why)


def _old_in(sentence: str, text: str) -> Iterator[tuple[str, str]]:
    if _FIFTEEN.search(sentence) and _REPLY.search(sentence) and not _OTHERS.search(sentence):
        yield "fifteen", "现行条例第三十三条是 20 个工作日"
    if _NO_LONGER.search(sentence):
        return
    if _NEEDS.search(sentence):
        yield "needs", "2019 年修订的条例已经取消“三需要”"
    if _COSTS.search(sentence) and "收" in sentence:
        yield "costs", "现行条例第四十二条不收检索、复制、邮寄费"
    if _OLD_ORDER.search(sentence) and "711" not in text:
        yield "order", "现行条例是国务院令第 711 号"


def other_telephone(title: str, text: str, own: str, known: Iterable[str]) -> Finding | None:
    """A telephone that no agency has, in a guide that does not give its own agency's anywhere."""
    said = [match.group(1).strip() for match in _TELEPHONE.finditer(text)]
    mine = _digits(own)
    if not mine or not said or mine in _digits(text):
        return None
    others = {_digits(number) for number in known}
    strange = [number for number in said if _digits(number) not in others]
    if not strange:
        return None
    return find("watch.guide_differs", title=title, said=strange[0], known=own)


def not_renewed(title: str, updated: date, changes: Iterable[tuple[date, str]]) -> Finding | None:
    """The first change of the agency that the guide came before."""
    later = sorted(change for change in changes if change[0] > updated)
    if not later:
        return None
    return find(
        "watch.guide_not_renewed",
        title=title,
        updated=updated.isoformat(),
        changed=later[0][0].isoformat(),
        what="、".join(dict.fromkeys(what for _, what in later)),
    )


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
