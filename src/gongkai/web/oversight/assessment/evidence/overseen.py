"""What the watch found, what became of it, and what was done so that work goes well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.concerns.models import Concern
from gongkai.web.oversight.concerns.standing import standing_of
from gongkai.web.oversight.measures.models import (
    Accountability,
    AppraisalAnswer,
    AppraisalState,
    Training,
)
from gongkai.web.oversight.measures.questionnaire import SATISFIED, SCALE, UNKNOWN
from gongkai.web.oversight.rectification.models import CheckState, RectificationTask, TaskState
from gongkai.web.oversight.rectification.months import months_of, watched
from gongkai.web.oversight.watching.models import Standing, Watch, WatchFinding

from .counting import Line, Measure, Sort
from .spans import Length, Span, day_of, span_of

_COLUMNS = (
    "watch.column_stale",
    "watch.column_stale_by_default",
    "watch.column_blank",
    "watch.column_blank_promised",
)


def _months(span: Span) -> list[Span]:
    """The months that end in the span, and are over."""
    found, month = [], span_of(span.since, Length.MONTH)
    while month.until <= min(span.until, timezone.localdate() - timedelta(days=1)):
        found.append(month)
        month = span_of(month.until + timedelta(days=1), Length.MONTH)
    return found


def _stale(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    """Each column that stood still, or empty, at the end of a month: once for each month."""
    for month in _months(span):
        end = month.moments[1]
        found = WatchFinding.objects.filter(
            Q(mended_at=None) | Q(mended_at__gte=end),
            agency__in=agencies,
            rule__in=_COLUMNS,
            found_at__lt=end,
        ).exclude(state=Standing.SET_ASIDE)
        for agency, key in found.values_list("agency", "pk"):
            yield Line(agency, key, month.until, good=False)


def _found(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    since, until = span.moments
    found = WatchFinding.objects.filter(
        agency__in=agencies, found_at__gte=since, found_at__lt=until, severity__in=_TOLD
    ).exclude(state=Standing.SET_ASIDE)
    for agency, key, at, state in found.values_list("agency", "pk", "found_at", "state"):
        yield Line(agency, key, day_of(at), good=state == Standing.MENDED)


# A note is told and no fault.
_TOLD = ("error", "warning")


def _watched(agencies: Sequence[Agency], span: Span) -> set[int]:
    """Over whom a watch ran to its end in the span."""
    since, until = span.moments
    ran = Watch.objects.filter(
        ended_at__gte=since, started_at__lt=until, trouble=""
    ).select_related("agency")
    tops = {one.agency for one in ran}
    return {a.pk for a in agencies if any(top is None or a.is_under(top) for top in tops)}


def _ordered(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    since, until = span.moments
    found = RectificationTask.objects.filter(
        agency__in=agencies, ordered_at__gte=since, ordered_at__lt=until
    ).exclude(state__in=(TaskState.NO_FAULT, TaskState.WITHDRAWN))
    for agency, key, at in found.values_list("agency", "pk", "ordered_at"):
        yield Line(agency, key, day_of(at))


def _confirmed(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    since, until = span.moments
    found = RectificationTask.objects.filter(
        agency__in=agencies, state=TaskState.CONFIRMED, closed_at__gte=since, closed_at__lt=until
    )
    for agency, key, at in found.values_list("agency", "pk", "closed_at"):
        yield Line(agency, key, day_of(at))


def _rectified(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    """Tasks whose day is in the span: reported done by then, and not sent back since; or not."""
    found = RectificationTask.objects.filter(
        agency__in=agencies, due_on__range=(span.since, span.until)
    ).exclude(state__in=(TaskState.NO_FAULT, TaskState.WITHDRAWN))
    today = timezone.localdate()
    for agency, key, due, at, state in found.values_list(
        "agency", "pk", "due_on", "done_at", "state"
    ):
        done = at is not None and state in (TaskState.DONE, TaskState.CONFIRMED)
        if done:
            yield Line(agency, key, due, good=day_of(at) <= due)
        elif due < today:
            yield Line(agency, key, due, good=False, note="没有改好")


def _self_checked(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    """The months whose self-check was to be signed by a day in the span."""
    first = span_of(span.since - timedelta(days=1), Length.MONTH).since
    asked = [one.since for one in (span_of(first, Length.MONTH), *_months(span))]
    today = timezone.localdate()
    for one in months_of(agencies, [month for month in asked if watched(month)]):
        began, ended = one.agency.began_on, one.agency.ended_on
        if (began and began >= one.due_on) or (ended and ended <= one.due_on):
            continue
        signed = one.check is not None and one.check.state == CheckState.SIGNED
        if not span.since <= one.due_on <= span.until or (one.due_on >= today and not signed):
            continue
        on = day_of(one.check.signed_at) if one.check is not None and signed else None
        label = f"{one.month.year}年{one.month.month}月自查"
        note = f"{on} 签字，最迟 {one.due_on}" if on else f"{label}到 {one.due_on} 没有签字"
        key = one.check.pk if one.check is not None else 0
        good = on is not None and on <= one.due_on
        yield Line(one.agency.pk, key, one.due_on, good=good, note=note)


def _answered(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    """Matters of concern that began in the span and were this agency's to answer."""
    since, until = span.moments
    found = Concern.objects.filter(
        agency__in=agencies, began_at__gte=since, began_at__lt=until
    ).prefetch_related("releases")
    for one in standing_of(found, timezone.now()):
        concern = one.concern
        if one.asked and (one.late or concern.releases.all()):
            yield Line(concern.agency_id, concern.pk, day_of(concern.began_at), good=not one.late)


