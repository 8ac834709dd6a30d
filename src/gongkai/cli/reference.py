"""The reference pages, written from the code so that they cannot disagree with it.

python -m gongkai.cli.reference docs/reference            writes them
python -m gongkai.cli.reference --check docs/reference    1 where one is out of date
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..core.forms import editions
from ..core.rules import Rule, rules
from .explain import facts
from .main import build
from .program import Context
from .session import Session
from .words import LANGUAGES, Words

_WIDTH = 100


def pages() -> dict[str, str]:
    """Every page by file name."""
    made = {}
    for language in LANGUAGES:
        suffix = "" if language == "zh" else f".{language}"
        words = Words(language)
        made[f"commands{suffix}.md"] = commands_page(language, words)
        made[f"checks{suffix}.md"] = checks_page(language, words)
    return made


def commands_page(language: str, words: Words) -> str:
    """The help of every command, as ``--help`` prints it on any machine."""
    program = build(language)
    parts = [f"# {words('reference.commands')}", words("reference.generated")]
    group = Context(program, info_name="gongkai", obj=Session(language), terminal_width=_WIDTH)
    parts.append(_help(program, group))
    for name, command in program.commands.items():
        context = Context(command, parent=group, info_name=name, terminal_width=_WIDTH)
        parts += [f"## gongkai {name}", _help(command, context)]
    parts += [f"## {words('reference.exit_codes')}", words("reference.exit_code_table").strip()]
    return "\n\n".join(parts) + "\n"


def checks_page(language: str, words: Words) -> str:
    """Every rule: weight, words, example and basis."""
    named = words("common.comma").join(editions())
    parts = [
        f"# {words('reference.checks')}",
        words("reference.generated"),
        words("reference.checks_lead", count=len(rules()), editions=named),
    ]
    families: dict[str, list[Rule]] = {}
    for rule in rules().values():
        families.setdefault(rule.family, []).append(rule)
    for family, members in families.items():
        parts += [f"## {family}", *(_rule(rule, language, words) for rule in members)]
    return "\n\n".join(parts) + "\n"


def _rule(rule: Rule, language: str, words: Words) -> str:
    lines = [f"### `{rule.id}`", "", f"**{rule.title.in_language(language)}**", ""]
    return "\n".join(lines + [f"- {line}" for line in facts(rule, words)])


def _help(command: click.Command, context: click.Context) -> str:
    return f"```text\n{command.get_help(context).rstrip()}\n```"


def main(arguments: list[str]) -> int:
    """Write the pages into a folder, or only compare them."""
    folder = Path(arguments[-1])
    stale = [n for n, text in pages().items() if not _same(folder / n, text)]
    if "--check" in arguments:
        for name in stale:
            print(f"{folder / name}: out of date, run make docs", file=sys.stderr)
        return 1 if stale else 0
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0


def _same(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
