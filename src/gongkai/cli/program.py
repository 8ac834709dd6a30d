"""Help and usage errors in the language of the run: click's own words are English only."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import click
from rich.cells import cell_len

from .folding import fold
from .session import INTERRUPTED, PIPE_CLOSED, USAGE, Session
from .words import Words


class Formatter(click.HelpFormatter):
    """Help set as Chinese is set: a character takes two columns, headings bring their own colon."""

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}\n")

    def write_text(self, text: str) -> None:
        for line in fold(text, self.width - self.current_indent).split("\n"):
            self.write(f"{'':>{self.current_indent}}{line}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        listed = list(rows)
        indent = self.current_indent
        left = min(max(cell_len(term) for term, _ in listed), col_max) + col_spacing
        for term, text in listed:
            first, *more = fold(text, self.width - indent - left).split("\n")
            gap = " " * max(left - cell_len(term), col_spacing)
            self.write(f"{'':>{indent}}{term}{gap}{first}\n")
            for line in more:
                self.write(f"{'':>{indent + left}}{line}\n")


class Context(click.Context):
    formatter_class = Formatter


class Spoken(click.Command):
    """Help in the language of the session."""

    context_class = Context

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, _words(ctx)("common.usage"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = [option.get_help_record(ctx) for option in options]
        with formatter.section(_words(ctx)("common.options")):
            formatter.write_dl([r for r in records if r is not None])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _words(ctx)("common.help")
        return option


class Command(Spoken):
    """One command; an argument too many is refused in the language of the session."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            # The parser does not say whose options it did not understand.
            error.ctx = error.ctx or ctx
            raise
        if rest:
            raise click.UsageError(_words(ctx)("common.extra_argument", name=" ".join(rest)), ctx)
        return rest


class Program(Spoken, click.Group):
    """The group of all commands, and what ends a run: usage, Ctrl-C, a closed pipe."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        commands = [(name, self.commands[name].get_short_help_str(200)) for name in self.commands]
        with formatter.section(_words(ctx)("common.commands")):
            formatter.write_dl(commands)
        super().format_options(ctx, formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            answer = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # Nobody reads on.  Python would complain once more while closing stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(PIPE_CLOSED) from None
        return answer

    def main(self, args: Sequence[str] | None = None, *rest: Any, **settings: Any) -> Any:
        """Run to the end and leave the process with the exit code of the session."""
        session: Session = self.context_settings["obj"]
        settings["standalone_mode"] = False
        try:
            code = super().main(args, *rest, **settings)
            session.tell_skipped()
        except click.UsageError as error:
            session.tell(explain(error, session.words))
            code = USAGE
        except (click.Abort, KeyboardInterrupt):
            session.tell_interrupted()
            code = INTERRUPTED
        sys.exit(code if isinstance(code, int) else session.exit_code)


def explain(error: click.UsageError, words: Words) -> str:
    """A usage error as one paragraph: what is wrong, and where to look."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    where = error.ctx.command_path if error.ctx else "gongkai"
    said = _usage_error(error, words)
    return said + words("common.see_help", command=where)


def _usage_error(error: click.UsageError, words: Words) -> str:
    if isinstance(error, click.NoSuchOption):
        options = [o for p in error.ctx.command.params for o in p.opts] if error.ctx else []
        return words("common.no_such_option", name=error.option_name) + meant(
            error.option_name, options, words
        )
    if isinstance(error, click.exceptions.NoSuchCommand):
        assert error.ctx is not None
        assert isinstance(error.ctx.command, click.Group)
        return words("common.no_such_command", name=error.command_name) + meant(
            error.command_name, list(error.ctx.command.commands), words
        )
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return words("common.missing", name=_shown(error.param, error.ctx))
    if isinstance(error, click.BadOptionUsage):
        flags = [
            o
            for p in (error.ctx.command.params if error.ctx else ())
            if isinstance(p, click.Option) and p.is_flag
            for o in p.opts
        ]
        key = "common.takes_no_value" if error.option_name in flags else "common.needs_value"
        return words(key, name=error.option_name)
    if isinstance(error, click.BadParameter) and error.param is not None:
        shown = _shown(error.param, error.ctx)
        return words("common.bad_value", name=shown, reason=error.message)
    return error.message


def meant(wanted: str, names: Sequence[str], words: Words) -> str:
    """Up to three of ``names`` that somebody may have meant, as a question; or nothing."""
    found = get_close_matches(wanted, names, n=3, cutoff=0.6)
    return words("common.near", names=words("common.comma").join(found)) if found else ""


def _shown(param: click.Parameter, ctx: click.Context | None) -> str:
    if isinstance(param, click.Argument):
        return param.metavar or param.name or ""
    return param.opts[-1]


def _words(ctx: click.Context) -> Words:
    session = ctx.find_object(Session)
    assert session is not None
    return session.words