def _trained(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    held = _trainings(agencies, span)
    for agency, key, on in held.values_list("agency", "pk", "held_on"):
        yield Line(agency, key, on)


def _hours(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    held = _trainings(agencies, span).exclude(hours=None)
    for agency, key, on, hours in held.values_list("agency", "pk", "held_on", "hours"):
        yield Line(agency, key, on, amount=hours or Decimal(0))


def _trainings(agencies: Sequence[Agency], span: Span) -> QuerySet[Training]:
    return Training.objects.filter(
        agency__in=agencies, removed_at=None, held_on__range=(span.since, span.until)
    )


def _satisfied(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    """What was answered to the last question, which asks the whole; who does not know is left out."""
    answers = AppraisalAnswer.objects.filter(
        agency__in=agencies,
        appraisal__closes_on__range=(span.since, span.until),
        appraisal__state__in=(AppraisalState.CLOSED, AppraisalState.PUBLISHED),
    ).select_related("appraisal")
    for one in answers.order_by("pk"):
        rating = one.ratings.get(one.appraisal.questions[-1]["key"], UNKNOWN)
        if rating != UNKNOWN:
            on = one.appraisal.closes_on
            yield Line(one.agency_id, 0, on, good=rating in SATISFIED, note=SCALE[rating])


def _held_to_account(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    found = Accountability.objects.filter(
        agency__in=agencies, removed_at=None, decided_on__range=(span.since, span.until)
    )
    for agency, key, on in found.values_list("agency", "pk", "decided_on"):
        yield Line(agency, key, on, good=False)


_UNWATCHED = "这段时间没有巡检过"

MEASURES = (
    Measure(
        "columns_stale", "栏目没有更新", Sort.COUNT, "栏次",
        "每月最后一天没有按期更新、或者空白的栏目，每月算一次；判定不是问题的不算。",
        "finding", _stale, _UNWATCHED, bad="没有更新", known=_watched, basis="条例第 19 条、第 24 条",
    ),
    Measure(
        "findings_found", "巡检发现", Sort.COUNT, "项",
        "这段时间巡检发现的差错和提示；判定不是问题的不算。",
        "finding", _found, _UNWATCHED, good="已改好", bad="没有改好", known=_watched,
    ),
    Measure(
        "findings_mended", "发现的问题已改好", Sort.SHARE, "项",
        "这段时间巡检发现的差错和提示里，到取数时已经改好的。",
        "finding", _found, "没有巡检发现", good="已改好", bad="没有改好",
    ),
    Measure(
        "tasks_ordered", "督办整改", Sort.COUNT, "件",
        "这段时间列入的整改，判定不是问题的、撤回的不算。", "task", _ordered, _UNWATCHED,
        known=_watched,
    ),
    Measure(
        "tasks_confirmed", "整改已确认", Sort.COUNT, "件",
        "这段时间由另一人确认改好的整改。", "task", _confirmed, _UNWATCHED, known=_watched,
    ),
    Measure(
        "tasks_in_time", "整改按期", Sort.SHARE, "件",
        "期限在这段时间的整改里，期限以前报改好、没有被退回的。",
        "task", _rectified, "没有到期的整改", good="按期", bad="逾期", basis="条例第 47 条",
    ),
    Measure(
        "self_checks_in_time", "每月自查", Sort.SHARE, "次",
        "签字期限在这段时间的栏目自查里，期限以前签字的。",
        "self_check", _self_checked, "没有到期的自查", good="按期", bad="逾期、没有签字",
    ),
    Measure(
        "concerns_in_time", "关切回应按时", Sort.SHARE, "件",
        "这段时间起算、要由本机关回应的关切里，已经回应或者已经超时的，没有超时的占多少。",
        "concern", _answered, "没有登记要回应的关切", good="按时", bad="超时",
    ),
    Measure(
        "trainings", "培训次数", Sort.COUNT, "次", "这段时间登记的培训。", "training", _trained,
        "没有登记培训", basis="条例第 48 条",
    ),
    Measure(
        "training_hours", "培训学时", Sort.SUM, "学时",
        "这段时间登记的培训的学时，没有写学时的不算。", "training", _hours, "没有登记培训的学时",
        basis="条例第 48 条",
    ),
    Measure(
        "appraisal_satisfied", "社会评议满意", Sort.SHARE, "份",
        "这段时间结束的社会评议里，最后一题选“满意”“比较满意”的；选“不了解”的不算。",
        "answer", _satisfied, "没有结束的社会评议", good="满意", bad="不满意、一般",
        basis="条例第 46 条",
    ),
    Measure(
        "accountability", "责任追究", Sort.COUNT, "次", "这段时间登记的责任追究。",
        "accountability", _held_to_account, "没有登记责任追究", bad="追究",
        basis="条例第 47 条、第 51 条至第 53 条",
    ),
)  # fmt: skip
