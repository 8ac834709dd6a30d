"""Where a request stands, told to who asked: a sentence, what happened, what comes, until when.

Everything follows from the core's account; nothing is reckoned here.  Who was consulted, who
writes and who signs stays in the house.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from gongkai.core.handling.clock import Account, account
from gongkai.core.handling.course import Consultation
from gongkai.core.handling.history import Act
from gongkai.core.handling.transitions import ActKind, State, moves
from gongkai.web.registers.days import working_days

from .. import clock
from ..models import DisclosureRequest

_SENTENCES = {
    State.RECEIVED: "申请已到达",
    State.AWAITING_CONFIRMATION: "已提交，等机关与您确认收到",
    State.PROCESSING: "正在办理",
    State.AWAITING_CORRECTION: "要您补正",
    State.AWAITING_REASONS: "要您说明理由",
    State.AWAITING_THIRD_PARTY: "正在征求第三方意见，计时暂停",
    State.AWAITING_AGENCY: "正在征求其他机关意见，计时暂停",
    State.AWAITING_FEE: "要您缴信息处理费",
    State.DECIDED: "正在写答复、审核",
    State.SIGNED: "答复已签发，就要送给您",
    State.SERVED: "已答复",
    State.ARCHIVED: "已办结",
    State.ABANDONED_CORRECTION: "过期没有补正，视为放弃，办理终止",
    State.ABANDONED_FEE: "过期没有缴费，视为放弃，办理终止",
    State.WITHDRAWN: "您已撤回申请，办理终止",
}
# What each act is called to who asked; the others are the house's own.
_ACTS = {
    ActKind.CONFIRMED: "与您确认收到，开始计算期限",
    ActKind.ASK_FOR_CORRECTION: "告知您补正",
    ActKind.CORRECTED: "收到您的补正",
    ActKind.CORRECTION_LAPSED: "过期没有补正，办理终止",
    ActKind.ASK_FOR_REASONS: "要您说明理由",
    ActKind.REASONS_GIVEN: "收到您说明的理由",
    ActKind.EXTEND: "延长答复期限",
    ActKind.DELAY: "确定延迟答复的期限",
    ActKind.CHARGE_FEE: "发出收费通知",
    ActKind.FEE_PAID: "收到您缴的费用",
    ActKind.FEE_LAPSED: "过期没有缴费，办理终止",
    ActKind.WITHDRAWN: "您撤回了申请，办理终止",
    ActKind.SERVED: "答复您",
    ActKind.ORDERED_REDO: "按复议决定或者判决重新答复",
}
# Of these the day the letter went out says nothing of what to do; the sentence of the law does.
_EXPLAINED = frozenset(_ACTS) - {ActKind.SERVED, ActKind.WITHDRAWN, ActKind.REASONS_GIVEN}
_OF_THIRD_PARTIES = (ActKind.CONSULT_THIRD_PARTY, ActKind.THIRD_PARTY_ANSWERED)
_HIDDEN = (State.DECIDED, State.SIGNED, State.PROCESSING)


@dataclass(frozen=True)
class Happening:
    """One line of the course: ``until`` for what lasted; ``look`` a class of the timeline."""

    what: str
    on: date | None
    why: str = ""
    until: date | None = None
    look: str = ""


def account_told(case: DisclosureRequest) -> Account:
    """The account of ``case`` in which who was consulted is only numbered."""
    history = clock.history_of(case)
    names: dict[tuple[str, str], str] = {}
    acts = []
    for act in history.acts:
        if act.party:
            what = "第三方" if act.kind in _OF_THIRD_PARTIES else "其他机关"
            alike = sum(1 for kind, _ in names if kind == what)
            name = names.setdefault((what, act.party), f"{what}{alike + 1}")
            act = replace(act, party=name)
        acts.append(act)
    told = replace(history, acts=tuple(acts))
    return account(told, working_days(), timezone.localdate(), clock.clock_settings_of(case))


def sentence(told: Account) -> str:
    """Where it stands and until when, as a heading."""
    said = _SENTENCES[told.state]
    due_on, today = told.due_on, told.today
    course = told.course
    if told.state is State.AWAITING_CORRECTION and course.correct_by:
        return f"{said}，最迟 {_day(course.correct_by, today)} 交来"
    if told.state is State.AWAITING_FEE and course.pay_by:
        return f"{said}，最迟 {_day(course.pay_by, today)} 缴清"
    if told.concluded_on:
        return f"{said}（{_day(told.concluded_on, today)}）"
    if due_on is None:
        return said
    if told.late:
        return f"{said}，答复期限已于 {_day(due_on, today)} 到期"
    about = "约 " if told.provisional else ""
    return f"{said}，最迟 {about}{_day(due_on, today)} 答复您"


def happenings(told: Account) -> list[Happening]:
    """What happened, what goes on now, what comes next."""
    return [*_past(told), *_present(told), *_future(told)]


def _past(told: Account) -> Iterator[Happening]:
    begun = told.history
    yield Happening(f"您提出申请（{begun.channel.label}）", begun.received)
    lines: list[tuple[date, Happening]] = []
    for pause in told.pauses:
        lines.append((pause.sent_on, _heard(told, pause)))
    for _, act in told.course.accepted:
        if act.kind in _ACTS:
            lines.append((act.on, _done(act)))
    lines.sort(key=lambda line: line[0])
    yield from (happening for _, happening in lines)


def _done(act: Act) -> Happening:
    what = _ACTS[act.kind]
    if act.kind is ActKind.EXTEND and act.days:
        what = f"{what} {act.days} 个工作日"
    if act.kind is ActKind.SERVED and act.service:
        what = f"{what}（{act.service.label}）"
    stop = act.kind in (ActKind.ASK_FOR_CORRECTION, ActKind.CHARGE_FEE)
    return Happening(what, act.on, _says(act.kind), look="is-stop" if stop else "")


def _heard(told: Account, pause: Consultation) -> Happening:
    who = "第三方" if pause.third_party else "其他机关"
    why = f"法律要求先问{who}的意见。等意见的日子不算在答复期限里。"
    ended = pause.ended_on if pause.ended_on and pause.ended_on <= told.today else None
    if ended is None and pause.last_day:
        why += f"最迟等到 {_day(pause.last_day, told.today)}。"
    return Happening(f"征求{who}意见，计时暂停", pause.sent_on, why, ended, "is-stop")


def _present(told: Account) -> Iterator[Happening]:
    if told.concluded_on is not None:
        return
    if told.state in _HIDDEN:
        yield Happening(_SENTENCES[told.state], None, look="is-now")
    elif told.state is State.AWAITING_CONFIRMATION:
        why = "机关会打电话或者写邮件。双方确认之日为收到申请之日，从这一天起算答复期限。"
        yield Happening("等机关与您确认收到", None, why, look="is-now")
    elif told.state in (State.AWAITING_CORRECTION, State.AWAITING_FEE, State.AWAITING_REASONS):
        yield Happening(sentence(told), None, look="is-now")


def _future(told: Account) -> Iterator[Happening]:
    if told.concluded_on is not None:
        return
    if told.due_on is not None:
        until = f"最迟 {_day(told.due_on, told.today)}"
        why = f"暂定：{told.why}" if told.provisional else ""
        yield Happening(f"答复您，{until}", None, why, look="is-next")
    elif told.received_on is None:
        why = "收到申请之日起 20 个工作日内；要延长的，会告诉您。"
        yield Happening("答复您", None, why, look="is-next")
    else:
        yield Happening("答复您", None, f"{told.says}。", look="is-next")


def _says(kind: ActKind) -> str:
    if kind not in _EXPLAINED:
        return ""
    move = next((move for move in moves() if move.act is kind), None)
    return f"{move.says}依据：{move.citation}。" if move else ""


def _day(day: date, today: date) -> str:
    year = f"{day.year}年" if day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日"
