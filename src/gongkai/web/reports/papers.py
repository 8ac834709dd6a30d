"""The papers of a report: the same report as page, Word, PDF, sheet and data.

All are drawn by the core's writers from one value, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes

from gongkai.core.bodies import clean
from gongkai.core.report import AnnualReport
from gongkai.core.writers import render
from gongkai.core.writers.html import article
from gongkai.web import filestore, virus_scan
from gongkai.web.disclosure.models import StoredFile

_WRITING = 8
_OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of paper, in the words beside its link."""

    suffix: str
    media_type: str
    about: str


FORMATS = (
    Format(".docx", _OFFICE + "wordprocessingml.document", "Word 文件"),
    Format(".pdf", "application/pdf", "版式文件"),
    Format(".xlsx", _OFFICE + "spreadsheetml.sheet", "表格"),
    Format(".html", "text/html", "网页，单独可看"),
    Format(".json", "application/json", "数据，每格一个名称"),
)


def format_of(suffix: str) -> Format | None:
    """The format with this ending, the dot left out."""
    return next((one for one in FORMATS if one.suffix == f".{suffix}"), None)


def name_of(report: AnnualReport, form: Format) -> str:
    """What the file is called."""
    return f"{report.title}{form.suffix}"


def body_of(report: AnnualReport) -> str:
    """The report as the text of an item: what its page shows."""
    # A body knows one place of a paragraph: that of the signature.
    return clean(article(report).replace('class="gk-flat gk-sign"', 'class="gk-sign"')).html


def keep(data: bytes, media_type: str) -> StoredFile:
    """A paper of ours in the file store."""
    return keep_all([data], media_type)[0]


def keep_all(papers: Sequence[bytes], media_type: str) -> list[StoredFile]:
    """Papers in the file store; several are written side by side, for a disk keeps one waiting."""
    with ThreadPoolExecutor(_WRITING) as writers:
        digests = list(writers.map(filestore.put, papers))
    StoredFile.objects.bulk_create(
        (
            StoredFile(digest=digest, sm3=_sm3(data), size=len(data), media_type=media_type)
            for digest, data in zip(digests, papers, strict=True)
        ),
        ignore_conflicts=True,
        batch_size=500,
    )
    kept = StoredFile.objects.in_bulk(digests, field_name="digest")
    return [kept[digest] for digest in digests]


def _sm3(data: bytes) -> str:
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize().hex()


def drawn(report: AnnualReport) -> list[tuple[Format, StoredFile, str]]:
    """Every paper of ``report``, kept; and what the virus scanner, if any, said of it."""
    papers = []
    for one in FORMATS:
        data = render(report, one.suffix)
        papers.append((one, keep(data, one.media_type), virus_scan.scan(data)))
    return papers
