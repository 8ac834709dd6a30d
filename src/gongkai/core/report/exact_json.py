"""JSON in which money keeps its digits: Decimal out and in, never by way of binary float."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any


def dumps(data: Any, *, lines: bool = False) -> str:
    """``data`` as JSON text, money with its exact digits; ``lines`` puts a cell on a line."""
    if not (lines and isinstance(data, dict)):
        return _dump(data)
    return "{\n" + ",\n".join(f"  {_dump(k)}: {_block(v)}" for k, v in data.items()) + "\n}\n"


def loads(text: str | bytes) -> Any:
    """JSON text to data, with every number that is not an integer as Decimal."""
    return json.loads(text, parse_float=Decimal)


def _block(value: Any) -> str:
    """A member of the report on lines of its own, one level deep."""
    if isinstance(value, dict) and value:
        return "{\n" + ",\n".join(f"    {_dump(k)}: {_dump(v)}" for k, v in value.items()) + "\n  }"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"    {_dump(v)}" for v in value) + "\n  ]"
    return _dump(value)


def _dump(value: Any) -> str:
    # json writes no Decimal, and by way of float it would lose digits: what holds
    # one is written member by member, everything else at the speed of C.
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except TypeError:
        if isinstance(value, Decimal):
            return f"{value:f}"
        if isinstance(value, dict):
            return "{" + ", ".join(f"{_dump(str(k))}: {_dump(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list | tuple):
            return "[" + ", ".join(_dump(v) for v in value) + "]"
        raise
