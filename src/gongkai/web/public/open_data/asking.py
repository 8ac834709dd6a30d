"""How a list of rows is asked for: its parameters, a page of it, and where the next goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import QueryDict

from gongkai.web.publication.search import MOST

from .fields import Field, Schema

USUAL, AT_MOST = 50, MOST


class BadQuestion(Exception):
    """What was asked cannot be understood; ``problems`` say why, in words."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("；".join(problems))
        self.problems = list(problems)


@dataclass(frozen=True)
class Parameter:
    """What may be asked: its name in the address, what it means; whether it may come again."""

    name: str
    label: str
    schema: Schema
    repeated: bool = False


class Asked(NamedTuple):
    """One question: the address's query, where to go on, how many."""

    query: QueryDict
    after: int | None
    limit: int


class Page(NamedTuple):
    """What was found and where the next page goes on; None on the last."""

    things: Iterable[Any]
    after: int | None


@dataclass(frozen=True)
class Resource:
    """A list of rows of one kind."""

    name: str
    label: str
    fields: Callable[[], tuple[Field, ...]]
    parameters: tuple[Parameter, ...]
    find: Callable[[Asked], Page]


def parameters_of(resource: Resource) -> tuple[Parameter, ...]:
    """All parameters, with those that every list has."""
    return (*resource.parameters, *_PAGING)


def ask(resource: Resource, query: QueryDict) -> Page:
    """A page of the list; BadQuestion names what could not be understood."""
    known = {parameter.name: parameter for parameter in parameters_of(resource)}
    problems = [
        f"没有“{name[:40]}”这个参数，可以用：{'、'.join(known)}"
        for name in query
        if name not in known
    ]
    problems += [
        f"{name} 只能有一个"
        for name, parameter in known.items()
        if not parameter.repeated and len(query.getlist(name)) > 1
    ]
    limit = _number(query, "limit", problems, most=AT_MOST)
    after = _number(query, "cursor", problems, most=2**63 - 1)
    if problems:
        raise BadQuestion(problems)
    return resource.find(Asked(query, after, limit or USUAL))


def choices(values: Iterable[str]) -> Schema:
    """One out of a list."""
    return {"type": "string", "enum": list(values)}


def _number(query: QueryDict, name: str, problems: list[str], most: int) -> int | None:
    written = query.get(name, "")
    if not written:
        return None
    if written.isascii() and written.isdigit() and 0 < int(written[:20]) <= most:
        return int(written)
    problems.append(
        f"limit 应是 1 到 {most} 的数" if name == "limit" else "cursor 应是上一页给出的那个"
    )
    return None


_PAGING = (
    Parameter(
        "limit",
        f"一页几行，不写是 {USUAL}",
        {"type": "integer", "minimum": 1, "maximum": AT_MOST},
    ),
    Parameter("cursor", "从哪里接着：上一页的 next 里有", {"type": "integer", "minimum": 1}),
)
