"""What one year leaves in the ledgers of a street: documents, counts, requests, a case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gongkai.web.disclosure.models import InformationItem, ItemVersion
from gongkai.web.people.models import Role
from gongkai.web.registers.models import CountKind, YearlyCount
from gongkai.web.remedies.models import RemedyCase
from gongkai.web.requests.models import DisclosureRequest, Event, Requester
from tests.web.conftest import Office

YEAR = 2025


def a_request(
    office: Office, number: str, received: date, kind: str = "natural_person",
    outcome: str = "", concluded: date | None = None,
) -> DisclosureRequest:  # fmt: skip
    """A request of the street's ledger, concluded or not."""
    requester = Requester.objects.create(kind=kind, masked_name="张某某")
    case = DisclosureRequest.objects.create(
        agency=office.street, number=number, requester=requester, code_digest=number,
        channel="counter", arrived_on=received, received_on=received, description="某信息",
        outcome=outcome, concluded_on=concluded, first_concluded_on=concluded,
        first_outcome=outcome,
    )  # fmt: skip
    if concluded:
        Event.objects.create(request=case, act="decide", on=concluded, facts={"outcome": outcome})
        Event.objects.create(request=case, act="served", on=concluded, facts={"way": "direct"})
    return case


def keep_year(office: Office) -> None:
    """The street with a year behind it."""
    person = office.people[Role.DISCLOSURE_OFFICE]
    item = InformationItem.objects.create(
        agency=office.street, author=person, kind="normative_document"
    )
    version = ItemVersion.objects.create(
        item=item, number=1, title="某办法", made_on=date(2025, 3, 1), written_by=person
    )
    item.current = item.live = version
    item.save()
    for kind, matter, count, amount in (
        (CountKind.LICENSING, "某许可", 0, None),
        (CountKind.PENALTY, "占道经营", 12, None),
        (CountKind.PENALTY, "乱倒垃圾", 3, None),
        (CountKind.COERCIVE_MEASURE, "拆除", 2, None),
        (CountKind.FEE, "占道费", None, Decimal("12345.67")),
    ):
        YearlyCount.objects.update_or_create(
            agency=office.street, year=YEAR, kind=kind, matter=matter,
            defaults={"count": count, "amount_yuan": amount, "recorded_by": person},
        )  # fmt: skip
    a_request(office, "1", date(2024, 12, 20), outcome="disclosed", concluded=date(2025, 1, 10))
    a_request(office, "2", date(2025, 2, 3), outcome="not_held", concluded=date(2025, 2, 20))
    a_request(
        office, "3", date(2025, 5, 6), "business", "partly_disclosed", concluded=date(2025, 5, 30)
    )
    a_request(office, "4", date(2025, 12, 29))
    RemedyCase.objects.create(
        agency=office.street, kind="reconsideration", body="青禾区人民政府", matter="不服答复",
        opened_on=date(2025, 6, 1), recorded_by=person,
    )  # fmt: skip
