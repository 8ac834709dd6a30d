"""Documents broken at random places in the ways files break: bytes, tags, parts, lines."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

JUNK = (
    b"", b"\0", b"\xff\xfe", b"<", b">", b"&#0;", b"&amp", b'"', b"\x1a", b"0", b"9" * 400, b"-1",
    b"4294967296", b"\xe4\xb8", "一".encode(), "（".encode(), b"\xed\xa0\x80", b"]]>", b"<!--",
    b"\n", b"\t", b"|", b"%", b"endobj", b" 0 R", b"<<", b"stream\n", b"PK\x03\x04", b"1e999",
)  # fmt: skip


class Edit(NamedTuple):
    """Something done at a share of the length (``at``), reaching a share further (``size``)."""

    what: str
    at: float
    size: float
    junk: bytes


def broken(data: bytes, edits: Sequence[Edit]) -> bytes:
    """``data`` after every edit; those inside an archive are made in one of its parts."""
    for edit in edits:
        data = _EDITS[edit.what](data, edit)
    return data


def _overwrite(data: bytes, edit: Edit) -> bytes:
    at = int(edit.at * len(data))
    return data[:at] + edit.junk + data[at + max(1, len(edit.junk)) :]


def _insert(data: bytes, edit: Edit) -> bytes:
    at = int(edit.at * len(data))
    return data[:at] + edit.junk + data[at:]


def _flip(data: bytes, edit: Edit) -> bytes:
    at = int(edit.at * len(data))
    return (
        data[:at] + bytes(b ^ (1 << int(edit.size * 7)) for b in data[at : at + 1]) + data[at + 1 :]
    )


def _cut(data: bytes, edit: Edit) -> bytes:
    at = int(edit.at * len(data))
    return data[:at] + data[at + int(edit.size**3 * len(data)) :]


def _double(data: bytes, edit: Edit) -> bytes:
    at = int(edit.at * len(data))
    end = at + int(edit.size**3 * len(data) / 4)
    return data[:end] + data[at:end] + data[end:]


def _truncate(data: bytes, edit: Edit) -> bytes:
    return data[: int(edit.at * len(data))]


_TAG = re.compile(rb"<[^<>]{1,300}>")
_VALUE = re.compile(rb'="[^"]*"')


def _drop_tag(data: bytes, edit: Edit) -> bytes:
    return _near(data, edit, _TAG, b"")


def _double_tag(data: bytes, edit: Edit) -> bytes:
    return _near(data, edit, _TAG, None)


def _set_value(data: bytes, edit: Edit) -> bytes:
    return _near(data, edit, _VALUE, b'="' + edit.junk + b'"')


def _near(data: bytes, edit: Edit, pattern: re.Pattern[bytes], by: bytes | None) -> bytes:
    """The next match behind ``at`` replaced, or doubled."""
    found = pattern.search(data, int(edit.at * len(data)))
    if not found:
        return data
    return data[: found.start()] + (found[0] * 2 if by is None else by) + data[found.end() :]


def _swap_lines(data: bytes, edit: Edit) -> bytes:
    lines = data.split(b"\n")
    a, b = (min(int(x * len(lines)), len(lines) - 1) for x in (edit.at, edit.size))
    lines[a], lines[b] = lines[b], lines[a]
    return b"\n".join(lines)


def _drop_line(data: bytes, edit: Edit) -> bytes:
    lines = data.split(b"\n")
    del lines[min(int(edit.at * len(lines)), len(lines) - 1)]
    return b"\n".join(lines)


def _inside(change: Callable[[bytes, Edit], bytes]) -> Callable[[bytes, Edit], bytes]:
    """``change`` made in the largest XML part of an archive (or another one, now and then)."""

    def changed(data: bytes, edit: Edit) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                parts = {name: package.read(name) for name in package.namelist()}
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError):
            return change(data, edit)
        names = sorted(parts, key=lambda name: -len(parts[name]))
        if not names:
            return data
        chosen = names[0] if edit.size < 0.8 else names[int(edit.size * len(names)) % len(names)]
        parts[chosen] = change(parts[chosen], edit)
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as package:
            for name, part in parts.items():
                package.writestr(name, part)
        return stream.getvalue()

    return changed


_EDITS: dict[str, Callable[[bytes, Edit], bytes]] = {
    "overwrite": _overwrite, "insert": _insert, "flip": _flip, "cut": _cut, "double": _double,
    "truncate": _truncate, "drop line": _drop_line, "swap lines": _swap_lines,
} | {
    f"{name} inside": _inside(change)
    for name, change in (
        ("overwrite", _overwrite), ("insert", _insert), ("cut", _cut), ("double", _double),
        ("drop tag", _drop_tag), ("double tag", _double_tag), ("set value", _set_value),
    )
}  # fmt: skip
EDITS = tuple(_EDITS)
