"""Acts of the competent department: days of its own for handing in, and how it collects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Subject, record
from gongkai.web.policies import Actor, Forbidden

from ..due import latest_limit
from ..models import Collecting, Level, ReportLimit
from ..standing import reporting_to

_MOST_DAYS = 60


@transaction.atomic
def set_limit(
    actor: Actor, to: Agency, year: int, submit_by: date, agency: Agency | None = None,
    note: str = "",
) -> ReportLimit:  # fmt: skip
    """Reports of ``year`` are handed in by that day, by one agency or by all."""
    who = actor.require("report.collect", to)
    if agency is not None and agency not in reporting_to(to, year):
        raise Forbidden(f"{agency.short_name}{year}年度的报告不向{to.short_name}报送。")
    last = latest_limit(agency, year)
    if submit_by > last:
        raise Forbidden(f"不能晚于 {last}：这是法定的日子，报送时限只能提前。")
    if submit_by <= date(year, 12, 31):
        raise Forbidden(f"统计到 {year} 年 12 月 31 日，报送时限从 {year + 1} 年 1 月 1 日起。")
    before = ReportLimit.objects.filter(to=to, year=year, agency=agency).first()
    limit, _ = ReportLimit.objects.update_or_create(
        to=to, year=year, agency=agency,
        defaults={"submit_by": submit_by, "note": note.strip()[:300], "set_by": actor.person,
                  "set_at": timezone.now()},
    )  # fmt: skip
    record(
        "report.set_limit",
        _subject(limit),
        who,
        reason=limit.note,
        before={"submit_by": before.submit_by} if before else {},
        after={"submit_by": submit_by, "year": year},
    )
    return limit


@transaction.atomic
def lift_limit(actor: Actor, limit: ReportLimit) -> None:
    """The law's own day holds again."""
    who = actor.require("report.collect", limit.to)
    record("report.lift_limit", _subject(limit), who, before={"submit_by": limit.submit_by})
    limit.delete()


@transaction.atomic
def change_collecting(
    actor: Actor, government: Agency, level: str, reminder_days: Sequence[int]
) -> Collecting:
    """On which level the government stands, and when its agencies are reminded."""
    who = actor.require("report.collect", government)
    if level and level not in Level.values:
        raise Forbidden("级别选县级、地市级或者省级。")
    if any(not 0 <= days <= _MOST_DAYS for days in reminder_days):
        raise Forbidden(f"提前提醒的天数写 0 到 {_MOST_DAYS} 的整数。")
    settings, _ = Collecting.objects.get_or_create(government=government)
    before = {"level": settings.level, "reminder_days": settings.reminder_days}
    settings.level = level
    settings.reminder_days = sorted(set(reminder_days), reverse=True)
    settings.save()
    record(
        "report.collecting",
        Subject("collecting", str(settings.pk), str(settings)),
        who,
        before=before,
        after={"level": level, "reminder_days": settings.reminder_days},
    )
    return settings


def _subject(limit: ReportLimit) -> Subject:
    return Subject("report_limit", str(limit.pk), str(limit))
