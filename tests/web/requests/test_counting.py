"""Table three out of the columns: the same cells and lines as the core counts from the events."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.core.handling.channels import Channel
from gongkai.core.handling.ledger import RequesterKind
from gongkai.core.handling.outcomes import Outcome
from gongkai.core.handling.tally import tally_requests
from gongkai.web.agencies.models import Agency
from gongkai.web.requests import clock
from gongkai.web.requests.counting import tally_of_requests
from gongkai.web.requests.ledger import entry_of
from gongkai.web.requests.models import DisclosureRequest, Event, Requester
from tests.web.conftest import Office

pytestmark = pytest.mark.django_db
_REPLIES = [
    one
    for one in Outcome
    if one not in (Outcome.CORRECTION_LAPSED, Outcome.FEE_LAPSED, Outcome.WITHDRAWN)
]


def somebody_asks(chance: random.Random, agency: Agency, number: int) -> DisclosureRequest:
    """A request of any year, kind and end; some redone by order, some not confirmed yet."""
    day = date(2019, 6, 1) + timedelta(days=chance.randrange(1100))
    case = DisclosureRequest.objects.create(
        agency=agency,
        number=f"{number}号",
        requester=Requester.objects.create(kind=chance.choice(list(RequesterKind))),
        code_digest=str(number),
        channel=chance.choice([Channel.COUNTER, Channel.PLAIN_POST, Channel.ONLINE]),
        arrived_on=day,
        description="某信息",
    )

    def then(act: str, **facts: str) -> None:
        nonlocal day
        day += timedelta(days=chance.choice((0, 3, 20, 200)))
        Event.objects.create(request=case, act=act, on=day, facts=facts)

    if chance.random() < 0.7:
        then("confirmed", received_on=day.isoformat())
    end = chance.random()
    if end < 0.2:
        then("withdrawn")
    elif end < 0.85:
        for again in range(chance.choice((1, 1, 2, 3))):
            if again:
                then("ordered_redo")
            then("decide", outcome=chance.choice(_REPLIES).value)
            if chance.random() < 0.9:
                then("served", service="direct")
    clock.settle(case)
    return case


def test_columns_count_as_the_core_counts_events(office: Office) -> None:
    chance = random.Random(2019)
    agencies = [office.street, office.neighbour]
    for number in range(160):
        somebody_asks(chance, agencies[number % 2], number)
    seen = 0
    for chosen in ([office.street], agencies):
        kept = DisclosureRequest.objects.filter(agency__in=chosen).order_by("pk")
        keys = {(case.agency.name, case.number): case.pk for case in kept}
        entries = [entry_of(case) for case in kept]
        for year, edition in ((2019, ""), (2020, "2019"), (2021, ""), (2021, "2019"), (2022, "")):
            told = tally_of_requests(chosen, year, edition)
            wanted = tally_requests(entries, year, edition)
            assert told.trace == {
                cell: tuple(sorted(keys[line.agency, line.number] for line in lines))
                for cell, lines in wanted.trace.items()
            }
            # Of what was never confirmed and ended in an earlier year nobody asks any more.
            over = {
                case.number
                for case in kept
                if case.received_on is None and case.concluded_on and case.concluded_on.year < year
            }
            assert sorted(map(str, told.findings)) == sorted(
                str(one) for one in wanted.findings if one.values["number"] not in over
            )
            seen += sum(map(len, told.trace.values())) + len(told.findings)
    assert seen > 2000


def test_a_longer_ledger_asks_no_more_of_the_database(office: Office) -> None:
    asked = []
    for numbers in (range(3), range(3, 30)):
        for number in numbers:
            somebody_asks(random.Random(number), office.street, number)
        with CaptureQueriesContext(connection) as queries:
            tally_of_requests([office.street], 2020)
        asked.append(len(queries))
    assert asked[0] == asked[1]
