"""Marks stand exactly where they should and change no word; replacing changes only those."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import html

from gongkai.core.screening import mark, mark_title, mask, replace, text_with_places, unlink
from gongkai.core.screening.marking import Mark
from gongkai.core.screening.placed_text import PICTURE

from .bodies import BODIES


def unmarked(marked: str) -> str:
    """A marked body with the numbers of its marks taken out again."""
    return re.sub(r"<sup>\d+</sup>(?=</a>)", "", marked)


def stretches(marked: str, number: int) -> str:
    """The words under the marks of one finding."""
    body = html.document_fromstring(f"<body>{unmarked(marked)}</body>")
    return "".join("".join(a.itertext()) for a in body.xpath(f'//a[@href="#find{number}"]'))


def test_across_inline_tags() -> None:
    body = "<p>电话<b>138</b>00<i>00</i>0000。</p>"
    assert mark(body, [(2, 13, 3)]) == (
        '<p>电话<b><a class="gk-spot" href="#find3">138</a></b><a class="gk-spot" href="#find3">00</a>'
        '<i><a class="gk-spot" href="#find3">00</a></i>'
        '<a class="gk-spot" href="#find3">0000<sup>3</sup></a>。</p>'
    )


def test_a_warning_looks_like_one() -> None:
    marked = mark("<p>甲乙</p>", [Mark(0, 1, 1), Mark(1, 2, 2, warning=True)])
    assert marked == (
        '<p><a class="gk-spot" href="#find1">甲<sup>1</sup></a>'
        '<a class="gk-spot gk-spot--warn" href="#find2">乙<sup>2</sup></a></p>'
    )


def test_one_within_another_and_two_on_the_same_words() -> None:
    marked = mark("<p>甲乙丙丁</p>", [(0, 4, 1), (1, 2, 2), (1, 2, 3)])
    assert marked == (
        '<p><a class="gk-spot" href="#find1">甲</a><a class="gk-spot" href="#find2">乙<sup>2</sup></a>'
        '<a class="gk-spot" href="#find3"><sup>3</sup></a>'
        '<a class="gk-spot" href="#find1">丙丁<sup>1</sup></a></p>'
    )


def test_no_link_within_a_link() -> None:
    marked = mark(
        '<p><a href="http://x.cn/" title="t">民<b>政</b></a>局<a href="/y">乙</a></p>', [(0, 2, 1)]
    )
    assert marked == (
        '<p><span title="t"><a class="gk-spot" href="#find1">民</a><b>'
        '<a class="gk-spot" href="#find1">政<sup>1</sup></a></b></span>局<a href="/y">乙</a></p>'
    )


def test_a_picture_and_a_link_without_words() -> None:
    body = '<p>甲<img src="a.png">乙<a href="#"></a></p>'
    at = text_with_places(body).text.index(PICTURE)
    assert mark(body, [(at, at + 1, 1), (3, 3, 2)]) == (
        '<p>甲<img src="a.png"><a class="gk-spot" href="#find1"><sup>1</sup></a>乙'
        '<a class="gk-spot" href="#find2"><sup>2</sup></a><span></span></p>'
    )
    assert mark("", [(0, 0, 1)]) == '<a class="gk-spot" href="#find1"><sup>1</sup></a>'


def test_what_is_no_place_of_the_text_is_left_out() -> None:
    assert mark("<p>甲</p>", [(-1, 1, 1), (0, 5, 2), (1, 0, 3)]) == "<p>甲</p>"


def test_a_title_is_words_not_html() -> None:
    assert mark_title("a<b>&13800000000", [(5, 16, 1)]) == (
        'a&lt;b&gt;&amp;<a class="gk-spot" href="#find1">13800000000<sup>1</sup></a>'
    )


def test_replaced_masked_unlinked() -> None:
    body = '<p>电话<b>138</b>0000<i>0000</i>，<a href="/x" rel="y">布署</a></p>'
    assert replace(body, [(14, 16, "部署"), (2, 13, "138****0000")]) == (
        '<p>电话<b>138****0000</b><i></i>，<a href="/x" rel="y">部署</a></p>'
    )
    assert mask(body, [(2, 13), (14, 16)]) == (
        '<p>电话<b>138****0000</b><i></i>，<a href="/x" rel="y">***</a></p>'
    )
    assert unlink(body, [(14, 16)]) == "<p>电话<b>138</b>0000<i>0000</i>，<span>布署</span></p>"
    assert unlink(body, [(13, 16)]) == body


def test_of_two_replacements_over_one_another_the_first_stands() -> None:
    assert replace("<p>甲乙丙</p>", [(0, 2, "x"), (1, 3, "y"), (9, 12, "z")]) == "<p>x丙</p>"


@st.composite
def marked_bodies(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, int]]]:
    body = draw(BODIES)
    length = len(text_with_places(body).text)
    ends = st.tuples(st.integers(0, length), st.integers(0, length)).map(sorted)
    spans = draw(st.lists(ends, max_size=4))
    # A number of its own that looks like a mark's could not be told from one.
    drawn = mark(body, [])
    assume(unmarked(drawn) == drawn)
    return body, [(start, end, n) for n, (start, end) in enumerate(spans, 101)]


@given(marked_bodies())
def test_marking_changes_no_word(given_: tuple[str, list[tuple[int, int, int]]]) -> None:
    body, marks = given_
    before = text_with_places(body)
    marked = mark(body, marks)
    # Where one block ends and the next begins, a broken body leaves to its reader.
    after = text_with_places(unmarked(marked)).text
    assert "".join(after.split()) == "".join(before.text.split())
    again = html.document_fromstring(f"<body>{marked}</body>")
    assert not again.xpath("//a//a[@class]|//a[@class]//a")
    for start, end, number in marks:
        # Every mark shows its number once, and nothing but its own words.
        assert len(again.xpath(f'//a[@href="#find{number}"]/sup')) == 1
        words = before.text[start:end].replace(PICTURE, "")
        alone = stretches(mark(body, [(start, end, number)]), number)
        assert alone.split() == words.split() or "".join(alone.split()) == "".join(words.split())


@given(marked_bodies())
def test_replacing_changes_only_what_is_named(
    given_: tuple[str, list[tuple[int, int, int]]],
) -> None:
    body, marks = given_
    before = text_with_places(body)
    done = text_with_places(replace(body, [(s, e, "※") for s, e, _ in marks])).text
    free, wanted, count = 0, [], 0
    for start, end, _ in sorted(marks):
        if start < max(free, 0) or start >= end:
            continue
        wanted.append(before.text[free:start])
        covered = before.text[start:end]
        words = covered.replace(PICTURE, "").strip()
        count += bool(words)
        free = end
    wanted.append(before.text[free:])
    left = "".join("".join(wanted).split()).replace(PICTURE, "")
    said = "".join(done.split()).replace(PICTURE, "")
    assert said.replace("※", "") == left
    assert said.count("※") >= count


@pytest.mark.parametrize("n", [20_000])
def test_many_marks(n: int) -> None:
    body = "".join(f"<p>第{i:06}号</p>" for i in range(n))
    marked = mark(body, [(i * 9 + 1, i * 9 + 7, i) for i in range(n)])
    assert marked.count("<sup>") == n
    assert '第<a class="gk-spot" href="#find777">000777<sup>777</sup></a>号' in marked
