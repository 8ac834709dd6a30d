"""年度报告的数字: the page that tells which files there are, what they hold, how they are used."""

from __future__ import annotations

from itertools import groupby
from typing import Any, NamedTuple

from ...rendered import Rendered
from ...shell import PLATFORM, About, compose, permalink
from ..fields import Field, told_type
from . import kept, writing
from .cells import Word, dictionary
from .description import COLUMNS, DICTIONARY, INDEX, LABELS, PACKAGE, PLACE, SCHEMAS, source_note
from .fields import report_fields
from .rows import STATES

_NAME = "年度报告的数字"


class _Part(NamedTuple):
    """A table of an edition: the section it stands in and its cells."""

    edition: str
    title: str
    words: list[Word]


def written() -> Rendered:
    """The page."""
    return compose(
        INDEX,
        "open_data_reports.html",
        title=_NAME,
        crumbs=[("开放数据", "open-data.html"), (_NAME, None)],
        about=About(
            column="开放数据",
            column_type=PLATFORM,
            description="各机关各年度政府信息公开年度报告的数字：CSV、XLSX、Parquet、JSON",
        ),
        address=permalink(PLACE),
        interface=permalink("api/v1/"),
        package=PACKAGE,
        schemas=[path.removeprefix(PLACE) for path in SCHEMAS],
        dictionary=DICTIONARY,
        columns=COLUMNS,
        note=source_note(),
        forms=list(writing.forms()),
        sets=[(one, _by_table(one)) for one in kept.available().values()],
        states=STATES.items(),
        figure_fields=_told(kept.TABLES[kept.FIGURES]()),
        report_fields=_told(report_fields()),
        parts=_parts(),
    )


def _by_table(one: kept.KeptSet) -> list[tuple[str, int, list[kept.KeptFile]]]:
    """The files of a set: each table with its rows and its formats."""
    found = []
    for table, label in LABELS.items():
        files = [file for file in one.files if file.table == table]
        if files:
            found.append((label, files[0].rows, files))
    return found


def _told(fields: tuple[Field, ...]) -> list[dict[str, Any]]:
    return [told_type(field) for field in fields]


def _parts() -> list[_Part]:
    """The dictionary, table by table, the newest edition first."""
    return [
        _Part(edition, f"{title}（另一版的行）" if borrowed else title, list(words))
        for (edition, title, borrowed), words in groupby(
            dictionary(), key=lambda w: (w.edition, w.section_title, w.borrowed)
        )
    ]
