"""Everything public of the region at once, with the moments at which it came out.

The rows are those that ``publication.release`` makes of an item; only their moments of
release and change are the region's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.core.bodies import plain_text
from gongkai.core.screening import fingerprint
from gongkai.web.disclosure.acts.publish import release_of
from gongkai.web.disclosure.models import InformationItem, State, Verdict
from gongkai.web.public.bake import SITE
from gongkai.web.publication import likeness, search_index
from gongkai.web.publication.models import (
    Elsewhere,
    Publication,
    PublishedFile,
    Relation,
    Withdrawal,
)
from gongkai.web.publication.release import Release, announce, publication_of

from .telling import Telling

_AT_ONCE = 200


@dataclass(frozen=True)
class _Public:
    """A release with its row and the plain text of its body."""

    release: Release
    row: Publication
    plain: str


def publish(telling: Telling) -> int:
    """Make public what stands published, and leave the notices of what was withdrawn."""
    found: list[_Public] = []
    for item in _standing_published():
        telling.one("公开信息")
        found.append(_public(item))
    Publication.objects.bulk_create((one.row for one in found), batch_size=_AT_ONCE)
    for start in range(0, len(found), _AT_ONCE):
        _index(found[start : start + _AT_ONCE])
        telling.one("建立检索")
    _with_them([one.release for one in found])
    Withdrawal.objects.bulk_create(
        Withdrawal(
            number=item.pk,
            agency=item.agency,
            year=item.first_published_at.year,
            reason=item.withdrawal_reason,
            withdrawn_at=item.withdrawn_at,
        )
        for item in InformationItem.objects.filter(state=State.WITHDRAWN).select_related("agency")
        if item.first_published_at and item.withdrawn_at
    )
    # One change for all of it: six hundred would have the pages baked six hundred times.
    announce(scope=SITE)
    return len(found)


def _standing_published() -> Any:
    return (
        InformationItem.objects.filter(state=State.PUBLISHED)
        .select_related("agency", "live", "interprets")
        .prefetch_related("life_events", "causes")
        .order_by("pk")
    )


def _public(item: InformationItem) -> _Public:
    version, published_at = item.live, item.first_published_at
    if version is None or published_at is None:
        raise ValueError(f"item {item.pk} stands published and nothing of it is")
    release = release_of(item, version)
    plain = plain_text(version.public_body)
    row = publication_of(release, published_at, plain)
    row.version = version.number
    if version.number > 1:
        row.updated_at = (
            item.opinions.filter(version=version, verdict=Verdict.PASSED).latest("at").at
        )
    return _Public(release, row, plain)


def _index(found: Sequence[_Public]) -> None:
    search_index.add((one.row.order_key, one.row.text) for one in found)
    likeness.enter((one.row.pk, value) for one in found for value in fingerprint(one.plain))


def _with_them(releases: Sequence[Release]) -> None:
    """Files, ties and other channels."""
    public = {release.number for release in releases}
    PublishedFile.objects.bulk_create(
        PublishedFile(publication_id=release.number, position=position, **_facts(file))
        for release in releases
        for position, file in enumerate(release.files)
    )
    Relation.objects.bulk_create(
        Relation(left_id=release.number, right_id=number, tie=tie)
        for release in releases
        for tie, number in dict.fromkeys(release.ties)
        if number in public
    )
    Elsewhere.objects.bulk_create(
        Elsewhere(publication_id=release.number, **one)
        for release in releases
        for one in release.elsewhere
    )


def _facts(file: Any) -> Mapping[str, Any]:
    names = ("digest", "name", "reference", "media_type", "size", "description", "inline")
    return {name: getattr(file, name) for name in names}
