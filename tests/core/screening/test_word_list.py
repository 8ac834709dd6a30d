"""Lists of words: read from TOML and CSV, what cannot be used refused with its reason."""

from __future__ import annotations

import pytest

from gongkai.core.screening import Word, WordKind, default_list, parse_csv, parse_toml


def test_a_list_in_toml() -> None:
    words, refused = parse_toml(
        'name = "本区词表"\nsource = "区办通知"\n'
        '[[word]]\nword = " 布署 "\nkind = "misspelt"\nreplacement = "部署"\nreason = "见词典。"\n'
        'unless = ["公布署"]\n'
        '[[word]]\nword = "甲"\nkind = "禁用"\n'
    )
    assert refused == ()
    assert (words.name, words.source) == ("本区词表", "区办通知")
    assert words.words == (
        Word("布署", WordKind.MISSPELT, "部署", "见词典", ("公布署",)),
        Word("甲", WordKind.FORBIDDEN),
    )


@pytest.mark.parametrize("sign", [",", "\t"])
def test_a_list_as_a_spreadsheet_saves_it(sign: str) -> None:
    lines = [
        "\ufeff词,类别,改为,理由,例外,备注",
        "布署,错别字,部署,,公布署、发布署,x",
        ",,,,,",
        "APP,慎用",
    ]
    words, refused = parse_csv("\r\n".join(lines).replace(",", sign), "表")
    assert refused == ()
    assert words.words == (
        Word("布署", WordKind.MISSPELT, "部署", "", ("公布署", "发布署")),
        Word("APP", WordKind.SENSITIVE),
    )


def test_what_cannot_be_used_is_refused_and_the_rest_taken() -> None:
    words, refused = parse_csv(
        "词,类别,改为,理由,例外\n布署,错别字,\n,禁用,\n甲,没有这类,\n乙,禁用,乙\n丙,禁用,\n丙,慎用,\n"
        + "长" * 61
        + ",禁用,\n丁,慎用,,,甲…丁\n",
        "表",
    )
    assert [word.word for word in words.words] == ["丙"]
    assert [(r.entry, r.text[:3], r.why) for r in refused] == [
        (2, "布署", "错别字要写明改成什么。"),
        (3, "", "没有写词。"),
        (4, "甲", "类别要写禁用、错别字、慎用、过时中的一个。"),
        (5, "乙", "改成的和原来的一样。"),
        (7, "丙", "这个词前面已经有了。"),
        (8, "长长长", "超过 60 个字，不是词。"),
        (9, "丁", "例外“甲…丁”里没有这个词；有“…”的，词要写在“…”前面。"),
    ]


@pytest.mark.parametrize("text", ["", "甲,乙\n丙,禁用", "词\n甲"])
def test_a_csv_without_its_headings(text: str) -> None:
    words, (refused,) = parse_csv(text, "表")
    assert words.words == ()
    assert refused.entry == 0
    assert "第一行要有“词”“类别”两列" in refused.why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[word]]\nword = 布署\n", "不是能读的 TOML，错在第 2 行。"),
        ("[[word]]\nword = ", "不是能读的 TOML，错在末尾。"),
        ("word = 3", "每个词要写成一段 [[word]]。"),
        ('word = ["甲"]', "每个词要写成一段 [[word]]。"),
    ],
)
def test_a_toml_that_is_none(text: str, why: str) -> None:
    words, (refused,) = parse_toml(text, "表")
    assert (words.name, words.words) == ("表", ())
    assert (refused.entry, refused.why) == (0, why)


def test_the_list_that_comes_along_is_sound() -> None:
    words = default_list()
    assert len(words.words) > 80
    assert "GF 1001—2001" in words.source
    by_word = {word.word: word for word in words.words}
    for word in words.words:
        assert word.reason
        # Nothing is corrected into another mistake of the list.
        assert not any(wrong in word.replacement for wrong in by_word), word
        for phrase in word.unless:
            assert word.word in phrase.replace("…", ""), phrase
