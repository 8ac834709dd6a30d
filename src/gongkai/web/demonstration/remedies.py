"""What followed the replies of the region, and what stands beside them: cases of reconsideration
and litigation, a correction of one's own records, complaints.

Written like the requests: each on its own days, our writings through two pairs of hands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import partial

from django.core.serializers.json import DjangoJSONEncoder

from gongkai.core.letters import Unready
from gongkai.web import filestore
from gongkai.web.people.models import Person
from gongkai.web.remedies.limits import answer_due
from gongkai.web.remedies.models import (
    Applicant,
    CaseEvent,
    CaseEventKind,
    Complaint,
    RecordCorrection,
    RemedyCase,
    Statement,
    StatementState,
)
from gongkai.web.remedies.writing import document, kind_for, preview
from gongkai.web.requests.models import DisclosureRequest
from gongkai.web.requests.models.requesters import mask_name
from gongkai.web.sealed import seal

from .days_told import Days
from .region import Facts
from .request_course import World
from .request_letters import NotSuchLetter
from .request_numbers import Signed
from .requests import Cases
from .staff import Staff

# Facts that are days, in whatever table they stand.
_DAYS = frozenset(
    {
        "opened_on", "copy_received_on", "answered_on", "closed_on", "decision_received_on",
        "received_on", "internal_due_on", "corrected_on", "concluded_on", "redo_until",
    }
)  # fmt: skip
_NUMBERED = ("reconsideration", "correction")


def signings_of_remedies(told: Facts, days: Days) -> Iterator[Signed]:
    """Our writings that bear a number: answers to a reconsideration body, notices of art. 41."""
    for kind in ("case", "correction"):
        for one in told[kind]:
            written = one.get("statement", {})
            if "signed" in written and one.get("kind", kind) in _NUMBERED:
                yield one["agency"], days.day(written["signed"]), f"statement:{one['key']}"


def keep_remedies(told: Facts, cases: Cases, staff: Staff, world: World) -> None:
    """Every case, correction and complaint."""
    kept: dict[str, RemedyCase] = {}
    for one in told["case"]:
        kept[one["key"]] = _case(one, cases, kept, staff, world)
    for one in told["correction"]:
        _correction(one, staff, world)
    for one in told["complaint"]:
        _complaint(one, cases, staff, world)


def _case(
    told: Facts, cases: Cases, kept: dict[str, RemedyCase], staff: Staff, world: World
) -> RemedyCase:
    keeper = staff.offices[told["agency"]].keeper
    request = cases[told["request"]] if "request" in told else None
    applicant = told.get("applicant") or _asked(request, told["key"])
    facts = _read(told, world, leave=("key", "agency", "request", "follows", "event", "statement"))
    case = RemedyCase(
        **{**facts, "applicant": applicant},
        agency=staff.agencies[told["agency"]],
        request=request,
        masked_applicant=mask_name(applicant),
        applicant_is=Applicant(told.get("applicant_is", Applicant.REQUESTER)),
        follows=kept[told["follows"]] if "follows" in told else None,
        handler=staff.offices[told["agency"]].authors[0],
        recorded_by=keeper,
        recorded_at=world.days.moment(facts["opened_on"], 3),
    )
    due = answer_due(case, world.days.working)
    case.answer_due_on = due.day if due else None
    case.save()
    _events(case, told, keeper, world)
    _statement(case, told, staff, world)
    return case


def _asked(request: DisclosureRequest | None, key: str) -> str:
    if request is None:
        raise ValueError(f"{key}: nobody is told who applies")
    return request.requester.name


def _events(case: RemedyCase, told: Facts, keeper: Person, world: World) -> None:
    happened: list[tuple[CaseEventKind, date | None, str]] = [
        (CaseEventKind.OPENED, case.opened_on, ""),
        (CaseEventKind.COPY_RECEIVED, case.copy_received_on, ""),
        (CaseEventKind.ANSWERED, case.answered_on, ""),
        *(
            (CaseEventKind(one["kind"]), world.days.day(one["on"]), one.get("note", ""))
            for one in told.get("event", ())
        ),
        (CaseEventKind.CLOSED, case.closed_on, told.get("said", "")),
    ]
    CaseEvent.objects.bulk_create(
        CaseEvent(
            case=case, kind=kind, on=on, note=note, person=keeper,
            recorded_at=world.days.moment(on, 4),
        )
        for kind, on, note in happened
        if on is not None
    )  # fmt: skip


def _statement(of: RemedyCase | RecordCorrection, told: Facts, staff: Staff, world: World) -> None:
    """Our writing: a draft, or signed by another than wrote it and sent."""
    if "statement" not in told:
        return
    written, office = told["statement"], staff.offices[told["agency"]]
    written_on = world.days.day(written["written"])
    made = Statement(
        agency=of.agency,
        case=of if isinstance(of, RemedyCase) else None,
        correction=of if isinstance(of, RecordCorrection) else None,
        kind=kind_for(of),
        facts=json.dumps(written["facts"], cls=DjangoJSONEncoder, ensure_ascii=False),
        written_by=office.keeper,
        written_at=world.days.moment(written_on, 6),
    )
    unready = preview(made)
    if isinstance(unready, Unready):
        raise NotSuchLetter(f"{told['key']}: {unready.sentences}")
    made.save()
    if "signed" not in written:
        return
    signed_on = world.days.day(written["signed"])
    Statement.objects.filter(pk=made.pk).update(
        state=StatementState.SENT,
        number=world.numbers.get(f"statement:{told['key']}", ""),
        dated=signed_on,
        approved_by=office.approver,
        approved_at=world.days.moment(signed_on, 12),
        sent_on=world.days.day(written.get("sent", signed_on)),
    )
    made.refresh_from_db()
    paper = document(made, made.number, signed_on)
    if isinstance(paper, Unready):
        raise NotSuchLetter(f"{told['key']}: {paper.sentences}")
    world.press.take(paper, partial(_keep, made))


def _keep(statement: Statement, docx: bytes, pdf: bytes) -> None:
    statement.docx, statement.pdf = filestore.put(seal(docx)), filestore.put(seal(pdf))
    statement.save(update_fields=["docx", "pdf"])


def _correction(told: Facts, staff: Staff, world: World) -> None:
    office = staff.offices[told["agency"]]
    facts = _read(told, world, leave=("key", "agency", "statement"))
    made = RecordCorrection.objects.create(
        **facts,
        agency=staff.agencies[told["agency"]],
        masked_name=mask_name(told["name"]),
        handler=office.authors[0],
        recorded_by=office.keeper,
        recorded_at=world.days.moment(facts["received_on"], 5),
    )
    _statement(made, told, staff, world)


def _complaint(told: Facts, cases: Cases, staff: Staff, world: World) -> None:
    keeper = staff.offices[told["agency"]].keeper
    facts = _read(told, world, leave=("key", "agency", "about", "request"))
    Complaint.objects.create(
        **facts,
        agency=staff.agencies[told["agency"]],
        about=staff.agencies[told["about"]],
        request=cases[told["request"]] if "request" in told else None,
        masked_name=mask_name(told.get("name", "")),
        handler=keeper,
        recorded_by=keeper,
        recorded_at=world.days.moment(facts["received_on"], 5),
    )


def _read(told: Facts, world: World, leave: tuple[str, ...]) -> Facts:
    """Facts by the names of the record, their days read."""
    kept = {name: value for name, value in told.items() if name not in (*leave, "said")}
    return {name: world.days.day(value) if name in _DAYS else value for name, value in kept.items()}
