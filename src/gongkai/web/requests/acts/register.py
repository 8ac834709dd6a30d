"""Act: register a request that came by counter, post, fax, e-mail or by word of mouth.

Arts. 28 to 31: whoever asks in person, writes or speaks is registered on the day it came.
Which day counts as received follows from the channel; what was not addressed to the
disclosure office is confirmed like plain post.  Nobody is asked what it is for.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.core.handling.channels import Channel
from gongkai.core.handling.ledger import RequesterKind
from gongkai.web.agencies.models import Agency
from gongkai.web.policies import Actor, Forbidden

from ..clock import settle
from ..keeping import tell
from ..models import DisclosureRequest, PaperKind, Requester
from ..numbers import code_of_submission, digest_of_code, new_query_code, next_request_number
from ..papers import keep_paper

# What the form tells of the requester; the rest of the record is derived.
REQUESTER_FACTS = (
    "kind", "name", "document_kind", "document_number", "unified_code", "representative",
    "contact", "agent", "phone", "mailbox", "address", "postcode",
)  # fmt: skip
_LONGEST_TITLE = 120
_REACHED_BY = ("phone", "mailbox", "address")


@dataclass(frozen=True)
class NewPaper:
    """A paper that came with the request."""

    kind: PaperKind
    name: str
    data: bytes


@dataclass(frozen=True)
class NewRequest:
    """What the clerk wrote down.  ``requester`` by the names in REQUESTER_FACTS.

    ``signature_confirmed``: an oral request was read back and signed by whoever made it.
    ``submission``: of the form, so that the same form sent twice is one request.
    """

    channel: Channel
    arrived_on: date
    description: str
    requester: Mapping[str, str]
    title: str = ""
    form_of_supply: str = ""
    way_of_delivery: str = ""
    help_needed: str = ""
    misaddressed: bool = False
    signature_confirmed: bool = False
    papers: Sequence[NewPaper] = field(default_factory=tuple)
    submission: uuid.UUID | None = None


@dataclass(frozen=True)
class Registered:
    """The case, and its query code, which is kept nowhere."""

    case: DisclosureRequest
    code: str


def register(actor: Actor, agency: Agency, new: NewRequest) -> Registered:
    """Register what came; the number is the next of the year, without a gap."""
    actor.require("request.register", agency)
    earlier = _earlier(agency, new)
    if earlier is not None:
        return earlier
    try:
        return _registered(actor, agency, new)
    except IntegrityError:
        # The same form in another process at the same moment; anything else is a fault.
        earlier = _earlier(agency, new)
        if earlier is None:
            raise
        return earlier


def _earlier(agency: Agency, new: NewRequest) -> Registered | None:
    """What the same form made before."""
    if new.submission is None:
        return None
    case = DisclosureRequest.objects.filter(agency=agency, submission=new.submission).first()
    return Registered(case, code_of_submission(new.submission)) if case else None


@transaction.atomic
def _registered(actor: Actor, agency: Agency, new: NewRequest) -> Registered:
    who = actor.require("request.register", agency)
    wrong = problems(new)
    if wrong:
        raise Forbidden("；".join(wrong.values()))
    requester = Requester(**{name: text.strip() for name, text in new.requester.items()})
    requester.seal_marks()
    requester.save()
    code = code_of_submission(new.submission) if new.submission else new_query_code()
    case = DisclosureRequest(
        agency=agency,
        requester=requester,
        number=next_request_number(agency, new.arrived_on),
        code_digest=digest_of_code(code),
        submission=new.submission,
        channel=Channel(new.channel),
        misaddressed=new.misaddressed,
        arrived_on=new.arrived_on,
        title=new.title.strip(),
        description=new.description.strip(),
        form_of_supply=new.form_of_supply.strip(),
        way_of_delivery=new.way_of_delivery.strip(),
        help_needed=new.help_needed.strip(),
        registered_by=actor.person,
    )
    case.save()
    settle(case)
    for paper in new.papers:
        keep_paper(
            case, PaperKind(paper.kind), paper.name, paper.data,
            person=actor.person, from_requester=True,
        )  # fmt: skip
    tell(
        "request.register", case, who,
        after={
            "channel": case.channel, "arrived_on": case.arrived_on, "misaddressed": case.misaddressed,
            "received_on": case.received_on, "due_on": case.due_on, "papers": len(new.papers),
            "requester_kind": requester.kind,
        },
    )  # fmt: skip
    return Registered(case, code)


def problems(new: NewRequest) -> dict[str, str]:
    """What is wrong, by the name of the field: for the form, before anything is lost."""
    found: dict[str, str] = {}
    unknown = set(new.requester) - set(REQUESTER_FACTS)
    if unknown:
        raise KeyError(f"no facts of a requester: {sorted(unknown)}")
    told = {name: text.strip() for name, text in new.requester.items()}
    if new.arrived_on > timezone.localdate():
        found["arrived_on"] = f"到达日期 {new.arrived_on} 晚于今天"
    if not told.get("name"):
        found["name"] = "没有写申请人的姓名或者名称"
    if told.get("kind") not in set(RequesterKind):
        found["kind"] = "没有选申请人类型"
    if not any(told.get(name) for name in _REACHED_BY):
        found["phone"] = "没有联系方式：电话、邮箱、通信地址至少写一种"
    if not new.description.strip():
        found["description"] = "没有写要什么信息"
    if len(new.title.strip()) > _LONGEST_TITLE:
        found["title"] = "事由太长，写在 120 字以内"
    if new.channel == Channel.ORAL and not new.signature_confirmed:
        found["signature_confirmed"] = "口头申请由机关代填，要由申请人看过、签名确认"
    return found
