"""Requests on their way: an office that handles them, on days that a test sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone

from gongkai.core.handling.channels import Channel
from gongkai.web.people.models import Role
from gongkai.web.policies import Actor
from gongkai.web.requests.acts.draft_letter import draft_reply
from gongkai.web.requests.acts.register import NewRequest, register
from gongkai.web.requests.acts.review_letter import (
    pass_secrecy_review,
    pass_section_review,
    submit_letter,
)
from gongkai.web.requests.acts.serve import serve
from gongkai.web.requests.acts.sign import sign
from gongkai.web.requests.models import (
    Delivery,
    DisclosureRequest,
    Letter,
    LetterState,
    RequestSettings,
)
from tests.web.conftest import Office

MONDAY = date(2025, 9, 22)
NAME, NUMBER, PHONE = "欧阳晓岚", "110101199003078515", "13800002222"
MAILBOX, ADDRESS = "ouyang@example.cn", "青禾区听泉路88号3单元402室"
REQUESTER = {
    "kind": "natural_person",
    "name": NAME,
    "document_kind": "identity_card",
    "document_number": NUMBER,
    "phone": PHONE,
    "mailbox": MAILBOX,
    "address": ADDRESS,
}
DESCRIPTION = "听泉街道2024年老旧小区加装电梯补贴发放明细表（听街发〔2024〕15号所附）"


@dataclass
class Desk:
    """The office, the day it is, and the usual hands for each step."""

    office: Office
    patch: pytest.MonkeyPatch
    day: date = MONDAY
    number: int = field(default=0)

    def on(self, day: date) -> Desk:
        """It is ``day`` now."""
        self.day = day
        return self

    def today(self, value: datetime | None = None, tz: Any = None) -> date:
        """In place of ``timezone.localdate``."""
        return self.day if value is None else timezone.localtime(value, tz).date()

    def who(self, role: Role) -> Actor:
        """The person who holds ``role``."""
        return self.office.actor(role)

    @property
    def author(self) -> Actor:
        return self.who(Role.AUTHOR)

    @property
    def approver(self) -> Actor:
        return self.who(Role.APPROVER)

    @property
    def clerk(self) -> Actor:
        """Of the disclosure office."""
        return self.who(Role.DISCLOSURE_OFFICE)

    def asked(
        self, channel: Channel = Channel.COUNTER, requester: Mapping[str, str] | None = None,
        **told: Any,
    ) -> DisclosureRequest:  # fmt: skip
        """A request that came today."""
        facts: dict[str, Any] = {
            "description": DESCRIPTION,
            "arrived_on": self.day,
            "form_of_supply": "electronic",
        }
        facts |= told
        new = NewRequest(channel=channel, requester={**REQUESTER, **(requester or {})}, **facts)
        return register(self.clerk, self.office.street, new).case

    def signed(self, letter: Letter) -> Letter:
        """The letter handed in, read by all who must, and signed."""
        letter = submit_letter(self.author, letter)
        if letter.state == LetterState.SECTION_REVIEW:
            letter = pass_section_review(self.who(Role.SECTION_REVIEWER), letter)
        if letter.state == LetterState.SECRECY_REVIEW:
            letter = pass_secrecy_review(self.who(Role.SECRECY_REVIEWER), letter)
        return sign(self.approver, letter)

    def served(self, letter: Letter, way: str = "post", **told: Any) -> Delivery:
        """The letter signed and given to the post today."""
        given: dict[str, Any] = {"sent_on": self.day}
        if way == "post":
            given["tracking_number"] = "XA12345678911"
        if way == "direct":
            given |= {"came_on": self.day, "signed_for_by": "本人"}
        return serve(self.clerk, self.signed(letter), way, **{**given, **told})

    def replied(self, case: DisclosureRequest, given: Mapping[str, Any] | None = None) -> Letter:
        """The reply of the outcome chosen, signed and posted today."""
        letter = draft_reply(self.author, case, given)
        self.served(letter)
        letter.refresh_from_db()
        return letter


Asked = Callable[..., DisclosureRequest]


@pytest.fixture
def desk(office: Office, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk on a Monday, 22 September 2025."""
    street = office.street
    street.disclosure_office = "听泉街道党政办公室"
    street.phone, street.address, street.postcode = "0531-88880001", "听泉路1号", "250001"
    street.save()
    RequestSettings.objects.create(
        agency=street,
        request_mark="听公开申",
        letter_mark="听公开",
        reconsideration_address="https://example.gov.cn/fuyi",
        court="青禾区人民法院",
        fee_account="到听泉街道便民服务中心1号窗口缴纳",
    )
    made = Desk(office, monkeypatch)
    monkeypatch.setattr(timezone, "localdate", made.today)
    return made
