"""What is measured within a process of the platform: ``python -m bench.inside WHAT …``.

Each prints the seconds it took.  The folder is that of GONGKAI_DATA.

- ``rows FOLDER AFTER``: enter the published rows that another data folder has beyond a number,
  and nothing else: no index, no item behind them, no check of a text.
- ``pages NUMBER``: so many pages of items by a view with a template and one query.
- ``publish NUMBER``: publish an item while the worker runs, until its page and every list
  that shows it are written.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import django

_BATCH = 500
_SECONDS_TO_WRITE = 60
_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{{ item.title }}</title></head><body>
<h1>{{ item.title }}</h1>
<dl><dt>索引号</dt><dd>{{ item.index_number }}</dd>
<dt>发文机关</dt><dd>{{ item.agency.name }}</dd>
<dt>发文字号</dt><dd>{{ item.document_number }}</dd>
<dt>成文日期</dt><dd>{{ item.made_on|date:"Y-m-d" }}</dd>
<dt>发布日期</dt><dd>{{ item.published_at|date:"Y-m-d" }}</dd></dl>
{{ item.body_html|safe }}
</body></html>"""


def rows(folder: str, after: str) -> float:
    """Bulk-create what ``folder`` has published with numbers beyond ``after``."""
    from django.db import connections, transaction

    from gongkai.web.publication.models import Publication

    database = Path(folder, "gongkai.sqlite3")
    connections.databases["imported"] = connections.databases["default"] | {"NAME": database}
    imported = list(Publication.objects.using("imported").filter(pk__gt=int(after)))
    began = time.perf_counter()
    with transaction.atomic():
        Publication.objects.using("default").bulk_create(imported, batch_size=_BATCH)
    return time.perf_counter() - began


def pages(number: str) -> float:
    """The pages of items, from the first to the last and again, until there are ``number``."""
    from django.http import HttpRequest, HttpResponse
    from django.template import engines
    from django.test import RequestFactory

    from gongkai.web.publication.models import Publication

    template = engines["django"].from_string(_PAGE)

    def view(request: HttpRequest, key: int) -> HttpResponse:
        item = Publication.objects.select_related("agency").get(pk=key)
        return HttpResponse(template.render({"item": item}, request))

    known = list(Publication.objects.values_list("pk", flat=True))
    asked = [known[at % len(known)] for at in range(int(number))]
    requests = RequestFactory(SERVER_NAME="localhost")
    view(requests.get("/"), asked[0])
    began = time.perf_counter()
    for key in asked:
        view(requests.get("/"), key)
    return time.perf_counter() - began


def publish(number: str) -> float:
    """Seconds from the act of publishing to the last file that shows it."""
    from django.conf import settings
    from django.db import transaction

    from gongkai.web.agencies.models import Agency
    from gongkai.web.publication.models import Change, Publication
    from gongkai.web.publication.release import Release, release

    from .items import item

    _until(lambda: not Change.objects.exists())
    made = item(int(number))
    like = Publication.objects.order_by("-pk")[0]
    facts = {
        name: getattr(like, name) for name in ("kind", "column", "statutory", "theme", "genre")
    } | {
        "title": made.title,
        "index_number": made.index_number,
        "made_on": made.made_on,
        "body_html": made.stored,
    }
    agency = Agency.objects.get(pk=like.agency_id)
    began = time.perf_counter()
    with transaction.atomic():
        page = release(Release(made.number, agency, facts)).path
    _until(lambda: (settings.SITE / page).exists() and not Change.objects.exists())
    return time.perf_counter() - began


def _until(done) -> None:
    last = time.monotonic() + _SECONDS_TO_WRITE
    while not done():
        if time.monotonic() > last:
            raise RuntimeError(f"the worker has not written everything in {_SECONDS_TO_WRITE} s")
        time.sleep(0.02)


if __name__ == "__main__":
    django.setup()
    print({"rows": rows, "pages": pages, "publish": publish}[sys.argv[1]](*sys.argv[2:]))
