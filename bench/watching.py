"""The watch over a hundred thousand items and three thousand columns, beside the SQL it rests on.

``measure`` is what ``python -m bench`` prints.  ``python -m bench.watching WHAT …`` runs within a
process of the platform, over the folder of GONGKAI_DATA that ``bench.region`` has prepared:

- ``fill NUMBER``: agencies with three thousand columns between them, so much published, the items
  behind it, the trail of their release, and a look at every text;
- ``run ROUNDS``: a whole run and one over what changed, each beside the same questions asked of
  the database by themselves; and what it takes to look at a text for the first time.  Prints
  JSON, medians in seconds.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from datetime import time as clock
from pathlib import Path
from typing import Any

import django

from . import servers
from .attachment import pdf
from .items import Item, item
from .reading import Result

_COLUMNS = 3_000
_BATCH = 2_000
_CHANGED = 10
_NEW_TEXTS = 300
_TEXTS = 1_000
# One item in six has an attachment.
_WITH_FILE = 6
_CALLED = {
    "whole": "全面巡检（{number:,} 条，{columns:,} 个栏目）",
    "changed": f"巡检改动的 {_CHANGED} 条",
}


def measure(quick: bool) -> Iterator[Result]:
    """A whole run, one over what changed, a text looked at for the first time."""
    number = 10_000 if quick else 100_000
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        data = Path(name, "data")
        servers.inside(data, "bench.region", 0)
        servers.inside(data, "bench.watching", "fill", number)
        found = json.loads(servers.inside(data, "bench.watching", "run", 3 if quick else 5))
    for what, called in _CALLED.items():
        ours, theirs, questions = found[what]
        yield Result(
            called.format(number=number, columns=found["columns"])
            + f"／只用它的 {questions} 句 SQL",
            f"{ours * 1000:,.0f} ms",
            f"{theirs * 1000:,.0f} ms",
            f"{ours / theirs:.2f}",
            "—",
            None,
        )
    yield Result("  第一次看一篇正文", f"{found['text'] * 1000:.1f} ms", "—", "—", "—", None)


def fill(number: str) -> None:
    """Agencies enough, what they published, the items behind it, the trail, the looks."""
    from django.db import connection, transaction

    from gongkai.core.catalogue import duty_of
    from gongkai.web.agencies.models import Agency, Kind
    from gongkai.web.people.models import Person

    government = Agency.objects.get(parent=None)
    # Its statutory items and 制度.
    columns = len(duty_of(Kind.DEPARTMENT).items) + 1
    for at in range(Agency.objects.count(), _COLUMNS // columns):
        Agency.objects.create(
            slug=f"more{at:04d}", code=f"MORE{at:04d}", name=f"第 {at} 局", short_name=f"{at} 局",
            kind=Kind.DEPARTMENT, parent=government,
        )  # fmt: skip
    keys = list(Agency.objects.exclude(pk=government.pk).values_list("pk", flat=True))
    person = Person.objects.make("watched", "周远", None)
    # The texts come round again: nobody compares them here.
    texts = [(one, one.plain) for one in map(item, range(1, _TEXTS + 1))]
    for first in range(1, int(number) + 1, _BATCH):
        with transaction.atomic():
            _keep(range(first, min(first + _BATCH, int(number) + 1)), texts, keys, person)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _keep(numbers: range, texts: list[tuple[Item, str]], keys: list[int], person: Any) -> None:
    from gongkai.web import filestore
    from gongkai.web.audit.models import AuditEntry
    from gongkai.web.disclosure.models import InformationItem, State
    from gongkai.web.oversight.watching.looking import mark_of
    from gongkai.web.oversight.watching.models import TextLook
    from gongkai.web.publication.models import Publication, PublishedFile
    from gongkai.web.publication.release import order_key
    from gongkai.web.registers.words import word_lists

    mark, data = mark_of(word_lists()), pdf(0)
    digest = filestore.put(data)
    public = []
    for number in numbers:
        like, plain = texts[number % len(texts)]
        at = datetime.combine(like.published_on, clock(2, number % 60), UTC)
        public.append(
            Publication(
                number=number, agency_id=keys[number % len(keys)], order_key=order_key(at, number),
                kind=like.kind, column="statutory", statutory=like.statutory, title=like.title,
                index_number=f"bench-{number}", document_number=like.document_number,
                theme=like.theme, made_on=like.made_on, published_at=at, year=at.year,
                validity="in_force" if like.document_number else "", text=plain,
                body_html=like.stored,
            )
        )  # fmt: skip
    Publication.objects.bulk_create(public)
    PublishedFile.objects.bulk_create(
        PublishedFile(
            publication=one, digest=digest, name="附件.pdf", media_type="application/pdf",
            size=len(data),
        )
        for one in public
        if one.number % _WITH_FILE == 0
    )  # fmt: skip
    InformationItem.objects.bulk_create(
        InformationItem(
            pk=one.number, agency_id=one.agency_id, kind=one.kind, state=State.PUBLISHED,
            author=person, index_number=one.index_number, first_published_at=one.published_at,
        )
        for one in public
    )  # fmt: skip
    AuditEntry.objects.bulk_create(
        AuditEntry(
            number=2 * one.number + step, at=one.published_at, act=act, subject_kind="item",
            subject=str(one.number), subject_name="信息", digest="0" * 64,
        )
        for one in public
        for step, act in ((-1, "item.draft"), (0, "item.publish"))
    )  # fmt: skip
    TextLook.objects.bulk_create(
        TextLook(publication=one, version=one.version, mark=mark) for one in public
    )


def run(rounds: str) -> dict[str, Any]:
    """The runs, each beside its own questions."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from gongkai.web.oversight.watching.looking import look_at_texts
    from gongkai.web.oversight.watching.models import TextLook
    from gongkai.web.oversight.watching.terms import Reach, Terms
    from gongkai.web.publication.models import Publication

    # The first keeps its findings and looks into the files: what every later one goes by.
    first = _run(_planned("whole"))
    found: dict[str, Any] = {"columns": first.looked_at["columns"]}
    for what in _CALLED:
        watch = _planned(what)
        with CaptureQueriesContext(connection) as asked:
            _run(watch)
        questions = [one["sql"] for one in asked if one["sql"].lstrip().startswith("SELECT")]
        ours, theirs = [], []
        for _ in range(int(rounds)):
            watch = _planned(what)
            began = time.perf_counter()
            _run(watch)
            ended = time.perf_counter()
            _ask(questions)
            ours.append(ended - began)
            theirs.append(time.perf_counter() - ended)
        found[what] = (statistics.median(ours), statistics.median(theirs), len(questions))
    some = list(Publication.objects.order_by("pk").values_list("pk", flat=True)[:_NEW_TEXTS])
    TextLook.objects.filter(pk__in=some).delete()
    began = time.perf_counter()
    looked = look_at_texts(Reach(items=frozenset(some)), Terms(timezone.localdate()))
    found["text"] = (time.perf_counter() - began) / looked
    return found


def _planned(what: str) -> Any:
    """A whole run; or one over what the trail says was changed since."""
    from django.db import transaction

    from gongkai.web.audit.record import SYSTEM, Subject, record
    from gongkai.web.oversight.watching import running
    from gongkai.web.publication.models import Publication

    if what == "whole":
        return running.plan(full=True)
    with transaction.atomic():
        for item in Publication.objects.order_by("-pk").only("title")[:_CHANGED]:
            record("item.correct", Subject("item", str(item.pk), item.title), SYSTEM)
    return running.plan_changes()


def _run(watch: Any) -> Any:
    from gongkai.web.oversight.watching import running

    running.run(watch)
    if watch.trouble:
        raise RuntimeError(watch.trouble)
    return watch


def _ask(questions: list[str]) -> None:
    """The same questions, and every row of their answers."""
    from django.db import connection

    with connection.cursor() as cursor:
        for question in questions:
            # Written out: nothing in it stands for a value any more.
            cursor.execute(question)
            cursor.fetchall()


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "fill":
        fill(sys.argv[2])
    else:
        print(json.dumps(run(sys.argv[2])))
