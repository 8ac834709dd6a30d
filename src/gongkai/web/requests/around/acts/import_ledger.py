"""Acts: hand in an old ledger to be looked through, then take it in, whole or not at all.

The file lies sealed in the store between the two, since it names people, and is removed after.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.core.handling.channels import Channel
from gongkai.core.handling.ledger import line_of
from gongkai.core.handling.outcomes import Outcome
from gongkai.web import filestore, sheets
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import SYSTEM, Subject, record
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.registers.days import working_days
from gongkai.web.sealed import seal, unseal

from ... import clock
from ...models import DisclosureRequest, Event, LedgerUpload, Requester, RequestSettings
from ..old_ledger import Judgement, Reader, Taken, judge

_ACT = "request.import"
_BATCH = 1000


@transaction.atomic
def hand_in(
    actor: Actor, agency: Agency, name: str, data: bytes, channel: str = ""
) -> LedgerUpload:
    """Keep the file, sealed, to be looked through; raises sheets.Unreadable where it is none."""
    who = actor.require(_ACT, agency)
    if len(data) > settings.ATTACHMENT_MAX_BYTES:
        most = settings.ATTACHMENT_MAX_BYTES // 2**20
        raise Forbidden(f"“{name}”有 {len(data) / 2**20:.1f} MB，最多 {most} MB。")
    sheets.read_grid(data)
    upload = LedgerUpload.objects.create(
        agency=agency,
        name=name[:200],
        stored=filestore.put(seal(data)),
        digest=hashlib.sha256(data).hexdigest(),
        channel=channel,
        person=actor.person,
    )
    record("request.hand_in_ledger", _subject(upload), who, after={"digest": upload.digest})
    return upload


def look_through(actor: Actor, upload: LedgerUpload) -> Judgement:
    """What the file comes to today; nothing is written."""
    actor.require(_ACT, upload.agency)
    if upload.imported_at is not None:
        raise Forbidden(f"这个文件已于 {upload.imported_at:%Y-%m-%d} 转入。")
    try:
        data = unseal(filestore.read(upload.stored))
    except FileNotFoundError as gone:
        raise Forbidden("这个文件放了太久，已经删除。重新上传。") from gone
    return judge(data, _reader(actor, upload))


def take_in(actor: Actor, upload: LedgerUpload, expected: int) -> list[DisclosureRequest]:
    """Take in every line that can be: all of them, or none where anything fails.

    ``expected`` is the number that was shown: where it is another by now, nothing is done.
    """
    actor.require(_ACT, upload.agency)
    upload = LedgerUpload.objects.get(pk=upload.pk)
    # Read and reckoned before the transaction: nobody waits for that.
    judged = look_through(actor, upload)
    if len(judged.taken) != expected:
        raise Forbidden(
            f"刚才看到能转入 {expected} 件，现在是 {len(judged.taken)} 件，没有转入。再看一遍。"
        )
    if not judged.taken:
        raise Forbidden("没有能转入的行。")
    for agency in {one.agency for one in judged.taken}:
        actor.require(_ACT, agency)
    made = _prepared(judged.taken, upload)
    try:
        return _taken_in(actor, upload, made, len(judged.refused))
    except IntegrityError as twice:
        raise Forbidden("转入时别人刚登记了相同的编号，没有转入。再看一遍。") from twice


@transaction.atomic
def _taken_in(
    actor: Actor, upload: LedgerUpload, prepared: list[_Prepared], refused: int
) -> list[DisclosureRequest]:
    upload = LedgerUpload.objects.select_for_update().get(pk=upload.pk)
    who = actor.require(_ACT, upload.agency)
    if upload.imported_at is not None:
        raise Forbidden(f"这个文件已于 {upload.imported_at:%Y-%m-%d} 转入。")
    made = _written(prepared)
    upload.imported, upload.imported_at = len(made), timezone.now()
    upload.save()
    after = {"entries": len(made), "refused": refused, "digest": upload.digest}
    record(_ACT, _subject(upload), who, after=after)
    transaction.on_commit(lambda: forget(upload))
    return made


@transaction.atomic
def drop(actor: Actor, upload: LedgerUpload) -> None:
    """Not to be taken in after all: the file is removed."""
    who = actor.require(_ACT, upload.agency)
    record("request.drop_ledger", _subject(upload), who)
    if upload.imported_at is None:
        upload.delete()
        transaction.on_commit(lambda: forget(upload))


def forget(upload: LedgerUpload) -> None:
    """Remove the sealed bytes; the same bytes are never anybody else's, the seal being new."""
    filestore.path_of(upload.stored).unlink(missing_ok=True)


@dataclass
class _Prepared:
    """A line as it will be written."""

    line: Taken
    requester: Requester
    case: DisclosureRequest
    events: list[Event]


