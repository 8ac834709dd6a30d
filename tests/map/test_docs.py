"""The documentation: nothing left out, nothing out of date, no link that leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.cli.main import build
from gongkai.cli.reference import pages
from gongkai.core.forms import editions
from gongkai.core.rules import rules

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def words_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(pages()))
def test_a_reference_page_is_what_the_code_says(name: str) -> None:
    assert words_of(REFERENCE / name) == pages()[name], "run make docs"


def test_every_command_is_in_both_readmes() -> None:
    for readme in ("README.md", "README.en.md"):
        for command in build().commands:
            assert f"gongkai {command} " in words_of(ROOT / readme), (readme, command)


def test_every_rule_and_edition_is_in_the_reference() -> None:
    for page in ("checks.md", "checks.en.md"):
        said = words_of(REFERENCE / page)
        assert [r for r in rules() if f"### `{r}`" not in said] == []
        assert all(name in said for name in editions())


def test_every_exit_code_is_in_the_reference() -> None:
    from gongkai.cli import session

    codes = (
        session.NO_ERROR,
        session.ERRORS_FOUND,
        session.NOT_READ,
        session.USAGE,
        session.INTERRUPTED,
        session.PIPE_CLOSED,
    )
    said = words_of(REFERENCE / "commands.md")
    assert [code for code in codes if f"| {code} |" not in said] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)#\s]+)", words_of(path)):
        if not link.startswith(("http:", "https:")):
            assert (path.parent / link).exists(), link


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_rules_named_in_the_docs_exist(path: Path) -> None:
    for name in re.findall(r"gongkai explain ([a-z_]+\.[a-z_]+)", words_of(path)):
        assert name in rules()


def test_decisions_are_listed() -> None:
    folder = ROOT / "docs" / "adr"
    listed = words_of(folder / "README.md")
    assert [p.name for p in folder.glob("0*.md") if p.name not in listed] == []


def test_identifiers_of_the_form_are_in_the_glossary() -> None:
    glossary = words_of(ROOT / "docs" / "glossary.md")
    for form in editions().values():
        for name in ("requests", "remedies", *(section.key for section in form.sections)):
            assert f"`{name}`" in glossary, name
