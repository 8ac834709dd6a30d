"""Words of lists are found where they stand, fast, and nothing else is."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.screening import Word, WordKind, WordList, text_with_places
from gongkai.core.screening.wording import wording


def listed(*words: str, name: str = "词表") -> WordList:
    return WordList(name, "", tuple(Word(word, WordKind.SENSITIVE) for word in words))


def found(text: str, *lists: WordList) -> list[str]:
    return [sighting.quote for sighting in wording(text_with_places(f"<p>{text}</p>"), lists)]


def test_the_longest_of_those_at_one_place() -> None:
    words = listed("信息", "信息公开", "公开条例", "例")
    assert found("信息公开条例与信息", words) == ["信息公开", "例", "信息"]


def test_width_and_case_make_no_difference() -> None:
    assert found("ＡＰＰ、app和App", listed("App")) == ["ＡＰＰ", "app", "App"]
    assert found("apply，wechatapp，app2", listed("App")) == []
    assert found("第492号，第４９２号", listed("第４９２号")) == ["第492号", "第４９２号"]


def test_unless_it_stands_in_a_phrase() -> None:
    words = WordList("", "", (Word("既使", WordKind.MISSPELT, "即使", "", ("既使…又", "他既使")),))
    assert found("既使企业受益，又使群众满意", words) == []
    assert found("既使下雨。又来", words) == ["既使"]
    assert found("他既使，你既使", words) == ["既使"]


def test_of_two_lists_the_first_decides() -> None:
    own = WordList("本区", "", (Word("甲乙", WordKind.FORBIDDEN, "丙", "区里规定"),))
    placed = text_with_places("<p>甲乙</p>")
    (sighting,) = wording(placed, (own, listed("甲乙")))
    assert sighting.rule == "screening.word_forbidden"
    assert (sighting.instead, sighting.values["list"]) == ("丙", "本区")
    (sighting,) = wording(placed, (listed("甲乙"), own))
    assert sighting.rule == "screening.word_sensitive"
    assert sighting.values["reason"] == "见“词表”"


def test_words_do_not_run_from_cell_to_cell() -> None:
    placed = text_with_places("<table><tr><td>布</td><td>署</td></tr></table>")
    assert list(wording(placed, (listed("布署"),))) == []


@given(
    st.lists(st.text(alphabet="甲乙丙aB", min_size=1, max_size=4), max_size=8, unique=True),
    st.text(alphabet="甲乙丙 ，aB", max_size=40),
)
def test_as_a_plain_search_finds(words: Sequence[str], text: str) -> None:
    folded = text.lower()
    seen = found(text, listed(*words))
    wanted, at = [], 0
    while at < len(text):
        here = [
            w
            for w in words
            if folded.startswith(w.lower(), at)
            and not _glued(folded, at - 1, at)
            and not _glued(folded, at + len(w) - 1, at + len(w))
        ]
        longest = max(map(len, here), default=0)
        if longest:
            wanted.append(text[at : at + longest])
        at += longest or 1
    # Html drops a blank text; a body of spaces has none.
    assert seen == wanted


def _glued(text: str, left: int, right: int) -> bool:
    return left >= 0 and right < len(text) and text[left] in "ab" and text[right] in "ab"


@pytest.mark.parametrize("count", [5000])
def test_thousands_of_words_in_a_long_text_are_faster_than_a_search_for_each(count: int) -> None:
    chance = random.Random(7)
    han = [chr(code) for code in range(0x4E00, 0x9FA5)]
    words = listed(*{"".join(chance.choices(han, k=chance.randint(2, 5))) for _ in range(count)})
    text = "".join(chance.choices(han, k=100_000))
    placed = text_with_places(f"<p>{text}</p>")
    list(wording(placed, (words,)))
    begun = time.perf_counter()
    seen = [sighting.looked_at for sighting in wording(placed, (words,))]
    taken = time.perf_counter() - begun
    begun = time.perf_counter()
    plain = [word.word for word in words.words if word.word in text]
    each = time.perf_counter() - begun
    assert set(seen) == set(plain)
    assert taken < each
