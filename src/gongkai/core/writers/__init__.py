"""A report, into a document someone can publish.

``write(report, path)`` chooses by the suffix; each format is a module with
``render(report, language)``.  What is printed and in which order is told once,
in ``outline``, so that the formats cannot disagree.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from ..errors import UnwritableDocument
from ..report import AnnualReport

# Suffix to module, loaded only when asked for: Typst and its fonts take a while.
FORMATS: dict[str, str] = {
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".html": "html",
    ".pdf": "pdf",
    ".json": "json",
}


def write(report: AnnualReport, path: str | os.PathLike[str], language: str = "zh") -> None:
    """Write ``report`` to ``path`` in the format of its suffix.

    The file appears whole or not at all: what stood there before stays until
    the new one is complete.  UnwritableDocument for any other suffix; OSError
    where the place cannot be written to.
    """
    target = Path(path)
    replace_file(target, render(report, target.suffix, language))


def render(report: AnnualReport, suffix: str, language: str = "zh") -> bytes:
    """``report`` as the bytes of a file with ``suffix``, e.g. ``.docx``."""
    name = FORMATS.get(suffix.lower())
    if name is None:
        raise UnwritableDocument(f"{suffix or '?'}: {'、'.join(FORMATS)}")
    rendering: Callable[[AnnualReport, str], bytes | str]
    rendering = import_module(f"{__name__}.{name}").render
    data = rendering(report, language)
    return data.encode() if isinstance(data, str) else data


def replace_file(target: Path, data: bytes) -> None:
    """Put ``data`` at ``target`` in one step."""
    handle, temporary = tempfile.mkstemp(prefix=".gongkai-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, usual_mode(target))
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def usual_mode(target: Path) -> int:
    """The mode of the file that is replaced, or the usual one for a new file."""
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        return 0o644
