"""A document someone sent, into a report plus doubts.

``read`` tells the kind of file from its bytes, lets that format's reader turn
it into prose and grids (``document``), and understands those in one place for
all formats (``understanding``).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..errors import UnreadableDocument
from ..finding import Finding
from ..report import AnnualReport
from ..rules import find
from .document import Budget, Document, Limits, mark_unread
from .kind import kind_of
from .understanding.reading import Reading, understand

__all__ = ["Limits", "Reading", "parse_bytes", "read", "read_bytes"]

_MEGABYTE = 1_048_576
_EXTENSIONS = {
    "docx": {"docx", "docm", "dotx", "wps"},
    "doc": {"doc", "dot", "wps"},
    "rtf": {"rtf", "doc"},
    "html": {"html", "htm", "xhtml", "shtml", "jsp", "aspx", "doc", "xls"},
    "pdf": {"pdf"},
    "xlsx": {"xlsx", "xlsm"},
    "txt": {"txt", "md", "markdown", "text", "tsv", "csv"},
    "json": {"json"},
}


def read(path: str | Path, limits: Limits | None = None) -> Reading:
    """Read the report in the file at ``path``.

    UnreadableDocument where nothing can be read of it; everything less is a
    finding of the Reading.
    """
    limits = limits or Limits()
    place = Path(path)
    try:
        size = place.stat().st_size
        if size > limits.file_bytes:
            raise UnreadableDocument(
                "input.too_large",
                **_megabytes(size, limits.file_bytes),
            )
        data = place.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise UnreadableDocument("input.missing") from error
    except PermissionError as error:
        raise UnreadableDocument("input.not_permitted") from error
    return read_bytes(data, str(path), limits)


def _megabytes(size: int, limit: int) -> dict[str, str]:
    """Both with as many digits as it takes to see that ``size`` is above ``limit``."""
    sizes = size / _MEGABYTE, limit / _MEGABYTE
    digits = next((d for d in range(6) if round(sizes[0], d) > round(sizes[1], d) > 0), 6)
    return {"size": f"{sizes[0]:.{digits}f}", "limit": f"{sizes[1]:.{digits}f}"}


def read_bytes(data: bytes, file: str, limits: Limits | None = None) -> Reading:
    """Read the report in ``data``; ``file`` is the name it goes by."""
    budget = Budget(limits or Limits())
    kind = kind_of(data)
    report, findings = _understood(data, kind, budget)
    extension = Path(file).suffix.lstrip(".").lower()
    if extension and extension not in _EXTENSIONS[kind]:
        findings = (
            find("input.extension_differs", extension=extension, kind=kind),
            *findings,
        )
    return Reading(report, findings, file, kind, hashlib.sha256(data).hexdigest())


def parse_bytes(data: bytes, limits: Limits | None = None) -> Document | None:
    """The words and tables of a file in reading order, each with its place; nothing is understood.

    None for our own JSON, which is no document.  UnreadableDocument as of :func:`read`.
    """
    budget = Budget(limits or Limits())
    return _parsed(data, kind_of(data), budget)


def _understood(data: bytes, kind: str, budget: Budget) -> tuple[AnnualReport, tuple[Finding, ...]]:
    document = _parsed(data, kind, budget)
    if document is None:
        from .json import read_report

        return read_report(data)
    return understand(document, budget)


def _parsed(data: bytes, kind: str, budget: Budget) -> Document | None:
    # Each library is loaded only when a file of its kind comes.
    if kind == "json":
        return None
    if kind == "docx":
        from .docx import parse
    elif kind in ("doc", "rtf"):
        from .doc import parse
    elif kind == "html":
        from .html import parse
    elif kind == "pdf":
        from .pdf import parse
    elif kind == "xlsx":
        from .xlsx import parse
    else:
        from .text import parse
    document = parse(data, budget)
    mark_unread(document)
    return document
