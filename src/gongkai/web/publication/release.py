"""Make an item public, change it, take it back; always inside the transaction of an act.

Nothing else writes the tables of this folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.dispatch import Signal
from django.utils import timezone

from gongkai.core.bodies import plain_text
from gongkai.web.agencies.models import Agency

from . import likeness, reports, search, search_index
from .models import Change, Elsewhere, Publication, PublishedFile, Relation, Withdrawal

# Sent after the commit; whoever bakes pages listens.
changed = Signal()


@dataclass(frozen=True, slots=True)
class ReleasedFile:
    """A file that may be public: its digest in the file store and how it is shown."""

    digest: str
    name: str
    media_type: str
    size: int
    description: str = ""
    inline: bool = False
    # What the text calls it: ``attachment:REFERENCE``.
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """Everything the public may know of an item."""

    number: int
    agency: Agency
    # The fields of Publication, by name, but for those that follow from others.
    facts: dict[str, Any]
    files: tuple[ReleasedFile, ...] = ()
    ties: tuple[tuple[str, int], ...] = ()  # (tie, number of the other publication)
    elsewhere: tuple[dict[str, Any], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class NewItem:
    """A first release, with what was read out of its body beforehand."""

    release: Release
    plain: str
    fingerprint: tuple[int, ...]


def order_key(published_at: datetime, number: int) -> int:
    """A key that sorts by day of release, then by number; unique for a number."""
    return timezone.localtime(published_at).date().toordinal() * 10**9 + number


def release(item: Release) -> Publication:
    """Publish, or replace what is published; the first moment of release is kept."""
    _require_transaction()
    old = Publication.objects.filter(pk=item.number).first()
    now = timezone.now()
    published_at = old.published_at if old else item.facts.get("published_at", now)
    plain = plain_text(item.facts.get("body_html", ""))
    new = publication_of(item, published_at, plain)
    new.updated_at = now if old else None
    new.version = old.version + 1 if old else 1
    before = standing(old) if old else {}
    if old:
        search.remove(old)
    new.save(force_insert=old is None, force_update=old is not None)
    search.index(new)
    likeness.keep(new, plain)
    Withdrawal.objects.filter(pk=item.number).delete()
    new.files.all().delete()
    files = PublishedFile.objects.bulk_create(files_of(new, item))
    reports.keep(new, files)
    new.ties.all().delete()
    public = set(
        Publication.objects.filter(pk__in=[n for _, n in item.ties]).values_list("pk", flat=True)
    )
    Relation.objects.bulk_create(
        Relation(left=new, right_id=number, tie=tie)
        for tie, number in item.ties
        if number in public
    )
    new.elsewhere.all().delete()
    Elsewhere.objects.bulk_create(Elsewhere(publication=new, **e) for e in item.elsewhere)
    announce(number=new.pk, before=before, after=standing(new))
    return new


def relate(left: int, tie: str, right: int) -> None:
    """Tie two publications where both are public: when the second of them comes out later."""
    _require_transaction()
    if Publication.objects.filter(pk__in=(left, right)).count() == 2:
        _, made = Relation.objects.get_or_create(left_id=left, right_id=right, tie=tie)
        if made:
            now = standing(Publication.objects.get(pk=left))
            announce(number=left, before=now, after=now)


def release_new(items: Sequence[NewItem]) -> None:
    """Publish many items at once that were never public here.

    For what was public elsewhere and is moved in: the moment of release is a fact of each.
    """
    _require_transaction()
    publications = [
        publication_of(new.release, new.release.facts["published_at"], new.plain) for new in items
    ]
    Publication.objects.bulk_create(publications)
    search_index.add((one.order_key, one.text) for one in publications)
    files = [files_of(one, new.release) for one, new in zip(publications, items, strict=True)]
    PublishedFile.objects.bulk_create(file for those in files for file in those)
    reports.keep_new(zip(publications, files, strict=True))
    likeness.enter((new.release.number, value) for new in items for value in new.fingerprint)
    # One change of the whole site, since most lists are different after so many.
    announce_wide("site")


def files_of(publication: Publication, item: Release) -> list[PublishedFile]:
    """The rows of the files of an item."""
    return [
        PublishedFile(
            publication=publication,
            digest=file.digest,
            name=file.name,
            reference=file.reference,
            media_type=file.media_type,
            size=file.size,
            description=file.description,
            inline=file.inline,
            position=position,
        )
        for position, file in enumerate(item.files)
    ]


def publication_of(item: Release, published_at: datetime, plain: str) -> Publication:
    """The row of an item first published then, with all that follows from its facts.

    ``plain``: the plain text of its body.
    """
    facts = item.facts
    text = search.text_of(
        title=facts["title"],
        document_number=facts.get("document_number", ""),
        index_number=facts["index_number"],
        summary=facts.get("summary", ""),
        body=plain,
    )
    return Publication(
        number=item.number,
        agency=item.agency,
        **{
            **facts,
            "published_at": published_at,
            "year": timezone.localtime(published_at).year,
            "order_key": order_key(published_at, item.number),
            "text": text,
        },
    )


def withdraw(number: int, reason: str) -> Withdrawal:
    """Take a publication back: its row, files and ties go, the address says that it was withdrawn."""
    _require_transaction()
    old = Publication.objects.get(pk=number)
    before = standing(old)
    search.remove(old)
    reports.remove(old)
    notice = Withdrawal.objects.create(
        number=number, agency=old.agency, year=old.year, reason=reason
    )
    old.delete()
    announce(number=number, before=before, after={})
    return notice


def announce(
    *,
    number: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    scope: str = "",
) -> Change:
    """Leave a change for the baker; ``scope`` for what touches more than one item."""
    _require_transaction()
    change = Change.objects.create(
        number=number, before=before or {}, after=after or {}, scope=scope
    )
    transaction.on_commit(lambda: changed.send(sender=Change))
    return change


def announce_wide(scope: str, after: dict[str, Any] | None = None) -> None:
    """Leave a change of ``scope``, unless the whole site waits to be baked anyway.

    A change of the site that waits is held until what we wrote can be seen: the baker must not
    strike it out before.
    """
    if Change.objects.select_for_update().filter(scope="site").first() is None:
        announce(scope=scope, after=after)


def standing(publication: Publication) -> dict[str, Any]:
    """Where a publication stands: enough to name every page and file that shows it."""
    return {
        "path": publication.path,
        "order_key": publication.order_key,
        "agency": publication.agency_id,
        "column": publication.column,
        "statutory": publication.statutory,
        "theme": publication.theme,
        "kind": publication.kind,
        "year": publication.year,
        "report_year": reports.year_told(publication),
        "files": [file.path for file in publication.files.all()],
        "tied": _numbers(publication),
    }


def _numbers(publication: Publication) -> list[int]:
    right: Iterable[int] = publication.ties.values_list("right_id", flat=True)
    left: Iterable[int] = publication.tied_by.values_list("left_id", flat=True)
    return sorted({*right, *left})


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("what is public changes only in the transaction of an act")
