"""What is to be answered by a day: requests, complaints and the like, annual reports."""

from __future__ import annotations

from datetime import date

from ..days import WorkingDays
from ..finding import Finding
from ..rules import find


def judge_request(
    number: str,
    state: str,
    due: date,
    provisional: bool,
    today: date,
    days: WorkingDays,
    near: int,
) -> Finding | None:
    """Of a request that runs: past its limit, near it, or neither."""
    facts = {"number": number, "due": due.isoformat(), "state": state}
    if today > due:
        rule = "watch.request_late_provisional" if provisional else "watch.request_late"
        return find(rule, **facts)
    left = days.count_between(today, due).days
    return find("watch.request_near", **facts, days=left) if left <= near else None


def judge_message(
    what: str, received: date, own_due: date | None, limit: int, today: date
) -> Finding | None:
    """Of a complaint or the like that nobody answered yet."""
    waited = (today - received).days
    facts = {"what": what, "received_on": received.isoformat()}
    if waited > limit:
        return find("watch.message_unanswered", **facts, days=waited, limit=limit)
    if own_due is not None and today > own_due:
        return find("watch.message_past_own_day", **facts, due=own_due.isoformat())
    return None


def judge_report(
    year: int, due: date, published: date | None, settled: bool, today: date
) -> Finding | None:
    """Of the report of a year; one whose day the texts do not settle is never called late."""
    if published is None:
        if today <= due:
            return None
        return find("watch.report_missing", year=year, due=due.isoformat())
    if published > due and settled:
        return find(
            "watch.report_late",
            year=year,
            due=due.isoformat(),
            published_on=published.isoformat(),
        )
    return None
