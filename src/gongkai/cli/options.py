"""Arguments and options that several commands share, and the kinds of value they take."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from ..core.readers.document import Limits
from .words import LANGUAGES, Words
from .workers import Allowance

Function = Callable[..., Any]
Decorator = Callable[[Function], Function]

_MB = 1024 * 1024
_MEMORY_MB = 2048
_LEAST_MEMORY_MB = 256


class Amount(click.ParamType[Any]):
    """A number not below ``least``; ``whole`` numbers only unless told otherwise."""

    name = "number"

    def __init__(self, words: Words, least: float = 1, whole: bool = True) -> None:
        self._words, self._least, self._whole = words, least, whole

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            number = int(value) if self._whole else float(value)
        except ValueError:
            number = None
        if number is None or not number >= self._least or number == float("inf"):
            key = "common.not_whole" if self._whole else "common.not_number"
            self.fail(self._words(key, value=value, least=f"{self._least:g}"), param, ctx)
        return number


class OneOf(click.ParamType[str]):
    """One of a few words."""

    name = "word"

    def __init__(self, words: Words, choices: tuple[str, ...]) -> None:
        self._words, self.choices = words, choices

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.choices:
            listed = self._words("common.comma").join(self.choices)
            self.fail(self._words("common.not_one_of", value=value, choices=listed), param, ctx)
        return str(value)


class OutputFile(click.ParamType[str]):
    """The name of a file to write: not that of a folder."""

    name = "file"

    def __init__(self, words: Words) -> None:
        self._words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if os.path.isdir(value):
            self.fail(self._words("common.is_folder_not_file", value=value), param, ctx)
        return str(value)


class OutputFolder(click.ParamType[str]):
    """The name of a folder to write into, there or not: not that of a file."""

    name = "folder"

    def __init__(self, words: Words) -> None:
        self._words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if os.path.exists(value) and not os.path.isdir(value):
            self.fail(self._words("common.is_file_not_folder", value=value), param, ctx)
        return str(value)


@dataclass(frozen=True)
class Reading:
    """How the files of one run are read: limits for a file, and how many at once."""

    limits: Limits
    allowance: Allowance
    processes: int
    debug: bool


def all_of(*decorators: Decorator) -> Decorator:
    """Several options as one, in the order in which the help lists them."""

    def decorate(function: Function) -> Function:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def language_option(words: Words) -> Decorator:
    """``--lang``: already heeded when the commands were built (see ``main``), here only taken."""
    return click.option(
        "--lang",
        type=OneOf(words, LANGUAGES),
        expose_value=False,
        metavar="zh|en",
        help=words("common.lang"),
    )


def sources_argument(words: Words) -> Decorator:
    return click.argument(
        "named",
        nargs=-1,
        required=True,
        metavar=words("common.sources"),
        type=click.Path(readable=False),
    )


def output_option(words: Words, key: str) -> Decorator:
    return click.option(
        "-o",
        "--output",
        "target",
        type=OutputFile(words),
        metavar=words("common.file"),
        help=words(key),
    )


def force_option(words: Words) -> Decorator:
    return click.option("--force", is_flag=True, help=words("common.force"))


def reading_options(words: Words) -> Decorator:
    """Limits of a file and number of processes, handed on as one ``reading``."""
    default = Limits()

    def limit(name: str, initial: float, least: float = 1, whole: bool = True) -> Any:
        key = "common." + name.removeprefix("--").replace("-", "_")
        return click.option(
            name,
            type=Amount(words, least, whole),
            default=initial,
            metavar=words("common.number"),
            help=words(key, default=f"{initial:g}"),
        )

    options = [
        click.option(
            "-j",
            "--jobs",
            type=Amount(words),
            default=1,
            metavar=words("common.number"),
            help=words("common.jobs", default=1),
        ),
        limit("--timeout", default.seconds, 0.1, whole=False),
        limit("--max-mb", default.file_bytes / _MB, 0.001, whole=False),
        limit("--max-unpacked-mb", default.unpacked_bytes / _MB, 0.001, whole=False),
        limit("--max-pages", default.pages),
        limit("--max-cells", default.cells),
        limit("--max-memory-mb", _MEMORY_MB, _LEAST_MEMORY_MB),
        click.option("--debug", is_flag=True, help=words("common.debug")),
    ]
    return all_of(*options)


def reading_from(given: dict[str, Any]) -> Reading:
    """Take what ``reading_options`` added out of a command's keyword arguments."""
    limits = Limits(
        file_bytes=int(given.pop("max_mb") * _MB),
        unpacked_bytes=int(given.pop("max_unpacked_mb") * _MB),
        pages=given.pop("max_pages"),
        cells=given.pop("max_cells"),
        seconds=given.pop("timeout"),
    )
    allowance = Allowance(limits.seconds, given.pop("max_memory_mb") * _MB)
    return Reading(limits, allowance, given.pop("jobs"), given.pop("debug"))
