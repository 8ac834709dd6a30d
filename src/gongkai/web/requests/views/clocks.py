"""The clock of a request as the screens show it, in words and a tone; reckoned by the core."""

from __future__ import annotations

from datetime import date

from gongkai.core.handling.clock import Account
from gongkai.core.handling.transitions import ActKind, State
from gongkai.web.disclosure.clock import SOON, Clock

from ..models import DisclosureRequest

_WEEK = "一二三四五六日"


def day_words(day: date, today: date) -> str:
    """10月28日（星期三）, with the year where it is not this one."""
    year = f"{day.year}年" if day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日（星期{_WEEK[day.weekday()]}）"


def clock_of(case: DisclosureRequest, told: Account) -> Clock:
    """What the reply limit of ``case`` says; of what an old ledger says ended, its own day."""
    if case.imported_line and told.concluded_on:
        return _concluded(told, case.late, case.due_on)
    return clock_of_case(told)


def clock_of_case(told: Account) -> Clock:
    """What the reply limit says today."""
    if told.concluded_on:
        return _concluded(told, told.late, told.due_on)
    if told.received_on is None and told.course.round is None:
        return Clock("stop", "期限没有起算", "等双方确认收到")
    waits_on = told.course.waits_on
    if waits_on is not None:
        return _waiting(told, waits_on.kind)
    if told.due_on is None:
        return Clock("stop", "计时暂停", "收到意见后继续计算")
    return _running(told, told.due_on)


def _concluded(told: Account, is_late: bool, due_on: date | None) -> Clock:
    assert told.concluded_on is not None
    on = f"{day_words(told.concluded_on, told.today)}"
    what = "送达" if told.course.served else "终止"
    if is_late and due_on:
        late = told.working_days.count_between(due_on, told.concluded_on).days
        heading = f"超期 {late} 个工作日办结" if late else "超期办结"
        return Clock("late", heading, f"{on}{what}，{_short(due_on, told.today)}到期")
    return Clock("done", "已办结", f"{on}{what}")


def _waiting(told: Account, kind: ActKind) -> Clock:
    if kind is ActKind.CHARGE_FEE:
        until = told.course.pay_by
        return Clock("stop", "等缴费", _until(until, told.today, "前缴清"))
    return Clock("stop", "等补正", _until(told.course.correct_by, told.today, "前补正"))


def _running(told: Account, due_on: date) -> Clock:
    about, tentative = ("约", "，暂定") if told.provisional else ("", "")
    text = f"{day_words(due_on, told.today)}前送达{tentative}"
    if told.today > due_on:
        late = -(told.days_left or 0)
        # The day after may be no working day: late it is all the same.
        heading = f"超期{about} {late} 个工作日" if late else "已经超期"
        return Clock("late", heading, f"{_short(due_on, told.today)}到期")
    if told.running_pauses:
        return Clock("stop", "计时暂停", f"{text}，按最后期限推算" if not tentative else text)
    if told.today == due_on:
        return Clock("late", "今天到期", text)
    left = told.days_left or 0
    heading = f"还剩{about} {left} 个工作日"
    return Clock("soon" if left <= SOON else "", heading, text)


def waits_for(told: Account) -> str:
    """Who or what is waited for, in a few words; "" where the work is with us."""
    words = {
        State.AWAITING_CONFIRMATION: "等双方确认",
        State.AWAITING_CORRECTION: "等申请人补正",
        State.AWAITING_REASONS: "等申请人说明理由",
        State.AWAITING_THIRD_PARTY: "等第三方意见",
        State.AWAITING_AGENCY: "等其他机关意见",
        State.AWAITING_FEE: "等申请人缴费",
    }
    return words.get(told.state, "")


def _until(day: date | None, today: date, words: str) -> str:
    return f"{_short(day, today)}{words}" if day else "没有定期限"


def _short(day: date, today: date) -> str:
    year = f"{day.year}年" if day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日"
