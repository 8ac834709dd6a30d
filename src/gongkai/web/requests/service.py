"""The day of a delivery that counts, and what a letter does to its case on that day.

国办公开办函〔2016〕235号 part 4: handed over, the day it was signed for; by post, the day it
went to the post.  Electronic and public notice are not in that letter (未核实): the day it was
sent or put up.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.core.handling.history import Service

from .models import Consultation, ConsultationKind, Delivery, DeliveryWay, Letter

HANDED_OVER = (DeliveryWay.DIRECT, DeliveryWay.ENTRUSTED)
_SERVICES = {
    DeliveryWay.DIRECT: Service.DIRECT,
    DeliveryWay.ENTRUSTED: Service.ENTRUSTED,
    DeliveryWay.POST: Service.POST,
    DeliveryWay.ONLINE: Service.ELECTRONIC,
    DeliveryWay.EMAIL: Service.ELECTRONIC,
    DeliveryWay.PUBLIC_NOTICE: Service.PUBLIC_NOTICE,
}
# Letters whose limit runs from the day the other side has them.
_FROM_ARRIVAL = ("ask_for_correction", "charge_fee", "consult_third_party", "consult_agency")


def day_that_counts(delivery: Delivery) -> date:
    """The day on which the letter counts as served for the limit of the reply."""
    if delivery.way in HANDED_OVER and delivery.came_on is not None:
        return delivery.came_on
    return delivery.sent_on


def event_facts(letter: Letter, delivery: Delivery | None = None) -> dict[str, Any]:
    """What the core's act carries beside its day."""
    facts: dict[str, Any] = {}
    if letter.act == "ask_for_correction":
        facts["until"] = letter.facts.get("correction_due_on")
    elif letter.act == "extend":
        facts["days"] = int(letter.facts.get("extension_days") or 0)
    elif letter.act == "delay":
        facts["until"] = letter.facts.get("delayed_until")
    elif letter.act in ("consult_third_party", "consult_agency"):
        facts |= _of_consultation(letter)
    if delivery is not None:
        if letter.act in _FROM_ARRIVAL and delivery.came_on is not None:
            facts["received_on"] = delivery.came_on.isoformat()
        if letter.act == "served":
            facts["service"] = _SERVICES[DeliveryWay(delivery.way)].value
    return facts


def party_of(consultation: Consultation) -> str:
    """Whom the core knows it by: no name, since events are read by everybody on the case."""
    alike = list(
        consultation.request.consultations.filter(kind=consultation.kind)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    label = {ConsultationKind.THIRD_PARTY: "第三方", ConsultationKind.CO_MAKER: "共同制作机关"}
    name = label.get(ConsultationKind(consultation.kind), "其他机关")
    return f"{name}{alike.index(consultation.pk) + 1}"


def _of_consultation(letter: Letter) -> dict[str, Any]:
    one = Consultation.objects.get(letter=letter)
    facts: dict[str, Any] = {"party": party_of(one)}
    if one.kind == ConsultationKind.AGENCY:
        facts["co_maker"] = False
    return facts
