"""The pages of requests that staff see, by who looks: right and wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongkai.web.people.models import Role

from .staff_pages import StaffPage, opened_details, pressed
from .world import World

_PAST, _FUTURE = "2001-01-01", "2099-01-01"
_PARTLY = "outcome=partly_disclosed"


def made(world: World) -> tuple[Any, ...]:
    """The request that has something of everything."""
    return (world.requests.made.case.pk,)


def of(name: str) -> Callable[[World], tuple[Any, ...]]:
    """A request or letter of the world by its name; of a letter, the request before it."""

    def args(world: World) -> tuple[Any, ...]:
        one = getattr(world.requests, name)
        return (one.request_id, one.pk) if hasattr(one, "request_id") else (one.pk,)

    return args


def of_made(name: str) -> Callable[[World], tuple[Any, ...]]:
    """Something of the request that has everything."""
    return lambda world: (world.requests.made.case.pk, getattr(world.requests.made, name).pk)


def arrived(world: World) -> tuple[Any, ...]:
    """The delivery of the letter that was served."""
    sent = world.requests.delivery
    return (sent.letter.request_id, sent.letter_id, sent.pk)


PAGES: dict[Role, tuple[StaffPage, ...]] = {
    Role.AUTHOR: (
        StaffPage("requests:board"),
        StaffPage("requests:board", query="state=all&late=on&year=12&q=无此一事"),
        StaffPage("requests:case", made, act=opened_details),
        StaffPage("requests:case", of("fax")),
        StaffPage("requests:case", lambda w: (w.requests.in_review.request_id,)),
        StaffPage("requests:days", made),
        StaffPage("requests:confirm", of("fax")),
        StaffPage("requests:confirm", of("fax"), act=pressed("登记", on=_FUTURE, how="电话")),
        StaffPage("requests:search", made, act=pressed("保存检索记录")),
        StaffPage("requests:identity", made),
        StaffPage("requests:identity", made, act=pressed("记下原因，查看", reason="寄答复书")),
        StaffPage("requests:contact", made, act=pressed("改联系方式", reason="来电")),
        StaffPage("requests:code", made, act=pressed("重发查询码", reason="核对身份证")),
        StaffPage("requests:paper", lambda w: (w.requests.sealed.request_id, w.requests.sealed.pk)),
        StaffPage("requests:add_paper", made, act=pressed("加材料")),
        StaffPage("requests:correction", made, act=pressed("起草补正告知书")),
        StaffPage("requests:corrected", made, act=pressed("登记补正", on=_PAST)),
        StaffPage("requests:correction_lapsed", made, act=pressed("起草告知书")),
        StaffPage("requests:reasons", made, act=pressed("起草说明理由告知书")),
        StaffPage("requests:reasons_given", made),
        StaffPage("requests:extend", made, act=pressed("起草延期告知书", days="99")),
        StaffPage("requests:delay", made, act=pressed("起草延迟答复告知书")),
        StaffPage("requests:fee", made, query="pages=260"),
        StaffPage("requests:fee", made, act=pressed("起草收费通知书")),
        StaffPage("requests:fee_paid", made, act=pressed("登记缴清")),
        StaffPage("requests:fee_lapsed", made),
        StaffPage("requests:consult_third_party", made, act=pressed("起草征求意见书")),
        StaffPage("requests:consult_agency", made, act=pressed("起草征求意见书")),
        StaffPage("requests:answers", of("fax")),
        StaffPage("requests:answer", of_made("consultation"), act=pressed("登记意见")),
        StaffPage("requests:decide", made, act=opened_details),
        StaffPage("requests:decide", made, query="clear=yes&volume=no&aim=information"),
        StaffPage("requests:decide", made, query="clear=no"),
        StaffPage("requests:decide", made, query=_PARTLY, act=opened_details),
        StaffPage("requests:decide", made, query=_PARTLY, act=pressed("定为“部分公开”，起草答复")),
        StaffPage("requests:other_letter", made, act=pressed("起草")),
        StaffPage("requests:letter", of("notice")),
        StaffPage("requests:letter_facts", of("notice")),
        StaffPage("requests:letter_text", of("notice")),
        StaffPage("requests:letter", of("in_review")),
        StaffPage("requests:discard", of("notice"), act=pressed("作废", reason=" ")),
        StaffPage("requests:message", of_made("message"), act=opened_details),
        StaffPage("requests:message", of_made("message"), act=pressed("存卷，不作处理")),
        StaffPage("requests:withdraw", of("plain"), act=pressed("登记撤回")),
        StaffPage("requests:undo", of("plain")),
        StaffPage("requests:turn_public", of("plain"), act=pressed("起草信息")),
        StaffPage("desk:search", query="q=加装电梯"),
    ),
    Role.SECRECY_REVIEWER: (
        StaffPage("requests:letter", of("in_review")),
        StaffPage("requests:letter", of("in_review"), act=pressed("退回起草人")),
    ),
    Role.APPROVER: (
        StaffPage("requests:letter", of("to_sign")),
        StaffPage("requests:sign", of("to_sign")),
        StaffPage("requests:conclude", of("plain"), act=pressed("同意终止")),
    ),
    Role.DISCLOSURE_OFFICE: (
        StaffPage("desk:home"),
        StaffPage("requests:board", query="handler=nobody"),
        StaffPage("requests:register"),
        StaffPage("requests:register", act=pressed("登记", name="张三", document_number="12")),
        StaffPage("requests:registered", of("plain")),
        StaffPage("requests:split", of("plain"), act=pressed("拆分")),
        StaffPage("requests:assign", of("plain"), act=pressed("分办")),
        StaffPage("requests:deliver", of("signed"), act=pressed("送达", sent_on=_FUTURE)),
        StaffPage("requests:arrived", arrived, act=pressed("登记", on=_PAST)),
        StaffPage("requests:archive", of("plain"), act=pressed("归档")),
    ),
    Role.COMPETENT_DEPARTMENT: (
        StaffPage("requests:board"),
        StaffPage("requests:case", made),
    ),
}
