"""What happened to a request, day by day: how it arrived, and every act since.

A history is what people recorded, right or wrong; :mod:`.clock` reckons with it and says what
in it the law does not allow.  Only what cannot be reckoned with at all is refused here: a day
that no request can have.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from ..errors import HistoryError
from .channels import Channel
from .transitions import ActKind

# Earlier than any request, later than anybody plans for: a slip of the pen.
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)


class Service(StrEnum):
    """How a reply was served (送达方式)."""

    DIRECT = "direct"
    ENTRUSTED = "entrusted"
    POST = "post"
    ELECTRONIC = "electronic"
    PUBLIC_NOTICE = "public_notice"

    @property
    def label(self) -> str:
        return _SERVICES[self]


_SERVICES = {
    Service.DIRECT: "直接送达",
    Service.ENTRUSTED: "委托送达",
    Service.POST: "邮寄送达",
    Service.ELECTRONIC: "电子送达",
    Service.PUBLIC_NOTICE: "公告送达",
}


@dataclass(frozen=True)
class Act:
    """One act: what, and on which day.

    ``days``: by how many working days ``extend`` extends, or what an order to redo gives.
    ``until``: the last day, as set by ``delay``, or for the correction.  ``received_on``: when
    the other side received the letter (consultations, fee notice).  ``party``: who was consulted,
    where there are several.  ``co_maker`` false: another agency that made nothing of it (art. 11),
    whose time has no limit.  ``service`` and ``posted_on``: how, and when it went to the post.
    """

    kind: ActKind
    on: date
    days: int | None = None
    until: date | None = None
    received_on: date | None = None
    party: str = ""
    co_maker: bool = True
    outcome: str = ""
    service: Service | None = None
    posted_on: date | None = None

    def __post_init__(self) -> None:
        for day in (self.on, self.until, self.received_on, self.posted_on):
            if day is not None:
                check_day(day)


@dataclass(frozen=True)
class History:
    """How a request arrived, and every act in the order of the record.

    ``received`` is the day of arrival; which day counts as received depends on the channel.
    ``misaddressed``: it went to another section, or to a person.  ``unread`` are words of the
    record that nobody understood.
    """

    received: date
    channel: Channel
    acts: tuple[Act, ...] = ()
    misaddressed: bool = False
    unread: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_day(self.received)

    def with_act(self, act: Act) -> History:
        """The same history, and one act more."""
        return replace(self, acts=(*self.acts, act))


def check_day(day: date) -> None:
    """HistoryError where ``day`` is a moment, or of a year that no request is of."""
    if isinstance(day, datetime):
        raise HistoryError(f"{day} 带着时刻，应当只写日期。")
    if not FIRST_DAY <= day <= LAST_DAY:
        raise HistoryError(f"{day} 不像是办理申请的日期。")
