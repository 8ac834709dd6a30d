"""A data folder with so many items published: ``python -m bench.region NUMBER``.

The folder is that of GONGKAI_DATA; the pages of some items are baked.  Rows and index are
written as an import writes them, without the drafts, reviews and audit trail behind them,
which no reader ever asks for.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, time
from itertools import islice
from multiprocessing import get_context

import django

from .attachment import pdf
from .items import Item, agencies, item

# Items whose pages are baked, spread over all.
PAGES = 500
_BATCH = 2_000
# One item in six has an attachment, one in ten stands beside another.
_WITH_FILE, _WITH_TIE = 6, 10


def prepare() -> None:
    """The data folder with its agencies, and nothing published."""
    from django.conf import settings
    from django.core.management import call_command

    for name in ("files", "site"):
        (settings.DATA / name).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    from gongkai.web.agencies.models import Agency, Kind

    government = Agency.objects.create(
        slug="qh0000",
        code="QH0000",
        name="青禾区人民政府",
        short_name="区政府",
        kind=Kind.GOVERNMENT,
    )
    for at, name in enumerate(agencies(), 1):
        Agency.objects.create(
            slug=f"qh{at:04d}",
            code=f"QH{at:04d}",
            name=name,
            short_name=name.removeprefix("青禾区").removesuffix("办事处"),
            kind=Kind.STREET if name.endswith("办事处") else Kind.DEPARTMENT,
            parent=government,
            position=at,
        )


def publish(number: int) -> None:
    """Publish the first ``number`` made-up items."""
    from django.db import connection, transaction

    from gongkai.web import filestore
    from gongkai.web.agencies.models import Agency
    from gongkai.web.publication.models import Relation
    from gongkai.web.publication.release import NewItem, ReleasedFile, release_new

    known = list(Agency.objects.filter(parent__isnull=False))
    data = pdf(0)
    file = ReleasedFile(filestore.put(data), "附件.pdf", "application/pdf", len(data))
    for made in _made(number):
        with transaction.atomic():
            # Texts alike are looked for at reviews only: no fingerprint.
            release_new([NewItem(_release(item, known, file), plain, ()) for item, plain in made])
            Relation.objects.bulk_create(
                Relation(left_id=item.number, right_id=item.number - 1, tie="relates")
                for item, _ in made
                if item.number % _WITH_TIE == 0
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _made(number: int) -> Iterator[list[tuple[Item, str]]]:
    """The items in batches, thought up in a process beside, a few batches ahead."""
    firsts = iter(range(1, number + 1, _BATCH))
    with ProcessPoolExecutor(1, get_context("spawn")) as beside:
        ahead = deque(beside.submit(_think_up, first, number) for first in islice(firsts, 3))
        while ahead:
            yield ahead.popleft().result()
            ahead.extend(beside.submit(_think_up, first, number) for first in islice(firsts, 1))


def _think_up(first: int, last: int) -> list[tuple[Item, str]]:
    made = map(item, range(first, min(first + _BATCH, last + 1)))
    return [(each, each.plain) for each in made]


def _release(item: Item, known, file):
    from gongkai.web.publication.release import Release

    facts = {
        "kind": item.kind,
        "column": "statutory",
        "statutory": item.statutory,
        "title": item.title,
        "summary": item.paragraphs[1][:120],
        "index_number": item.index_number,
        "document_number": item.document_number,
        "theme": item.theme,
        "genre": "notice",
        "made_on": item.made_on,
        "published_at": datetime.combine(item.published_on, time(2, item.number % 60), UTC),
        "validity": "in_force" if item.document_number else "",
        "effective_on": item.published_on if item.document_number else None,
        "body_html": item.stored,
    }
    files = (file,) if item.number % _WITH_FILE == 0 else ()
    return Release(item.number, known[item.agency], facts, files)


def bake(numbers: Iterable[int]) -> None:
    """Write the pages of some items, and nothing else."""
    from gongkai.web.public import bake
    from gongkai.web.publication.models import Publication

    bake.ask_for(item.path for item in Publication.objects.filter(pk__in=list(numbers)))
    baked = bake.bake_changes()
    if baked.failures:
        raise RuntimeError(f"not baked: {baked.failures}")


if __name__ == "__main__":
    django.setup()
    _number = int(sys.argv[1])
    prepare()
    publish(_number)
    bake(range(1, _number + 1, max(1, _number // PAGES)))
