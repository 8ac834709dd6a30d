"""``gongkai``: the tree of commands, its language and its exit codes.

0    no error found
1    errors found in a report
2    a file could not be read or written; the others are done
3    the command was not understood
130  ended by Ctrl-C        141  nobody reads the output any more
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version

import click

from . import (
    aggregate,
    bake,
    check,
    clock,
    compare,
    convert,
    days,
    doctor,
    explain,
    fee,
    form,
    import_items,
    read,
    up,
)
from .options import language_option
from .program import Program
from .session import Session
from .words import LANGUAGES

_COMMANDS = (
    read,
    check,
    convert,
    aggregate,
    compare,
    form,
    explain,
    clock,
    days,
    fee,
    up,
    bake,
    import_items,
    doctor,
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; never returns, the exit code is the answer."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        # A character that the terminal's encoding lacks is no reason to stop.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    build(language_of(given, os.environ)).main(given, prog_name="gongkai")


def build(language: str = "zh") -> Program:
    """Every command with its help in ``language``."""
    session = Session(language)
    words = session.words

    @click.group(
        "gongkai",
        cls=Program,
        help=words("common.about_gongkai"),
        no_args_is_help=True,
        subcommand_metavar=words("common.command_metavar"),
        options_metavar=words("common.options_metavar"),
        context_settings={"obj": session, "max_content_width": 100},
    )
    @language_option(words)
    @click.version_option(
        version("gongkai"), message="gongkai %(version)s", help=words("common.version")
    )
    def program() -> None: ...

    assert isinstance(program, Program)
    for module in _COMMANDS:
        command = module.command(words)
        command.options_metavar = words("common.options_metavar")
        program.add_command(command)
    return program


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """``--lang`` wherever it stands, else GONGKAI_LANG, else Chinese.

    Looked for before anything is parsed, since the help itself depends on it.
    """
    wanted = environment.get("GONGKAI_LANG", "")
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
        elif argument == "--lang" and place + 1 < len(arguments):
            wanted = arguments[place + 1]
    return wanted if wanted in LANGUAGES else LANGUAGES[0]
