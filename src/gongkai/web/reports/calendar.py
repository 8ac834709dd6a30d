"""The year's calendar of an agency and of a region: what is due when, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from gongkai.core.law import cite
from gongkai.core.report.calendar import Level, Who, YearlyDay, gathering_day, yearly_days
from gongkai.web.agencies.models import Agency, Kind

from .due import Due, Dues
from .due_days import given_back, handed_in
from .models import AnnualReport, Submission
from .standing import reporting_to

_SOON = 20
_MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One day: what, on what basis, when it was done, how it stands."""

    on: date
    what: str
    basis: str
    note: str = ""
    done_on: date | None = None
    words: str = ""
    look: str = ""


def of_agency(agency: Agency, year: int, today: date) -> list[Line]:
    """The days of an agency's own report."""
    due = Dues([year]).of(agency, year)
    lines = [_close(one, year, today) for one in _days(Who.AGENCY, year)]
    if due.limit is not None:
        on = due.limit.submit_by
        sent = _handed_in_on(agency, year)
        basis = f"{due.limit.to.short_name}定"
        lines.append(_line(on, on, "报送主管部门", basis, due.limit.note, sent, today))
    lines.append(_own(due, _published_on(agency, year), today))
    return sorted(lines, key=lambda line: line.on)


def of_region(government: Agency, year: int, today: date) -> list[Line]:
    """The days of a competent department: collect, add up, send upward, publish."""
    dues = Dues([year])
    lines = [_close(one, year, today) for one in _days(Who.AGENCY, year)]
    below = reporting_to(government, year)
    inside, returned = handed_in(year), given_back(year)
    by_day: dict[tuple[date, date, str], list[Agency]] = {}
    for agency in below:
        if agency.kind == Kind.GOVERNMENT:
            continue
        due = dues.of(agency, year)
        by_day.setdefault((due.on, due.late_after, due.basis), []).append(agency)
    for (on, late_after, basis), agencies in sorted(by_day.items(), key=lambda one: one[0][0]):
        left = [one for one in agencies if one.pk not in inside | returned]
        mended = [one for one in agencies if one.pk in returned]
        line = _collected(on, late_after, basis, agencies, left, today)
        if mended:
            note = f"{line.note}{'；' if line.note else ''}退回在改：{_names(mended)}"
            words, look = (line.words, line.look) if left else ("退回在改", "back")
            line = replace(line, note=note, words=words, look=look)
        lines.append(line)
    published = _published_on(government, year)
    gathered = dues.gathered(government, year)
    if gathered is not None:
        lines.append(_of_day(gathered, year, published, today))
    lines.append(_own(dues.of(government, year), published, today))
    return sorted(lines, key=lambda line: line.on)


def gathering_days(year: int) -> list[tuple[str, date]]:
    """The day of each level, for who has not said which is his."""
    found = ((level, gathering_day(level, year)) for level in Level)
    return [(level.label, one.on(year)) for level, one in found if one is not None]


def level_of(government: Agency) -> Level | None:
    """On which level a government stands, where it is set."""
    return Dues([]).level_of(government)


def _days(who: Who, year: int) -> list[YearlyDay]:
    return [one for one in yearly_days(year) if one.who is who]


def _close(day: YearlyDay, year: int, today: date) -> Line:
    on = day.on(year)
    words = "已经过了" if today > on else f"还有 {(on - today).days} 天"
    return Line(on, day.label, cite(day.basis), day.note, words=words)


def _own(due: Due, done_on: date | None, today: date) -> Line:
    legal = due.legal
    basis = cite(legal.basis) if legal.settled else f"参照{cite(legal.basis)}"
    last = legal.lapsed_after(due.year)
    return _line(due.legal_on, last, legal.label, basis, legal.note, done_on, today)


def _of_day(day: YearlyDay, year: int, done_on: date | None, today: date) -> Line:
    on = day.on(year)
    return _line(on, on, day.label, cite(day.basis), day.note, done_on, today)


def _collected(
    on: date, late_after: date, basis: str, agencies: list[Agency], left: list[Agency], today: date
) -> Line:
    what = f"收各机关的报告（{len(agencies)} 个）"
    if not left:
        return Line(on, what, basis, "", words="都已报送", look="ok")
    words, look = _waiting(on, late_after, today)
    return Line(on, what, basis, f"还差 {len(left)} 个：{_names(left)}", words=words, look=look)


def _names(agencies: list[Agency]) -> str:
    listed = "、".join(one.short_name for one in agencies[:_MOST_NAMES])
    return f"{listed}等" if len(agencies) > _MOST_NAMES else listed


def _line(
    on: date, late_after: date, what: str, basis: str, note: str, done_on: date | None, today: date
) -> Line:
    if done_on is not None:
        late = done_on > late_after
        words, look = ("逾期办的", "bad") if late else ("已办", "ok")
        return Line(on, what, basis, note, done_on, words, look)
    words, look = _waiting(on, late_after, today)
    return Line(on, what, basis, note, None, words, look)


def _waiting(on: date, late_after: date, today: date) -> tuple[str, str]:
    left = (on - today).days
    if today > late_after:
        return f"过了 {-left} 天", "bad"
    if left < 0:
        return "还没有办", "warn"
    if left == 0:
        return "今天到期", "bad"
    return f"还有 {left} 天", "warn" if left <= _SOON else ""


def _handed_in_on(agency: Agency, year: int) -> date | None:
    """When the report first went up."""
    sent = Submission.objects.filter(version__report__agency=agency, version__report__year=year)
    first = sent.order_by("pk").values_list("submitted_at", flat=True).first()
    return timezone.localdate(first) if first else None


def _published_on(agency: Agency, year: int) -> date | None:
    """When the report first came out."""
    report = AnnualReport.objects.filter(agency=agency, year=year).select_related("item").first()
    if report is None or report.item is None or report.item.first_published_at is None:
        return None
    return timezone.localdate(report.item.first_published_at)