def _prepared(taken: Iterable[Taken], upload: LedgerUpload) -> list[_Prepared]:
    days, today = working_days(), timezone.localdate()
    chosen = {s.agency_id: s for s in RequestSettings.objects.all()}
    made = []
    for one in taken:
        requester = _requester(one)
        case = _case(one, requester, upload)
        events = _events(case, one, upload)
        told = clock.account_of_events(case, events, today, days, chosen.get(one.agency.pk))
        clock.write_columns(case, told)
        made.append(_Prepared(one, requester, case, events))
    return made


def _written(prepared: list[_Prepared]) -> list[DisclosureRequest]:
    Requester.objects.bulk_create([one.requester for one in prepared], batch_size=_BATCH)
    for one in prepared:
        one.case.requester = one.requester
    DisclosureRequest.objects.bulk_create([one.case for one in prepared], batch_size=_BATCH)
    for one in prepared:
        for event in one.events:
            event.request = one.case
    events = [event for one in prepared for event in one.events]
    Event.objects.bulk_create(events, batch_size=_BATCH)
    _tie_parts(prepared)
    return [one.case for one in prepared]


def _requester(one: Taken) -> Requester:
    requester = Requester(kind=one.entry.requester_kind.value, name=one.entry.requester)
    requester.seal_marks()
    if not one.entry.requester:
        requester.masked_name = "台账没有写"
    return requester


def _case(one: Taken, requester: Requester, upload: LedgerUpload) -> DisclosureRequest:
    entry = one.entry
    ended_on = entry.redone_on or entry.concluded_on
    printed = {
        head: str(value)
        for head, value in line_of(entry).items()
        if value is not None and value != entry.requester
    }
    line: dict[str, Any] = {
        "row": one.row,
        "ended_on": ended_on.isoformat() if ended_on else None,
        "due_on": entry.due_on.isoformat() if entry.due_on else None,
        "reply_number": entry.reply_number,
        "withheld_under": [Outcome(ground).value for ground in entry.withheld_under],
        "split_from": entry.split_from,
        "printed": printed,
        "notes": list(one.notes),
    }
    return DisclosureRequest(
        agency=one.agency,
        number=entry.number,
        requester=requester,
        # Nobody has a code for it.
        code_digest=secrets.token_hex(32),
        channel=one.channel.value,
        arrived_on=one.arrived_on,
        description=entry.matter or "（台账没有写申请内容）",
        registered_by=upload.person,
        imported_from=upload.name,
        imported_line=line,
        imported_aside=json.dumps(dict(one.aside), ensure_ascii=False) if one.aside else "",
    )


def _events(case: DisclosureRequest, one: Taken, upload: LedgerUpload) -> list[Event]:
    return [
        Event(
            request=case,
            act=event.act.value,
            on=event.on,
            facts={"outcome": event.outcome} if event.outcome else {},
            note="，".join(filter(None, (f"转自{upload.name}第 {one.row} 行", event.note))),
            person=upload.person,
        )
        for event in one.events
    ]


def _tie_parts(prepared: list[_Prepared]) -> None:
    """A part is tied to the request it was split from, where that is on the platform."""
    parts = [(one.case, one.line.entry.split_from) for one in prepared if one.line.entry.split_from]
    wanted = {number for _, number in parts}
    whole = {
        (case.agency_id, case.number): case
        for case in DisclosureRequest.objects.filter(number__in=wanted)
    }
    tied = []
    for case, number in parts:
        case.split_from = whole.get((case.agency_id, number))
        if case.split_from is not None and case.split_from.pk != case.pk:
            tied.append(case)
    DisclosureRequest.objects.bulk_update(tied, ["split_from"], batch_size=_BATCH)


def _reader(actor: Actor, upload: LedgerUpload) -> Reader:
    agencies = actor.agencies(_ACT)
    known: dict[int, set[str]] = {}
    held = DisclosureRequest.objects.filter(agency__in=agencies).values_list("agency", "number")
    for agency, number in held.iterator():
        known.setdefault(agency, set()).add(number)
    return Reader(
        agencies=agencies,
        default=upload.agency,
        channel=Channel(upload.channel) if upload.channel else None,
        known={agency: frozenset(numbers) for agency, numbers in known.items()},
        today=timezone.localdate(),
        days=working_days(),
    )


def _subject(upload: LedgerUpload) -> Subject:
    return Subject("ledger", str(upload.pk), upload.name)


def forget_uploads(before: datetime) -> int:
    """Remove files handed in before a moment and never taken in; how many."""
    old = list(LedgerUpload.objects.filter(imported_at=None, at__lt=before))
    for upload in old:
        with transaction.atomic():
            record("request.drop_ledger", _subject(upload), SYSTEM, reason="放了太久没有转入")
            upload.delete()
        forget(upload)
    return len(old)
