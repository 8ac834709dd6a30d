"""The objects of a PDF, walked from its root: every dictionary that anything leads to."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from ...errors import UnreadableDocument
from ...readers.document import Budget

BROKEN = (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError, NotImplementedError)
"""What the library says of objects that are not what the standard asks for."""

_MOST_OBJECTS = 1_000_000
_OBJECT = re.compile(rb"(?:^|[\r\n])[ \t]*(\d{1,9})[ \t]+(\d{1,5})[ \t]+obj\b")


def open_pdf(data: bytes) -> pikepdf.Pdf:
    """The PDF opened; UnreadableDocument where it has a password or cannot be mended."""
    try:
        return pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise UnreadableDocument("input.encrypted") from error
    except BROKEN as error:
        raise UnreadableDocument("input.damaged", kind="pdf") from error


def dictionaries(start: Any, budget: Budget) -> Iterator[Any]:
    """Every dictionary and stream that ``start`` leads to, each once."""
    seen: set[tuple[int, int]] = set()
    waiting = [start]
    count = 0
    while waiting:
        at = waiting.pop()
        if isinstance(at, pikepdf.Object):
            if at.is_indirect:
                if at.objgen in seen:
                    continue
                seen.add(at.objgen)
        else:
            continue
        count += 1
        if count > _MOST_OBJECTS:
            raise UnreadableDocument("input.too_many_cells", limit=_MOST_OBJECTS)
        if not count % 512:
            budget.check()
        if isinstance(at, pikepdf.Array):
            waiting.extend(_members(at))
        elif isinstance(at, (pikepdf.Dictionary, pikepdf.Stream)):
            yield at
            waiting.extend(value for _, value in entries(at))


def entries(dictionary: Any) -> list[tuple[str, Any]]:
    """The keys and values of a dictionary or of a stream's dictionary."""
    if not isinstance(dictionary, (pikepdf.Dictionary, pikepdf.Stream)):
        return []
    try:
        return list(dictionary.items())
    except BROKEN:
        return []


def text_at(dictionary: Any, *keys: str) -> str:
    """The words of the first of ``keys`` that holds some."""
    for key in keys if isinstance(dictionary, (pikepdf.Dictionary, pikepdf.Stream)) else ():
        try:
            value = dictionary.get(key)
            if isinstance(value, pikepdf.Stream):
                value = value.read_bytes().decode("utf-8", "replace")
            if isinstance(value, (pikepdf.String, pikepdf.Name, str)) and str(value).strip():
                return str(value).strip()
        except BROKEN:
            continue
    return ""


def name_of(value: Any) -> str:
    """A name as text; "" where it is none or cannot be told."""
    try:
        return str(value) if isinstance(value, pikepdf.Name) else ""
    except BROKEN:
        return ""


def child(dictionary: Any, *keys: str) -> Any:
    """The dictionary reached by ``keys`` one after the other; None where there is none."""
    at = dictionary
    for key in keys:
        if not isinstance(at, (pikepdf.Dictionary, pikepdf.Stream)):
            return None
        try:
            at = at.get(key)
        except BROKEN:
            return None
    return at


def members(array: Any) -> list[Any]:
    """What an array holds; nothing where it is none."""
    return _members(array) if isinstance(array, pikepdf.Array) else []


def superseded(data: bytes) -> int:
    """How many objects stand in the file in more than one version: earlier ones are kept."""
    if data.count(b"%%EOF") < 2:
        return 0
    numbers = [match.groups() for match in _OBJECT.finditer(data)]
    return len(numbers) - len(set(numbers))


def _members(array: Any) -> list[Any]:
    try:
        return list(array)
    except BROKEN:
        return []
