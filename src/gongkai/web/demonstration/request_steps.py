"""What happened to one request of the region beside its letters, step by step.

Each step leaves what the act of that name would have left (``requests/acts``), on its own day:
the rows it writes and the event by which the core reckons.  What the core would not have
allowed is refused when the case is settled (``requests.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from gongkai.core.handling.outcomes import outcome_of
from gongkai.core.letters import Unready
from gongkai.web.requests import clock
from gongkai.web.requests.acts.archive import CONTENTS, contents_of
from gongkai.web.requests.evidence import circumstances_of
from gongkai.web.requests.letter_facts import result_in_words
from gongkai.web.requests.letters import paper_of_case, plain
from gongkai.web.requests.models import (
    Answer,
    Consultation,
    ConsultationKind,
    Decision,
    Message,
    MessageKind,
    PaperKind,
    Remark,
    SearchRecord,
)
from gongkai.web.requests.service import party_of

from .region import Facts
from .request_course import Course
from .request_letter_steps import LETTERS, write
from .request_letters import NotSuchLetter


def go(course: Course, key: str, steps: list[Facts]) -> None:
    """Every step in its order; ``key`` and the place of a step name the number of its letter."""
    for place, step in enumerate(steps):
        act, on = step["act"], course.world.days.day(step["on"])
        if act in LETTERS:
            write(course, step, act, on, course.world.numbers.get(f"{key}/{place}", ""))
        elif act in _STEPS:
            _STEPS[act](course, step, act, on)
        else:
            course.event(step, act, on)


def _corrected(course: Course, step: Facts, act: str, on: date) -> None:
    message = _message_of(course, step, MessageKind.CORRECTION, on)
    if message is None:
        course.papers.text(PaperKind.CORRECTION, "补正的内容.txt", step["text"], course.at(on))
    if "description" in step:
        before = course.case.description
        course.papers.text(PaperKind.REQUEST, "补正前的申请内容.txt", before, course.at(on))
        course.case.description = step["description"]
        course.case.save(update_fields=["description"])
    course.event(step, act, on, {"message": message.pk} if message else {})


def _reasons_given(course: Course, step: Facts, act: str, on: date) -> None:
    course.papers.text(PaperKind.OTHER, "说明的理由.txt", step["text"], course.at(on))
    course.event(step, act, on)


def _withdrawn(course: Course, step: Facts, act: str, on: date) -> None:
    message = _message_of(course, step, MessageKind.WITHDRAWAL, on)
    course.event(step, act, on, {"message": message.pk} if message else {})


def _fee_paid(course: Course, step: Facts, act: str, on: date) -> None:
    proof = course.papers.image(PaperKind.PAYMENT, "缴费凭证.png", course.at(on))
    course.case.fees.update(paid_on=on, proof=proof)
    course.event(step, act, on)


def _message(course: Course, step: Facts, _act: str, on: date) -> None:
    _kept_message(course, step, MessageKind(step["kind"]), on, handled_on=None)


def _message_of(course: Course, step: Facts, kind: MessageKind, on: date) -> Message | None:
    if not step.get("online"):
        return None
    return _kept_message(course, step, kind, on, handled_on=on)


def _kept_message(
    course: Course, step: Facts, kind: MessageKind, on: date, *, handled_on: date | None
) -> Message:
    message = Message.objects.create(
        request=course.case,
        kind=kind,
        text=step["text"],
        at=course.at(on),
        handled_at=course.at(handled_on) if handled_on else None,
        handled_by=course.writer if handled_on else None,
    )
    if kind is MessageKind.PAYMENT:
        message.papers.add(course.papers.image(PaperKind.PAYMENT, "缴费凭证.png", message.at))
    return message


def _remark(course: Course, step: Facts, _act: str, on: date) -> None:
    Remark.objects.create(
        request=course.case, text=step["text"], person=course.writer, at=course.at(on)
    )


def _search(course: Course, step: Facts, _act: str, on: date) -> None:
    SearchRecord.objects.create(
        request=course.case,
        on=on,
        places=step["places"],
        words=step["words"],
        found=step.get("found", False),
        result=step["result"],
        person=course.writer,
        at=course.at(on),
    )


def _answered(course: Course, step: Facts, act: str, on: date) -> None:
    third_party = act == "third_party_answered"
    asked = _waiting(course, third_party)
    paper = course.papers.text(
        PaperKind.OPINION, "意见回函.txt", step.get("reasons", "同意公开。"), course.at(on)
    )
    Consultation.objects.filter(pk=asked.pk).update(
        answer=Answer(step["answer"]),
        answered_on=on,
        reasons=step.get("reasons", ""),
        weighed=step.get("weighed", ""),
        paper=paper,
    )
    course.event(step, act, on, {"party": party_of(asked), "consultation": asked.pk})


def _silent(course: Course, step: Facts, _act: str, _on: date) -> None:
    asked = course.case.consultations.filter(answer="").order_by("pk")[:1]
    course.case.consultations.filter(pk__in=[one.pk for one in asked]).update(
        answer=Answer.SILENT, weighed=step.get("weighed", "")
    )


def _waiting(course: Course, third_party: bool) -> Consultation:
    found = course.case.consultations.filter(answer="").order_by("pk")
    if third_party:
        return found.filter(kind=ConsultationKind.THIRD_PARTY)[0]
    return found.exclude(kind=ConsultationKind.THIRD_PARTY)[0]


def _decide(course: Course, step: Facts, act: str, on: date) -> None:
    _supersede(course, on)
    told = plain(course.told(step.get("facts", {})))
    chosen = outcome_of(step["outcome"]).outcome
    cases = dict.fromkeys((*circumstances_of(course.case), *step.get("circumstances", ())))
    for name in step.get("files", ()):
        course.papers.made(course.world.files[name], course.writer, course.at(on))
    Decision.objects.create(
        request=course.case,
        outcome=chosen,
        withheld=step.get("withheld", []),
        facts={**told, "circumstances": list(cases)},
        reasons=step.get("reasons", ""),
        made_by=course.writer,
        made_at=course.at(on),
    )
    course.decided_on = on
    course.event(step, act, on, {"outcome": chosen.value})


def _supersede(course: Course, on: date) -> None:
    course.case.decisions.filter(superseded_at=None).update(superseded_at=course.at(on))


def _ordered_redo(course: Course, step: Facts, act: str, on: date) -> None:
    facts = {"days": step["days"]} if "days" in step else {}
    course.event(step, act, on, facts)
    _supersede(course, on)


def _concluded(course: Course, step: Facts, _act: str, on: date) -> None:
    """No letter of the law: seen by another person, and told otherwise."""
    course.event({}, "sign", on)
    course.event(step, "served", on)


def _archived(course: Course, step: Facts, act: str, on: date) -> None:
    """The file is closed, with the list of what is in it."""
    case, at, by = course.case, course.at(on), course.office.keeper
    clock.settle(case)
    facts = {
        "archive_number": case.number,
        "archive_items": contents_of(case),
        "archived_by": by.name,
        "archived_on": on,
        "result_in_words": result_in_words(case),
    }
    document = paper_of_case(case, "archive_contents", facts)
    if isinstance(document, Unready):
        raise NotSuchLetter(f"{case.number}: {document.sentences}")

    def keep(_docx: bytes, pdf: bytes) -> None:
        course.papers.printed(PaperKind.OTHER, CONTENTS, pdf, by, at)

    course.world.press.take(document, keep)
    course.event(step, act, on)


_STEPS: Mapping[str, Callable[[Course, Facts, str, date], None]] = {
    "corrected": _corrected,
    "reasons_given": _reasons_given,
    "withdrawn": _withdrawn,
    "fee_paid": _fee_paid,
    "message": _message,
    "remark": _remark,
    "search": _search,
    "third_party_answered": _answered,
    "agency_answered": _answered,
    "silent": _silent,
    "decide": _decide,
    "ordered_redo": _ordered_redo,
    "concluded": _concluded,
    "archived": _archived,
}
