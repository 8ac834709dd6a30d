"""Enter a batch of prepared rows: items, versions, files, what is public, one audit line.

All of it in one transaction, so that a run that is killed leaves whole batches only; a row
whose address of the former site is known already is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import OuterRef, Subquery, prefetch_related_objects

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import SYSTEM, Subject, record
from gongkai.web.disclosure.acts.publish import release_of
from gongkai.web.disclosure.index_numbers import free_index_numbers
from gongkai.web.disclosure.models import (
    Attachment,
    InformationItem,
    ItemVersion,
    LifeEvent,
    State,
    StoredFile,
)
from gongkai.web.people.models import Person
from gongkai.web.publication.release import NewItem, release_new

from .preparing import Prepared, Refused

# The account that stands for the former site: nobody can sign in with it.
USERNAME = "former-site"
_REASON = "从原网站迁入"
Teller = Callable[[list[tuple[Prepared, str]]], None]


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a batch: rows entered, rows refused after all."""

    rows: list[Prepared]
    refused: list[Refused]


def former_site() -> Person:
    """Whom the records of moved items name as their author."""
    found = Person.objects.filter(username=USERNAME).first()
    return found or Person.objects.make(USERNAME, "原网站迁入", None, is_active=False)


def known(agency: Agency, addresses: Sequence[str]) -> set[str]:
    """Those addresses of the former site from which an item is here already."""
    items = InformationItem.objects.filter(agency=agency, former_address__in=addresses)
    return set(items.values_list("former_address", flat=True))


@transaction.atomic
def enter(
    rows: Sequence[Prepared], agency: Agency, person: Person, source: str, tell: Teller
) -> Entered:
    """Enter ``rows``, none of which is known; ``source`` is the file they come from.

    ``tell`` is given (row, index number) of each before anything is entered for good.
    """
    rows, refused = _without_taken_numbers(rows)
    items = _items(rows, agency, person)
    versions = _versions(rows, items, person)
    attachments = _attachments(rows, versions)
    _endings(rows, items, person)
    _make_current(items)
    prefetch_related_objects(items, "life_events", "causes", "other_releases")
    release_new(
        [
            NewItem(release_of(item, version, attachments[version.pk]), row.plain, row.fingerprint)
            for row, item, version in zip(rows, items, versions, strict=True)
        ]
    )
    if items:
        record(
            "item.import",
            Subject("agency", str(agency.pk), agency.name),
            SYSTEM,
            reason=f"{_REASON}：{source}",
            after={
                "count": len(items),
                "first": items[0].pk,
                "last": items[-1].pk,
                "files": sum(len(row.files) for row in rows),
            },
        )
        tell([(row, item.index_number or "") for row, item in zip(rows, items, strict=True)])
    return Entered(rows, refused)


def _without_taken_numbers(rows: Sequence[Prepared]) -> tuple[list[Prepared], list[Refused]]:
    """Rows whose own index number nobody bears; the others refused."""
    numbers = [row.candidate.facts["index_number"] for row in rows]
    items = InformationItem.objects.filter(index_number__in=filter(None, numbers))
    taken = set(items.values_list("index_number", flat=True))
    kept, refused = [], []
    for row, number in zip(rows, numbers, strict=True):
        if number in taken:
            refused.append(Refused(row.candidate.line, f"索引号“{number}”已经有了"))
        else:
            kept.append(row)
            taken |= {number} - {""}
    return kept, refused


def _items(rows: Sequence[Prepared], agency: Agency, person: Person) -> list[InformationItem]:
    candidates = [row.candidate for row in rows]
    unnumbered = [c for c in candidates if not c.facts["index_number"]]
    given = iter(
        free_index_numbers(
            agency,
            [(c.published_at.date(), c.statutory or c.column) for c in unnumbered],
            but={c.facts["index_number"] for c in candidates},
        )
    )
    return InformationItem.objects.bulk_create(
        InformationItem(
            agency=agency,
            kind=candidate.kind,
            state=State.PUBLISHED,
            author=person,
            index_number=candidate.facts["index_number"] or next(given),
            first_published_at=candidate.published_at,
            former_address=candidate.former_address,
        )
        for candidate in candidates
    )


def _versions(
    rows: Sequence[Prepared], items: Sequence[InformationItem], person: Person
) -> list[ItemVersion]:
    versions = ItemVersion.objects.bulk_create(
        ItemVersion(
            item=item,
            number=1,
            title=row.candidate.title,
            body_html=row.body_html,
            column=row.candidate.column,
            statutory=row.candidate.statutory,
            written_by=person,
            sealed=True,
            change_reason=_REASON,
            **{
                **{k: v for k, v in row.candidate.facts.items() if k != "index_number"},
                "issuer": row.candidate.facts["issuer"] or item.agency.name,
            },
        )
        for row, item in zip(rows, items, strict=True)
    )
    for item, version in zip(items, versions, strict=True):
        item.current = item.live = version
    return versions


def _make_current(items: Sequence[InformationItem]) -> None:
    """What ``_versions`` said of the items in memory, in the database: one statement."""
    version = Subquery(ItemVersion.objects.filter(item=OuterRef("pk")).values("pk")[:1])
    InformationItem.objects.filter(pk__in=[item.pk for item in items]).update(
        current=version, live=version
    )


def _attachments(
    rows: Sequence[Prepared], versions: Sequence[ItemVersion]
) -> dict[int, list[Attachment]]:
    """The files of the rows as attachments, by their version."""
    files = {file.digest: file for row in rows for file in row.files}
    StoredFile.objects.bulk_create(
        (
            StoredFile(digest=f.digest, sm3=f.sm3, size=f.size, media_type=f.media_type)
            for f in files.values()
        ),
        ignore_conflicts=True,
    )
    stored = {file.digest: file for file in StoredFile.objects.filter(digest__in=files)}
    made = Attachment.objects.bulk_create(
        Attachment(
            version=version,
            reference=file.reference,
            original=stored[file.digest],
            name=file.name,
            alternative_text=file.description,
            inline=file.inline,
            virus_scan=file.virus_scan,
            position=file.reference,
        )
        for row, version in zip(rows, versions, strict=True)
        for file in row.files
    )
    found: dict[int, list[Attachment]] = {version.pk: [] for version in versions}
    for attachment in made:
        found[attachment.version_id].append(attachment)
    return found


def _endings(rows: Sequence[Prepared], items: Sequence[InformationItem], person: Person) -> None:
    LifeEvent.objects.bulk_create(
        LifeEvent(
            item=item,
            kind=ending.kind,
            on=ending.on,
            by_document=ending.by,
            note=_REASON,
            recorded_by=person,
        )
        for row, item in zip(rows, items, strict=True)
        if (ending := row.candidate.ending) is not None
    )
