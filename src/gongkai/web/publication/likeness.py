"""Find published items that say what a text says, without reading them all.

Each publication keeps the fingerprint of its text (``core.screening.fingerprint``), a few
numbers that a text sharing long runs with it has too.  Withdrawn, they go with its row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import connection
from django.db.models import Count

from gongkai.core.screening import fingerprint, worth_comparing

from .models import Publication, TextFingerprint

# As many as a reviewer would look at.
_MOST = 20
_AT_ONCE = 500


def keep(publication: Publication, plain: str) -> None:
    """Keep the fingerprint of the publication's text, in the transaction that saves it."""
    publication.fingerprints.all().delete()
    enter((publication.pk, value) for value in fingerprint(plain))


def enter(values: Iterable[tuple[int, int]]) -> None:
    """Keep (number of the publication, number of its fingerprint): many at once, so in SQL."""
    table = TextFingerprint._meta.db_table
    statement = f"INSERT INTO {table} (publication_id, value) VALUES (%s, %s)"
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(values))


def worth_reading(plain: str, but: int | None = None) -> list[Publication]:
    """Publications that may hold much of this text, the likeliest first; ``but`` is left out."""
    own = fingerprint(plain)
    shared: Counter[int] = Counter()
    for start in range(0, len(own), _AT_ONCE):
        found = (
            TextFingerprint.objects.filter(value__in=own[start : start + _AT_ONCE])
            .values_list("publication_id")
            .annotate(count=Count("value"))
        )
        for number, count in found:
            shared[number] += count
    if but is not None:
        shared.pop(but, None)
    likely = [n for n, count in shared.most_common(_MOST) if worth_comparing(count, len(own))]
    known = Publication.objects.defer("text").in_bulk(likely)
    return [known[number] for number in likely if number in known]
