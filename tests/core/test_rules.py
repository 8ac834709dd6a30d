"""Every rule is complete in both languages, cites what exists, and gets the facts it names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import gongkai.core
from gongkai.core.errors import UnknownRule
from gongkai.core.finding import Finding, Severity
from gongkai.core.forms import editions
from gongkai.core.law import cite
from gongkai.core.rules import Rule, Words, basis, find, rule, rules, say

_CORE = Path(gongkai.core.__file__).parent
_MAKERS = {"find", "UnreadableDocument"}


def _names(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def _made() -> Iterator[tuple[str, str, set[str] | None]]:
    """Every place in the core that makes a finding of a rule named in full.

    Where, the rule, and the names of the facts given (None where they are
    gathered elsewhere and passed on with ``**``).
    """
    for path in sorted(_CORE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id not in _MAKERS or not node.args:
                continue
            named = node.args[0]
            if isinstance(named, ast.Constant) and isinstance(named.value, str):
                given = {k.arg for k in node.keywords if k.arg}
                passed_on = any(k.arg is None for k in node.keywords)
                where = f"{path.relative_to(_CORE)}:{node.lineno}"
                yield where, named.value, None if passed_on else given


@pytest.fixture(params=list(rules().values()), ids=lambda r: r.id)
def each(request: pytest.FixtureRequest) -> Rule:
    told: Rule = request.param
    return told


def test_is_told_in_both_languages(each: Rule) -> None:
    for words in (each.title, each.message):
        assert words.zh
        assert words.en
    for words in (each.cure, each.example):
        assert bool(words.zh) == bool(words.en)


def test_says_what_to_do_and_shows_an_example(each: Rule) -> None:
    if each.severity is not Severity.NOTE:
        assert each.cure.zh
    if each.family != "input":
        assert each.example.zh


def test_names_the_same_facts_in_both_languages(each: Rule) -> None:
    # The Chinese may name more: words that have no English are left out there.
    zh = _names(each.message.zh) | _names(each.cure.zh)
    en = _names(each.message.en) | _names(each.cure.en)
    assert en <= zh


def test_cites_what_we_hold(each: Rule) -> None:
    for reference in each.basis:
        for edition in editions():
            assert cite(reference, edition).startswith("《")
            assert cite(reference, edition, "en")


def test_keeps_to_the_style_of_the_house(each: Rule) -> None:
    for words in (each.title.zh, each.message.zh, each.cure.zh):
        for banned in ("请您", "进行", "相关", "系统提示", "！", "!"):
            assert banned not in words


def test_every_finding_made_names_a_rule_and_gives_its_facts() -> None:
    made = list(_made())
    assert len(made) > 50
    for where, rule_id, given in made:
        told = rule(rule_id)
        wanted = set()
        for words in (told.message, told.cure):
            wanted |= _names(words.zh) | _names(words.en)
        if given is not None:
            assert wanted <= given, where


def test_unknown_rule() -> None:
    with pytest.raises(UnknownRule):
        rule("no.such_rule")


def test_finding_carries_the_severity_of_its_rule() -> None:
    found = find("report.agency_missing")
    assert found == Finding("report.agency_missing", Severity.WARNING)
    assert "没有写明" in say(found)


def test_basis_is_that_of_the_edition_followed() -> None:
    found = find("remedies.total_is_sum", place="行政复议", left="", right="", difference=1)
    assert "〔2019〕60号" in basis(found, "2019")
    assert "〔2021〕30号" in basis(found, "2021")
    assert "article 50" in basis(found, "2021", "en")


def test_words_in_a_language() -> None:
    assert Words("是", "yes").in_language("en") == "yes"
    assert Words("是", "yes").in_language("zh") == "是"


def test_answers_are_told_in_both_languages_and_name_only_facts_of_the_rule(each: Rule) -> None:
    facts = _names(each.message.zh) | _names(each.cure.zh)
    for choice in each.answers:
        assert choice.id.isidentifier()
        for words in (choice.words.zh, choice.words.en):
            assert words
            assert _names(words) <= facts
            assert "！" not in words
    assert len({choice.id for choice in each.answers}) == len(each.answers)
    assert bool(each.why.zh) == bool(each.why.en)
