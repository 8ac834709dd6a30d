"""Everything public of the region at once, with the moments at which it came out.

The public copies are those that the act of publishing makes of an item; only their moments of
release and change are the region's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.core.bodies import plain_text
from gongkai.core.screening import fingerprint
from gongkai.web.disclosure.acts.publish import release_of
from gongkai.web.disclosure.models import InformationItem, State, Verdict
from gongkai.web.publication.models import Elsewhere, Relation, Withdrawal
from gongkai.web.publication.release import NewItem, Release, release_new

from .telling import Telling

_AT_ONCE = 200


def publish(telling: Telling) -> None:
    """Make public what stands published, and leave the notices of what was withdrawn."""
    found: list[NewItem] = []
    for item in _standing(State.PUBLISHED):
        telling.one("公开信息")
        release = _release_of(item)
        plain = plain_text(release.facts["body_html"])
        found.append(NewItem(release, plain, tuple(fingerprint(plain))))
    for start in range(0, len(found), _AT_ONCE):
        release_new(found[start : start + _AT_ONCE])
    _tie([new.release for new in found])
    Withdrawal.objects.bulk_create(
        Withdrawal(
            number=item.pk,
            agency=item.agency,
            year=timezone.localtime(item.first_published_at).year,
            reason=item.withdrawal_reason,
            withdrawn_at=item.withdrawn_at,
        )
        for item in _standing(State.WITHDRAWN)
        if item.first_published_at and item.withdrawn_at
    )


def _standing(state: State) -> QuerySet[InformationItem]:
    return (
        InformationItem.objects.filter(state=state)
        .select_related("agency", "live", "interprets")
        .prefetch_related("life_events", "causes")
        .order_by("pk")
    )


def _release_of(item: InformationItem) -> Release:
    """The public copy, which says since when it reads as it does."""
    version = item.live
    if version is None:
        raise ValueError(f"item {item.pk} stands published and nothing of it is")
    release = release_of(item, version)
    if version.number == 1:
        return release
    passed = item.opinions.filter(version=version, verdict=Verdict.PASSED).latest("at")
    facts = {**release.facts, "version": version.number, "updated_at": passed.at}
    return replace(release, facts=facts)


def _tie(releases: Sequence[Release]) -> None:
    """Who interprets or changes whom, and where else each was released."""
    public = {release.number for release in releases}
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
