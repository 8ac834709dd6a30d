"""Act of a requester: submit a request online (art. 29).

Acknowledged only once it is durable.  A form sent twice, by a double click or after a lost
connection, is one request with one receipt: its ``submission`` is unique, and the query code
follows from it.  Number, rows and audit line are one transaction, so what fails gives its
number back.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.core.handling.channels import Channel
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Who
from gongkai.web.policies import Forbidden

from .. import clock
from ..keeping import tell
from ..kept_files import KeptFile, file_in
from ..models import DisclosureRequest, PaperKind, Requester
from ..numbers import code_of_submission, digest_of_code, next_request_number

# In the trail nobody learns who asks; who it was stands sealed in the case.
REQUESTER = Who(person_name="申请人（网上）")


@dataclass(frozen=True)
class Receipt:
    """What a requester is told: the case, and the code that opens its progress."""

    case: DisclosureRequest
    code: str


def submit(
    agency: Agency,
    submission: uuid.UUID,
    asked: Mapping[str, str],
    requester: Requester,
    papers: Sequence[tuple[PaperKind, KeptFile]],
) -> Receipt:
    """Register a request that came online.

    ``asked`` holds the fields of the request by name; ``papers`` lie in the store already.
    Raises Forbidden where the agency takes no online requests.
    """
    earlier = receipt_of(submission)
    if earlier is not None:
        return earlier
    try:
        return _submitted(agency, submission, asked, requester, papers)
    except IntegrityError:
        # The same form in another process at the same moment; anything else is a fault.
        earlier = receipt_of(submission)
        if earlier is None:
            raise
        return earlier


def receipt_of(submission: uuid.UUID) -> Receipt | None:
    """The receipt of what was submitted already; None where nothing was."""
    case = DisclosureRequest.objects.filter(submission=submission).first()
    return Receipt(case, code_of_submission(submission)) if case else None


@transaction.atomic
def _submitted(
    agency: Agency,
    submission: uuid.UUID,
    asked: Mapping[str, str],
    requester: Requester,
    papers: Sequence[tuple[PaperKind, KeptFile]],
) -> Receipt:
    refused = why_not_online(agency)
    if refused:
        raise Forbidden(refused)
    now = timezone.now()
    today = timezone.localdate()
    code = code_of_submission(submission)
    requester.pk = None
    requester.seal_marks()
    requester.save()
    case = DisclosureRequest.objects.create(
        agency=agency,
        number=next_request_number(agency, today),
        requester=requester,
        code_digest=digest_of_code(code),
        submission=submission,
        channel=Channel.ONLINE,
        arrived_on=today,
        submitted_at=now,
        **asked,
    )
    for kind, file in papers:
        file_in(case, kind, file)
    clock.settle(case)
    tell(
        "request.submit",
        case,
        REQUESTER,
        after={
            "channel": case.channel,
            "requester_kind": requester.kind,
            "state": case.state,
            "papers": [file.digest for _, file in papers],
        },
    )
    return Receipt(case, code)


def why_not_online(agency: Agency) -> str:
    """Why this agency takes no requests here, in words; "" where it does."""
    if agency.ended_on is not None:
        heir = (
            f"向{agency.succeeded_by.name}申请" if agency.succeeded_by else "向接手它职责的机关申请"
        )
        return f"{agency.name}已于 {agency.ended_on:%Y-%m-%d} 撤销，{heir}。"
    found = getattr(agency, "request_settings", None)
    if found is not None and not found.accepts_online:
        return f"{agency.name}没有开通网上申请，可以当面、邮寄或者用其他办法申请。"
    return ""
