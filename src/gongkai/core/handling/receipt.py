"""Which day counts as the day of receipt (收到申请之日), by channel.

Article 31: handed in, the day of handing in; by post, the day signed for; by plain post, fax
or online, the day both sides confirmed.  A letter that went to another section or to a person
begins like plain post (国办公开办函〔2015〕207号, part 1).  The same letter lets an e-mail count
from the day the mail system received it; that does not agree with art. 31(3), which prevails.

It doesn't count days; a request waits here until its day is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..law import cite
from .channels import Channel
from .transitions import State, arrivals


@dataclass(frozen=True)
class Receipt:
    """How and when a request was received.  ``received_on`` is None until both sides confirmed."""

    arrived_on: date
    received_on: date | None
    state: State
    basis: str
    says: str
    confirm_by: date | None = None

    @property
    def citation(self) -> str:
        return cite(self.basis)


def needs_confirmation(channel: Channel, misaddressed: bool = False) -> bool:
    """Whether the day of receipt is the day both sides confirmed."""
    return arrivals()["misaddressed" if misaddressed else channel].confirmed


def receipt(
    arrived_on: date,
    channel: Channel,
    confirmed_on: date | None = None,
    misaddressed: bool = False,
) -> Receipt:
    """The receipt of what arrived on ``arrived_on``.

    ``confirmed_on`` counts only for a channel that wants a confirmation.
    """
    arrival = arrivals()["misaddressed" if misaddressed else channel]
    received_on = confirmed_on if arrival.confirmed else arrived_on
    return Receipt(
        arrived_on=arrived_on,
        received_on=received_on,
        state=arrival.to if received_on is None else State.PROCESSING,
        basis=arrival.basis,
        says=arrival.says,
        confirm_by=arrived_on if arrival.same_day else None,
    )
