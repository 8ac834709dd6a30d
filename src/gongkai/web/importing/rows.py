"""Read the file to be imported, row by row: CSV with a heading line, or JSON lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from gongkai.core.readers.encoding import decode

from .columns import COLUMNS, column_named

# Read to find out in which encoding the file is written.
_SAMPLE_BYTES = 1 << 20
# The longest cell: a text with its pictures in it.
_LONGEST_CELL = 1 << 28


class NotAnExport(Exception):
    """The file as a whole cannot be read; the message says why, in words."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its line in the file, its values by column, or why it cannot be read.

    ``given`` are the values as they stand in the file, for handing them back.
    """

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)
    refusal: str = ""


def read(path: Path) -> Iterator[Row]:
    """Every row of the file; NotAnExport where it is not of a form that can be read."""
    with _opened(path) as file:
        if _is_json(path):
            yield from _json_rows(file)
        else:
            yield from _csv_rows(file)


def headings(path: Path) -> list[str]:
    """The columns of the file as it calls them, for handing rows back."""
    if _is_json(path):
        return [column.name for column in COLUMNS]
    with _opened(path) as file:
        return _headings(csv.reader(file))


def count(path: Path) -> int:
    """How many rows there are; NotAnExport as ``read``."""
    return sum(1 for _ in read(path))


def _is_json(path: Path) -> bool:
    return path.suffix.lower() in (".jsonl", ".ndjson", ".json")


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    try:
        with path.open("rb") as bytes_:
            encoding = _encoding(bytes_.read(_SAMPLE_BYTES))
        with path.open(encoding=encoding, newline="") as file:
            yield file
    except (FileNotFoundError, IsADirectoryError) as error:
        raise NotAnExport(f"没有这个文件：{path}") from error
    except PermissionError as error:
        raise NotAnExport(f"没有读取 {path} 的权限") from error
    except UnicodeDecodeError as error:
        raise NotAnExport(f"{path.name} 的文字编码前后不一致，请存成 UTF-8") from error


def _encoding(sample: bytes) -> str:
    if sample.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    # The sample may end within a character.
    return "utf-8" if _is_utf8(sample) else decode(sample[:-4])[1]


def _is_utf8(sample: bytes) -> bool:
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(sample) - 3
    return True


def _headings(reader: Iterator[list[str]]) -> list[str]:
    named = next(reader, None)
    if not named:
        raise NotAnExport("文件是空的，第一行应是表头")
    found = [column_named(heading) for heading in named]
    missing = [c for c in COLUMNS if c.needed and c.name not in found]
    if missing:
        wanted = "、".join(f"{c.label}（{c.name}）" for c in missing)
        raise NotAnExport(f"表头缺少：{wanted}")
    twice = {name for name in found if name and found.count(name) > 1}
    if twice:
        raise NotAnExport(f"表头里 {'、'.join(sorted(twice))} 有两列")
    return named


def _csv_rows(file: TextIO) -> Iterator[Row]:
    reader = csv.reader(file)
    csv.field_size_limit(_LONGEST_CELL)
    named = _headings(reader)
    names = [column_named(heading) for heading in named]
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise NotAnExport(f"第 {line} 行起读不下去：{error}") from error
        if not any(cells):
            continue
        given = dict(zip(named, cells, strict=False))
        if len(cells) != len(named):
            why = f"有 {len(cells)} 列，表头有 {len(named)} 列"
            yield Row(line, given=given, refusal=why)
            continue
        values = {name: cell for name, cell in zip(names, cells, strict=True) if name}
        yield Row(line, values, given)


def _json_rows(file: TextIO) -> Iterator[Row]:
    for line, written in enumerate(file, start=1):
        if not written.strip():
            continue
        try:
            given = json.loads(written)
        except (ValueError, RecursionError) as error:
            yield Row(line, refusal=f"不是完整的 JSON：{error}"[:200])
            continue
        if not isinstance(given, dict):
            yield Row(line, refusal="应是一个 JSON 对象：{…}")
            continue
        values = {name: value for key, value in given.items() if (name := column_named(str(key)))}
        yield Row(line, values, values, "" if _is_text(given) else "有不完整的字符（\\ud800 一类）")


def _is_text(value: Any) -> bool:
    """Whether all of it can be written; JSON can name halves of characters."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
