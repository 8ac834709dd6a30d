"""Acts: forget who applied or complained, as long after the end as an agency keeps who asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.web.attempts import attempt_each
from gongkai.web.audit.record import SYSTEM, record
from gongkai.web.requests.venue import settings_of

from ..audited import subject_of
from ..models import Complaint, RecordCorrection

ERASED_NAME = "（已删除）"


class NotErased(Exception):
    """Some could not be erased; the others were. The reasons are in the log."""


def erase_due() -> int:
    """Erase whatever is due today; how many records."""
    due = [
        *_over(RecordCorrection.objects.filter(erased_at=None).exclude(concluded_on=None)),
        *_over(Complaint.objects.filter(erased_at=None).exclude(answered_on=None)),
    ]
    failures = attempt_each(_erase, due)
    if failures:
        raise NotErased("没有删除成的：" + "、".join(str(one) for one in failures))
    return len(due)


def _over(
    ended: Iterable[RecordCorrection | Complaint],
) -> list[RecordCorrection | Complaint]:
    today = timezone.localdate()
    found = []
    for one in ended:
        on = one.concluded_on if isinstance(one, RecordCorrection) else one.answered_on
        kept = settings_of(one.agency).identity_kept_days
        if on is not None and on + timedelta(days=kept) <= today:
            found.append(one)
    return found


@transaction.atomic
def _erase(one: RecordCorrection | Complaint) -> None:
    if isinstance(one, RecordCorrection):
        one.name = one.document_number = one.phone = one.mailbox = one.address = ""
        one.evidence = ""
        act = "record_correction.erase"
    else:
        one.name = one.contact = ""
        act = "complaint.erase"
    one.masked_name = ERASED_NAME
    one.erased_at = timezone.now()
    one.save()
    record(act, subject_of(one), SYSTEM, reason="保存期限已满")
