"""Requests received and answered, and what reviews and courts made of the answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef
from django.utils import timezone

from gongkai.core.remedies.cases import ResultColumn, result
from gongkai.web.agencies.models import Agency
from gongkai.web.remedies.models import RemedyCase
from gongkai.web.requests.models import DisclosureRequest

from .counting import Line, Measure, Sort
from .spans import Span, day_of


def _received(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    found = DisclosureRequest.objects.filter(
        agency__in=agencies, received_on__range=(span.since, span.until)
    )
    for agency, key, on in found.values_list("agency", "pk", "received_on"):
        yield Line(agency, key, day_of(on))


def _in_time(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    """What ended in the span; and what should have, and has not."""
    found = DisclosureRequest.objects.filter(agency__in=agencies)
    ended = found.filter(concluded_on__range=(span.since, span.until))
    for agency, key, on, late in ended.values_list("agency", "pk", "concluded_on", "late"):
        yield Line(agency, key, day_of(on), good=not late)
    past = found.filter(
        concluded_on=None,
        due_on__range=(span.since, span.until),
        due_on__lt=timezone.localdate(),
    )
    for agency, key, on in past.values_list("agency", "pk", "due_on"):
        yield Line(agency, key, day_of(on), good=False, note="没有办结")


def _corrected(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    closed = RemedyCase.objects.filter(
        agency__in=agencies, original_agency=True, closed_on__range=(span.since, span.until)
    )
    for agency, key, on, ended in closed.values_list("agency", "pk", "closed_on", "result"):
        if result(ended).column is ResultColumn.CORRECTED:
            yield Line(agency, key, day_of(on), good=False)


def _has_ledger(agencies: Sequence[Agency], span: Span) -> set[int]:
    """Who keeps its requests here: with no request and no case at all nothing is known."""
    keys = [agency.pk for agency in agencies]
    own = {"agency": OuterRef("pk")}
    # Asked for the first of each: an agency may hold a hundred thousand.
    held = Agency.objects.filter(pk__in=keys).filter(
        Exists(DisclosureRequest.objects.filter(**own)) | Exists(RemedyCase.objects.filter(**own))
    )
    return set(held.values_list("pk", flat=True))


MEASURES = (
    Measure(
        "requests_received", "新收申请", Sort.COUNT, "件",
        "收到日期在这段时间的政府信息公开申请。", "request", _received,
        "台账里没有本机关的申请", known=_has_ledger,
    ),
    Measure(
        "requests_in_time", "按期答复", Sort.SHARE, "件",
        "这段时间办结的申请里没有逾期的；应当在这段时间答复、到今天还没有办结的，算逾期。",
        "request", _in_time, "没有应当办结的申请", good="按期", bad="逾期", basis="条例第 33 条",
    ),
    Measure(
        "remedies_corrected", "复议诉讼被纠正", Sort.COUNT, "件",
        "这段时间审结、结果是纠正的复议和诉讼；本机关只当复议机关的不算。",
        "remedy", _corrected, "没有申请也没有案件的登记", bad="被纠正", known=_has_ledger,
    ),
)  # fmt: skip
