"""The list of letters: all of them, each on a basis that we hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.core import letters
from gongkai.core.errors import LetterError
from gongkai.core.handling.channels import Channel
from gongkai.core.handling.ledger import RequesterKind
from gongkai.core.handling.outcomes import Remedy, outcomes
from gongkai.core.law import instruments
from gongkai.core.letters import (
    Addressee,
    LetterKind,
    default_template,
    fact_kinds,
    kind_for_outcome,
    letter_kind,
    letter_kinds,
)

from .told import FACTS

KINDS = list(letter_kinds().values())
REFS = (
    [f"L{n:02}" for n in range(1, 17)]
    + ["R01", "R02", "R03", *(f"R{n}" for n in range(11, 19)), "R21a", "R21b", "R22", "R23"]
    + [*(f"R{n}" for n in range(31, 36)), "T01", "T02", "T03", "D01", "C01", "V01", "V02", "V03"]
    + ["F01", "S01", "S02", "S03"]
)


def test_every_letter_of_the_list_is_there_once() -> None:
    assert sorted(kind.ref for kind in KINDS) == sorted(REFS)
    assert len({kind.label for kind in KINDS}) == len(KINDS) == 48


def test_every_kind_has_a_template_and_no_template_is_over() -> None:
    folder = Path(str(letters.__path__[0])) / "templates"
    assert {path.stem for path in folder.iterdir()} == {kind.id for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.id)
def test_the_basis_is_held_and_cited_in_the_text(kind: LetterKind) -> None:
    text = default_template(kind.id)
    for reference, citation in zip(kind.basis, kind.citations, strict=True):
        name, _, place = reference.partition("#")
        assert citation.startswith(f"《{instruments()[name].title}》")
        if not place:
            continue
        said = instruments()[name].places[place][0]
        # The number of a handled order stands in the facts, not in the text.
        if name in ("service-interpretation-2016", "reconsideration-2023"):
            continue
        article = re.match(r"第[一二三四五六七八九十百]+条", said)
        assert article
        assert said in text or (article[0] in text and said.removeprefix(article[0]) in text)


def test_every_fact_of_every_kind_is_one_we_know_and_is_used() -> None:
    used = {fact.id for kind in KINDS for fact in kind.facts}
    assert used | {need.fact for kind in KINDS for need in kind.needs} <= set(fact_kinds())
    assert set(fact_kinds()) - used == set()
    assert set(FACTS) == set(fact_kinds())


def test_labels_are_names_too_and_so_must_differ() -> None:
    labels = [fact.label for fact in fact_kinds().values()]
    assert len(set(labels)) == len(labels)
    assert all(re.fullmatch(r"[\u4e00-\u9fff]+", label) for label in labels)


def test_what_an_outcome_is_answered_with() -> None:
    for rule in outcomes():
        kind = kind_for_outcome(rule.outcome)
        assert kind.ref == rule.letter
        if kind.outcome is not rule.outcome:
            assert rule.outcome == "otherwise_concluded"
        for reference in rule.basis:
            # Confirming what one already has: the Regulation has no article for it.
            if kind.ref != "R35" and reference != "handling-fee-2020#6":
                assert any(cited.startswith(reference) for cited in kind.basis), reference
        assert kind.tells_of_remedies == (rule.remedy is not Remedy.NONE)


def test_only_papers_of_the_house_are_internal() -> None:
    internal = {kind.ref for kind in KINDS if kind.addressee is Addressee.INTERNAL}
    assert internal == {"L01", "L03", "L15", "L16", "D01", "F01", "S03"}


def test_a_kind_is_found_by_id_or_code() -> None:
    assert letter_kind("L04") is letter_kind("correction_notice")
    with pytest.raises(LetterError, match="there is no 'L99'"):
        letter_kind("L99")


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.id)
def test_the_words_are_those_of_an_office(kind: LetterKind) -> None:
    said = default_template(kind.id) + kind.label + kind.when + kind.limit + kind.note
    assert not re.search(r"请您|进行|相关|系统提示|！", said)


def test_choices_are_those_of_the_rest_of_the_core() -> None:
    def slugs(name: str) -> set[str]:
        return set(fact_kinds()[name].choices)

    assert slugs("channel") == set(Channel)
    assert slugs("requester_kind") == set(RequesterKind)
    # What ends without a reply can't be the outcome of a renewed one.
    assert slugs("outcome") == {rule.outcome for rule in outcomes() if rule.by_reply}
