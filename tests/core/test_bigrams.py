"""Pairs of characters: what a text holds is found in it, and shown where it stands."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.bigrams import normal, stretches, tokens

# Characters that people really mix: Chinese, both widths, brackets, marks, letters apart.
_MIXED = st.text(
    st.one_of(
        st.sampled_from('公开办法加装电梯12ＡａÉé\u0301〔〕[]（）“”"—- 　\n\t\u200b\ufeff㎡①ﬁßİ𠮷'),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=60,
)


def test_normal_form_makes_what_people_type_one_for_another_the_same() -> None:
    same = normal("青政规〔2025〕３号")
    assert (
        same == normal("青政规[2025]3号") == normal("青政规（２０２５）3 号") == "青政规(2025)3号"
    )
    assert normal("加装\n　电\u200b梯") == "加装电梯"
    assert normal("“一件事”") == normal("「一件事」") == '"一件事"'
    assert normal("ＡＢＣ—é") == normal("abc-e\u0301")


@given(_MIXED, _MIXED, _MIXED)
def test_what_stands_in_a_text_stands_in_its_normal_form(a: str, b: str, c: str) -> None:
    assert normal(a + b + c) == normal(a) + normal(b) + normal(c)
    assert normal(normal(a)) == normal(a)


@given(_MIXED)
def test_normal_form_holds_no_separator(text: str) -> None:
    assert not re.search(r"[\s\0]", normal(text))


@given(_MIXED, _MIXED)
def test_pairs_of_a_part_are_pairs_of_the_whole(a: str, b: str) -> None:
    whole, part = normal(a + b), normal(b)
    assert set(tokens(part)) <= set(tokens(whole))
    assert len(tokens(whole)) == len({whole[i : i + 2] for i in range(len(whole) - 1)})


@given(st.sets(st.text(min_size=2, max_size=2), min_size=2, max_size=2))
def test_different_pairs_are_written_differently_and_in_letters_only(pairs: set[str]) -> None:
    first, second = (tokens(pair)[0] for pair in pairs)
    assert first != second
    assert re.fullmatch("[a-q]+", first)


def test_pairs_of_short_texts() -> None:
    assert tokens("") == tokens("公") == []
    assert len(tokens("公公公")) == 1


def test_stretches_are_those_of_the_text_as_written() -> None:
    title = "加　装 电梯补助办法（试行）"
    found = [title[a:b] for a, b in stretches(title, [normal("加装电梯"), normal("(试行)")])]
    assert found == ["加　装 电梯", "（试行）"]
    # Words that overlap make one stretch; a sign that stands for two letters is whole.
    assert stretches("政府信息公开", ["政府信息", "信息公开"]) == [(0, 6)]
    assert stretches("面积㎡数", ["2数"]) == [(2, 4)]
    assert stretches("公开", []) == stretches("", ["公开"]) == stretches("公开", ["办法"]) == []


@given(_MIXED, st.lists(_MIXED, max_size=3), st.data())
def test_stretches_are_all_characters_of_all_occurrences(
    text: str, words: list[str], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    wanted = [normal(word) for word in (*words, text[start : start + 3])]
    places = [number for number, one in enumerate(text) for _ in normal(one)]
    expected = {
        places[found + offset]
        for word in filter(None, wanted)
        for found in range(len(places))
        if normal(text).startswith(word, found)
        for offset in range(len(word))
    }
    found = stretches(text, wanted)
    assert all(b <= c for (_, b), (c, _) in pairwise(found))
    shown = {number for a, b in found for number in range(a, b) if normal(text[number])}
    assert shown == expected
