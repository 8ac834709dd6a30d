"""Requests that were answered, to be fought over."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongkai.core.handling.channels import Channel
from gongkai.core.handling.ledger import RequesterKind
from gongkai.web.agencies.models import Agency
from gongkai.web.requests import clock
from gongkai.web.requests.models import DisclosureRequest, Event, Requester
from tests.web.conftest import Office

Asking = Callable[..., DisclosureRequest]


def make_request(agency: Agency, number: str, arrived_on: date, **facts: Any) -> DisclosureRequest:
    """A request by counter, as its registration leaves it."""
    requester = Requester(
        kind=RequesterKind.NATURAL_PERSON,
        name="张三丰",
        document_kind="居民身份证",
        document_number="11010119900307745X",
        phone="13800000000",
        address="青禾区听泉路1号",
    )
    requester.seal_marks()
    requester.save()
    given = {"channel": Channel.COUNTER, "description": "加装电梯补助发放明细", **facts}
    case = DisclosureRequest.objects.create(
        agency=agency,
        number=number,
        requester=requester,
        code_digest=secrets.token_hex(32),
        arrived_on=arrived_on,
        **given,
    )
    clock.settle(case)
    return case


def answered(case: DisclosureRequest, on: date, outcome: str = "not_held") -> DisclosureRequest:
    """The request decided and served on a day."""
    for act, facts in (("decide", {"outcome": outcome}), ("served", {"service": "direct"})):
        Event.objects.create(request=case, act=act, on=on, facts=facts)
    clock.settle(case)
    return case


@pytest.fixture
def asked(office: Office) -> Asking:
    """Make a request of the street; keyword arguments are its fields."""

    def make(
        number: str = "听泉公开申〔2026〕1号", arrived_on: date = date(2026, 3, 2), **facts: Any
    ) -> DisclosureRequest:
        return make_request(office.street, number, arrived_on, **facts)

    return make
