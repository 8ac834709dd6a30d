"""The items of the region with their versions, files, opinions and ties, as they stand.

Beside the importer the one place that writes past moments: the clock of acts is now, and what
happened in the region happened before it was loaded.  Nothing here is written over what an
act has done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from gongkai.core.normative_document import EventKind
from gongkai.core.time_limits import publication_due
from gongkai.web.agencies.index_numbers import next_index_number
from gongkai.web.disclosure.acts.afterwards import REASSESSED_KEEP
from gongkai.web.disclosure.models import (
    Attachment,
    InformationItem,
    ItemKind,
    ItemVersion,
    LifeEvent,
    Opinion,
    OtherRelease,
    Reassessment,
    State,
)
from gongkai.web.publication.models import Publication
from gongkai.web.registers.days import working_days
from gongkai.web.virus_scan import UNSCANNED

from .attachments import Files
from .history import OPENS, moment, moment_of
from .light_text import html_of
from .records import Record, Text, events_of
from .report_text import official
from .telling import Telling

Items = Mapping[str, InformationItem]
_DETAILS = ("fiscal_year", "report_year", "form", "concern")
_LOOKED_AGAIN = "理由仍然成立，继续不主动公开。"


def keep_items(records: Sequence[Record], telling: Telling) -> Items:
    """Make everything of ``records``; the items by their keys."""
    items = _items(records)
    _tie(records, items)
    versions = _versions(records, items, telling)
    _attachments(records, versions, telling)
    Opinion.objects.bulk_create(
        Opinion(
            item=items[record.key],
            version=versions[record.key, step.version],
            step=step.state,
            verdict=step.verdict,
            text=step.text,
            person=step.person,
            at=step.at,
        )
        for record in records
        for step in record.way.steps
    )
    _afterwards(records, items)
    return items


def _items(records: Sequence[Record]) -> dict[str, InformationItem]:
    days = working_days()
    made = []
    for record in records:
        facts = record.facts
        due = (
            publication_due(facts["made_on"], days)
            if facts["disclosure_class"] == "proactive"
            else None
        )
        demands = facts.get("interpretation_required", False)
        scheduled = facts.get("scheduled_for")
        made.append(
            InformationItem(
                agency=record.agency,
                kind=ItemKind(facts["kind"]),
                state=record.state,
                author=record.author,
                index_number=_index_number(record),
                returned=facts.get("state") == "returned",
                state_since=record.way.last,
                due_on=due.day if due else None,
                due_provisional=due.provisional if due else False,
                scheduled_for=moment_of(scheduled) if scheduled else None,
                first_published_at=record.first_published_at,
                withdrawn_at=record.withdrawn_at,
                withdrawal_reason=facts.get("withdrawal_reason", ""),
                interpretation_due=demands,
                released_together=demands,
                created_at=record.began,
            )
        )
    kept = InformationItem.objects.bulk_create(made)
    return {record.key: item for record, item in zip(records, kept, strict=True)}


def _index_number(record: Record) -> str | None:
    """Given once, at the first release."""
    if record.first_published_at is None:
        return None
    day = timezone.localdate(record.first_published_at)
    category = record.facts.get("statutory") or record.facts["column"]
    return next_index_number(record.agency, day, category)


def _tie(records: Sequence[Record], items: Items) -> None:
    """Interpretations name their document."""
    documents = _documents(records, items)
    tied = []
    for record in records:
        if "interpretation_of" in record.facts:
            item = items[record.key]
            item.interprets = documents[record.facts["interpretation_of"]]
            tied.append(item)
    InformationItem.objects.bulk_update(tied, ["interprets"])


def _documents(records: Sequence[Record], items: Items) -> dict[str, InformationItem]:
    """Items by their document number."""
    return {
        record.facts["document_number"]: items[record.key]
        for record in records
        if "document_number" in record.facts
    }


def _versions(
    records: Sequence[Record], items: Items, telling: Telling
) -> dict[tuple[str, int], ItemVersion]:
    pages = {record.key: _page_of(record, items[record.key]) for record in records}
    made = []
    for record in records:
        telling.one("写入信息")
        for text in record.texts:
            written = _written(record, text, pages)
            made.append(ItemVersion(item=items[record.key], **written))
    kept = ItemVersion.objects.bulk_create(made)
    names = [(record.key, text.number) for record in records for text in record.texts]
    newest = _newest_version()
    InformationItem.objects.update(current=newest)
    InformationItem.objects.filter(state=State.PUBLISHED).update(live=newest)
    return dict(zip(names, kept, strict=True))


def _newest_version() -> Subquery:
    versions: QuerySet[ItemVersion] = ItemVersion.objects.filter(item=OuterRef("pk"))
    return Subquery(versions.order_by("-number").values("pk")[:1])


def _page_of(record: Record, item: InformationItem) -> str:
    """The address of an item's page; empty where it is not public."""
    if record.state != State.PUBLISHED or record.first_published_at is None:
        return ""
    year = timezone.localtime(record.first_published_at).year
    return settings.MOUNT + Publication(number=item.pk, year=year).path


