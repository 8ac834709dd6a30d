"""``gongkai explain``: what a rule says, on what basis, with an example."""

from __future__ import annotations

import re

import click

from ..core.errors import UnknownRule
from ..core.finding import Finding
from ..core.rules import Rule, basis, rule, rules
from .options import language_option
from .output import severity_name
from .program import Command, meant
from .session import Session, pass_session
from .words import Words


def command(words: Words) -> click.Command:
    """The command in the language of ``words``."""

    @click.command("explain", cls=Command, help=words("explain.help"))
    @click.argument("rule_id", required=False, metavar=words("explain.rule"))
    @language_option(words)
    @pass_session
    def explain(session: Session, /, rule_id: str | None) -> None:
        if rule_id is None:
            _list(session)
            return
        try:
            _tell(session, rule(rule_id))
        except UnknownRule:
            said = session.words("explain.unknown", rule=rule_id)
            raise click.UsageError(said + meant(rule_id, list(rules()), session.words)) from None

    return explain


def _list(session: Session) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for key in ("rule_column", "severity_column"):
        table.add_column(session.words(f"explain.{key}"), no_wrap=True)
    table.add_column(session.words("explain.title_column"), overflow="fold")
    for listed in rules().values():
        title = listed.title.in_language(session.language)
        table.add_row(listed.id, severity_name(session, listed.severity), title)
    session.console.print(table)


def _tell(session: Session, told: Rule) -> None:
    title = told.title.in_language(session.language)
    session.console.print(f"{told.id}  {title}", style="bold")
    for line in facts(told, session.words):
        session.console.print(line, soft_wrap=True)


def facts(told: Rule, words: Words) -> list[str]:
    """What there is to say of a rule: weight, reason, example, cure, answers, basis, code.

    The rule's own sentence is a template: the example shows it filled in.
    """
    language = words.language
    semicolon = "; " if language == "en" else "；"
    answers = [choice.words.in_language(language) for choice in told.answers]
    parts = (
        ("severity", words(f"common.severity_{told.severity.value}")),
        ("why", told.why.in_language(language)),
        ("example", told.example.in_language(language)),
        ("cure", re.sub(r"\{\w+\}", "…", told.cure.in_language(language))),
        ("answers", re.sub(r"\{\w+\}", "…", semicolon.join(answers))),
        ("basis", basis(Finding(told.id, told.severity), None, language)),
        ("ref", told.ref),
    )
    return [words(f"explain.{key}", text=text) for key, text in parts if text]
