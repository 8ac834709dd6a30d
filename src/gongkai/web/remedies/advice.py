"""What the law says of the way that was taken, for the answer and for the lawyers of the house.

A court does not hear what goes to reconsideration first (复议法 art. 23; 法释〔2025〕8号 art. 10).
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.core.handling.outcomes import Remedy
from gongkai.core.remedies.cases import RemedyKind
from gongkai.core.remedies.means import Means, means
from gongkai.web.requests.models import DisclosureRequest

from .models import RemedyCase


def means_of(request: DisclosureRequest) -> tuple[Means, ...]:
    """What may be done against the reply of a request; none where it has none."""
    if not request.outcome or request.concluded_on is None:
        return ()
    return means(request.outcome, request.concluded_on)


def advice_of(case: RemedyCase) -> list[str]:
    """What is to be looked at in this case."""
    return list(_advice(case))


def _advice(case: RemedyCase) -> Iterator[str]:
    if not case.original_agency:
        yield "本机关只作复议机关参加，不计入本机关的表四。"
    if case.request is None:
        return
    open_ways = means_of(case.request)
    remedies = {one.remedy for one in open_ways}
    if case.remedy_kind is RemedyKind.DIRECT_SUIT:
        if Remedy.RECONSIDERATION_FIRST in remedies:
            part = "不公开的部分" if len(open_ways) > 1 else "这个答复"
            yield f"{part}应当先申请行政复议（行政复议法第二十三条），可以提请法院裁定不予立案。"
        elif Remedy.NOT_ACCEPTED_BY_COURT in remedies:
            yield "这个结果，法院裁定不予立案（法释〔2025〕8号第十条），可以在答辩状里提出。"
    for one in open_ways:
        if one.confirm:
            yield one.confirm