def _written(record: Record, text: Text, pages: Mapping[str, str]) -> dict[str, Any]:
    facts, validity = record.facts, record.facts.get("validity", {})
    began = record.way.began[text.number]
    details = {name: facts[name] for name in _DETAILS if name in facts}
    if "asked_on" in facts:
        details["asked_on"] = facts["asked_on"].isoformat()
    return {
        "number": text.number,
        "title": facts["title"],
        "body_html": _body(record, text, pages),
        "summary": facts.get("summary", ""),
        "issuer": record.agency.name,
        "source": record.agency.name,
        "document_number": facts.get("document_number", ""),
        "made_on": facts["made_on"],
        "genre": facts["genre"],
        "theme": facts["theme"],
        "keywords": facts.get("keywords", []),
        "column": facts["column"],
        "statutory": facts.get("statutory", ""),
        "disclosure_class": facts["disclosure_class"],
        "legal_basis": facts.get("disclosure_basis", ""),
        "class_reason": facts.get("disclosure_reason", ""),
        "effective_on": validity.get("effective_on"),
        "expires_on": validity.get("expires_on"),
        "details": details,
        "written_by": record.author,
        "created_at": began,
        "saved_at": began,
        "sealed": not (record.open and text.number == record.texts[-1].number),
        "change_reason": text.reason,
    }


def _body(record: Record, text: Text, pages: Mapping[str, str]) -> str:
    if record.facts["kind"] == ItemKind.ANNUAL_REPORT:
        return official(record.facts, text.body, record.agency.name)
    return html_of(text.body, record.files, pages)


def _attachments(
    records: Sequence[Record], versions: Mapping[tuple[str, int], ItemVersion], telling: Telling
) -> None:
    recipes = [file for record in records for file in record.facts.get("attachment", ())]
    files = Files(recipes)
    made = []
    for record in records:
        for file in record.facts.get("attachment", ()):
            telling.one("制作附件")
            number = int(record.files[file["name"]])
            stored = files.stored(file, record.agency.short_name)
            made += [
                Attachment(
                    version=versions[record.key, text.number],
                    reference=number,
                    original=stored,
                    name=file["name"],
                    alternative_text=file.get("alt", ""),
                    inline=file.get("inline", False),
                    virus_scan=UNSCANNED,
                    position=number,
                )
                for text in record.texts
            ]
    Attachment.objects.bulk_create(made)


def _afterwards(records: Sequence[Record], items: Items) -> None:
    """What happened after the release: a document's life, other channels, reassessment."""
    documents = _documents(records, items)
    events, channels, reassessments = [], [], []
    for record in records:
        item, facts = items[record.key], record.facts
        events += [
            LifeEvent(
                item=item,
                kind=EventKind(event["act"]),
                on=event["on"],
                by_item=documents.get(event["by"]),
                by_document=event["by"],
                recorded_by=record.office.keeper,
                recorded_at=moment(event["on"], OPENS),
            )
            for event in events_of(facts)
        ]
        if record.state == State.PUBLISHED:
            channels += [
                OtherRelease(
                    item=item,
                    channel=channel,
                    released_on=facts["published_on"],
                    recorded_by=record.office.keeper,
                )
                for channel in facts.get("channels", ())
            ]
        if "reassess_on" in facts:
            reassessments += _looks(record, item, facts["reassess_on"])
    LifeEvent.objects.bulk_create(events)
    OtherRelease.objects.bulk_create(channels)
    Reassessment.objects.bulk_create(reassessments)


def _looks(record: Record, item: InformationItem, due_on: date) -> list[Reassessment]:
    """The reassessment that is planned, and the one a year before where there was one."""
    looks = [Reassessment(item=item, due_on=due_on)]
    before = due_on - timedelta(days=365)
    if timezone.localdate(record.way.last) < before:
        done = Reassessment(
            item=item,
            due_on=before,
            done_on=before,
            result=REASSESSED_KEEP,
            reasons=_LOOKED_AGAIN,
            person=record.office.secrecy,
        )
        looks.insert(0, done)
    return looks
