"""Act: file the case (归档), when the file is complete; its list of contents is made and kept.

Art. 45: from registration to filing.  One request, one file.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.core.handling.outcomes import Outcome
from gongkai.core.letters import Unready, letter_kind
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.typesetting import typeset

from ..keeping import add_event, tell
from ..letter_facts import result_in_words
from ..letters import paper_of_case
from ..models import DeliveryWay, DisclosureRequest, LetterState, PaperKind
from ..papers import keep_made
from ..service import HANDED_OVER
from ..steps import UNDER_WAY, held

CONTENTS = "归档目录.pdf"


@transaction.atomic
def archive(actor: Actor, case: DisclosureRequest) -> DisclosureRequest:
    """Close the file; nothing is added to it then but by an order to redo."""
    case, who = held(actor, case, "request.archive")
    lacks = missing_from_file(case)
    if lacks:
        raise Forbidden("案卷还不全：" + "；".join(lacks) + "。")
    today = timezone.localdate()
    document = paper_of_case(
        case, "archive_contents",
        {
            "archive_number": case.number, "archive_items": contents_of(case),
            "archived_by": actor.person.name, "archived_on": today,
            "result_in_words": result_in_words(case),
        },
    )  # fmt: skip
    if isinstance(document, Unready):
        raise Forbidden("归档目录还不全：" + "".join(document.sentences))
    keep_made(case, PaperKind.OTHER, CONTENTS, typeset(document), actor.person)
    add_event(case, "archived", today, actor)
    tell("request.archive", case, who, after={"on": today, "items": len(contents_of(case))})
    return case


def missing_from_file(case: DisclosureRequest) -> list[str]:
    """What keeps the file from being closed, in sentences; none when it is complete."""
    return list(_missing(case))


def contents_of(case: DisclosureRequest) -> list[list[str]]:
    """The list of contents in the order of making: number, name, document number, day, pages."""
    rows: list[tuple[date, str, str]] = [(case.arrived_on, "申请表", case.number)]
    # By what was read: names of papers are sealed, and no lookup finds them.
    for paper in (one for one in case.papers.all() if one.name != CONTENTS):
        rows.append((timezone.localdate(paper.added_at), paper.get_kind_display(), "—"))
    for record in case.searches.all():
        rows.append((record.on, "检索记录", "—"))
    for letter in case.letters.exclude(number=""):
        label = letter_kind(letter.kind).label
        dropped = "（作废）" if letter.state == LetterState.DISCARDED else ""
        rows.append((letter.dated or case.arrived_on, label + dropped, letter.number))
        for delivery in letter.deliveries.all():
            rows.append(
                (delivery.sent_on, f"送达凭证（{delivery.get_way_display()}）", letter.number)
            )
    rows.sort(key=lambda row: row[0])
    return [
        [str(n), name, number, on.isoformat(), "—"] for n, (on, name, number) in enumerate(rows, 1)
    ]


def _missing(case: DisclosureRequest) -> Iterator[str]:
    if not case.concluded_on:
        yield "还没有办结"
    for letter in case.letters.filter(state__in=UNDER_WAY):
        label = letter_kind(letter.kind).label
        yield f"“{label}”还在“{letter.get_state_display()}”，送达或者作废"
    for letter in case.letters.filter(state=LetterState.SERVED):
        for delivery in letter.deliveries.all():
            known = delivery.proof_id or delivery.tracking_number or delivery.signed_for_by
            electronic = delivery.way in (DeliveryWay.ONLINE, DeliveryWay.EMAIL)
            if not known and not electronic and delivery.way not in HANDED_OVER:
                yield f"{letter.number}没有送达凭证"
    waiting = case.messages.filter(handled_at=None).count()
    if waiting:
        yield f"有 {waiting} 件申请人来件没有处理"
    if case.outcome == Outcome.NOT_HELD and not case.searches.exists():
        yield "没有检索记录"
    reply = case.letters.filter(act="served", state=LetterState.SERVED).exists()
    if case.state == "served" and not reply and case.outcome != Outcome.OTHERWISE_CONCLUDED:
        yield "没有答复书"
