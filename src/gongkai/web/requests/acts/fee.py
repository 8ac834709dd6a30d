"""Acts: charge the handling fee; it was paid; it was not paid in time (art. 42, measures of 2020).

By item or by page, one of the two for each request.  Who is the same requester is told by the
number of the document, never by the name.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from gongkai.core.fees import Fee, FeeMethod, already_in_month, fee_by_item, fee_by_page
from gongkai.core.time_limits import time_limits
from gongkai.web.policies import Actor, Forbidden

from ..evidence import still_lacking
from ..keeping import add_event, tell
from ..models import DisclosureRequest, Event, FeeNotice, Letter, LetterState, Message, Paper
from ..steps import held
from .draft_letter import begin, require_lawful


@transaction.atomic
def charge_fee(
    actor: Actor,
    case: DisclosureRequest,
    *,
    by_volume: bool,
    pages: int | None = None,
    reasons: str,
) -> FeeNotice:
    """The notice of a fee; it stops the limit on the day it is served."""
    case, who = held(actor, case, "request.handle")
    if not reasons.strip():
        raise Forbidden("写明数量、频次怎样明显超过合理范围。")
    if by_volume and not (pages and pages > 0):
        raise Forbidden("按量计收要写提供多少页。")
    fee = fee_by_page(pages or 0) if by_volume else fee_for_item(case)
    if not fee.sum_yuan:
        raise Forbidden(f"没有达到收费的数量：{fee.working[0]}。")
    require_lawful(case, "charge_fee")
    method = FeeMethod.BY_PAGE if by_volume else FeeMethod.BY_ITEM
    counted = fee.count if by_volume else fee.already + 1
    given = {
        "fee_method": method.value,
        "fee_reasons": reasons.strip().rstrip("。"),
        "fee_quantity": counted,
        "fee_lines": [
            [f"第{line.first}—{line.last}{line.counts}" if line.count > 1
             else f"第{line.first}{line.counts}",
             str(line.count), str(line.price_yuan), str(line.sum_yuan)]
            for line in fee.lines
        ],
        "fee_yuan": str(fee.sum_yuan),
        "payment_days": time_limits()["fee_payment"].length,
    }  # fmt: skip
    if not by_volume:
        day = _day_of(case)
        given["fee_period"] = f"{day.year}年{day.month}月"
    letter = begin(actor, case, who, "fee_notice", given, act="charge_fee")
    notice = FeeNotice.objects.create(
        request=case, by_volume=by_volume, count=counted, sum_yuan=fee.sum_yuan,
        working=[*fee.working, *fee.notes], letter=letter, person=actor.person,
    )  # fmt: skip
    tell(
        "request.charge_fee", case, who,
        after={"by_volume": by_volume, "count": counted, "sum_yuan": str(fee.sum_yuan)},
    )  # fmt: skip
    return notice


@transaction.atomic
def fee_paid(
    actor: Actor, case: DisclosureRequest, on: date, *, proof: Paper | None = None,
    message: Message | None = None,
) -> Event:  # fmt: skip
    """Paid in full on ``on``: the limit is reckoned anew from the day after."""
    case, who = held(actor, case, "request.handle")
    notice = case.fees.filter(letter__state=LetterState.SERVED).last()
    facts = {"message": message.pk} if message else {}
    event = add_event(case, "fee_paid", on, actor, facts=facts)
    if notice is not None:
        notice.paid_on, notice.proof = on, proof
        notice.save()
    tell("request.fee_paid", case, who, after={"on": on, "due_on": case.due_on})
    return event


@transaction.atomic
def fee_lapsed(actor: Actor, case: DisclosureRequest) -> Letter:
    """Not paid in time: the notice that the request is not processed further."""
    case, who = held(actor, case, "request.handle")
    require_lawful(case, "fee_lapsed")
    lacks = still_lacking(case, "fee_lapsed", {})
    if lacks:
        raise Forbidden("案卷里还缺：" + "；".join(f"{one.label}（{one.says}）" for one in lacks))
    return begin(actor, case, who, "fee_lapsed_notice", {}, act="fee_lapsed")


def fee_for_item(case: DisclosureRequest) -> Fee:
    """What this request costs as the so-manyth of this person at this agency in the month."""
    return fee_by_item(1, already_in_month(_earlier_days(case), _day_of(case)))


def _earlier_days(case: DisclosureRequest) -> list[date]:
    """The days of receipt of this person's requests here that stand before this one."""
    if not case.requester.same_as:
        return []
    alike = DisclosureRequest.objects.filter(
        agency=case.agency, requester__same_as=case.requester.same_as
    ).filter(Q(pk__lt=case.pk))
    return [_day_of(one) for one in alike]


def _day_of(case: DisclosureRequest) -> date:
    return case.received_on or case.arrived_on
