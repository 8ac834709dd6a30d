"""Fingerprints find what is alike; the exact share decides."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.screening import Published, fingerprint, worth_comparing
from gongkai.core.screening.likeness import likeness
from gongkai.core.shared_runs import bare, share

_CHANCE = random.Random(3)
_HAN = [chr(code) for code in range(0x4E00, 0x9FA5)]


def prose(length: int, seed: int) -> str:
    return "".join(random.Random(seed).choices(_HAN, k=length))


def test_a_fingerprint_is_the_same_today_and_tomorrow() -> None:
    text = "根据《社会救助暂行办法》，现将听泉街道临时救助发放情况公示如下，接受社会监督。" * 3
    assert fingerprint(text) == fingerprint(text)
    # Written down, since the platform keeps them: a change of method must be seen.
    assert fingerprint(text)[:3] == (15206948914378538, 61959785890285853, 91350538435910835)


def test_digits_and_punctuation_make_no_difference() -> None:
    text = prose(300, 1)
    assert fingerprint(f"2026年，{text}。1") == fingerprint(f"2025年：{text}")
    assert fingerprint("短的文字没有指纹，1234567890") == ()
    assert fingerprint("") == ()


def test_numbers_fit_every_database() -> None:
    numbers = fingerprint(prose(5000, 2))
    assert all(0 <= n < 2**63 for n in numbers)
    assert list(numbers) == sorted(set(numbers))
    assert 5000 / 16 < len(numbers) < 5000 / 9  # two in twenty-five, give or take


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(60, 400), st.integers(60, 400), st.integers(31, 200))
def test_a_shared_run_of_thirty_one_is_never_missed(
    seed: int, before: int, after: int, run: int
) -> None:
    shared = prose(run, seed)
    here = prose(before, seed + 1) + shared + prose(60, seed + 2)
    there = prose(after, seed + 3) + shared + prose(60, seed + 4)
    assert set(fingerprint(here)) & set(fingerprint(there))


def test_candidates_hold_everything_that_is_alike_and_little_else() -> None:
    text = prose(1000, 5)
    own = set(fingerprint(text))

    def candidate(other: str) -> bool:
        return worth_comparing(len(own & set(fingerprint(other))), len(own))

    for kept in (700, 800, 1000):
        other = text[:kept] + prose(300, kept)
        assert share(bare(text), bare(other)) >= 70
        assert candidate(other)
    assert not candidate(prose(1000, 6))
    assert not candidate(text[:120] + prose(800, 7))
    assert not worth_comparing(0, 0)


def test_the_most_alike_first_and_the_rest_not_at_all() -> None:
    text = prose(500, 8)
    others = [
        Published("/a", "甲", prose(500, 9)),
        Published("/b", "乙", text[:400] + prose(100, 10)),
        Published("/c", "丙", text),
        Published("/d", "丁", text[:200]),
    ]
    found = list(likeness(text, others))
    assert [(s.rule, s.quote) for s in found] == [
        ("screening.published_already", "丙"),
        ("screening.similar_published", "乙"),
    ]
    assert found[0].values["share"] == 100
    assert 78 <= int(str(found[1].values["share"])) <= 82
    assert (found[0].start, found[0].spans) == (None, ())
