"""Read published reports that bring no data of their own: the text of the page, then the files.

Done in the background, some at a time, each group in a process of its own (``apart``); where
one of a group hangs or crashes it, they are read one by one.  The reading that fills most of
the form is kept; where two fill as much, the text of the page.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from html import escape
from pathlib import PurePath

from django.db import transaction

from gongkai.web import filestore
from gongkai.web.apart import NoAnswer, apart

from .models import Came, PublishedReport, ReadingState
from .release import announce_wide
from .report_papers import Paper, Told, best_of
from .reports import enter, refuse, settle

_TOGETHER = 16
_MOST_BYTES = 32 * 2**20
_SUFFIXES = frozenset({".docx", ".doc", ".wps", ".pdf", ".xlsx", ".html", ".htm", ".txt", ".rtf"})


def read_waiting(meanwhile: Callable[[], None] = lambda: None) -> int:
    """Read every report that waits; how many there were."""
    done = 0
    while group := _next():
        papers = [_papers(row) for row in group]
        for row, told in zip(group, _read_group(papers), strict=True):
            done += _keep(row, told)
        meanwhile()
    return done


def _next() -> list[PublishedReport]:
    waiting = PublishedReport.objects.filter(state=ReadingState.WAITING)
    return list(waiting.select_related("publication").order_by("pk")[:_TOGETHER])


def _papers(row: PublishedReport) -> list[Paper]:
    publication = row.publication
    title = escape(publication.title)
    page = (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f"</head><body><h1>{title}</h1>{publication.body_html}</body></html>"
    )
    papers = [Paper(page.encode(), "")] if publication.body_html.strip() else []
    size = 0
    for file in publication.files.filter(inline=False):
        size += file.size
        if PurePath(file.name).suffix.lower() in _SUFFIXES and size <= _MOST_BYTES:
            # One that the store has lost is told by ``gongkai doctor``; the others are read.
            with suppress(FileNotFoundError):
                papers.append(Paper(filestore.read(file.digest), file.name))
    return papers


def _read_group(publications: list[list[Paper]]) -> list[Told]:
    try:
        return apart(best_of, publications)
    except NoAnswer as reason:
        if len(publications) == 1:
            return [Told(None, failure=f"{reason}。")]
    return [told for one in publications for told in _read_group([one])]


@transaction.atomic
def _keep(read: PublishedReport, told: Told) -> bool:
    """Enter it, unless another version came out meanwhile; the pages that show it follow."""
    row = (
        PublishedReport.objects.select_for_update()
        .filter(pk=read.pk, mark=read.mark, state=ReadingState.WAITING)
        .first()
    )
    if row is None:
        return False
    if told.report is None:
        refuse(row, told.failure)
    else:
        enter(row, told.report, Came.FILE if told.file_name else Came.BODY, told.file_name)
    row.save()
    settle(row.agency_id, row.year)
    announce_wide(f"report:{row.agency_id}", {"report_year": row.year})
    return True
